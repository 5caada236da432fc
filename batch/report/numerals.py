"""Numbers as an office writes them: rounded half up, in Chinese, in financial capitals."""

from fractions import Fraction
from typing import Final, TypeAlias

Number: TypeAlias = int | float | Fraction

ORDINARY: Final = "零一二三四五六七八九"
FINANCIAL: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = {ORDINARY: ("", "十", "百", "千"), FINANCIAL: ("", "拾", "佰", "仟")}
_GROUPS: Final = ("", "万", "亿", "万亿")
_GROUP: Final = 10_000
LARGEST: Final = _GROUP ** len(_GROUPS)
"""From here on a number has no words here: it stays in digits."""
_TEENS: Final = range(10, 20)


def exact(number: Number) -> Fraction:
    """Return a number as what its digits say: 0.1 is one tenth, not the nearest binary fraction.

    >>> exact(87.8)
    Fraction(439, 5)
    """
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def digits(number: Number, places: int) -> str:
    """Write a number with so many decimals, halves away from nought as Excel rounds.

    >>> digits(0.25, 1), digits(Fraction(-1, 2), 0), digits(1071, 0)
    ('0.3', '-1', '1071')
    """
    value = exact(number)
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places > 0 else f"{sign}{whole}"


def spoken(text: str, numerals: str) -> str:
    """Write a number given in digits with Chinese numerals: :data:`ORDINARY` or :data:`FINANCIAL` ones.

    >>> [spoken(each, ORDINARY) for each in ("12", "103", "1071", "200", "87.8", "100000")]
    ['十二', '一百零三', '一千零七十一', '二百', '八十七点八', '十万']
    >>> [spoken(each, FINANCIAL) for each in ("1071", "10", "0")]
    ['壹仟零柒拾壹', '壹拾', '零']
    """
    sign = "负" if text.startswith("-") else ""
    whole, _, decimals = text.removeprefix("-").partition(".")
    if int(whole) >= LARGEST:
        return text
    words = _whole(int(whole), numerals)
    return sign + words + ("点" + "".join(numerals[int(each)] for each in decimals) if decimals else "")


def chinese_number(number: int) -> str:
    """Write a number as a heading does.

    >>> chinese_number(12)
    '十二'
    """
    return spoken(str(number), ORDINARY)


def _whole(number: int, numerals: str) -> str:
    if number == 0:
        return numerals[0]
    words, gap = "", False
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // _GROUP**index % _GROUP
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < _GROUP // 10):
            words += numerals[0]
        words += _below_ten_thousand(group, numerals) + _GROUPS[index]
        gap = False
    first = number // _GROUP ** ((len(str(number)) - 1) // 4)
    # 十二, not 一十二; a cheque does say 壹拾贰
    return words[1:] if numerals == ORDINARY and first in _TEENS else words


def _below_ten_thousand(number: int, numerals: str) -> str:
    words, gap = "", False
    for index in range(3, -1, -1):
        digit = number // 10**index % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += (numerals[0] if gap else "") + numerals[digit] + _PLACES[numerals][index]
        gap = False
    return words
