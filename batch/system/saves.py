"""The moments at which somebody has saved one of the files."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias


class Stamp(NamedTuple):
    """What a save changes of a file, seen without opening it."""

    changed: int
    """Time of the last change in nanoseconds."""
    size: int
    number: int
    """The file's number, which a save by renaming changes too."""


Look: TypeAlias = tuple[Stamp | None, ...]
"""The stamp of each file; None for one that is not there just now."""


def saves(paths: Sequence[Path], wait: Callable[[], None]) -> Iterator[None]:
    """Yield at once, and again after every save, with all files there, at rest and free to be read; never end.

    Looking every now and then works where the system tells no changes: on network shares. ``wait`` lets the time
    between two looks pass. Nothing that happens to the files is an error: programs save by writing another file
    and renaming it, so that a name is gone or locked for a moment.
    """
    read = look(paths) if _are_free(paths) else ()
    yield
    while True:
        read = _after_save(paths, read, wait)
        yield


def look(paths: Sequence[Path]) -> Look:
    """Return the stamps of the files as they are now."""
    return tuple(map(_stamp, paths))


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file with this status."""
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


def _after_save(paths: Sequence[Path], read: Look, wait: Callable[[], None]) -> Look:
    """Return how the files look once they are no longer as they were read and the same in two looks."""
    before: Look = ()
    while True:
        wait()
        now = look(paths)
        is_at_rest = now == before and None not in now
        if now != read and is_at_rest and _are_free(paths):
            return now
        before = now


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def _are_free(paths: Sequence[Path]) -> bool:
    """Say whether the files can be opened; asked only before they are read, for an open file hinders its saving."""
    try:
        for path in paths:
            os.close(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)))
    except (OSError, ValueError):
        return False
    return True
