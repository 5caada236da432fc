"""The charts of 汇总表.xlsx: how the months went, drawn from the cells of its pages."""

from collections.abc import Iterator
from typing import Final

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from batch.areas.contract import DATE
from batch.values.widths import display_width
from batch.workbook.formulas import month_span, row_count
from batch.workbook.ledger_copy import Live, write_live
from batch.workbook.stacked_chart import ChartRow, Drawing, Drawn, amount_drawings, draw_charts
from batch.workbook.summary_book import SummaryBook

CHARTS_PAGE: Final = "图表"
TITLE_ROW: Final = 0
ENTERED_HEADER: Final = 1
FIRST_ENTERED: Final = 2
"""Where the table of rows entered begins."""

AREA_WIDTH: Final = 14
MONTH_WIDTH: Final = 6
TOTAL_WIDTH: Final = 8
LEAST_MONTHS: Final = 12
"""Columns of a short period, so that its charts are as wide as those of a year."""


def write_charts(book: SummaryBook) -> None:
    """Write how many rows each area entered by month, with a chart, and a chart for each area with amounts."""
    widths = _widths(book)
    page = book.page(CHARTS_PAGE, "分月图表", widths, TITLE_ROW)
    below = _write_entered(book, page) + 1
    draw_charts(page, book.styles, list(_drawings(book)), Drawn(widths, below, len(book.month_labels)))


def _widths(book: SummaryBook) -> tuple[float, ...]:
    months = max(len(book.month_labels), LEAST_MONTHS)
    width = max(MONTH_WIDTH, *(display_width(label) + 1 for label in book.month_labels))
    return (AREA_WIDTH, *(width for _ in range(months)), TOTAL_WIDTH)


def _write_entered(book: SummaryBook, page: Worksheet) -> int:
    """Write the rows entered by area and month with their sums, and return the row behind them."""
    months, areas = book.totals.period.months, book.totals.areas
    total_column = len(months) + 1
    page.write_row(ENTERED_HEADER, 0, ("登记行数", *book.month_labels, "合计"), book.styles["header"])
    counts = [area.rows_by_month.column_totals for area in areas]
    for row, (area, numbers) in enumerate(zip(areas, counts, strict=True), start=FIRST_ENTERED):
        copy = book.copies.get(area.sheet.name)
        page.write_string(row, 0, area.sheet.name, book.styles["text"])
        for column, ((year, month), number) in enumerate(zip(months, numbers, strict=True), start=1):
            formula = row_count(copy, month_span(year, month).inside(DATE), {}) if copy else None
            write_live(page, row, column, Live(formula, number), book.styles["amount"])
        total = Live(f"SUM({xl_range(row, 1, row, total_column - 1)})", sum(numbers))
        write_live(page, row, total_column, total, book.styles["number"])
    last = FIRST_ENTERED + len(areas)
    if not areas:
        return last
    page.write_string(last, 0, "合计", book.styles["strong"])
    sums = [sum(column) for column in zip(*counts, strict=True)]
    for column, number in enumerate((*sums, sum(sums)), start=1):
        live = Live(f"SUM({xl_range(FIRST_ENTERED, column, last - 1, column)})", number)
        write_live(page, last, column, live, book.styles["number"])
    return last + 1


def _drawings(book: SummaryBook) -> Iterator[Drawing]:
    """Yield the charts that there is anything to draw for."""
    counts = [(number, sum(area.rows_by_month.column_totals)) for number, area in enumerate(book.totals.areas)]
    entered = [ChartRow(CHARTS_PAGE, FIRST_ENTERED + number, 0, 1, ENTERED_HEADER) for number, rows in counts if rows]
    if entered:
        yield Drawing("各工作面分月登记行数", "行数", entered)
    yield from amount_drawings(book.totals.areas, book.month_rows)
