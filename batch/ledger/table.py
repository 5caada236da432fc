"""The table of a sheet: its header, the rows below that are entries or totals, and all that stands beside them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from batch.areas.contract import SERIAL
from batch.areas.model import Column
from batch.ledger.clean import Fault, clean
from batch.ledger.header import FEWEST_HEADERS, Header, find_header, fold_header, is_note, known_headers
from batch.ledger.merged import filled_down
from batch.ledger.row_kinds import is_classified, mark_totals, says_total, secrecy_columns, spanned_rows
from batch.read.grid import Grid
from batch.values.address import address
from batch.values.cell import CellValue, legible
from batch.values.coded import Coded, Mask, any_of
from batch.values.names import fold

_RULED: Final = re.compile(r"[-—–―_=*~·.…+|/\\ ]+")
_CAPTION: Final = re.compile(
    r"(?:注|备注|说明|附注|填表说明|填表人?|填报人?|制表人?|审核人?|复核人?|负责人?|单位|盖章|填表日期|制表日期|打印日期)"
    r"(?:\([^()]*\))?:.*",
    re.DOTALL,
)
"""How a line below a table begins that says who made it, or explains it."""
ANY_YEAR: Final = 2000
"""Completes 3月5日 where all that matters is whether it is a day."""
FEWEST_NUMBERED: Final = 4
"""Columns that are numbered 1, 2, 3 … in a row below the header; fewer may be counts."""


@dataclass(frozen=True)
class SheetTable:
    """A table found on a sheet. Rows that are no entry are set aside, and told."""

    title: str
    """The sheet's name as it stands in the file."""
    header: Header
    numbers: npt.NDArray[np.int64]
    """The Excel rows of the entries and subtotals, rising."""
    columns: Mapping[int, Coded]
    """Column (from 0, A) -> its cells in these rows; within vertically merged cells the text is filled down."""
    skipped: Mapping[int, str]
    """Row -> what stands there instead of an entry: a repeated header, a caption."""
    second: tuple[str, ...] = ()
    """The addresses at which further tables begin, which are not read."""
    outside: tuple[str, ...] = ()
    """The addresses of filled cells below no header."""
    hidden_rows: tuple[int, ...] = ()
    """Rows with content that are hidden or filtered away; they count like the others."""
    hidden_columns: tuple[str, ...] = ()
    """Columns of the definition that are hidden; they are read like the others."""
    classified: frozenset[int] = frozenset()
    """Rows with any text in a column of 密级, be they entries or totals."""
    is_1904: bool = False

    @property
    def positions(self) -> Mapping[str, int]:
        """Return column name -> index from 0 (A)."""
        return self.header.positions

    def cells(self, name: str) -> Coded:
        """Return the cells of a column, one a row; blanks where the sheet has no such column."""
        return self.at(self.positions.get(name, -1))

    def at(self, position: int) -> Coded:
        """Return the cells of the column in this position, one a row."""
        return self.columns.get(position) or Coded.blank(len(self.numbers))


def find_table(grid: Grid, columns: tuple[Column, ...]) -> SheetTable | None:
    """Return the table whose header names the most of these columns, or None where no row is a header."""
    header = find_header(grid, columns)
    if header is None:
        return None
    sorter = _Sorter(grid, header, columns)
    kept, skipped, second = sorter.sort()
    numbers = sorter.numbers[kept]
    found = {position: cells.take(kept) for position, cells in sorter.columns.items()}
    own = {header.positions[column.name]: column for column in columns if column.name in header.positions}
    filled = filled_down(numbers, found, grid.merges, header.last_row, own | dict(sorter.secrecy))
    classified = [is_classified(filled[at], column) for at, column in sorter.secrecy.items() if at in filled]
    return SheetTable(
        title=grid.title,
        header=header,
        numbers=numbers,
        columns=filled,
        skipped=skipped,
        second=(*_first_beside(header), *second),
        outside=_outside(numbers, filled, header),
        hidden_rows=tuple(number for number in numbers.tolist() if number in grid.hidden_rows)
        if grid.hidden_rows
        else (),
        hidden_columns=tuple(name for name, column in header.positions.items() if column in grid.hidden_columns),
        classified=frozenset(numbers[any_of(classified, len(numbers))].tolist()),
        is_1904=grid.is_1904,
    )


