"""汇总表.xlsx of the city: what all units come to, by live formulas over a row for each unit and figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from batch.bureau.city.submissions import Submissions
from batch.bureau.city.sums import City, CityFigure
from batch.bureau.units import CITY
from batch.values.widths import display_width
from batch.workbook.summary_book import month_headers, value_style
from batch.workbook.xlsx import PageSetup, Styles, row_height, titled_page, write_workbook

FIGURES_PAGE: Final = "全市指标"
UNIT_FIGURES_PAGE: Final = "单位指标"
UNITS_PAGE: Final = "单位一览"
UNIT_MONTHS_PAGE: Final = "单位分月"
CHARTS_PAGE: Final = "图表"
KINDS_PAGE: Final = "分类"
APART_PAGE: Final = "另列"
RECONCILIATION_PAGE: Final = "对账"
NOTE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3
"""Rows (from 0) of the note below the title, of the header, and of what follows it."""
MOST_ROWS: Final = 1_000_000
"""Rows of a sheet; Excel has a few more."""
MOST_WIDE: Final = 40
"""Characters of a column of names; a longer one takes more lines."""
ROW_HEIGHT: Final = 18
"""Points; what is left to itself is cut where another font is shown."""


def noted_page(styles: Styles, name: str, title: str, note: str, columns: Mapping[str, float]) -> Worksheet:
    """Add a sheet with its title, a note and its header."""
    page = bare_page(styles, name, (title, note), tuple(columns.values()))
    page.set_row(HEADER_ROW, 24)
    page.write_row(HEADER_ROW, 0, columns, styles["header"])
    return page


def bare_page(styles: Styles, name: str, head: tuple[str, str], widths: Sequence[float]) -> Worksheet:
    """Add a sheet with its title and a note."""
    title, note = head
    page = titled_page(styles, name, title, PageSetup(widths, HEADER_ROW))
    page.set_default_row(ROW_HEIGHT)
    page.set_row(NOTE_ROW, row_height((note,), (sum(widths),)))
    page.merge_range(NOTE_ROW, 0, NOTE_ROW, len(widths) - 1, note, styles["subtitle"])
    return page


@dataclass(frozen=True)
class CityBook:
    """The workbook being written, a row at a time: each page from the top."""

    styles: Styles
    submissions: Submissions
    city: City

    def page(self, name: str, title: str, note: str, columns: Mapping[str, float]) -> Worksheet:
        """Add a sheet with its title, a note and its header."""
        return noted_page(self.styles, name, title, note, columns)

    @property
    def period(self) -> str:
        """Return the period as a title has it."""
        return self.city.period.title

    @cached_property
    def blocks(self) -> dict[str, "Block"]:
        """Return figure id -> where its units stand, one below the other."""
        found: dict[str, Block] = {}
        number, row = 1, FIRST_ROW
        for figure in self.figures:
            if row + len(figure.values) > MOST_ROWS:
                number, row = number + 1, FIRST_ROW
            page = UNIT_FIGURES_PAGE if number == 1 else f"{UNIT_FIGURES_PAGE}-{number}"
            found[figure.total.id] = Block(page, row, row + len(figure.values) - 1)
            row += len(figure.values)
        return found

    @property
    def figures(self) -> tuple[CityFigure, ...]:
        """Return every figure of the city."""
        return tuple(figure for area in self.city.areas for figure in area.members)

    @cached_property
    def month_labels(self) -> tuple[str, ...]:
        """Return how a header calls the months of the period."""
        return month_headers(self.city.period)

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months of the period as the tables have them: 2022-03."""
        return self.city.period.month_keys

    @cached_property
    def unit_width(self) -> float:
        """Return the width of a column of unit names."""
        return min(MOST_WIDE, max((display_width(line.unit.name) for line in self.submissions.lines), default=0) + 4)

    def number(self, figure: CityFigure) -> Format:
        """Return the format of the figure's values."""
        return value_style(self.styles, figure.total.figure)


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one figure on a page: a unit in each."""

    page: str
    first: int
    last: int

    @property
    def is_empty(self) -> bool:
        """Say whether no unit has the figure."""
        return self.last < self.first

    def cells(self, letter: str) -> str:
        """Return the range of a column, as a formula on another page refers to it."""
        return f"'{self.page}'!${letter}${self.first + 1}:${letter}${self.last + 1}"


def ranks(values: Sequence[float | None]) -> list[int | str]:
    """Return the place of each value, the largest first, equals alike; nothing for one that is missing.

    >>> ranks([3, None, 7, 3])
    [2, '', 1, 2]
    """
    places: dict[float, int] = {}
    for place, value in enumerate(sorted((each for each in values if each is not None), reverse=True), start=1):
        places.setdefault(value, place)
    return ["" if each is None else places[each] for each in values]


WritePage = Callable[[CityBook], None]


def build_city_workbook(submissions: Submissions, city: City, pages: Sequence[WritePage], scratch: Path) -> bytes:
    """Return the workbook with these pages; the same units give the same bytes."""

    def write(_: xlsxwriter.Workbook, styles: Styles) -> None:
        book = CityBook(styles, submissions, city)
        for write_page in pages:
            write_page(book)

    return write_workbook(f"{CITY}{city.period.title}台账汇总", CITY, write, scratch)
