"""Where the cells of a block stand: the row and the column of each, proven against what its tag says."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from batch.read.grid import Odd, refuse_row
from batch.read.limits import LAST_COLUMN
from batch.read.quick.octets import MASKS, WORD, Octets, Places
from batch.read.quick.tags import CELL, ROW, Tags

_ROW_BEGINS: Final = b'<row r="'
_CELL_BEGINS: Final = b'<c r="'
_A: Final = ord("A")
_Z: Final = ord("Z")
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Addresses:
    """The cells of a block, in its order, which is that of rows and columns."""

    cells: Places
    """Which tags they begin with."""
    rows: Places
    """Excel row numbers."""
    columns: Places
    """From 0."""
    behind: Places
    """Where their tags go on behind the address."""
    last_row: int


def find_addresses(tags: Tags, last_row: int) -> Addresses:
    """Return where the cells of a block stand that comes behind this row.

    Raises:
        Odd: a row or a cell has no address, or not the next one.
        TooMuch: a row beyond the last that there is.

    """
    rows = np.flatnonzero((tags.kinds == ROW) | (tags.kinds == ROW + 1))
    cells = np.flatnonzero((tags.kinds == CELL) | (tags.kinds == CELL + 1))
    starts = tags.starts[rows] + len(_ROW_BEGINS)
    lengths = tags.octets.lengths(starts, b'"')
    numbers = _row_numbers(tags, rows, starts, lengths, last_row)
    bounds = np.append(np.searchsorted(cells, rows), len(cells))
    row_of = np.repeat(np.arange(len(rows)), np.diff(bounds))
    columns, behind = _columns(tags.octets, tags.starts[cells] + len(_CELL_BEGINS), starts[row_of], lengths[row_of])
    if not (np.diff(row_of * LAST_COLUMN + columns) > 0).all():
        raise Odd
    return Addresses(cells, numbers[row_of], columns, behind, int(numbers.max(initial=last_row)))


def _row_numbers(tags: Tags, rows: Places, starts: Places, lengths: Places, last_row: int) -> Places:
    """Return the number of each row; they rise."""
    numbers, are_whole = tags.octets.whole_numbers(starts, lengths)
    if not tags.octets.have(tags.starts[rows], _ROW_BEGINS) or not are_whole.all() or (lengths >= WORD).any():
        raise Odd
    if not (np.diff(numbers, prepend=last_row) > 0).all():
        raise Odd
    refuse_row(int(numbers.max(initial=1)))
    return numbers


def _columns(octets: Octets, starts: Places, row_starts: Places, row_lengths: Places) -> tuple[Places, Places]:
    """Return the column of each cell, and where its tag goes on; its row must be the one that it stands in."""
    word = octets.words(starts)
    letters = [((word >> np.uint64(8 * place)) & np.uint64(0xFF)).astype(np.int64) for place in range(3)]
    columns = letters[0] - _A
    size = np.ones(len(starts), np.int64)
    is_letter = np.ones(len(starts), bool)
    for letter in letters[1:]:
        is_letter &= letter >= _A
        columns = np.where(is_letter, (columns + 1) * _LETTERS + letter - _A, columns)
        size += is_letter
    are_letters = (letters[0] >= _A) & (np.maximum.reduce(letters) <= _Z)
    digits = starts + size
    masks = MASKS[row_lengths + 1]  # the digits and the quotation mark behind them
    is_of_row = (octets.words(digits) & masks) == (octets.words(row_starts) & masks)
    if not (are_letters & is_of_row).all() or columns.max(initial=0) >= LAST_COLUMN:
        raise Odd
    return columns, digits + row_lengths + 1
