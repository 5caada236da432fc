"""The rows of a table as the entries of a ledger: subtotals and blank rows set aside, each column cleaned.

Of the columns that are not ours, those that a rule watches for are kept as places where something stands, never what.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from batch.areas.contract import DATE, ITEM, SERIAL
from batch.areas.model import Column, Sheet
from batch.ledger.clean import FREE_TEXT, Fault, clean_all, clean_date
from batch.ledger.header import fold_header
from batch.ledger.ledger import CellFault, Ledger, SheetLayout, dtype_of
from batch.ledger.row_kinds import mark_totals, says_something
from batch.ledger.table import SheetTable
from batch.values.address import column_letters
from batch.values.coded import Coded, Mask, any_of
from batch.values.names import fold
from batch.values.rows import row_key


def build_ledger(sheet: Sheet, table: SheetTable, workbook: int, workbook_name: str, year: int | None) -> Ledger:
    """Return the entries of a table, cleaned column by column.

    Subtotal rows and rows with nothing but a serial number are set aside by their keys.
    """
    keys = pd.Index(row_key(workbook, 0) + table.numbers, dtype="int64")
    cells = {name: table.cells(name) for name in sheet.column_names}
    is_total = _total_rows(cells, sheet)
    is_blank = ~is_total & ~any_of((each.filled for name, each in cells.items() if name != SERIAL), len(keys))
    is_entry = ~(is_total | is_blank)
    entries = {name: each.take(is_entry) for name, each in cells.items()}
    rows = keys[is_entry]
    cleaned = {
        column.name: _clean_column(entries[column.name], column, year, is_1904=table.is_1904)
        for column in sheet.columns
    }
    faults = [
        CellFault(int(rows.to_numpy()[place]), name, fault)
        for name, each in cleaned.items()
        for place, fault in each.faults
    ]
    watched = watched_columns(table, sheet)
    return Ledger(
        sheet=sheet,
        typed=entries,
        frame=pd.DataFrame({name: pd.Series(each.values, rows) for name, each in cleaned.items()}, index=rows),
        filled=pd.DataFrame({name: each.filled for name, each in cleaned.items()}, index=rows),
        faults=tuple(sorted(faults, key=lambda each: each.key)),
        layouts={workbook: _layout(table, workbook_name, watched)},
        missing=frozenset(sheet.column_names) - set(table.positions),
        extra=filled_cells(table, watched, keys).loc[rows],
        secret=frozenset(row_key(workbook, row) for row in table.classified),
        totals=pd.DataFrame(
            {name: [*each.take(is_total)] for name, each in cells.items()}, keys[is_total], dtype=object
        ),
        blanks=tuple(sorted([*keys[is_blank].tolist(), *_gaps(table, workbook)])),
    )


def _gaps(table: SheetTable, workbook: int) -> Iterator[int]:
    """Yield the keys of the rows between the entries in which nothing stands."""
    if table.numbers.size:
        rows = np.arange(table.header.last_row + 1, table.numbers[-1])
        yield from (row_key(workbook, 0) + np.setdiff1d(rows, table.numbers, assume_unique=True)).tolist()


def _total_rows(cells: Mapping[str, Coded], sheet: Sheet) -> Mask:
    """Mark the rows that say 合计 or 小计 in some cell and are no entry by their item or their date."""
    rows = len(next(iter(cells.values())))
    marked = any_of((mark_totals(each) for name, each in cells.items() if name not in FREE_TEXT), rows)
    items = set(sheet.column(ITEM).folded_choices(fold)) if ITEM in cells else set()
    for place in np.flatnonzero(marked).tolist():
        item = cells[ITEM][place] if ITEM in cells else None
        day = clean_date(cells[DATE][place], None) if DATE in cells else None
        marked[place] = not (isinstance(item, str) and fold(item) in items) and not isinstance(day, date)
    return marked


class _Cleaned(NamedTuple):
    """A column cleaned: for each row its value and whether it is filled, and the places of its faults."""

    values: Any
    """A pandas array; faulty cells are missing."""
    filled: Mask
    faults: list[tuple[int, Fault]]


def _clean_column(cells: Coded, column: Column, year: int | None, *, is_1904: bool) -> _Cleaned:
    """Clean each distinct value once, and lay the results out over the rows."""
    results = clean_all(cells.values, column, year, is_1904=is_1904)
    are_faulty = Fault in {*map(type, results)}  # most columns have none, which is quickly seen
    faulty = {code: result for code, result in enumerate(results) if type(result) is Fault} if are_faulty else {}
    meant: list[Any] = (
        [None if code in faulty else result for code, result in enumerate(results)] if faulty else results
    )
    values: Any = pd.array([*meant, None], dtype=dtype_of(column.type))
    filled = ~values.isna()
    filled[[*faulty]] = True
    places = np.flatnonzero(np.isin(cells.codes, [*faulty])).tolist() if faulty else []
    faults = [(place, faulty[cells.codes[place]]) for place in places]
    return _Cleaned(values.take(cells.codes), filled[cells.codes], faults)


def _layout(table: SheetTable, workbook_name: str, watched: Mapping[str, int]) -> SheetLayout:
    positions = {**watched, **table.positions}
    letters = {name: column_letters(position) for name, position in positions.items()}
    return SheetLayout(workbook_name, table.title, table.header.last_row, letters, table.header.texts)


def watched_columns(table: SheetTable, sheet: Sheet) -> dict[str, int]:
    """Return header text -> position (from 0) of the extra columns that a rule watches for."""
    headers = {fold_header(header) for header in sheet.watched}
    found: dict[str, int] = {}
    for position, text in table.header.extra.items():
        if fold_header(text) in headers:
            found[text if text not in found else f"{text}（{column_letters(position)}列）"] = position
    return found


def filled_cells(table: SheetTable, watched: Mapping[str, int], keys: "pd.Index[int]") -> pd.DataFrame:
    """Return for every row of the table whether something stands in these columns."""
    columns = {name: pd.Series(table.at(position).where(says_something), keys) for name, position in watched.items()}
    return pd.DataFrame(columns, index=keys)
