"""One sheet as its file has it: the cells, what is merged, what is hidden."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from batch.cell import CellValue
from batch.read.limits import MOST_MERGES

Row = tuple[int, Sequence[CellValue]]
"""(Excel row number, values from column A on); a row that holds nothing is left out."""


Spot = tuple[int, int]
"""(row from 1, column from 0)."""


class Merge(NamedTuple):
    """A merged range; rows count from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: the rows that hold anything, from the top."""

    title: str
    rows: Sequence[Row]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """Excel row numbers that are hidden or filtered away."""
    hidden_columns: frozenset[int] = frozenset()
    """Columns from 0."""
    is_1904: bool = False
    """Whether a bare number that is a day counts from 1904, as on old Macintosh computers."""


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
        return cls(heads, by_title.__getitem__, lambda title: bool(by_title[title].rows))


class Damaged(Exception):  # noqa: N818 it describes the file, as the readers' own errors do
    """The file contradicts itself or breaks off: no part of it can be relied upon."""


class TooMuch(Exception):  # noqa: N818
    """The file exceeds a limit; the text says in Chinese which one, and what the file has."""


def refuse_merges(count: int) -> None:
    """Raise :class:`TooMuch` where a sheet has more merged ranges than any ledger."""
    if count > MOST_MERGES:
        message = f"合并单元格有 {count} 处，上限 {MOST_MERGES} 处"
        raise TooMuch(message)
