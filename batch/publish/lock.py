"""One command at a time at a folder: a lock of the system, which ends with its process however that ends."""

import errno
import json
import os
import platform
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from batch.errors import BatchError
from batch.system.site import Site

if TYPE_CHECKING:
    from filelock import BaseFileLock


_NO_LOCKS: Final = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What shares answer that have no locks."""


@contextmanager
def locked(place: Site, seconds: float) -> Iterator[None]:
    """Hold the lock of a place, waiting for it as long as that.

    Raises:
        BatchError: another command holds it all that time.
        OSError: no lock can be laid there.

    """
    from filelock import Timeout, UnixFileLock  # noqa: PLC0415 only what writes needs it, and it takes its time

    try:
        lock = _acquired(place, seconds)
    except Timeout as error:
        raise BatchError(_busy(place, seconds)) from error
    try:
        _name_holder(place.holder)
        yield
    finally:
        with suppress(OSError):
            place.holder.unlink(missing_ok=True)
        if isinstance(lock, UnixFileLock):  # the others remove their files themselves
            with suppress(OSError):
                place.lock.unlink()  # who waits for it sees that it is gone, and makes a new one
        with suppress(OSError):  # it ends with the process at the latest
            lock.release()


def _acquired(place: Site, seconds: float) -> "BaseFileLock":
    """Return the system's lock, or, where there are none, a file in its stead; the library knows a stale one."""
    from filelock import FileLock  # noqa: PLC0415

    lock = FileLock(place.lock, timeout=seconds, mode=0o666)  # a colleague's account may come next
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where it makes do with such a file
        try:
            lock.acquire()
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            from filelock import SoftFileLock  # noqa: PLC0415

            marker = SoftFileLock(place.marker, timeout=seconds)
            marker.acquire()
            return marker
    return lock


def _name_holder(path: Path) -> None:
    """Leave word of who is at work, for whoever waits in vain."""
    with suppress(OSError):
        path.write_text(json.dumps({"process": os.getpid(), "computer": platform.node()}), encoding="utf-8")


def _busy(place: Site, seconds: float) -> str:
    try:
        holder = json.loads(place.holder.read_text(encoding="utf-8"))
        who = f"计算机“{holder['computer']}”上的另一个 batch（进程 {holder['process']}）"
    except (OSError, ValueError, KeyError, TypeError):
        who = "另一个 batch"
    return f"{who}正在写“{place.folder.name}”，等了 {seconds:.0f} 秒还没有写完，请等它结束后再运行。"
