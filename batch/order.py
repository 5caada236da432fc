"""The order in which a reader looks for names: 第二党支部 before 第十党支部, 李四 before 张三."""

import re
from collections.abc import Iterable
from typing import Final

_NUMBER: Final = re.compile("([0-9]+|[〇零一二三四五六七八九十百]+)")
_DIGITS: Final = {digit: value for ten in ("零一二三四五六七八九", "0123456789") for value, digit in enumerate(ten)} | {
    "〇": 0
}
_UNITS: Final = {"十": 10, "百": 100}


def in_reading_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct names by their pinyin, numbers in them by size, whether in digits or in Chinese.

    >>> in_reading_order(["张三", "第十一党支部", "第三党支部", "2022级", "9级", "李四"])
    ('9级', '2022级', '第三党支部', '第十一党支部', '李四', '张三')
    """
    return tuple(sorted(set(names), key=lambda name: (_parts(name), name)))


def _parts(name: str) -> tuple[bytes | int, ...]:
    """Return words and numbers by turns, words first, so that any two names can be compared."""
    words, numbers = _NUMBER.split(name)[::2], _NUMBER.findall(name)
    parts: list[bytes | int] = []
    for word, number in zip(words, numbers, strict=False):
        parts += [_word(word), _number(number)]
    return (*parts, _word(words[-1]))


def _word(text: str) -> bytes:
    """Return what words are compared by: GB 18030 has the common characters by their pinyin, on every machine alike."""
    return text.casefold().encode("gb18030", errors="replace")


def _number(text: str) -> int:
    """Return what a number says: 二〇二二 and 一百零三 as well as 12, of any length, which int() does not take."""
    whole = last = 0
    for sign in text:
        if sign in _UNITS:
            whole, last = whole + (last or 1) * _UNITS[sign], 0
        else:
            last = 10 * last + _DIGITS[sign]
    return whole + last
