"""Any text as the name of a sheet that Excel takes, different from the names that are there already."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from batch.values.cell import legible

LONGEST: Final = 31
"""Units of UTF-16 that a sheet's name may have: an emoji counts as two."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_RESERVED: Final = frozenset({"history", "历史记录"})
"""What Excel calls a sheet of its own, in English and in Chinese."""


def sheet_name(text: str, taken: Collection[str] = ()) -> str:
    """Return the text with what Excel refuses replaced by an underscore; numbered from 2 where its name is taken.

    >>> sheet_name("张三/李四", ["张三_李四"])
    '张三_李四-2'
    """
    safe = _FORBIDDEN.sub("_", legible(text).replace("\n", " ")).strip().strip("'").strip()
    others = {name.casefold() for name in taken}
    return next(name for name in _candidates(safe or "_") if name.casefold() not in others | _RESERVED)


def _candidates(name: str) -> Iterator[str]:
    """Yield the name as far as it fits, and then numbered from 2, without end."""
    yield _fitting(name, LONGEST)
    number = 2
    while True:
        suffix = f"-{number}"
        yield _fitting(name, LONGEST - len(suffix)) + suffix
        number += 1


def _fitting(name: str, longest: int) -> str:
    while len(name.encode("utf-16-le")) > 2 * longest:
        name = name[:-1]
    return name.rstrip().rstrip("'") or "_"
