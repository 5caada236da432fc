"""Stacked columns by month in a workbook, drawn from the cells of its pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from batch.total.tabled import Tabled
from batch.workbook.ledger_copy import HEADER_ROW
from batch.workbook.summary_book import FIRST_MONTH_COLUMN, MONTHS_PAGE
from batch.workbook.xlsx import Styles

MOST_ITEMS: Final = 6
"""Items that one chart tells apart; of more, the largest are drawn."""
COLOURS: Final = ("#1F4E79", "#F4B183", "#7F7F7F", "#FFD966", "#2E75B6", "#A9D18E")
"""Dark beside light, so that neighbours differ in black and white too."""
ROW_HEIGHT: Final = 18
"""Points of every row below the title, so that a chart ends and a page breaks where it should."""
ROW_PIXELS: Final = 24
TITLE_HEIGHT: Final = 30
PAGE_HEIGHT: Final = 500
PAGE_PIXELS: Final = 760
"""What a landscape page holds at full size, down in points and across in pixels: a program without the font Calibri
draws columns a third wider, and a page that is fitted to the paper would ignore the breaks between the charts."""
SMALLEST_SCALE: Final = 10
"""Percent; Excel prints no smaller."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """The cells of one series: a name and its numbers by month, in one row of a page."""

    page: str
    row: int
    name_column: int
    first_column: int
    header_row: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart to be drawn."""

    title: str
    unit: str
    rows: Sequence[ChartRow]


def amount_drawings(areas: Iterable[Tabled], month_rows: Mapping[tuple[str, str], int]) -> Iterator[Drawing]:
    """Yield for each area the chart of its items' amounts, if there is any, drawn from the page of the months."""
    for area in areas:
        name, items = area.sheet.name, [item for item in area.by_month.rows if area.by_month.row_total(item)]
        largest = sorted(items, key=area.by_month.row_total, reverse=True)[:MOST_ITEMS]
        more = f"（数量最多的{MOST_ITEMS}项）" if len(items) > MOST_ITEMS else ""
        rows = [
            ChartRow(MONTHS_PAGE, month_rows[name, item], FIRST_MONTH_COLUMN - 1, FIRST_MONTH_COLUMN, HEADER_ROW)
            for item in items
            if item in largest
        ]
        if rows:
            yield Drawing(f"{name}各事项分月数量{more}", "数量", rows)


class Drawn(NamedTuple):
    """Where the charts of a page stand: below its table, as wide as it."""

    widths: Sequence[float]
    """Characters of the columns."""
    below: int
    """The first row (from 0) that is free."""
    months: int


def draw_charts(page: Worksheet, styles: Styles, drawings: Sequence[Drawing], drawn: Drawn) -> None:
    """Draw the charts one below the other, each below its title, none of them across the end of a printed page."""
    pixels = sum(int(width * 7 + 5) for width in drawn.widths)
    scale = max(SMALLEST_SCALE, min(100, 100 * PAGE_PIXELS // pixels))
    page.set_print_scale(scale)
    page.center_horizontally()
    page.set_default_row(ROW_HEIGHT)
    page_rows = (100 * PAGE_HEIGHT // scale - TITLE_HEIGHT) // ROW_HEIGHT
    for drawing, (row, height) in zip(drawings, _places(drawn.below, page_rows), strict=False):
        page.write_string(row, 0, drawing.title, styles["section"])
        chart = _stacked(styles.workbook, drawing, drawn.months, (page.get_name(), row, 0))
        chart.set_size({"width": pixels, "height": height * ROW_PIXELS})
        page.insert_chart(row, 0, chart, {"description": drawing.title})
        page.set_h_pagebreaks(range(page_rows + 1, row + 1, page_rows))


def _places(below: int, page_rows: int) -> Iterator[tuple[int, int]]:
    """Yield (row, rows high) for one chart after the other: the rest of the first page, then two on each."""
    half = page_rows // 2
    first = page_rows + 1
    if below + half <= first:
        yield below, first - below - 1
    while True:
        yield from ((first, half - 1), (first + half, half - 1))
        first += page_rows


def _stacked(workbook: xlsxwriter.Workbook, drawing: Drawing, months: int, title: tuple[str, int, int]) -> Chart:
    """Return stacked columns over so many months.

    Its title is the text of a cell, so that none of it is read as a formula.
    """
    chart: Chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    for number, each in enumerate(drawing.rows):
        last = each.first_column + months - 1
        chart.add_series(
            {
                "name": [each.page, each.row, each.name_column],
                "categories": [each.page, each.header_row, each.first_column, each.header_row, last],
                "values": [each.page, each.row, each.first_column, each.row, last],
                "fill": {"color": COLOURS[number % len(COLOURS)]},
                "border": {"none": True},
                "gap": min(500, 60 + 400 // months),  # few months make no broad columns
            }
        )
    words = [drawing.title]  # of a sheet written row by row the library does not know what stands in the cell
    chart.set_title({"name": list(title), "data": words, "overlay": False, "name_font": _font(14)})
    chart.set_x_axis({"num_font": _font(10)})
    chart.set_y_axis(
        {
            "num_font": _font(10),
            "name": drawing.unit,
            "name_font": _font(10),
            "num_format": "0",
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}},
        }
    )
    chart.set_legend({"position": "bottom", "font": _font(10)})
    chart.set_chartarea({"fill": {"color": "#FFFFFF"}, "border": {"color": "#BFBFBF"}})
    return chart


def _font(size: int) -> dict[str, Any]:
    return {"name": "宋体", "size": size, "bold": False}
