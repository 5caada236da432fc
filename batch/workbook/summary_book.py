"""What every page of 汇总表.xlsx is written with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.areas.figures import FigureKind
from batch.period import Period
from batch.total.compare import Previous
from batch.total.tabled import Tabled
from batch.total.totals import FigureTotal, Totals
from batch.workbook import formulas
from batch.workbook.formulas import PERIOD, stored_value
from batch.workbook.ledger_copy import (
    FIRST_ROW,
    LedgerCopy,
    Live,
    plan_copies,
)
from batch.workbook.xlsx import PageSetup, Styles, titled_page

SIGN_PAGE: Final = "指标签字页"
VALUE_COLUMN: Final = 2
MONTHS_PAGE: Final = "分月"
FIRST_MONTH_COLUMN: Final = 2
UNSETTLED: Final = "（待核实）"
DRAFT: Final = "草稿"


@dataclass(frozen=True)
class SummaryBook:
    """One workbook being written."""

    workbook: xlsxwriter.Workbook
    styles: Styles
    totals: Totals
    is_draft: bool
    previous: Previous | None = None

    @cached_property
    def copies(self) -> Mapping[str, LedgerCopy]:
        """Return sheet name -> where its copied rows stand, for the sheets that are copied."""
        return plan_copies(self.totals)

    @cached_property
    def figure_rows(self) -> dict[str, int]:
        """Return figure id -> its row on the page to sign."""
        return {name: row for row, name in enumerate(self.totals.figures, start=FIRST_ROW + 1)}

    @cached_property
    def month_labels(self) -> tuple[str, ...]:
        """Return how a header calls the months of the period."""
        return month_headers(self.totals.period)

    @cached_property
    def month_rows(self) -> dict[tuple[str, str], int]:
        """Return (area, item) -> its row on the page of the months."""
        return month_rows(self.totals.areas)

    def page(
        self, name: str, title: str, widths: Sequence[float], header_row: int, *, is_landscape: bool = True
    ) -> Worksheet:
        """Add a sheet with its title, its columns and its print set-up; a draft says so on every page."""
        shown = f"{title}（{DRAFT}）" if self.is_draft else title
        page = titled_page(self.styles, name, shown, PageSetup(widths, header_row, is_landscape))
        if self.is_draft:
            page.set_header(f"&R{DRAFT}")
        return page

    def value_style(self, figure: FigureKind | None) -> Format:
        """Return the format of the figure's values."""
        return value_style(self.styles, figure)

    def live(self, total: FigureTotal) -> Live:
        """Return a figure as the page to sign shows it; a percentage refers to the figures above it."""
        copy = self.copies.get(total.sheet.name)
        if copy is None:
            return Live(None, stored_value(total.value))

        def sibling(name: str) -> str:
            return str(xl_rowcol_to_cell(self.figure_rows[f"{total.sheet.name}.{name}"], VALUE_COLUMN))

        return Live(formulas.figure_formula(total.figure, copy, PERIOD, sibling), stored_value(total.value))


def unit_text(total: FigureTotal) -> str:
    """Return the unit with the mark of a figure that is not settled, so that the number stays a number."""
    return total.figure.unit + (UNSETTLED if total.is_unsettled else "")


def month_headers(period: Period) -> tuple[str, ...]:
    """Return how a header calls the months of a period, with their years where there are several."""
    months = period.months
    spans_years = months[0][0] != months[-1][0]
    return tuple(f"{year}年{month}月" if spans_years else f"{month}月" for year, month in months)


def month_rows(areas: Iterable[Tabled]) -> dict[tuple[str, str], int]:
    """Return (area, item) -> its row on the page of the months."""
    lines = [(area.sheet.name, item) for area in areas for item in area.by_month.rows]
    return {line: row for row, line in enumerate(lines, start=FIRST_ROW)}


def value_style(styles: Styles, figure: FigureKind | None) -> Format:
    """Return the format of a figure's values in a workbook with these styles."""
    return styles["rate" if figure is not None and figure.is_percentage else "number"]
