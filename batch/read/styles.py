"""Which cell styles of an .xlsx workbook show a number as a day, a time span or a percentage."""

import re
from dataclasses import dataclass
from typing import Final

from batch.read.xml import local_name, xml_root
from batch.values.xml_text import Element

BUILT_IN: Final = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), "yyyy-mm-dd"),
    46: "[h]:mm:ss",
}
"""Formats that no file spells out, by what they make of a number; the others show it as a number.

ECMA-376 part 1, 18.8.30; from 27 to 36 and from 50 on those of Chinese Excel and WPS (zh-cn).
"""
_ASIDE: Final = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
"""What is no part of how the number is shown: texts in quotation marks, colours, languages."""
_PART_OF_A_DAY: Final = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_ELAPSED: Final = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Style numbers (the ``s`` of a cell) by what they make of a number."""

    dates: frozenset[int] = frozenset()
    spans: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()

    def tells(self, style: int) -> bool:
        """Say whether a number of this style is more than a number."""
        return style in self.dates or style in self.spans or style in self.percents


def read_styles(content: bytes | None) -> CellFormats:
    """Return the styles of a styles part; a workbook without one has none that matter."""
    if content is None:
        return CellFormats()
    codes, numbers = dict(BUILT_IN), list[int]()
    for element in xml_root(content):
        match local_name(element):
            case "numFmts":
                codes |= {_number(each, "numFmtId"): each.get("formatCode") or "" for each in element}
            case "cellXfs":
                numbers = [_number(each, "numFmtId") for each in element]
    shown = {style: codes.get(number, "") for style, number in enumerate(numbers)}
    dates = {style for style, code in shown.items() if shows_day(code)}
    spans = frozenset(style for style in dates if shows_span(shown[style]))
    return CellFormats(
        dates=frozenset(dates - spans),
        spans=spans,
        percents=frozenset(style for style, code in shown.items() if "%" in code and style not in dates),
    )


def shows_day(code: str) -> bool:
    """Say whether a format shows a number as a day, a time of day or a time span: its part for positive numbers."""
    return _PART_OF_A_DAY.search(_ASIDE.sub("", code.partition(";")[0])) is not None


def shows_span(code: str) -> bool:
    """Say whether a format shows hours, minutes or seconds beyond those of a day or an hour."""
    return _ELAPSED.search(code.partition(";")[0]) is not None


def _number(element: Element, name: str) -> int:
    text = element.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() else 0
