"""The tables of figures: all of a sheet, those that stand first, by month, by person and by further columns."""

from collections.abc import Iterable, Iterator
from typing import Final

from batch.report.content import Table, Text
from batch.report.passage import spoken
from batch.total.compare import Previous, change
from batch.total.cross import CrossTable
from batch.total.totals import FigureTotal, SheetTotals

MOST_UNMARKED: Final = 4
"""Figures that stand first for a sheet whose definition marks none."""


def headline_table(sheets: Iterable[SheetTotals], previous: Previous | None) -> Table:
    """Return the figures that stand first in the summary, sheet by sheet."""
    figures = [(f"{total.sheet.name}：{total.figure.name}", total) for sheet in sheets for total in _headlines(sheet)]
    return _figure_table("主要指标", figures, previous)


def _headlines(sheet: SheetTotals) -> tuple[FigureTotal, ...]:
    marked = tuple(total for total in sheet.figures if total.figure.headline)
    return marked or sheet.figures[:MOST_UNMARKED]


def figure_table(totals: SheetTotals, previous: Previous | None) -> Table:
    """Return all figures of a sheet."""
    figures = [(total.figure.name, total) for total in totals.figures]
    return _figure_table(f"{totals.sheet.name}主要指标", figures, previous)


def _figure_table(caption: str, figures: list[tuple[str, FigureTotal]], previous: Previous | None) -> Table:
    """Return figures one a row with their change, or, with nothing to compare, two a row."""
    if previous is not None:
        rows = tuple((name, *_compared(total, previous)) for name, total in figures)
        header = ("指标", "本期", "上期", "增减", "增幅")
        widths = (0.3, 0.18, 0.15, 0.21, 0.16)
        return Table(f"{caption}（{previous.label}，上期为{previous.title}）", header, rows, widths)
    cells: list[tuple[Text, Text]] = [(name, (spoken(total),)) for name, total in figures]
    if len(cells) % 2:
        cells.append(("", ""))
    pairs = tuple((*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True))
    return Table(caption, ("指标", "本期", "指标", "本期"), pairs, (0.3, 0.2, 0.3, 0.2))


def _compared(total: FigureTotal, previous: Previous) -> tuple[Text, ...]:
    seen = change(total, previous)
    told = (seen.previous_text, seen.difference_text, seen.rate_text) if seen else ("", "", "")
    return ((spoken(total),), *told)


def month_table(totals: SheetTotals) -> Table | None:
    """Return items by month, or None where nothing was counted."""
    table = totals.by_month
    items = [item for item in table.rows if table.row_total(item)]
    if not items:
        return None
    rows = tuple(
        (item, *(str(table.cells.get((item, month), "")) for month in table.columns), str(table.row_total(item)))
        for item in items
    )
    share = 0.84 / (len(table.columns) + 1)
    widths = (0.16, *(share,) * (len(table.columns) + 1))
    return Table(f"{totals.sheet.name}分月情况", ("事项", *month_labels(table.columns), "合计"), rows, widths)


def month_labels(months: tuple[str, ...]) -> tuple[str, ...]:
    """Write months (2022-03) as the head of a table does: 3月, or whole where they are of several years."""
    years = {month[:4] for month in months}
    return tuple(f"{int(month[5:])}月" if len(years) == 1 else month for month in months)


def person_table(totals: SheetTotals) -> Table | None:
    """Return each person with what was handled, item by item."""
    return _spread(f"{totals.sheet.name}经办情况", "经办人", totals.by_person)


def breakdown_tables(totals: SheetTotals) -> Iterator[Table]:
    """Yield the further breakdowns, each value with its items."""
    for column, table in totals.breakdowns.items():
        spread = _spread(f"{totals.sheet.name}按{column}", column, table)
        if spread is not None:
            yield spread


def _spread(caption: str, what: str, table: CrossTable) -> Table | None:
    rows = tuple((name, _items_of(table, name)) for name in table.rows)
    return Table(caption, (what, "事项与数量"), rows, (0.2, 0.8)) if rows else None


def _items_of(table: CrossTable, row: str) -> str:
    amounts = ((item, table.cells.get((row, item), 0)) for item in table.columns)
    return "，".join(f"{item}{amount}" for item, amount in amounts if amount)
