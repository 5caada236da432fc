"""Names as people write them: the same however typed, the nearest known one, and the order they are looked for in."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_NUMBER: Final = re.compile("([0-9]+|[〇零一二三四五六七八九十百]+)")
_DIGITS: Final = {digit: value for ten in ("零一二三四五六七八九", "0123456789") for value, digit in enumerate(ten)} | {
    "〇": 0
}
_UNITS: Final = {"十": 10, "百": 100}


def fold(text: str) -> str:
    """Return the text with width folded and all white space taken out, for comparing.

    >>> fold("县（区） 级")
    '县(区)级'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the word, or None where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return 「，是不是“…”」 with the nearest known name, or nothing."""
    near = nearest(word, known)
    return f"，是不是“{near}”" if near else ""


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
