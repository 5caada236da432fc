"""What somebody did in a folder since it was written: its files against its manifest."""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from batch.errors import in_words
from batch.publish.manifest import MANIFEST, Manifest
from batch.system.open_files import LOCK_PREFIXES, OF_THE_SYSTEM, open_elsewhere

WHOLE: Final = "整个文件夹"
"""What the folder itself is called among the paths below it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The paths in a folder, sorted, that are no longer as they were written."""

    edited: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    closed: tuple[tuple[str, str], ...] = ()
    """(path, why) of what cannot be read: it may have been changed."""

    def __bool__(self) -> bool:
        """Say whether anything was changed, or may have been."""
        return bool(self.names)

    @property
    def are_certain(self) -> bool:
        """Say whether anything was changed for sure."""
        return bool(self.edited or self.added or self.missing)

    @property
    def names(self) -> tuple[str, ...]:
        """Return every path that was changed, or may have been."""
        return (*self.edited, *self.added, *self.missing, *(name for name, _ in self.closed))


def changes_in(folder: Path, manifest: Manifest) -> Changes:
    """Return what was changed in a folder since its manifest was written, and what cannot be read of it."""
    refused: list[OSError] = []
    present = dict(_entries(folder, refused.append))
    present.pop(MANIFEST, None)
    written = manifest.outputs
    names = written.keys() & present.keys()
    edited = {name for name in names if _digest(present[name], refused.append) != written[name]}
    if not manifest.is_sealed:
        edited.add(MANIFEST)
    closed = {_name(Path(error.filename), folder): in_words(error) for error in refused}
    unseen = {name for name in written if closed.keys() & _above(name)}
    return Changes(
        edited=tuple(sorted(edited - closed.keys())),
        added=tuple(sorted(present.keys() - written.keys() - {above for name in written for above in _above(name)})),
        missing=tuple(sorted(written.keys() - present.keys() - unseen)),
        closed=tuple(sorted((name if name != "." else WHOLE, why) for name, why in closed.items())),
    )


def open_files(folder: Path) -> tuple[str, ...]:
    """Return the names of the files of a folder that an office program has open."""
    return tuple(path.name for path in open_elsewhere(sorted(path for _, path in _entries(folder, lambda _: None))))


def _entries(folder: Path, refused: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """Yield (path below the folder, path) of all that lies in it, but what programs lay there by themselves.

    A link is not followed; ``refused`` is told of each folder that cannot be looked into.
    """
    for parent, folders, files in os.walk(folder, onerror=refused):
        for path in (Path(parent, name) for name in (*folders, *files)):
            if not path.name.startswith(LOCK_PREFIXES) and path.name.casefold() not in OF_THE_SYSTEM:
                yield _name(path, folder), path


def _name(path: Path, folder: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def _above(name: str) -> set[str]:
    """Return the folders that a path lies in, up to the one that all lie in."""
    return {parent.as_posix() for parent in Path(name).parents}


def _digest(path: Path, refused: Callable[[OSError], None]) -> str:
    """Return the sha256 of a file, and an empty text for what is none; ``refused`` is told of one that is not read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        error.filename = str(path)  # a disk that fails does not say where
        refused(error)
        return ""
