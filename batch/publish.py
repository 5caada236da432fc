"""A folder that appears whole, and that is never lost once somebody has worked in it."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from batch.errors import BatchError, in_words
from batch.manifest import MANIFEST


@dataclass(frozen=True, slots=True)
class Published:
    """Where a folder was written, and what became of the one that stood there."""

    folder: Path
    kept: Path | None = None
    """Where the old folder is now, when it was kept because somebody had changed it."""
    changes: tuple[str, ...] = ()
    """The files of the old folder that were changed or added."""


def publish(folder: Path, files: Mapping[str, bytes], now: datetime) -> Published:
    """Write the files as one folder that takes the place of an earlier one.

    They are written beside it first; the earlier folder gives way only when all of them stand. One that
    was changed since it was written is kept under the name ``….旧版-<time>``.

    Raises:
        BatchError: the place cannot be written, or a folder of somebody else stands there.

    """
    _refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        built = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        _write_all(built, files)
        return _exchange(built, folder, now)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(built, ignore_errors=True)


def withdraw(folder: Path) -> bool:
    """Remove a folder of ours if nothing in it was changed; return whether it is gone."""
    if not folder.is_dir():
        return True
    if not (folder / MANIFEST).is_file() or changed_files(folder):
        return False
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def changed_files(folder: Path) -> tuple[str, ...]:
    """Return the files of a folder of ours that were changed, added or taken away since it was written."""
    written: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    present = {path.relative_to(folder).as_posix(): path for path in _files_in(folder)}
    present.pop(MANIFEST, None)
    changed = {name for name, digest in written.items() if name not in present or _digest(present[name]) != digest}
    return tuple(sorted(changed | (set(present) - set(written))))


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield every file below the folder but the lock files of an office program."""
    yield from (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("~$", ".~lock")))


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        message = f"“{folder}”是一个文件，不能在这个位置写出文件夹，请改名或移走它。"
        raise BatchError(message)
    try:
        changed_files(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = f"文件夹“{folder}”不是本程序写出的，没有覆盖它，请改名或移走后再运行。"
        raise BatchError(message) from None


def _write_all(built: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = built / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    built.chmod(0o755)  # mkdtemp makes it the owner's alone


def _exchange(built: Path, folder: Path, now: datetime) -> Published:
    """Put the built folder in its place; the old one is removed, or kept if it was changed."""
    if not folder.exists():
        built.rename(folder)
        return Published(folder)
    changes = changed_files(folder)
    aside = _free_name(folder.with_name(f"{folder.name}.旧版-{now:%Y%m%d-%H%M%S}"))
    folder.rename(aside)
    try:
        built.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    if changes:
        return Published(folder, aside, changes)
    shutil.rmtree(aside, ignore_errors=True)
    return Published(folder)


def _free_name(path: Path) -> Path:
    names = (path, *(path.with_name(f"{path.name}-{number}") for number in range(2, 1000)))
    return next(each for each in names if not each.exists())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _unwritable(folder: Path, error: OSError) -> BatchError:
    return BatchError(
        f"写不进文件夹“{folder}”（{in_words(error)}），请关闭打开着的文件，或用 -o 换一个有写入权限的位置。"
    )
