"""The tables of figures: all of a sheet, those that stand first, by month, by person and by further columns."""

from collections.abc import Iterable, Iterator
from typing import Final

from batch.report.content import Table, Text
from batch.report.months import FEWEST, in_years, month_labels, years_note
from batch.report.passage import spoken
from batch.total.compare import Previous, change
from batch.total.cross import BLANK, CrossTable
from batch.total.tabled import Tabled
from batch.total.totals import FigureTotal, SheetTotals

MOST_UNMARKED: Final = 4
"""Figures that stand first for a sheet whose definition marks none."""
MOST_COLUMNS: Final = 6
"""Items that stand in a column each; more are told in words."""
NARROW: Final = 3
"""Columns up to which two rows stand beside each other."""
FEW_ROWS: Final = 3
"""Rows up to which there is nothing to gain from that."""


def headline_table(sheets: Iterable[Tabled], previous: Previous | None) -> Table:
    """Return the figures that stand first in the summary, sheet by sheet."""
    figures = [(f"{total.sheet.name}：{total.figure.name}", total) for sheet in sheets for total in _headlines(sheet)]
    return _figure_table("主要指标", figures, previous)


def _headlines(sheet: Tabled) -> tuple[FigureTotal, ...]:
    marked = tuple(total for total in sheet.figures if total.figure.headline)
    return marked or sheet.figures[:MOST_UNMARKED]


def figure_table(totals: Tabled, previous: Previous | None) -> Table | None:
    """Return all figures of a sheet, or None where all are nought and there is nothing to compare them with."""
    if previous is None and not any(total.value for total in totals.figures):
        return None
    figures = [(total.figure.name, total) for total in totals.figures]
    return _figure_table(f"{totals.sheet.name}主要指标", figures, previous)


def _figure_table(caption: str, figures: list[tuple[str, FigureTotal]], previous: Previous | None) -> Table:
    """Return figures one a row with their change, or, with nothing to compare, two a row."""
    if previous is not None:
        rows = tuple((name, *_compared(total, previous)) for name, total in figures)
        header = ("指标", "本期", "上期", "增减", "增幅")
        widths = (0.28, 0.23, 0.13, 0.2, 0.16)
        return Table(f"{caption}（{previous.label}，上期为{previous.title}）", header, rows, widths, is_dense=True)
    cells: list[tuple[Text, Text]] = [(name, (spoken(total),)) for name, total in figures]
    if len(cells) % 2:
        cells.append(("", ""))
    pairs = tuple((*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True))
    return Table(caption, ("指标", "本期", "指标", "本期"), pairs, (0.27, 0.23, 0.27, 0.23))


def _compared(total: FigureTotal, previous: Previous) -> tuple[Text, ...]:
    seen = change(total, previous)
    told = (seen.previous_text, seen.difference_text, seen.rate_text) if seen else ("", "", "")
    return ((spoken(total),), *told)


def month_tables(totals: Tabled) -> Iterator[Table]:
    """Yield items by month, a table for each year where the months are many; none where nothing was counted."""
    table = totals.by_month
    for months in in_years(table.columns):
        sums = {item: sum(table.cells.get((item, month), 0) for month in months) for item in table.rows}
        items = [item for item, amount in sums.items() if amount]
        if not items:
            continue
        caption = f"{totals.sheet.name}分月情况{years_note(months, table.columns)}"
        if len(months) < FEWEST:
            yield _folded(caption, ("事项", *month_labels(months)), [(item, str(sums[item])) for item in items])
            continue
        amounts = ((item, *_amounts(table, item, months), str(sums[item])) for item in items)
        yield Table(caption, ("事项", *month_labels(months), "合计"), tuple(amounts), is_dense=True)


def _amounts(table: CrossTable, row: str, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(table.cells.get((row, column)) or "") for column in columns)


def _folded(caption: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    """Return a table of narrow rows, two beside each other."""
    if len(rows) <= FEW_ROWS:
        return Table(caption, header, tuple(rows), is_dense=True)
    if len(rows) % 2:
        rows = [*rows, ("",) * len(header)]
    pairs = tuple((*left, *right) for left, right in zip(rows[::2], rows[1::2], strict=True))
    return Table(caption, header * 2, pairs, is_dense=True)


def person_table(totals: SheetTotals) -> Table | None:
    """Return each person with what was handled, item by item."""
    return _spread(f"{totals.sheet.name}经办情况", "经办人", totals.by_person)


def breakdown_tables(totals: Tabled) -> Iterator[Table]:
    """Yield the further breakdowns, each value with its items; none of a column that nobody has filled in."""
    for column, table in totals.breakdowns.items():
        spread = _spread(f"{totals.sheet.name}各{column}情况", column, table)
        if spread is not None and set(table.rows) != {BLANK}:
            yield spread


def _spread(caption: str, what: str, table: CrossTable) -> Table | None:
    """Return the amounts of each row, in columns where there are few items, else in words."""
    if not table.rows:
        return None
    items = [item for item in table.columns if any((row, item) in table.cells for row in table.rows)]
    if len(items) > MOST_COLUMNS:
        told = tuple((name, _items_of(table, name)) for name in table.rows)
        return Table(caption, (what, "事项与数量"), told, is_dense=True)
    header, rows = (what, *items), [(name, *_amounts(table, name, items)) for name in table.rows]
    if len(header) <= NARROW:
        return _folded(caption, header, rows)
    return Table(caption, header, tuple(rows), is_dense=True)


def _items_of(table: CrossTable, row: str) -> str:
    amounts = ((item, table.cells.get((row, item), 0)) for item in table.columns)
    return "，".join(f"{item}{amount}" for item, amount in amounts if amount)
