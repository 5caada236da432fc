"""The order in which a reader looks for names: 第二党支部 before 第十党支部."""

import re
from collections.abc import Iterable
from itertools import chain
from typing import Final

_NUMBER: Final = re.compile("([0-9]+|[〇零一二三四五六七八九十百]+)")
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS: Final = {"十": 10, "百": 100}


def in_reading_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct names in order, numbers in them by size, whether in digits or in Chinese.

    >>> in_reading_order(["第十一党支部", "第三党支部", "2022级", "第二党支部", "9级"])
    ('9级', '2022级', '第二党支部', '第三党支部', '第十一党支部')
    """
    return tuple(sorted(set(names), key=lambda name: (_parts(name), name)))


def _parts(name: str) -> tuple[str | int, ...]:
    """Return words and numbers by turns, words first, so that any two names can be compared."""
    words, numbers = _NUMBER.split(name)[::2], _NUMBER.findall(name)
    return (*chain.from_iterable(zip(words, map(_number, numbers), strict=False)), words[-1])


def _number(text: str) -> int:
    """Return what a number says: 二〇二二 and 一百零三 as well as 12."""
    if text.isdigit():
        return int(text)
    whole = last = 0
    for sign in text:
        if sign in _UNITS:
            whole, last = whole + (last or 1) * _UNITS[sign], 0
        else:
            last = 10 * last + _DIGITS[sign]
    return whole + last
