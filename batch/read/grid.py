"""One sheet as its file has it: the cells, what is merged, what is hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from batch.read.limits import LAST_ROW, MOST_CELLS, MOST_MERGES
from batch.values.cell import CellValue
from batch.values.coded import Coded

Row: TypeAlias = tuple[int, Sequence[CellValue]]
"""(Excel row number, values from column A on); a row that holds nothing is left out."""


class Merge(NamedTuple):
    """A merged range; rows count from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: the rows that hold anything, from the top, column by column."""

    title: str
    numbers: npt.NDArray[np.int64]
    """The Excel row numbers, rising; a row that holds nothing has none."""
    columns: Mapping[int, Coded]
    """Column (from 0, A) -> its cells, one for each of the numbers; a column that holds nothing is left out."""
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """Excel row numbers that are hidden or filtered away."""
    hidden_columns: frozenset[int] = frozenset()
    """Columns from 0."""
    is_1904: bool = False
    """Whether a bare number that is a day counts from 1904, as on old Macintosh computers."""

    def row(self, place: int) -> dict[int, CellValue]:
        """Return column -> value for what stands in a row, given by its place among the numbers."""
        cells = ((column, cells[place]) for column, cells in self.columns.items())
        return {column: value for column, value in cells if value is not None}


def columns_of(rows: Iterable[Row]) -> tuple[npt.NDArray[np.int64], dict[int, Coded]]:
    """Return the numbers and the columns of rows as a reader brings them; rows that hold nothing are left out."""
    numbers: list[int] = []
    places: dict[int, list[int]] = {}
    cells: dict[int, list[CellValue]] = {}
    for number, values in rows:
        filled = [(column, value) for column, value in enumerate(values) if value is not None]
        for column, value in filled:
            places.setdefault(column, []).append(len(numbers))
            cells.setdefault(column, []).append(value)
        if filled:
            numbers.append(number)
    columns: dict[int, Coded] = {}
    for column in sorted(cells):
        columns[column] = Coded.scattered(places[column], cells[column], len(numbers))
    return np.array(numbers, np.int64), columns


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What a workbook says of a sheet before the sheet itself is read."""

    title: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of an open workbook; each is read when it is asked for."""

    heads: tuple[SheetHead, ...]
    read: Callable[[str], Grid]
    """Returns the sheet with this title; raises one of :data:`batch.read.file.UNREADABLE` where it is damaged."""
    has_cells: Callable[[str], bool]
    """Says whether anything stands on the sheet with this title, without reading it."""

    @classmethod
    def of(cls, grids: Sequence[tuple[SheetHead, Grid]]) -> "Sheets":
        """Return sheets that have all been read already; of two with one title the first is taken."""
        by_title: Mapping[str, Grid] = {head.title: grid for head, grid in reversed(grids)}
        heads = tuple(head for head, _ in grids)
        return cls(heads, by_title.__getitem__, lambda title: by_title[title].numbers.size > 0)


class Damaged(Exception):  # noqa: N818 it describes the file, as the readers' own errors do
    """The file contradicts itself or breaks off: no part of it can be relied upon."""


class Odd(Exception):  # noqa: N818
    """A part is not written as the office programs do; it may be sound all the same."""


class TooMuch(Exception):  # noqa: N818
    """The file exceeds a limit; the text says in Chinese which one, and what the file has."""


def refuse_merges(count: int) -> None:
    """Raise :class:`TooMuch` where a sheet has more merged ranges than any ledger."""
    if count > MOST_MERGES:
        message = f"合并单元格有 {count} 处，上限 {MOST_MERGES} 处"
        raise TooMuch(message)


def refuse_row(number: int) -> None:
    """Raise :class:`TooMuch` where a sheet has a row that Excel has not."""
    if not 1 <= number <= LAST_ROW:
        message = f"有第 {number} 行，Excel最多 {LAST_ROW} 行"
        raise TooMuch(message)


def refuse_cells(count: int) -> None:
    """Raise :class:`TooMuch` where a sheet has more filled cells than any ledger."""
    if count > MOST_CELLS:
        message = f"一张工作表里填了 {count} 格以上，上限 {MOST_CELLS} 格"
        raise TooMuch(message)
