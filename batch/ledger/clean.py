"""From what a clerk typed to what it means, one cell at a time; or the reason why it cannot be told.

Every function here is pure: a raw value goes in, a cleaned value or a :class:`Fault` comes out.
Nothing is guessed: a text that is only nearly a date or a number is a fault.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias, cast
from unicodedata import is_normalized

from batch.areas.contract import EXPLANATION, PERSONS, REMARKS
from batch.areas.model import Column
from batch.finding import Code
from batch.ledger.advice import NUMBER_EXAMPLE, advise_date, advise_number
from batch.read.limits import LONGEST_TEXT
from batch.values.cell import CellValue, ErrorValue, Shared, Unstored, as_typed
from batch.values.names import fold, nearest
from batch.values.serials import EXCEL_EPOCH, SHIFT_1904

FIRST_SERIAL: Final = 36526
"""2000-01-01 as an Excel serial: a smaller bare number is a count, not a day."""
LAST_SERIAL: Final = 73050
"""2099-12-31 as an Excel serial."""
EARLIEST: Final = date(1950, 1, 1)
"""A ledger date before this is Excel's 1900-01-00 or a slip of the year, never an entry."""
LARGEST: Final = 10**15
"""No office counts to this: a larger number is a slip, such as a telephone number or an id."""
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099

MEASURE_WORDS: Final = "人次|件|份|个|次|名|人|篇|项|条|张|页|册|卷|枚"
"""What clerks write behind a count: 12件 is twelve."""
BLANK_WORDS: Final = frozenset({"无", "/", "\\", "-", "--", "—", "——", "–", "―", "─"})
"""What clerks write into a cell to say that it is left blank; a definition may name other words for a column."""
DITTO: Final = frozenset({"同上", "同前", "同上行", "〃", "″", "''", '"'})
"""What clerks write for "as above". It is never filled down: one row sorted or deleted, and it means another day."""
FREE_TEXT: Final = frozenset({REMARKS, EXPLANATION})
"""Columns in which 同上 harms no figure and no list."""

_TIME_OF_DAY: Final = re.compile(r"(?<=[0-9日号])(?:T|\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
"""A time behind a date, as other programs export it; the day alone counts."""
_DATE: Final = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号]?)")
_SERIAL: Final = re.compile(r"[0-9]{5}")
_COMPACT_DATE: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_DAY: Final = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]")
_NUMBER: Final = re.compile(rf"([0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(\.[0-9]+)?(?:{MEASURE_WORDS})?")
_HAN: Final = "[\u3400-\u9fff\U00020000-\U000323af]"
_PADDED: Final = re.compile(rf"(?<![^、，,；;/\n])({_HAN})[^\S\n]+({_HAN})(?![^、，,；;/\n])")
"""Two characters with blanks between them that are all there is, or all there is between two separators."""
_YEAR: Final = re.compile(r"(20[0-9]{2})年?(?:度)?")
Cleaned: TypeAlias = str | int | float | date | None
AT_ONCE: Final = 64
"""Values that are looked at together: one that is not clean has so many looked at one by one."""
LISTED_CHOICES: Final = 6
"""A dictionary up to this length is named in full in a message; a longer one is left to the drop-down."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell's own column does not admit it: a permanent code, what is wrong, what to do."""

    code: Code
    problem: str
    advice: str
    is_of_text: bool = True
    """Whether it lies in what was typed, so that a message quotes it; not in an error value or a formula."""
    rows: tuple[int, ...] = ()
    """The Excel rows that it spoils, where these are more than its own."""


def clean(value: CellValue, column: Column, year: int | None, *, is_1904: bool = False) -> Cleaned | Fault:
    """Return the value as its column means it, None where it is blank, or a fault.

    ``year`` completes a date such as 3月5日; it is the cover's 年度. In a workbook of the 1904 date system a bare
    number that is a day counts from there.
    """
    if isinstance(value, ErrorValue | Unstored | Shared):
        return _unreadable(value)
    text = clean_text(value)
    if text is None or (folded := fold(text)) in (column.blank_words or BLANK_WORDS):
        return None
    fault = _unfit(text, folded, column)
    if fault is not None:
        return fault
    match column.type:
        case "text":
            return unpadded(text) if column.name in PERSONS else text
        case "choice" | "area" | "figure":
            return clean_choice(text, column)
        case "date":
            return clean_date(value, year, is_1904=is_1904)
        case "whole":
            return clean_whole(value)
        case "number":
            return clean_number(text.removesuffix("%") if isinstance(value, str) else value)
        case "year":
            return clean_year(value)


def clean_all(
    values: Sequence[CellValue], column: Column, year: int | None, *, is_1904: bool = False
) -> list[Cleaned | Fault]:
    """Return what :func:`clean` makes of each value of a column.

    A long ledger has as many texts as rows, and nearly all of them stay as they are, which is seen of many at once.
    """
    results: list[Cleaned | Fault] = []
    is_free = column.type == "text" and column.name not in PERSONS
    words = DITTO.union(column.blank_words or BLANK_WORDS)
    for start in range(0, len(values), AT_ONCE):
        some = values[start : start + AT_ONCE]
        if is_free and _are_clean(some, words):
            results += [str(value) for value in some]
        else:
            results += [clean(value, column, year, is_1904=is_1904) for value in some]
    return results


def _are_clean(values: Sequence[CellValue], words: AbstractSet[str]) -> bool:
    """Say whether all are whole numbers, or texts that no cleaning changes, and none of them is one of the words."""
    kinds = {*map(type, values)}
    if kinds == {int}:
        return words.isdisjoint(map(str, values))
    if kinds != {str}:
        return False
    texts = cast("Sequence[str]", values)
    joined = "".join(texts)  # what holds of it holds of its parts, as normal forms are closed to cutting
    return (
        joined.isprintable()
        and " " not in joined
        and len(joined) <= LONGEST_TEXT
        and words.isdisjoint(texts)
        and is_normalized("NFKC", joined)
    )


