"""What other programs put beside files by themselves, and which files they have open, told by that."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

LOCK_PREFIXES: Final = ("~$", ".~")
"""How the name of the file begins by which Excel, Word, WPS and LibreOffice say that they have a file open."""
OF_THE_SYSTEM: Final = frozenset({"desktop.ini", "thumbs.db", ".ds_store", ".directory"})
"""Files, in small letters, that a file manager puts into a folder without being asked."""
_KEPT: Final = 6
"""Letters of a name that Word, and WPS on Linux, leave whole; of a longer one they drop one or two at its beginning."""
_DROPPED: Final = 2


def open_elsewhere(paths: Iterable[Path]) -> list[Path]:
    """Return the files that another program seems to have open."""
    return [path for path in paths if is_open_elsewhere(path)]


def is_open_elsewhere(path: Path) -> bool:
    """Say whether another program seems to have the file open; one that crashed leaves the same sign behind."""
    return any(_is_there(path.parent / name) for name in _lock_names(path))


def _lock_names(path: Path) -> Iterator[str]:
    """Yield what the programs call their lock of the file."""
    yield f".~lock.{path.name}#"
    yield from (prefix + path.name for prefix in LOCK_PREFIXES)
    short = path.name[min(_DROPPED, max(0, len(path.stem) - _KEPT)) :]
    if not _is_there(path.parent / short):  # whose lock it would be: ~$台账.xlsx is not that of 全年台账.xlsx
        yield from (prefix + short for prefix in LOCK_PREFIXES)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long with the prefix
        return False
