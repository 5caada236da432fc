"""Where a row is: its workbook and its Excel row, in the one integer that indexes every frame.

With one workbook the key *is* the Excel row number. The rows of a second workbook joined to the first
are shifted by :data:`STRIDE`, so frames of several workbooks can be laid one below the other.
"""

from typing import Final

STRIDE: Final = 1 << 21
"""Twice the 1,048,576 rows of an Excel sheet, so that no row of one workbook meets one of the next."""


def row_key(workbook: int, row: int) -> int:
    """Return the key of an Excel row (from 1) in a workbook (from 0)."""
    return workbook * STRIDE + row


def split_key(key: int) -> tuple[int, int]:
    """Return (workbook, Excel row) of a key.

    >>> split_key(row_key(1, 7))
    (1, 7)
    """
    return divmod(key, STRIDE)


def excel_row(key: int) -> int:
    """Return the Excel row of a key."""
    return split_key(key)[1]
