"""What the names beside a folder say is finished or undone: at the end of every command, and after one that was killed.

====================  =====================================================================================
``.台账.batch-…``      what is done with it
====================  =====================================================================================
building, trash       of no use to anybody: removed
new, nothing else     all is written, nothing is replaced yet: it becomes the folder
new, and the folder   exchanged, or not to be exchanged any more: removed, or kept if somebody worked in it
old, no folder        between two renamings: the new one becomes the folder, or the old one again
old, and the folder   replaced: removed, or kept if somebody worked in it
withdrawn             removed, or put back if somebody worked in it
====================  =====================================================================================
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from batch.publish.changes import Changes, changes_in
from batch.publish.manifest import MANIFEST, NotOurs, read_manifest
from batch.system.disk import move, remove
from batch.system.site import Site


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """An old folder that was kept, and what somebody had changed in it."""

    folder: Path
    changes: Changes


def settle(place: Site, now: datetime) -> tuple[KeptFolder, ...]:
    """Finish or undo what was begun at a place whose lock is held, and return the old folders that were kept.

    Raises:
        OSError: the new folder cannot be put in its place; the old one stands there again.

    """
    remove(place.building)
    for trash in place.trashes:
        remove(trash)
    _fill(place)
    leftovers = [each for each in (place.old, place.new, place.withdrawn) if each.exists()]
    return tuple(kept for each in leftovers if (kept := _dispose(each, place, now)))


def changes_of(folder: Path) -> Changes:
    """Return what was changed in a folder; one that is not ours, or cannot be read, counts as changed."""
    try:
        return changes_in(folder, read_manifest(folder))
    except (NotOurs, OSError):
        return Changes(edited=(MANIFEST,))


def _fill(place: Site) -> None:
    """See to it that the folder stands, where there is one to stand: the new one, or else the old one."""
    if place.folder.exists():
        return
    if place.new.exists():
        try:
            move(place.new, place.folder)
        except OSError:
            if place.old.exists():
                move(place.old, place.folder)
            _throw_away(place.new, place)
            raise
    elif place.old.exists():
        move(place.old, place.folder)


def _dispose(leftover: Path, place: Site, now: datetime) -> KeptFolder | None:
    """Throw away a folder that no longer stands in its place, or keep it if somebody worked in it."""
    changes = changes_of(leftover)
    if not changes:
        with suppress(OSError):  # it has no use and does no harm; the next command tries again
            _throw_away(leftover, place)
        return None
    if leftover == place.withdrawn and not place.folder.exists():
        move(leftover, place.folder)
        return None
    target = place.free_name(f".旧版-{now:%Y%m%d-%H%M%S}")
    try:
        move(leftover, target)
    except OSError:
        return KeptFolder(leftover, changes)  # nothing is lost, the clerk is told where it is
    return KeptFolder(target, changes)


def _throw_away(folder: Path, place: Site) -> None:
    """Remove a folder: first its name, so that half of it is never taken for a folder in which somebody worked.

    Raises:
        OSError: it cannot be renamed.

    """
    trash = place.free_trash
    move(folder, trash)
    remove(trash)
