"""Files and folders on the disk: whole, exchanged in one step, and still there when the power has failed."""

import ctypes
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

from batch.system.site import Site

Content: TypeAlias = bytes | Path
"""What a file is to hold: its bytes, or, where they are too many for the memory, a file that holds them."""
PAUSES: Final = (0.05, 0.2, 0.5)
"""Seconds between attempts where something is refused: a virus scanner holds what was just written for a moment."""

_NOT_FOR_FOLDERS: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES)
"""What file systems answer that do not put folders on the disk one by one."""
_HERE: Final = -100
"""AT_FDCWD: a path is meant as it is written."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of renameat2(2), Linux 3.15."""


def write_folder(folder: Path, files: Mapping[str, Content]) -> None:
    """Write the files, by their paths below it, as a new folder; all of it is on the disk when this returns.

    Raises:
        OSError: it cannot be written, or something stands there.

    """
    folders = {folder, *(folder / parent for name in files for parent in Path(name).parents)}
    for each in sorted(folders):
        each.mkdir()
    for name, content in files.items():
        _write(folder / name, content)
    for each in sorted(folders, reverse=True):
        sync_folder(each)


def write_file(path: Path, content: bytes) -> None:
    """Write a new file that appears whole.

    Raises:
        FileExistsError: something stands there.
        OSError: it cannot be written.

    """
    if os.path.lexists(path):  # a link too, to whatever
        raise FileExistsError(path)
    beside = Site(path).building
    try:
        beside.unlink(missing_ok=True)
        _write(beside, content)
        move(beside, path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """Let a folder be there for what is in the making, and remove it; what an earlier command left in it goes first.

    Raises:
        OSError: it cannot be made.

    """
    remove(folder)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        remove(folder)


def move(source: Path, target: Path) -> None:
    """Rename a file or a folder within its parent.

    Raises:
        OSError: the system refuses, also after some patience.

    """
    _patiently(lambda: source.rename(target))
    sync_names(target.parent)


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, also what is set to be only read; what cannot be removed stays."""
    if folder.is_file():
        with suppress(OSError):
            folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        _open_up(folder)
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                _open_up(Path(parent, name))  # a folder before it is walked into
        shutil.rmtree(folder, ignore_errors=True)


def sync_names(folder: Path) -> None:
    """Put new names on the disk as far as the disk lets; each step is done, and whole, under either name."""
    with suppress(OSError):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk; do nothing where the system has no way to.

    Raises:
        OSError: the disk fails.

    """
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise


def _open_up(path: Path) -> None:
    """Let everything be done with a file or a folder; a link is left alone, with what it leads to."""
    with suppress(OSError):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IRWXU)


def _write(path: Path, content: Content) -> None:
    with path.open("xb") as stream:
        if isinstance(content, Path):
            with content.open("rb") as source:
                shutil.copyfileobj(source, stream)
        else:
            stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _patiently(attempt: Callable[[], object]) -> None:
    for pause in PAUSES:
        try:
            attempt()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    attempt()


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one parent change places, and say whether they did.

    False where the system has no such step, the file system does not take it (EINVAL), or it was refused: what
    then refuses two renames too is told by those.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):  # a C library without it
        return False
    renameat2.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) != 0:
        return False
    sync_names(one.parent)
    return True