def _unreadable(value: ErrorValue | Unstored | Shared) -> Fault:
    """Return why a cell has no content that could be judged."""
    match value:
        case ErrorValue(shown):
            return Fault(
                Code.ERROR_CELL, f"单元格是错误值{shown}", "请改填正确的内容，或修好公式后保存", is_of_text=False
            )
        case Unstored():
            return Fault(
                Code.FORMULA_WITHOUT_VALUE,
                "单元格是公式，但文件里没有存下计算结果",
                "请用Excel或WPS打开、保存一次，或直接填写结果",
                is_of_text=False,
            )
        case Shared(_, rows):
            problem = f"在合并单元格里，管着第{rows[0]}至{rows[-1]}行，不知道各行是多少"
            return Fault(Code.MERGED_NUMBER, problem, "请取消合并，逐行填写", rows=rows)


def _unfit(text: str, folded: str, column: Column) -> Fault | None:
    """Return why a text stands for nothing in any column, None where it may stand for something."""
    if folded in DITTO and column.name not in FREE_TEXT:
        return Fault(Code.DITTO, "没有写明内容", "请写出与上一行相同的内容")
    if len(text) > LONGEST_TEXT:
        return Fault(Code.TEXT_TOO_LONG, f"有{len(text)}个字，超过一格的上限{LONGEST_TEXT}个字", "请分开填写")
    return None


def clean_text(value: CellValue) -> str | None:
    """Return the text without the white space around it, or None where nothing is left.

    Inside, the text stays as typed: NFKC would turn ② into 2.
    """
    typed = as_typed(value)
    return (typed.strip() or None) if typed is not None else None


def unpadded(names: str) -> str:
    """Return the names without the blanks that spread one of two characters to the width of three.

    >>> unpadded("张　三、欧阳 修")
    '张三、欧阳 修'
    """
    return _PADDED.sub(r"\1\2", names)


def clean_choice(text: str, column: Column) -> str | Fault:
    """Return the dictionary's spelling of the text; a near miss is suggested, never taken."""
    known = column.folded_choices(fold)
    folded = fold(text)
    if folded in known:
        return known[folded]
    near = nearest(folded, known)
    if near:
        advice = f"是不是“{known[near]}”？请从下拉表中选"
    elif len(column.choices) <= LISTED_CHOICES:
        advice = f"请改为：{'、'.join(column.choices)}"
    else:
        advice = "请从下拉表中选"
    return Fault(Code.NOT_IN_LIST, "不在可选内容之中", advice)


def clean_date(value: CellValue, year: int | None, *, is_1904: bool = False) -> date | Fault:
    """Return the day; texts in the ways offices write dates are read, others are faults."""
    day = _as_date(value, year, SHIFT_1904 if is_1904 else 0)
    if day is None:
        return Fault(Code.BAD_DATE, "不是有效日期", advise_date(fold(as_typed(value) or ""), year))
    if not EARLIEST <= day <= date(LAST_YEAR, 12, 31):
        return Fault(Code.BAD_DATE, f"日期的年份是{day.year}年，不在合理范围", "请改正年份")
    return day


def _as_date(value: CellValue, year: int | None, shift: int) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str | int):
        return None
    text = fold(_TIME_OF_DAY.sub("", str(value).strip()))
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= int(text) + shift <= LAST_SERIAL:
        return EXCEL_EPOCH + timedelta(days=int(text) + shift)
    parts = _date_parts(text, year)
    if parts is None:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _date_parts(text: str, year: int | None) -> tuple[int, int, int] | None:
    for pattern in (_DATE, _COMPACT_DATE):
        match = pattern.fullmatch(text)
        if match is not None:
            numbers = [int(group) for group in match.groups() if group is not None and group.isdigit()]
            return numbers[0], numbers[1], numbers[2]
    match = _MONTH_DAY.fullmatch(text)
    if match is not None and year is not None:
        return year, int(match[1]), int(match[2])
    return None


def clean_whole(value: CellValue) -> int | Fault:
    """Return the whole number, zero or more, or a fault."""
    number = clean_number(value)
    if isinstance(number, Fault):
        return number
    if number != int(number):
        return Fault(Code.BAD_NUMBER, "不是整数", NUMBER_EXAMPLE)
    return int(number)


def clean_number(value: CellValue) -> int | float | Fault:
    """Return the number, zero or more; thousands commas and a measure word behind it are taken off."""
    fault = Fault(Code.BAD_NUMBER, "不是数", advise_number(fold(as_typed(value) or "")))
    negative = Fault(Code.BAD_NUMBER, "是负数", "请填0或正数，如 12")
    too_large = Fault(Code.BAD_NUMBER, "大得不合常理", "请核对，是不是填错了列")
    if isinstance(value, int | float):
        number: int | float = value
    elif isinstance(value, str):
        text = fold(value)
        match = _NUMBER.fullmatch(text)
        if match is None:
            return negative if _NUMBER.fullmatch(text.removeprefix("-")) else fault
        digits = match[1].replace(",", "")
        if len(digits) > len(str(LARGEST)):
            return too_large
        number = float(digits + match[2]) if match[2] else int(digits)
    else:
        return fault
    if number < 0:
        return negative
    return number if number < LARGEST else too_large


def clean_year(value: CellValue) -> int | Fault:
    """Return the calendar year of the ledger."""
    match = _YEAR.fullmatch(fold(as_typed(value) or ""))
    if match is None:
        return Fault(Code.BAD_YEAR, "不是年份", "请填四位数字，如 2022")
    return int(match[1])
