"""Stacked columns by month in a workbook, drawn from the cells of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter
from xlsxwriter.chart import Chart

COLOURS: Final = ("#1F4E79", "#F4B183", "#7F7F7F", "#FFD966", "#2E75B6", "#A9D18E")
"""Dark beside light, so that neighbours differ in black and white too."""


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


def stacked_chart(workbook: xlsxwriter.Workbook, drawing: Drawing, months: int, title: tuple[str, int, int]) -> Chart:
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
    chart.set_title({"name": list(title), "overlay": False, "name_font": _font(14)})
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
