"""What is said at which cells of a workbook, before any part of it is opened."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from batch.finding import Finding, Severity
from batch.ledger.our_sheets import MARK
from batch.read.grid import Merge
from batch.values.address import address, spot_at
from batch.values.rows import split_key

COLOURS: Final = {Severity.ERROR: "FFFF9A9A", Severity.VERIFY: "FFFFE985", Severity.HINT: "FFB9D9EF"}
"""ARGB fills; unusual shades of red, yellow and blue, so that a fill of the user's own is not taken for ours."""
MOST_COMMENTS: Final = 2000
"""Comments on a sheet; Excel takes seconds to open many more. Colour has no such limit."""
MOST_IN_A_NOTE: Final = 10
"""Findings that one comment spells out."""


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """Where a sheet of ours is in the user's workbook."""

    title: str
    """The sheet's own name."""
    serial: str | None = None
    """The letter of its 序号 column, from which a link leads back to the list."""


class Cell(NamedTuple):
    """A cell by row (from 1) and column (from 1), in the order in which a sheet part has them."""

    row: int
    column: int

    @property
    def address(self) -> str:
        """Return the address: B7."""
        return address(self.row, self.column - 1)


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What is to be marked on one sheet."""

    colours: Mapping[Cell, Severity]
    """Every cell that a finding speaks of, by the gravest of them."""
    notes: Mapping[Cell, str]
    """The cells that get a comment, with its text."""
    unnoted: int
    """How many cells get no comment, because too many have one."""
    backs: Mapping[Cell, int]
    """The cells that get a link back to the list, with the row of the list."""


def cell_at(text: str) -> Cell:
    """Return the cell at an address.

    >>> cell_at("B7")
    Cell(row=7, column=2)
    """
    row, column = spot_at(text)
    return Cell(row, column + 1)


def sheet_marks(found: Sequence[tuple[int, Finding]], serial: str | None, merges: Iterable[Merge]) -> SheetMarks:
    """Gather what is to be marked on one sheet from its findings, each with the row of the list it stands in."""
    shown = _Shown(merges)
    colours: dict[Cell, Severity] = {}
    notes: dict[Cell, list[str]] = {}
    backs: dict[Cell, int] = {}
    for list_row, finding in found:
        own = cell_at((finding.cell or "").rpartition("!")[2])
        for cell in (own, *(Cell(row, own.column) for row in _further_rows(finding))):
            at = shown.cell(cell)
            colours[at] = min(finding.severity, colours.get(at, finding.severity), key=lambda each: each.rank)
        notes.setdefault(shown.cell(own), []).append(f"{finding.severity}：{finding.problem}，{finding.remedy}。")
        if serial is not None:
            backs.setdefault(cell_at(f"{serial}{own.row}"), list_row)
    texts = {cell: _note(lines) for cell, lines in list(notes.items())[:MOST_COMMENTS]}
    unnoted = len(notes) - len(texts)
    return SheetMarks(colours, texts, unnoted, {cell: row for cell, row in backs.items() if cell not in colours})


def _further_rows(finding: Finding) -> list[int]:
    """Return the further rows of the same workbook that a finding speaks of."""
    places = [split_key(key) for key in finding.also]
    return [row for workbook, row in places if finding.key is not None and workbook == split_key(finding.key)[0]]


def _note(lines: Sequence[str]) -> str:
    further = [f"另有{len(lines) - MOST_IN_A_NOTE}处，见问题清单。"] if len(lines) > MOST_IN_A_NOTE else []
    return "\n".join((MARK, *lines[:MOST_IN_A_NOTE], *further))


class _Shown:
    """Finds the cell that is shown in a cell's place: itself, or the first one of its merged range."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self.merges = sorted(merges)
        self.by_column: dict[int, tuple[list[Merge], list[int]]] = {}
        """Column -> its merged ranges from the top down, and their first rows; only of columns asked for."""

    def cell(self, cell: Cell) -> Cell:
        if cell.column not in self.by_column:
            own = [each for each in self.merges if each.first_column < cell.column <= each.last_column + 1]
            self.by_column[cell.column] = own, [each.first_row for each in own]
        ranges, first_rows = self.by_column[cell.column]
        place = bisect_right(first_rows, cell.row) - 1
        if place < 0 or cell.row > ranges[place].last_row:
            return cell
        return Cell(ranges[place].first_row, ranges[place].first_column + 1)
