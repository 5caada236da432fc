"""A sheet's entries as frames: one row per entry, indexed by row key, as typed and as cleaned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, cast

import pandas as pd
from openpyxl.utils import get_column_letter

from batch.areas.model import DATE, ITEM, SERIAL, Column, Sheet
from batch.cell import CellValue, as_typed
from batch.clean import DITTO_CODE, FREE_TEXT, Fault, clean, clean_date, clean_text, fold
from batch.extra import filled_cells, watched_columns
from batch.finding import HIDDEN, Finding, Severity
from batch.place import row_key, split_key
from batch.read.table import Table, says_total
from batch.secrecy import may_be_shown

_DTYPES: Final = {"date": "datetime64[us]", "whole": "Int64", "number": "Float64"}


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that its own column does not admit."""

    key: int
    column: str
    fault: Fault

    @property
    def also(self) -> tuple[int, ...]:
        """Return the keys of the other rows that it spoils."""
        workbook, own = split_key(self.key)
        return tuple(row_key(workbook, row) for row in self.fault.rows if row != own)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's columns stand in one workbook."""

    workbook: str
    title: str
    header_row: int
    letters: Mapping[str, str]
    """Column -> its letters; the watched extra columns among them, by their header text."""
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Ledger:
    """The entries of one sheet. The three frames share their index (row keys) and columns."""

    sheet: Sheet
    raw: pd.DataFrame
    """Cell values as typed."""
    frame: pd.DataFrame
    """Cleaned values: text, whole numbers (Int64) and days (datetime64); faulty cells are missing."""
    filled: pd.DataFrame
    """Whether anything that counts stands in the cell."""
    faults: tuple[CellFault, ...]
    layouts: Mapping[int, Layout]
    """Where the columns stand, by workbook number."""
    missing: frozenset[str]
    """Columns that the sheet lacks."""
    extra: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Whether anything stands in the watched columns that are not ours; what it is, is not kept."""
    secret: frozenset[int] = frozenset()
    """The keys of the rows, totals among them, that have any text in a column of 密级."""
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The rows that say 合计 or 小计, as typed; they are no entries."""
    blanks: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()
    """Rows of a further workbook that equal rows already taken."""

    @cached_property
    def classified(self) -> "pd.Series[bool]":
        """Mark the entries with any text in 密级; what they hold is never shown."""
        return pd.Series(self.frame.index.isin(self.secret), self.frame.index)

    @cached_property
    def open_frame(self) -> pd.DataFrame:
        """Return the cleaned values without the texts that a 密级 conceals; every later stage works on this."""
        return self.frame.assign(
            **{name: self.frame[name].mask(self.classified) for name in self._concealed if self.classified.any()}
        )

    @cached_property
    def concealed(self) -> "pd.Series[int]":
        """Number the classified rows by the texts that are concealed in them; the others are 0."""
        secrets = self.frame.loc[self.classified, self._concealed]
        numbers = pd.Series(0, self.frame.index, "int64")
        if len(secrets) and self._concealed:
            numbers[secrets.index] = secrets.groupby(self._concealed, dropna=False, sort=False).ngroup() + 1
        return numbers

    @property
    def _concealed(self) -> list[str]:
        return [column.name for column in self.sheet.columns if column.concealed]

    def cell(self, key: int, column: str) -> str | None:
        """Return the cell's address (办文!B7), or None where the sheet lacks the column."""
        workbook, row = split_key(key)
        letter = self.layouts[workbook].letters.get(column)
        return f"{self.sheet.name}!{letter}{row}" if letter else None

    def typed(self, key: int, column: str) -> str | None:
        """Return the cell as typed, or the words for a hidden one; of a column that is not ours all are hidden."""
        if column not in self.sheet.column_names:
            return HIDDEN
        text = as_typed(self.value(key, column))
        if text is None or not self.is_classified(key) or may_be_shown(text, self.sheet.column(column)):
            return text
        return HIDDEN

    def is_classified(self, key: int) -> bool:
        """Say whether a row, an entry or a total, has any text in 密级."""
        return key in self.secret

    def value(self, key: int, column: str) -> CellValue:
        """Return the cell's value as read."""
        value: Any = self._typed_rows.loc[key, column]
        return cast("CellValue", value)

    @cached_property
    def _typed_rows(self) -> pd.DataFrame:
        """The entries and, behind them, the total rows, as typed."""
        return pd.concat([self.raw, self.totals]) if len(self.totals) else self.raw

    @cached_property
    def ditto_sources(self) -> Mapping[tuple[int, str], int]:
        """Return (key, column) of each cell that says 同上 -> the key of the row whose content it means."""
        sources: dict[tuple[int, str], int] = {}
        for each in (fault for fault in self.faults if fault.fault.code == DITTO_CODE):
            place = self.raw.index.get_loc(each.key)
            if isinstance(place, int) and place > 0:
                above = int(self.raw.index[place - 1])
                sources[each.key, each.column] = sources.get((above, each.column), above)
        return sources

    def quote(self, key: int, column: str) -> str:
        """Return the cell as typed in quotation marks, for a message."""
        text = self.typed(key, column)
        return f"（{HIDDEN}）" if text == HIDDEN else f"“{_shortened(text or '')}”"

    def finding(self, key: int, column: str, code: str, severity: Severity, says: tuple[str, str]) -> Finding:
        """Return a finding at a cell; ``says`` is what is wrong with it, and what to do."""
        workbook, row = split_key(key)
        cell = self.cell(key, column)
        return Finding(
            code=code,
            severity=severity,
            problem=f"“{column}”{says[0]}",
            advice=says[1],
            place=cell or f"{self.sheet.name}第{row}行",
            sheet=self.sheet.name,
            row=row,
            column=column,
            cell=cell,
            value=self.typed(key, column),
            workbook=self.layouts[workbook].workbook,
            key=key,
        )


