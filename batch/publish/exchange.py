"""Two folders that change places in one step, where the system can do that."""

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

from batch.publish.disk import sync_names

_HERE: Final = -100
"""AT_FDCWD: a path is meant as it is written."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of renameat2(2), Linux 3.15."""


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
