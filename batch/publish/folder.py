"""A folder put in its place, or taken away: all of it or nothing, and never what somebody worked in.

Every step is one renaming, and the names beside the folder say what is left to do: a command that was not
interrupted ends with the same :func:`~batch.publish.settle.settle` as the next command after one that was.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Final

from batch.errors import BatchError
from batch.publish.changes import open_files
from batch.publish.lock import locked
from batch.publish.manifest import NotOurs, read_manifest
from batch.publish.refusal import Occupied, cannot_replace, cannot_write, not_a_folder, not_ours, unreadable
from batch.publish.settle import KeptFolder, changes_of, settle
from batch.system.disk import Content, exchange, move, write_folder
from batch.system.site import Site, site_of, sites_at_work

PATIENCE: Final = 60.0
"""Seconds that a command waits for another one at the same folder, which takes one or two."""


@dataclass(frozen=True, slots=True)
class Published:
    """Where a folder was written, and what became of those that stood there."""

    folder: Path
    kept: tuple[KeptFolder, ...] = ()
    still_open: tuple[str, ...] = ()
    """Files of the old folder that an office program has open, and shows as they were."""
    occupied: Path | None = None
    """The folder that could not be replaced, where another name had to be taken."""


def publish(folder: Path, files: Mapping[str, Content], now: datetime) -> Published:
    """Write the files as one folder that takes the place of an earlier one.

    They are written beside it first; the earlier folder gives way only when all of them are on the disk. One that
    was changed since it was written is kept under the name ``….旧版-<time>``.

    Raises:
        Occupied: the earlier folder cannot be moved: on Windows, where a file of it is open.
        BatchError: the place cannot be written, another command holds it, or a folder of somebody else stands there.

    """
    place = site_of(folder)
    with _held(place):
        earlier = _settled(place, now)
        refuse_foreign(place.folder)
        try:
            _build(place, files)
            still_open = _make_room(place)
            return Published(folder, (*earlier, *_settled(place, now)), still_open)
        except BaseException:
            with suppress(OSError):
                settle(place, now)
            raise


def publish_beside(folder: Path, files: Mapping[str, Content], now: datetime) -> Published:
    """Write the files as a folder, under the next free one of its names where an earlier one cannot be moved.

    Raises:
        BatchError: as of :func:`publish`.

    """
    *names, last = numbered(folder)
    for name in names:
        with suppress(Occupied):
            return replace(publish(name, files, now), occupied=None if name == folder else folder)
    return replace(publish(last, files, now), occupied=folder)


def withdraw(folder: Path, now: datetime) -> bool:
    """Remove a folder of ours if nothing in it was changed; return whether it is gone."""
    place = site_of(folder)
    if not place.folder.is_dir():
        return True
    if changes_of(place.folder):
        return False
    try:
        with _held(place):
            move(place.folder, place.withdrawn)
            settle(place, now)
    except (OSError, BatchError):
        return False
    return not place.folder.exists()


def numbered(folder: Path) -> tuple[Path, ...]:
    """Return the names that a folder may have where another program holds the earlier one: its own first."""
    return (folder, *(folder.with_name(f"{folder.name}-{number}") for number in range(2, 10)))


@dataclass(frozen=True, slots=True)
class Finished:
    """A folder at which an earlier command was interrupted, now put in order."""

    folder: Path
    kept: tuple[KeptFolder, ...]


def finish(parents: Iterable[Path], now: datetime) -> Iterator[Finished]:
    """Put in order what an interrupted command has left in folders; where another is at work just now, do nothing."""
    folders = dict.fromkeys(map(Path.absolute, parents))
    for place in chain.from_iterable(map(sites_at_work, folders)):
        try:
            with locked(place, seconds=0):
                was_interrupted = place.is_at_work
                kept = settle(place, now)
        except (OSError, BatchError):
            continue  # whoever writes there next is told why he cannot
        if was_interrupted:
            yield Finished(place.folder, kept)


@contextmanager
def _held(place: Site) -> Iterator[None]:
    with ExitStack() as stack:
        with _telling(cannot_write, place):
            place.folder.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(place, PATIENCE))
        yield


@contextmanager
def _telling(refusal: Callable[[Site, OSError], BatchError], place: Site) -> Iterator[None]:
    """Say in the clerk's words why the system refuses."""
    try:
        yield
    except OSError as error:
        raise refusal(place, error) from error


def _settled(place: Site, now: datetime) -> tuple[KeptFolder, ...]:
    with _telling(cannot_replace, place):
        return settle(place, now)


def refuse_foreign(folder: Path) -> None:
    """Raise a BatchError where something stands in the place of a folder that this program has not written."""
    if not os.path.exists(folder):  # noqa: PTH110 never raises: whoever writes there is told why he cannot
        return
    if not folder.is_dir():
        raise not_a_folder(folder)
    try:
        read_manifest(folder)
    except NotOurs as error:
        raise not_ours(folder) from error
    except OSError as error:
        raise unreadable(folder, error) from error


def _build(place: Site, files: Mapping[str, Content]) -> None:
    """Write the new folder beside its place; its second name says that it is complete."""
    with _telling(cannot_write, place):
        write_folder(place.building, files)
        move(place.building, place.new)


def _make_room(place: Site) -> tuple[str, ...]:
    """Take the old folder out of the new one's place, or let both change places; return what is open in the old."""
    if not place.folder.exists():
        return ()
    still_open = open_files(place.folder)
    with _telling(cannot_replace, place):
        if not exchange(place.new, place.folder):
            move(place.folder, place.old)
    return still_open
