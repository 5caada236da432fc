"""The filters of a placeholder: how a number or a date is written.

======  ==================================================  =============================
filter  what it makes                                       example (办文.发文 is 1071)
======  ==================================================  =============================
约      rounds down to a full ten, from 1000 on to a full   ``|约`` 1000余
        hundred, and says 余; what must be exact stays
多      the same with 多                                    ``|多`` 1000多
单位    the unit after it                                   ``|单位`` 1071件
核      （待核实） after it where a row is unsettled        ``|核`` 1071（待核实）
中文    Chinese numerals                                    ``|中文`` 一千零七十一
大写    the numerals of cheques                             ``|大写`` 壹仟零柒拾壹
百分    a percentage with its sign, a ratio as one          ``|百分`` 87.8%
上期    the figure of the period that is compared with      ``|上期`` 986
日期    a date, in full or in a form of one's own           ``|日期``, ``|日期("yyyy-mm-dd")``
======  ==================================================  =============================

They are asked for in any order: ``|约|单位`` and ``|单位|约`` are both 1000余件. A figure without a value is
— whatever is asked for. Beside them stand a few of jinja2's own, which work on figures too: round, int,
float, abs, default, first, last, length, join, min, max.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from jinja2 import Undefined
from jinja2.filters import FILTERS

from batch.report.phrase import Phrase, number_phrase

LONGEST: Final = 100_000
"""Characters that one value of a report may have; no text of a ledger is near it."""
_NUMBERS: Final[Mapping[str, Callable[[Phrase], Phrase]]] = {
    "约": lambda each: each.rough,
    "多": lambda each: each.above,
    "单位": lambda each: each.measured,
    "核": lambda each: each.marked,
    "中文": lambda each: each.in_chinese,
    "大写": lambda each: each.in_capitals,
    "百分": lambda each: each.percentage,
    "上期": lambda each: each.before,
    "int": lambda each: each.__trunc__(),
    "float": lambda each: each,
    "abs": abs,
}
_DATE_PART: Final = re.compile(r"yyyy|mm?|dd?", re.IGNORECASE)
_DATE_FORM: Final = "yyyy年m月d日"
_KEPT: Final = ("default", "d", "first", "last", "length", "count", "min", "max")
"""Filters of jinja2 that make nothing longer than what they were given, and leave markup escaped."""
FOR_NUMBERS: Final = frozenset(_NUMBERS) - {"int", "float", "abs"}
FOR_DATES: Final = frozenset({"日期"})
OFFERED: Final = ("约", "多", "单位", "中文", "大写", "百分", "核", "上期", "日期")
"""What a message names to one who has asked for a filter that there is not."""


class UnfitError(TypeError):
    """A filter was given what it is not made for; told in Chinese."""


def filters() -> dict[str, Callable[..., Any]]:
    """Return all filters by name."""
    numbers = {name: _on_numbers(name, work) for name, work in _NUMBERS.items()}
    kept = {name: FILTERS[name] for name in _KEPT}
    return {**kept, **numbers, "round": _rounded, "join": _joined, "日期": date_text}


def date_text(day: object, form: str = _DATE_FORM) -> object:
    """Write a date without leading zeros, or in a form of one's own; nothing where there is none.

    >>> date_text(date(2022, 3, 5)), date_text(date(2022, 3, 5), "yyyy-mm-dd")
    ('2022年3月5日', '2022-03-05')
    """
    if day is None or day == "":
        return ""
    if not isinstance(day, date):
        message = f"“日期”只用于日期，这里是“{str(day)[:20]}”"
        raise UnfitError(message)
    parts = {"y": day.year, "m": day.month, "d": day.day}
    return _DATE_PART.sub(lambda match: f"{parts[match.group()[0].lower()]:0{len(match.group())}d}", form)


def as_phrase(value: object, filter_name: str) -> Phrase:
    """Return a value as what filters on numbers take.

    Raises:
        UnfitError: it is no number.

    """
    if isinstance(value, Phrase):
        return value
    if isinstance(value, int | float | Fraction) and not isinstance(value, bool):
        return number_phrase(value)
    if isinstance(value, Undefined):
        str(value)  # raises what is undefined
    shown = f"，这里是“{str(value)[:20]}”" if isinstance(value, str | bool | date) else ""
    message = f"“{filter_name}”只用于数{shown}"
    raise UnfitError(message)


def _on_numbers(name: str, work: Callable[[Phrase], Phrase]) -> Callable[[object], Phrase]:
    return lambda value: work(as_phrase(value, name))


def _rounded(value: object, places: int = 0) -> Phrase:
    if not 0 <= places <= 10:  # noqa: PLR2004 no report has more decimals
        message = "“round”的位数应在0到10之间"
        raise UnfitError(message)
    return round(as_phrase(value, "round"), places)


def _joined(values: Iterable[object], between: str = "") -> str:
    parts = list(values)
    if not all(isinstance(each, str | int | float | Fraction | Phrase) for each in parts):
        message = "“join”只用于文字和数"
        raise UnfitError(message)
    text = str(between).join(map(str, parts))
    if len(text) > LONGEST:
        message = "“join”得到的文字太长"
        raise UnfitError(message)
    return text
