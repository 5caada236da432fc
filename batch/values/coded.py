"""A column of cells as codes: each distinct value once, so that whatever is asked of a value is asked once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from batch.values.cell import CellValue

Codes: TypeAlias = npt.NDArray[np.int32] | npt.NDArray[np.int16]
Mask: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = "Mask | slice | npt.NDArray[np.int64]"

BLANK: Final = -1
"""The code of a cell that holds nothing."""
MOST_SHORT: Final = 1 << 15
"""Distinct values from which on a code takes four bytes instead of two."""


@dataclass(frozen=True, slots=True)
class Coded:
    """The cells of one column, one a row."""

    codes: Codes
    """For each row the place of its value among :attr:`values`; :data:`BLANK` where the cell holds nothing."""
    values: Sequence[CellValue]
    """The distinct values, none of them None; after rows were taken out, some may stand in no row."""

    @classmethod
    def of(cls, cells: Iterable[CellValue]) -> "Coded":
        """Return the cells as codes."""
        numbers = Numbers()
        codes = np.fromiter(map(numbers.__getitem__, (None, *cells)), np.int32)[1:] - 1  # None is 0, and so a blank -1
        return cls(codes, list(numbers)[1:])

    @classmethod
    def scattered(cls, rows: Sequence[int], cells: Sequence[CellValue], count: int) -> "Coded":
        """Return a column of so many rows, of which these hold something."""
        filled = cls.of(cells)
        codes = np.full(count, BLANK, np.int32)
        codes[np.asarray(rows, np.int64)] = filled.codes
        return cls(codes, filled.values)

    @classmethod
    def blank(cls, rows: int) -> "Coded":
        """Return so many cells that hold nothing."""
        return cls(np.full(rows, BLANK, np.int32), ())

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    def __iter__(self) -> Iterator[CellValue]:
        """Yield the cells from the top."""
        return iter(self.spread(self.values, None).tolist())

    def __getitem__(self, row: int) -> CellValue:
        """Return the cell of a row, counted from 0."""
        code = self.codes[row]
        return None if code == BLANK else self.values[code]

    @property
    def filled(self) -> Mask:
        """Mark the rows in which something stands."""
        return self.codes >= 0

    def take(self, rows: Places) -> "Coded":
        """Return the cells of these rows alone."""
        return Coded(self.codes[rows], self.values)

    def where(self, holds: Callable[[CellValue], bool]) -> Mask:
        """Mark the rows whose value is such that something holds of it; it never does of a blank."""
        return np.array([*map(holds, self.values), False], bool)[self.codes]

    def spread(self, results: Sequence[Any], fill: object) -> npt.NDArray[Any]:
        """Lay out over the rows what has been found of each distinct value; blanks get the filling."""
        return np.fromiter((*results, fill), object)[self.codes]  # the code -1 points to the last

    def replaced(self, changes: dict[int, CellValue]) -> "Coded":
        """Return the cells with others at some rows."""
        values = list(self.values)
        codes = self.codes.astype(np.int32)
        for row, value in changes.items():
            codes[row] = len(values)
            values.append(value)
        return Coded(codes, values)


def any_of(masks: Iterable[Mask], rows: int) -> Mask:
    """Mark the rows that some of the masks mark."""
    marked = np.zeros(rows, bool)
    for mask in masks:
        marked |= mask
    return marked


class Numbers(dict[Any, int]):
    """Numbers whatever it is asked for, from 0 in the order of asking."""

    def __missing__(self, value: object) -> int:
        """Give the next number."""
        number = self[value] = len(self)
        return number
