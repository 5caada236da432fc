"""What a look says sooner than a table: how the work was spread over the months."""

from collections.abc import Iterable, Sequence

from batch.report.content import Chart, Series
from batch.report.months import FEWEST, month_labels, years_note
from batch.total.tabled import Covering, Tabled


def area_chart(sheet: Tabled, totals: Covering) -> Chart | None:
    """Return the rows of each item by month, or None where there is no course to see.

    Rows are what all items have in common: their amounts count documents, persons and papers.
    """
    items = [item for item in sheet.by_month.rows if sheet.by_month.row_total(item)]
    return _chart(f"{sheet.sheet.name}各月登记行数", [(item, sheet, (item,)) for item in items], totals)


def entries_chart(sheets: Sequence[Tabled], totals: Covering) -> Chart | None:
    """Return the rows of each area by month."""
    return _chart("各工作面各月登记行数", [(each.sheet.name, each, each.rows_by_month.rows) for each in sheets], totals)


def _chart(caption: str, named: Sequence[tuple[str, Tabled, Sequence[str]]], totals: Covering) -> Chart | None:
    """Return for each name how many rows of these items each month of the period has."""
    months = totals.period.month_keys
    counted = [Series(name, _rows_by_month(sheet, items, months)) for name, sheet, items in named]
    series = tuple(each for each in counted if any(each.values))
    filled = {index for each in series for index, value in enumerate(each.values) if value}
    if len(filled) < FEWEST:
        return None
    return Chart(f"{caption}{years_note(months, months)}", month_labels(months), series, "行")


def _rows_by_month(sheet: Tabled, items: Iterable[str], months: Sequence[str]) -> tuple[int, ...]:
    cells = sheet.rows_by_month.cells
    counts = [[cells.get((item, month), 0) for month in months] for item in items]
    return tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * len(months)
