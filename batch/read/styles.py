"""Which cell styles of an .xlsx workbook show a number as a day, a time span or a percentage."""

from dataclasses import dataclass
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from batch.read.xml import local_name, xml_root
from batch.values.xml_text import Element

CHINESE_DATES: Final = frozenset({*range(27, 37), *range(50, 59)})
"""Built-in formats of Chinese Excel and WPS that no file spells out (ECMA-376 part 1, 18.8.30, zh-cn)."""


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
    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    numbers: list[int] = []
    for element in xml_root(content):
        match local_name(element):
            case "numFmts":
                codes |= {_number(each, "numFmtId"): each.get("formatCode") or "" for each in element}
            case "cellXfs":
                numbers = [_number(each, "numFmtId") for each in element]
    dates = {style for style, number in enumerate(numbers) if _is_date(number, codes)}
    shown = {style: codes.get(number, "") for style, number in enumerate(numbers)}
    spans = frozenset(style for style in dates if is_timedelta_format(shown[style]))
    return CellFormats(
        dates=frozenset(dates - spans),
        spans=spans,
        percents=frozenset(style for style, code in shown.items() if "%" in code and style not in dates),
    )


def _is_date(number: int, codes: dict[int, str]) -> bool:
    return is_date_format(codes[number]) if number in codes else number in CHINESE_DATES


def _number(element: Element, name: str) -> int:
    text = element.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() else 0
