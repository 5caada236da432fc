"""The whole bytes of a file that is given to us, as one save left them; the file is only ever read."""

import errno
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from batch.errors import BatchError
from batch.system.open_files import is_open_elsewhere
from batch.system.saves import Stamp, stamp_of

PATIENCE: Final = 5.0
"""Seconds for which a file that is being saved is waited for."""
PAUSE: Final = 0.4
"""Seconds between two readings that are to agree: longer than a program takes a breath while it saves."""
GLANCE: Final = 0.1
"""Seconds after which it is tried again where there was nothing to read."""
COARSEST_TICK: Final = 2.0
"""Seconds between two times that a file system can tell apart at worst: FAT; some network shares have 1."""
PATIENCE_BY_ERROR: Final = {
    errno.ENOENT: PAUSE,  # between the two renamings of a save; mostly there is no such file
    errno.ESTALE: PAUSE,  # replaced on another machine
    errno.EACCES: 2 * PAUSE,  # on Windows what is locked and what is forbidden are one error
    errno.EPERM: 2 * PAUSE,
    errno.EBUSY: 2 * PAUSE,  # the same lock, seen from Linux on a share
}
"""Seconds for which an error may last before it is believed; any other is believed at once."""
_SECOND: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one reading found, while nothing showed that the file changed."""

    stamp: Stamp
    content: bytes


def read_whole(path: Path, refuse: Callable[[os.stat_result], None] = lambda _: None) -> bytes:
    """Return the bytes of a file as one save left them, at once where nothing happens to it.

    ``refuse`` is asked before the file is opened, each time, and raises where its status says that it should not be.

    One reading is enough of a file at rest. Where a save may be under way, two that agree are needed, with a pause
    between them: a program that writes a file piece by piece looks between two pieces as if it were done, and where
    times are coarse a second save leaves no mark at all.

    Raises:
        BatchError: it is being saved all the time.
        OSError: it is not there or cannot be read.

    """
    started = time.monotonic()
    earlier: _Reading | None = None
    lost: float | None = None
    for attempt in count():
        now = time.time_ns()
        try:
            reading, lost = _read_once(path, refuse), None
        except OSError as error:
            lost = lost or time.monotonic()
            if time.monotonic() - lost >= PATIENCE_BY_ERROR.get(error.errno or 0, 0):
                raise
            reading = None
        if reading is not None and (reading == earlier or (attempt == 0 and _is_at_rest(path, reading.stamp, now))):
            return reading.content
        if attempt > 0 and time.monotonic() - started >= PATIENCE:
            break
        earlier = reading
        time.sleep(GLANCE if reading is None else PAUSE)
    message = f"“{path.name}”正在被保存，读不到完整的内容，请等保存完再运行。"
    raise BatchError(message)


def _read_once(path: Path, refuse: Callable[[os.stat_result], None]) -> _Reading | None:
    """Return what is in the file, or None where it changed meanwhile; one that grows is read as far as it was."""
    status = path.stat()
    refuse(status)
    with path.open("rb") as stream:
        first = os.fstat(stream.fileno())
        content = stream.read(first.st_size + 1)
        last = os.fstat(stream.fileno())
    is_one_save = stamp_of(status) == stamp_of(path.stat()) and stamp_of(first) == stamp_of(last)
    return _Reading(stamp_of(status), content) if is_one_save and len(content) == first.st_size else None


def _is_at_rest(path: Path, stamp: Stamp, now: int) -> bool:
    """Say whether no save can be under way that the stamp does not tell, as far as the clock ``now`` knows.

    The clock may be wrong, or that of a server be another: a time still to come says nothing, and the sign beside
    a file that a program has open counts whatever the clocks say. A file emptied to be written anew shows its new
    size an instant before its new time (ext4), so that an empty one is never believed at first sight.
    """
    is_coarse = stamp.changed % _SECOND == 0
    is_old = now - stamp.changed >= (PAUSE + (COARSEST_TICK if is_coarse else 0)) * _SECOND
    return is_old and stamp.size > 0 and not is_open_elsewhere(path)
