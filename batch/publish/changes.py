"""What somebody did in a folder since it was written: its files against its manifest."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from batch.publish.manifest import MANIFEST, Manifest
from batch.system.open_files import LOCK_PREFIXES, OF_THE_SYSTEM, open_elsewhere


@dataclass(frozen=True, slots=True)
class Changes:
    """The paths in a folder, sorted, that are no longer as they were written."""

    edited: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything was changed."""
        return bool(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """Return every changed path."""
        return (*self.edited, *self.added, *self.missing)


def changes_in(folder: Path, manifest: Manifest) -> Changes:
    """Return what was changed in a folder since its manifest was written; what cannot be read counts as edited."""
    present = dict(_entries(folder))
    present.pop(MANIFEST, None)
    written = manifest.outputs
    edited = {name for name in written.keys() & present.keys() if _digest(present[name]) != written[name]}
    if not manifest.is_sealed:
        edited.add(MANIFEST)
    expected = written.keys() | {parent.as_posix() for name in written for parent in Path(name).parents}
    added, missing = present.keys() - expected, written.keys() - present.keys()
    return Changes(tuple(sorted(edited)), tuple(sorted(added)), tuple(sorted(missing)))


def open_files(folder: Path) -> tuple[str, ...]:
    """Return the names of the files of a folder that an office program has open."""
    return tuple(path.name for path in open_elsewhere(sorted(path for _, path in _entries(folder) if path.is_file())))


def _entries(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (path below the folder, path) of all that lies in it, but what programs lay there by themselves."""
    for path in _walk(folder):
        if not path.name.startswith(LOCK_PREFIXES) and path.name.casefold() not in OF_THE_SYSTEM:
            yield unicodedata.normalize("NFC", path.relative_to(folder).as_posix()), path


def _walk(folder: Path) -> Iterator[Path]:
    """Yield every file and folder below a folder; a link is not followed."""
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _digest(path: Path) -> str:
    """Return the sha256 of a file, and an empty text for a link or for what cannot be read."""
    if path.is_symlink():
        return ""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