def build_ledger(sheet: Sheet, table: Table, workbook: int, workbook_name: str, year: int | None) -> Ledger:
    """Return the entries of a table, cleaned column by column.

    Subtotal rows and rows with nothing but a serial number are set aside by their keys.
    """
    keys = pd.Index([row_key(workbook, row) for row, _ in table.rows], dtype="int64")
    raw = pd.DataFrame({name: pd.Series(table.cells(name), keys, object) for name in sheet.column_names}, index=keys)
    totals = _total_rows(raw, sheet)
    empty = raw.drop(columns=SERIAL, errors="ignore").isna().all(axis=1)
    entries = raw[~(totals | empty)]
    cleaned = [_clean_column(entries[column.name], column, year, is_1904=table.is_1904) for column in sheet.columns]
    watched = watched_columns(table, sheet)
    last_row = max((row for row, _ in table.rows), default=table.header.last_row)
    gaps = set(range(table.header.last_row + 1, last_row + 1)) - {row for row, _ in table.rows}
    return Ledger(
        sheet=sheet,
        raw=entries,
        frame=pd.DataFrame({values.name: values for values, _, _ in cleaned}, index=entries.index),
        filled=pd.DataFrame({filled.name: filled for _, filled, _ in cleaned}, index=entries.index),
        faults=tuple(sorted((fault for _, _, faults in cleaned for fault in faults), key=lambda each: each.key)),
        layouts={workbook: _layout(table, workbook_name, watched)},
        missing=frozenset(sheet.column_names) - set(table.positions),
        extra=filled_cells(table, watched, keys).loc[entries.index],
        secret=frozenset(row_key(workbook, row) for row in table.classified),
        totals=raw[totals],
        blanks=tuple(sorted([*(int(key) for key in raw.index[empty]), *(row_key(workbook, row) for row in gaps)])),
    )


