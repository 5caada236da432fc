"""The keys of many rows at once, and how they are written."""

from collections.abc import Collection
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from batch.place import STRIDE

RowKeys: TypeAlias = npt.NDArray[np.int64]
"""Keys of rows, rising."""
NO_ROWS: Final[RowKeys] = np.empty(0, np.int64)


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
