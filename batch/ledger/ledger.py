"""A sheet's entries as frames: one row per entry, indexed by row key, as typed and as cleaned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, TypeAlias, cast

import numpy as np
import pandas as pd

from batch.areas.contract import OPTIONAL, SERIAL, Role
from batch.areas.model import Sheet
from batch.finding import HIDDEN, Code, Finding, Severity
from batch.ledger.clean import Fault, clean_text
from batch.ledger.concealment import may_be_shown
from batch.values.cell import CellValue, as_typed, one_line, shortened
from batch.values.coded import Coded
from batch.values.rows import RowKeys, row_key, split_key

Dtype: TypeAlias = Literal["datetime64[us]", "Int64", "Float64", "str"]
_DTYPES: Final[Mapping[str, Dtype]] = {"date": "datetime64[us]", "whole": "Int64", "number": "Float64"}
LONGEST_QUOTE: Final = 30
"""A longer text is cut in a message; ``value`` has it whole."""


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
class SheetLayout:
    """Where a sheet's columns stand in one workbook."""

    workbook: str
    title: str
    header_row: int
    letters: Mapping[str, str]
    """Column -> its letters; the watched extra columns among them, by their header text."""
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Ledger:
    """The entries of one sheet. The frames share their index (row keys) and columns."""

    sheet: Sheet
    typed: Mapping[str, Coded]
    """Column -> its cells as typed, one for each row of the frames."""
    frame: pd.DataFrame
    """Cleaned values: text, whole numbers (Int64) and days (datetime64); faulty cells are missing."""
    filled: pd.DataFrame
    """Whether anything that counts stands in the cell."""
    faults: tuple[CellFault, ...]
    layouts: Mapping[int, SheetLayout]
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
        if not self.classified.any():
            return self.frame
        return self.frame.assign(**{name: self.frame[name].mask(self.classified) for name in self._concealed})

    @cached_property
    def known_frame(self) -> pd.DataFrame:
        """Return the cleaned values with every column that code knows of such a sheet."""
        return with_known_columns(self.frame, self.sheet.role)

    @cached_property
    def concealed(self) -> "pd.Series[int]":
        """Number the classified rows by the texts that are concealed in them; the others are 0."""
        numbers = pd.Series(0, self.frame.index, "int64")
        if self.classified.any() and self._concealed:
            secrets = self.frame.loc[self.classified, self._concealed]
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

    def shown(self, key: int, column: str) -> str | None:
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
        if key in self.totals.index:
            return cast("CellValue", self.totals.loc[key, column])
        return self.typed[column][self._place(key)]

    def _place(self, key: int) -> int:
        """Return which of the entries has this key, counted from 0."""
        return int(self._keys.searchsorted(key))

    @cached_property
    def _keys(self) -> RowKeys:
        return self.frame.index.to_numpy()

    @cached_property
    def ditto_sources(self) -> Mapping[tuple[int, str], int]:
        """Return (key, column) of each cell that says 同上 -> the key of the row whose content it means."""
        sources: dict[tuple[int, str], int] = {}
        for each in (fault for fault in self.faults if fault.fault.code == Code.DITTO):
            place = self._place(each.key)
            if place > 0:
                above = int(self.frame.index[place - 1])
                sources[each.key, each.column] = sources.get((above, each.column), above)
        return sources

    def quote(self, key: int, column: str) -> str:
        """Return the cell as typed in quotation marks, for a message."""
        text = self.shown(key, column)
        return f"（{HIDDEN}）" if text == HIDDEN else f"“{shortened(one_line(text or ''), LONGEST_QUOTE)}”"

    def finding(self, key: int, column: str, code: Code, severity: Severity, says: tuple[str, str]) -> Finding:
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
            value=self.shown(key, column),
            workbook=self.layouts[workbook].workbook,
            key=key,
        )


def with_known_columns(frame: pd.DataFrame, role: Role) -> pd.DataFrame:
    """Return a frame with the columns that a definition of this role may leave out; nothing stands in them."""
    lacking = {name: dtype_of(wanted) for name, wanted in OPTIONAL[role].items() if name not in frame}
    return frame.assign(**{name: pd.Series(pd.NA, frame.index, dtype) for name, dtype in lacking.items()})


def dtype_of(column_type: str) -> Dtype:
    """Return what pandas holds the cleaned values of a column in."""
    return _DTYPES.get(column_type, "str")


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

    frame = together("frame")
    keys = np.concatenate([ledger.frame.index for ledger in ledgers])
    typed = {name: Coded.of(cell for each in ledgers for cell in each.typed[name]) for name in first.typed}
    return Ledger(
        sheet=first.sheet,
        typed={name: cells.take(~np.isin(keys, repeats)) for name, cells in typed.items()},
        frame=frame,
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
