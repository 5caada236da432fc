"""Where a folder stands, and the names beside it that say what is being done to it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_BESIDE: Final = re.compile(r"\.(.+)\.batch-(?:building|new|old|withdrawn|trash[0-9]*|lock|marker|holder)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Site:
    """A folder, and the hidden names beside it: of one parent, so that every step is a plain renaming.

    The names are the journal: whatever instant a command ends at, they say what is to be done.
    """

    folder: Path

    @property
    def building(self) -> Path:
        """Return where the new folder is written; without use until it is complete."""
        return self._beside("building")

    @property
    def new(self) -> Path:
        """Return where the new folder lies, complete; after an exchange, the one that stood in its place."""
        return self._beside("new")

    @property
    def old(self) -> Path:
        """Return where the old folder lies between two renamings."""
        return self._beside("old")

    @property
    def withdrawn(self) -> Path:
        """Return where a folder lies that is to be removed if nobody worked in it."""
        return self._beside("withdrawn")

    @property
    def trashes(self) -> tuple[Path, ...]:
        """Return the folders that are to be removed, whatever is left of them."""
        return tuple(each for each in self._trash_names if each.exists())

    @property
    def free_trash(self) -> Path:
        """Return a name for one more of them."""
        return next(each for each in self._trash_names if not each.exists())

    @property
    def is_at_work(self) -> bool:
        """Say whether anything is half done here, or was when a command was ended."""
        return any(each.exists() for each in (self.building, self.new, self.old, self.withdrawn, *self.trashes))

    @property
    def lock(self) -> Path:
        """Return the file whose lock keeps other commands away."""
        return self._beside("lock")

    @property
    def marker(self) -> Path:
        """Return the file that stands for the lock where there are no locks."""
        return self._beside("marker")

    @property
    def holder(self) -> Path:
        """Return the file that says who has the lock."""
        return self._beside("holder")

    def free_name(self, suffix: str) -> Path:
        """Return a name beside the folder that nothing has yet."""
        path = self.folder.with_name(f"{self.folder.name}{suffix}")
        names = (path, *(path.with_name(f"{path.name}-{number}") for number in range(2, 1000)))
        return next(each for each in names if not each.exists())

    @property
    def _trash_names(self) -> Iterator[Path]:
        return (self._beside(f"trash{number or ''}") for number in range(100))

    def _beside(self, what: str) -> Path:
        return self.folder.with_name(f".{self.folder.name}.batch-{what}")


def site_of(folder: Path) -> Site:
    """Return the place of a folder; that of the folder itself where the name is a link to it."""
    return Site(Path(os.path.realpath(folder)) if os.path.islink(folder) else folder)  # noqa: PTH114 never raises


def sites_at_work(parent: Path) -> Iterator[Site]:
    """Yield the places in a folder that a command is at work at, or was when it was ended."""
    try:
        names = sorted(path.name for path in parent.iterdir())
    except (OSError, ValueError):  # it is not there, or its name is none
        return
    found = (_BESIDE.fullmatch(name) for name in names)
    for name in dict.fromkeys(match[1] for match in found if match):
        yield Site(parent / name)