def join_ledgers(ledgers: list[Ledger]) -> Ledger:
    """Lay the entries of several workbooks one below the other; equal rows are taken once.

    A row counts as equal when it is so in everything but its serial number; within one workbook
    nothing is dropped.
    """
    first, *others = ledgers
    taken = {_identity(first, key) for key in first.frame.index}
    repeats: list[int] = []
    for ledger in others:
        identities = {int(key): _identity(ledger, key) for key in ledger.frame.index}
        repeats += [key for key, identity in identities.items() if identity in taken]
        taken |= set(identities.values())

    def together(name: str) -> pd.DataFrame:
        frames: list[pd.DataFrame] = [getattr(ledger, name) for ledger in ledgers]
        return pd.concat(frames).drop(index=repeats)

    return Ledger(
        sheet=first.sheet,
        raw=together("raw"),
        frame=together("frame"),
        filled=together("filled"),
        faults=tuple(fault for ledger in ledgers for fault in ledger.faults if fault.key not in repeats),
        layouts={number: layout for ledger in ledgers for number, layout in ledger.layouts.items()},
        missing=frozenset.intersection(*(ledger.missing for ledger in ledgers)),
        extra=pd.concat([ledger.extra for ledger in ledgers]).drop(index=repeats).fillna(value=False).astype(bool),
        secret=frozenset.union(*(ledger.secret for ledger in ledgers)),
        totals=pd.concat([ledger.totals for ledger in ledgers]),
        blanks=tuple(key for ledger in ledgers for key in ledger.blanks),
        repeats=tuple(repeats),
    )


def _identity(ledger: Ledger, key: int) -> tuple[str | None, ...]:
    return tuple(clean_text(ledger.value(key, name)) for name in ledger.sheet.column_names if name != SERIAL)


def _total_rows(raw: pd.DataFrame, sheet: Sheet) -> "pd.Series[bool]":
    """Mark the rows that say 合计 or 小计 in some cell and are no entry by their item or their date."""
    marked = raw.drop(columns=list(FREE_TEXT), errors="ignore").map(says_total).any(axis=1).astype(bool)
    items = set(sheet.column(ITEM).folded_choices(fold)) if ITEM in raw else set()
    for key in raw.index[marked]:
        item = raw.loc[key, ITEM] if ITEM in raw else None
        day = clean_date(cast("CellValue", raw.loc[key, DATE]), None) if DATE in raw else None
        marked[key] = not (isinstance(item, str) and fold(item) in items) and not isinstance(day, date)
    return marked


def _clean_column(
    raw: "pd.Series[Any]", column: Column, year: int | None, *, is_1904: bool
) -> "tuple[pd.Series[Any], pd.Series[bool], list[CellFault]]":
    """Clean each distinct value once, and lay the results out over the rows."""
    codes, distinct = pd.factorize(raw.to_numpy(dtype=object))
    values: list[CellValue] = list(distinct)
    results = [clean(value, column, year, is_1904=is_1904) for value in values]
    results.append(None)  # code -1: a blank cell
    faulty = {code for code, result in enumerate(results) if isinstance(result, Fault)}
    faults = [
        CellFault(int(key), column.name, result)
        for key, code in zip(raw.index, codes, strict=True)
        if code in faulty and isinstance(result := results[code], Fault)
    ]
    meant = pd.Series([None if code in faulty else results[code] for code in codes], raw.index, object)
    filled = pd.Series([results[code] is not None for code in codes], raw.index, bool)
    dtype: Any = _DTYPES.get(column.type, "str")
    return meant.astype(dtype).rename(column.name), filled.rename(column.name), faults


def _layout(table: Table, workbook_name: str, watched: Mapping[str, int]) -> Layout:
    positions = {**watched, **table.positions}
    letters = {name: get_column_letter(position + 1) for name, position in positions.items()}
    return Layout(workbook_name, table.title, table.header.last_row, letters, table.header.texts)


LONGEST_QUOTE: Final = 30
"""A longer text is cut in a message; ``value`` has it whole."""


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_QUOTE else f"{one_line[:LONGEST_QUOTE]}…"
