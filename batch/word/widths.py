"""How wide the columns of a table are: each as its words need, the long ones sharing what is left."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

from batch.report.content import Table, plain

CELL_MARGIN: Final = 80
"""Twips at the left and right of a cell."""
NARROW: Final = 0.55
"""Width of a letter or a digit in ems, with a little to spare: half an em in the fonts we name."""
SLACK: Final = 60
"""Twips more than the words of a column need: fonts differ."""
_TWIPS: Final = 20


def column_widths(shares: tuple[float, ...], room: int) -> list[int]:
    """Return whole widths in proportion to the shares; they add up to the room.

    >>> column_widths((1, 1, 1), 100)
    [33, 34, 33]
    """
    total = sum(shares)
    edges = [round(room * edge / total) for edge in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def fitted_widths(table: Table, size: float, room: int) -> list[int]:
    """Return widths that add up to the room, by the longest words of each column set in a size.

    Columns whose words fit into a line get it; where that is too much for the room, the widest share what the
    others leave. What remains over goes to all of them.
    """
    needs = [_need(column, size) for column in _columns(table)]
    most = _most(needs, room)
    return column_widths(tuple(min(need, most) for need in needs), room)


def line_count(table: Table, widths: Sequence[int], size: float) -> int:
    """Return about how many lines of text stand below each other in the rows of a table."""
    rooms = [max(1, width - 2 * CELL_MARGIN) for width in widths]
    return sum(
        max(ceil(text_width(plain(cell), size) / room) or 1 for cell, room in zip(cells, rooms, strict=True))
        for cells in table.rows
    )


def text_width(text: str, size: float) -> float:
    """Return about how many twips a text takes on one line.

    >>> text_width("发文59件", 10)
    820.0
    """
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)
    return ems * size * _TWIPS


def _columns(table: Table) -> Iterator[Iterable[str]]:
    for index, name in enumerate(table.header):
        yield (name, *(plain(cells[index]) for cells in table.rows))


def _need(texts: Iterable[str], size: float) -> float:
    return max(text_width(text, size) for text in texts) + 2 * CELL_MARGIN + SLACK


def _most(needs: Sequence[float], room: int) -> float:
    """Return the width that no column passes, so that all of them have room."""
    left, count = float(room), len(needs)
    for need in sorted(needs):
        if need * count >= left:
            return left / count
        left, count = left - need, count - 1
    return max(needs)
