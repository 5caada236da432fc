"""How a row says that it is a total, and no entry."""

import re
from typing import Final

import numpy as np

from batch.cell import CellValue
from batch.clean import fold
from batch.coded import Coded, Mask

_TOTAL: Final = re.compile(r"[^,。;:]{0,8}(?:合计|小计|总计|累计|共计)(?:\([^()]*\)|:.*)?")


def says_total(value: CellValue) -> bool:
    """Say whether a cell announces a total: 合计, 本月小计, 发文小计, 合计（件）."""
    return isinstance(value, str) and "计" in value and _TOTAL.fullmatch(fold(value)) is not None


def mark_totals(cells: Coded) -> Mask:
    """Mark the rows whose cell in this column announces a total."""
    is_total = [isinstance(value, str) and "计" in value and says_total(value) for value in cells.values]
    return np.array([*is_total, False])[cells.codes]
