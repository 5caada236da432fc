"""Where a row is: its workbook and its Excel row, in the one integer that indexes every frame.

With one workbook the key *is* the Excel row number. The rows of a second workbook joined to the first
are shifted by :data:`STRIDE`, so frames of several workbooks can be laid one below the other.
"""

from collections.abc import Collection
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

STRIDE: Final = 1 << 21
"""Twice the 1,048,576 rows of an Excel sheet, so that no row of one workbook meets one of the next."""
RowKeys: TypeAlias = npt.NDArray[np.int64]
"""Keys of rows, rising."""
NO_ROWS: Final[RowKeys] = np.empty(0, np.int64)


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


def rows_by_workbook(keys: Collection[int] | RowKeys) -> dict[int, RowKeys]:
    """Return the sorted Excel rows of each workbook that the keys name."""
    workbooks, rows = np.divmod(_rising(keys), STRIDE)
    return {workbook: rows[workbooks == workbook] for workbook in np.unique(workbooks).tolist()}


def row_ranges(rows: Collection[int] | RowKeys) -> str:
    """Write row numbers as a printer's page list.

    >>> row_ranges([3, 4, 5, 9])
    '3-5,9'
    """
    numbers = _rising(rows)
    begins = np.diff(numbers, prepend=-1) > 1
    ends = np.append(begins[1:], True)[: len(numbers)]
    runs = zip(numbers[begins].tolist(), numbers[ends].tolist(), strict=True)
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _rising(numbers: Collection[int] | RowKeys) -> RowKeys:
    """Return the numbers in their order, each once; most are so already, and sorting takes long."""
    given = np.asarray(numbers, np.int64)
    return given if (np.diff(given) > 0).all() else np.unique(given)
