"""Where the table stands on a sheet: its header row, and the column of each header text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from batch.areas.model import Column
from batch.cell import CellValue
from batch.workbook.read import Grid

HEADER_WITHIN: Final = 20
"""Rows from the top among which the header is looked for."""
FEWEST_HEADERS: Final = 2
"""A row with fewer known header texts is not a header."""

_NOTES: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DROPPED: Final = re.compile(r"[\s:*＊]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: where its header is, where its columns are, and the rows below."""

    title: str
    """The sheet's name as it stands in the file."""
    header_row: int
    positions: Mapping[str, int]
    """Column name -> index from 0 (A)."""
    headers: Mapping[str, str]
    """Column name -> header text as typed."""
    extra: tuple[str, ...]
    """Header texts that are no column of the definition."""
    rows: tuple[tuple[int, tuple[CellValue, ...]], ...]

    def cells(self, name: str) -> list[CellValue]:
        """Return the cells of a column, one a row; blanks where the sheet has no such column."""
        position = self.positions.get(name)
        if position is None:
            return [None] * len(self.rows)
        return [values[position] if position < len(values) else None for _, values in self.rows]


def fold_header(text: str) -> str:
    """Return the header text without notes in brackets, white space, colons and stars.

    >>> fold_header("数量（件）")
    '数量'
    """
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    return _NOTES.sub("", folded) or folded


def find_table(grid: Grid, columns: tuple[Column, ...]) -> Table | None:
    """Return the table whose header names the most of these columns, or None where no row is a header."""
    names = {fold_header(word): column.name for column in columns for word in (column.name, *column.aliases)}
    best: tuple[int, tuple[CellValue, ...]] | None = None
    most = FEWEST_HEADERS - 1
    for number, values in grid.rows:
        if number > HEADER_WITHIN:
            break
        known = {names.get(fold_header(value)) for value in values if isinstance(value, str)} - {None}
        if len(known) > most:
            best, most = (number, values), len(known)
    return _table(grid, names, *best) if best is not None else None


def _table(grid: Grid, names: Mapping[str, str], number: int, header: tuple[CellValue, ...]) -> Table:
    positions: dict[str, int] = {}
    extra: list[str] = []
    for index, value in enumerate(header):
        if value is None:
            continue
        name = names.get(fold_header(str(value)))
        if name is None or name in positions:
            extra.append(" ".join(str(value).split()))
        else:
            positions[name] = index
    return Table(
        title=grid.title,
        header_row=number,
        positions=positions,
        headers={name: str(header[index]) for name, index in positions.items()},
        extra=tuple(extra),
        rows=tuple((row, values) for row, values in grid.rows if row > number),
    )