class _Sorter:
    """Tells the rows below a header apart; lives only while one table is found."""

    def __init__(self, grid: Grid, header: Header, columns: Sequence[Column]) -> None:
        self.header = header
        self.names = known_headers(columns)
        below = slice(int(np.searchsorted(grid.numbers, header.last_row, "right")), None)
        self.numbers = grid.numbers[below]
        self.columns = {position: cells.take(below) for position, cells in grid.columns.items()}
        self.merges = {
            (each.first_row, each.first_column) for each in grid.merges if each.last_column > each.first_column
        }
        self.own = sorted({*header.positions.values(), *header.extra} & self.columns.keys())
        self.secrecy = secrecy_columns(header, columns)
        self.spanned = spanned_rows(grid, self.secrecy)
        present = [column for column in columns if column.required and column.name in header.positions]
        self.anchors = [column for column in present if column.has_list or column.type == "date"]
        self.required = [header.positions[column.name] for column in present]
        self.is_entry = self._entries()
        self.last_entry = int(np.flatnonzero(self.is_entry).max(initial=-1))

    def sort(self) -> tuple[Mask, dict[int, str], tuple[str, ...]]:
        """Return (which are entries and totals, row -> what was set aside, where a second table begins below)."""
        skipped: dict[int, str] = {}
        is_filled = self._any(lambda cells: cells.filled)
        is_open = is_filled & ~self.is_entry
        if is_open.any():
            is_open &= ~self._any(mark_totals)
        is_kept = is_filled & ~is_open
        is_open[max(self.last_entry, 0) :] = is_filled[max(self.last_entry, 0) :]
        for place in np.flatnonzero(is_open).tolist():
            number, values = int(self.numbers[place]), self._row(place)
            filled = {column: values[column] for column in self.own if column in values}
            if self._begins_table(place, values):
                is_kept[place:] = False
                return is_kept, skipped, (address(number, min(filled)),)
            what = None if is_kept[place] else self._instead(number, filled)
            if what is not None:
                skipped[number] = what
            is_kept[place] = what is None
        return is_kept, skipped, ()

    def _any(self, mark: Callable[[Coded], Mask]) -> Mask:
        """Mark the rows that some column of ours marks."""
        return any_of([mark(self.columns[position]) for position in self.own], len(self.numbers))

    def _row(self, place: int) -> dict[int, CellValue]:
        cells = ((position, cells[place]) for position, cells in self.columns.items())
        return {position: value for position, value in cells if value is not None}

    def _entries(self) -> Mask:
        """Mark the entries beyond doubt: their item or their date is admitted, or else their texts are there."""
        blank = Coded.blank(len(self.numbers))
        if self.anchors:
            found = [(self.columns.get(self.header.positions[each.name], blank), each) for each in self.anchors]
            return any_of([cells.where(partial(_is_admitted, each)) for cells, each in found], len(self.numbers))
        missing = [~self.columns.get(each, blank).where(_is_text) for each in self.required]
        return ~any_of(missing, len(self.numbers)) if missing else np.zeros(len(self.numbers), bool)

    def _begins_table(self, index: int, values: Mapping[int, CellValue]) -> bool:
        """Say whether another table begins with this row: a header of its own, and no entry of ours below it."""
        if index < self.last_entry:
            return False
        texts = [*values.values()]
        if (
            any(map(says_total, texts))
            or len(texts) < FEWEST_HEADERS
            or not all(isinstance(text, str) for text in texts)
        ):
            return False
        if self._repeats_header(values):
            return False
        if index == self.last_entry:
            return self._heads_numbers(index)
        known = sum(fold_header(str(text)) in self.names for text in texts)
        is_caption = _CAPTION.fullmatch(fold(str(texts[0]))) is not None
        return known >= FEWEST_HEADERS or (self._is_apart(index) and self._goes_on(index) and not is_caption)

    def _heads_numbers(self, index: int) -> bool:
        """Say whether, where an entry is but texts, the last row of texts stands apart over what cannot be one."""
        if self.anchors or not (self._is_apart(index) and self._goes_on(index)):
            return False
        below = self._row(index + 1)
        return any(isinstance(below.get(position), int | float) for position in self.required)

    def _is_apart(self, index: int) -> bool:
        return index == 0 or bool(self.numbers[index] > self.numbers[index - 1] + 1)

    def _goes_on(self, index: int) -> bool:
        return index + 1 < len(self.numbers) and bool(self.numbers[index + 1] == self.numbers[index] + 1)

    def _instead(self, number: int, filled: Mapping[int, CellValue]) -> str | None:
        """Say what a row is that is no entry, or None where it may be one."""
        if self._repeats_header(filled):
            return "重复的表头"
        if number == self.header.last_row + 1 and all(map(is_note, filled.values())):
            return "表头的说明"
        if len(filled) >= FEWEST_NUMBERED and list(filled.values()) == list(range(1, len(filled) + 1)):
            return "列号"
        if all(isinstance(each, str) and _RULED.fullmatch(each) for each in filled.values()):
            return "分隔线"
        caption = self._caption(number, filled)
        if number in self.spanned or not self.secrecy.keys().isdisjoint(filled):  # a text beside a 密级 is not quoted
            return "说明" if caption is not None and len(filled) == 1 else None
        return caption

    def _caption(self, number: int, filled: Mapping[int, CellValue]) -> str | None:
        """Return the text of a row that is but a line of words, None where it is more."""
        first, value = next(iter(filled.items()))
        if not isinstance(value, str):
            return None
        is_serial = first == self.header.positions.get(SERIAL) and not fold(value).isdigit()
        is_line = len(filled) == 1 and (is_serial or (number, first) in self.merges)
        return legible(value) if is_line or _CAPTION.fullmatch(fold(value)) else None

    def _repeats_header(self, texts: Mapping[int, CellValue]) -> bool:
        return len(texts) >= FEWEST_HEADERS and all(
            isinstance(value, str) and fold_header(value) in self.header.labels.get(column, ())
            for column, value in texts.items()
        )


def _is_admitted(column: Column, value: CellValue) -> bool:
    return value in column.choices or not isinstance(clean(value, column, ANY_YEAR), Fault | None)


def _is_text(value: CellValue) -> bool:
    return isinstance(value, str)


def _first_beside(header: Header) -> tuple[str, ...]:
    """Return the address of each block of columns that stands beside the table."""
    starts = sorted(column for column in header.beside if column - 1 not in header.beside)
    return tuple(address(header.last_row, column) for column in starts)


def _outside(numbers: npt.NDArray[np.int64], columns: Mapping[int, Coded], header: Header) -> tuple[str, ...]:
    """Return the addresses of cells of the entries' rows that stand below no header."""
    headed = {*header.positions.values(), *header.extra, *header.beside}
    bare = [(numbers[cells.filled], position) for position, cells in columns.items() if position not in headed]
    return tuple(address(*spot) for spot in sorted((row, at) for rows, at in bare for row in rows.tolist()))
