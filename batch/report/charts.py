"""What a look says sooner than a table: how the work was spread over the months."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from batch.areas.model import DATE, ITEM
from batch.period import Window
from batch.report.content import Chart, Series
from batch.report.months import FEWEST, month_labels, years_note
from batch.total.totals import SheetTotals, Totals


def area_chart(sheet: SheetTotals, totals: Totals) -> Chart | None:
    """Return the rows of each item by month, or None where there is no course to see.

    Rows are what all items have in common: their amounts count documents, persons and papers.
    """
    frame = sheet.entries.frame
    items = [item for item in sheet.by_month.rows if sheet.by_month.row_total(item)]
    series = [(item, frame.loc[frame[ITEM] == item, DATE]) for item in items]
    return _chart(f"{sheet.sheet.name}各月登记行数", series, totals)


def entries_chart(sheets: Sequence[SheetTotals], totals: Totals) -> Chart | None:
    """Return the rows of each area by month."""
    series = [(each.sheet.name, each.entries.frame[DATE]) for each in sheets]
    return _chart("各工作面各月登记行数", series, totals)


def _chart(caption: str, dated: "Sequence[tuple[str, pd.Series[Any]]]", totals: Totals) -> Chart | None:
    """Return how many of each name's days lie in each month of the period."""
    months = tuple(f"{year}-{month:02d}" for year, month in totals.period.months)
    counted = [Series(name, _rows_by_month(days, totals.window, months)) for name, days in dated]
    series = tuple(each for each in counted if any(each.values))
    filled = {index for each in series for index, value in enumerate(each.values) if value}
    if len(filled) < FEWEST:
        return None
    return Chart(f"{caption}{years_note(months, months)}", month_labels(months), series, "行")


def _rows_by_month(days: "pd.Series[Any]", window: Window, months: tuple[str, ...]) -> tuple[int, ...]:
    inside = days[(days >= str(window.start)) & (days <= str(window.end))]
    counts = inside.dt.strftime("%Y-%m").value_counts()
    return tuple(int(counts.get(month, 0)) for month in months)
