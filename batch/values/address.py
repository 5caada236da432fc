"""Addresses of cells as Excel writes them: the column in letters, the row in digits."""

import re
from functools import cache
from typing import Final, TypeAlias

Spot: TypeAlias = tuple[int, int]
"""(row from 1, column from 0)."""

_LETTERS: Final = 26
_BEFORE_A: Final = ord("A") - 1
_CELL: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,10})")
_RANGE: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?(:\$?([A-Za-z]{1,3})?\$?(\d+)?)?$")


def address(row: int, column: int) -> str:
    """Return the address of a cell, its row counted from 1, its column from 0.

    >>> address(7, 1)
    'B7'
    """
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Return what a column, counted from 0, is called.

    >>> column_letters(0), column_letters(26)
    ('A', 'AA')
    """
    before, last = divmod(column, _LETTERS)
    return (column_letters(before - 1) if before else "") + chr(_BEFORE_A + 1 + last)


@cache
def column_at(letters: str) -> int:
    """Return the column, counted from 0, that is called so, in capitals or small letters.

    >>> column_at("A"), column_at("aa")
    (0, 26)
    """
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - _BEFORE_A
    return number - 1


def spot_at(text: str) -> Spot:
    """Return where the cell with this address is.

    Raises:
        ValueError: it is no address.

    """
    found = _CELL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[2]), column_at(found[1])


def corners_at(text: str) -> tuple[Spot, Spot] | None:
    """Return the first and the last cell of a range; None for one of whole rows or columns.

    >>> corners_at("B2:D9")
    ((2, 1), (9, 3))

    Raises:
        ValueError: it is no range.

    """
    found = _RANGE.match(text)
    if found is None:
        raise ValueError(text)
    left, top, colon, right, bottom = found.groups()
    if colon and ((left is None, top is None) != (right is None, bottom is None) or left is top is None):
        raise ValueError(text)
    if left is None or top is None:
        return None
    return (int(top), column_at(left)), (int(bottom or top), column_at(right or left))
