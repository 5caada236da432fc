"""Any person's or unit's name as a file name that every system takes."""

import re
from typing import Final

_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED: Final = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
LONGEST: Final = 60


def file_name(name: str) -> str:
    """Return the name with what a file system refuses replaced by an underscore.

    >>> file_name("张三/李四")
    '张三_李四'
    """
    safe = _FORBIDDEN.sub("_", name).strip(" .")[:LONGEST].rstrip(" .") or "_"
    return f"_{safe}" if _RESERVED.fullmatch(safe) else safe
