"""Why a folder was not written, in the clerk's words: where, what, and what to do; the old folder is as it was."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from batch.errors import BatchError, in_words
from batch.publish.changes import open_files
from batch.publish.manifest import MANIFEST
from batch.system.site import Site

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_HELD: Final = (errno.EACCES, errno.EPERM, errno.EBUSY)
"""What Windows says of a folder in which a file is open."""
_NO_RENAME: Final = (errno.EXDEV, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)


class Occupied(BatchError):  # noqa: N818 what is the matter, not that something is
    """An earlier folder that cannot be moved, because another program holds it or a file of it."""


def not_a_folder(path: Path) -> BatchError:
    """Return the refusal of a place where a file stands."""
    return BatchError(f"“{path}”是一个文件，不能在这个位置写出文件夹，请改名或移走它。")


def not_ours(folder: Path) -> BatchError:
    """Return the refusal to replace a folder of somebody else."""
    return BatchError(f"文件夹“{folder}”不是本程序写出的，没有覆盖它，请改名或移走后再运行。")


def unreadable(folder: Path, error: OSError) -> BatchError:
    """Return why nothing can be said of the folder that stands there."""
    return BatchError(f"文件夹“{folder}”里的 {MANIFEST} 读不出来（{in_words(error)}），请检查权限和磁盘。")


def cannot_write(place: Site, error: OSError) -> BatchError:
    """Return why the new folder could not be written beside its place."""
    folder = place.folder
    if error.errno in _NO_RENAME:
        return _cannot_rename(place)
    if error.errno in _FULL:
        return BatchError(f"磁盘已满，写不下文件夹“{folder}”{_left(place)}，请清理磁盘，或用 -o 换一个位置。")
    if _is_too_long(error):
        return BatchError(f"文件夹“{folder}”的路径太长，写不进去，请用 -o 换一个短一些的位置，如磁盘的第一层。")
    return BatchError(f"写不进文件夹“{folder}”（{in_words(error)}），请用 -o 换一个可以写入的位置。")


def cannot_replace(place: Site, error: OSError) -> BatchError:
    """Return why the new folder could not be put in its place."""
    folder = place.folder
    if error.errno in _NO_RENAME:
        return _cannot_rename(place)
    if error.errno in _HELD and folder.exists():
        held = _listed(sorted({*_held_files(folder), *open_files(folder)}))
        what = f"里的{held}正开着" if held else "正被其他程序使用，或没有改名的权限"
        return Occupied(f"文件夹“{folder}”{what}，没有替换，原来的内容没有动，请关闭后再运行。")
    return BatchError(f"文件夹“{folder}”替换不了（{in_words(error)}）{_left(place)}，请用 -o 换一个位置。")


def _cannot_rename(place: Site) -> BatchError:
    where = place.folder.parent
    return BatchError(f"“{where}”不能给文件夹改名（常见于网络共享）{_left(place)}，请用 -o 换到本机的磁盘。")


def _is_too_long(error: OSError) -> bool:
    """Say whether a path was too long; Windows then says that there is no such place, or so much in a number."""
    longest_on_windows = 259
    length = len(os.fspath(error.filename or ""))
    is_unsaid = error.errno == errno.ENOENT and os.name == "nt" and length > longest_on_windows
    return error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == 206 or is_unsaid  # noqa: PLR2004


def _left(place: Site) -> str:
    """Say where the old folder is."""
    if place.folder.exists():
        return "，原来的内容没有动"
    return f"，原来的内容在“{place.old.name}”，下次运行时放回" if place.old.exists() else ""


def _held_files(folder: Path) -> Iterator[str]:
    """Yield the files that may not be written: on Windows, those that an office program has open."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file():
                path.open("r+b").close()
        except OSError:
            yield path.name


def _listed(names: list[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:3])
    return f"{shown}等 {len(names)} 个文件" if len(names) > len(names[:3]) else shown
