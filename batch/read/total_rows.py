"""How a row says that it is a total, and no entry."""

import re
from collections.abc import Sequence
from typing import Final, cast

import numpy as np

from batch.values.cell import CellValue
from batch.values.coded import Coded, Mask
from batch.values.names import fold

_MARK: Final = "计"
_TOTAL: Final = re.compile(r"[^,。;:]{0,8}(?:合计|小计|总计|累计|共计)(?:\([^()]*\)|:.*)?")


def says_total(value: CellValue) -> bool:
    """Say whether a cell announces a total: 合计, 本月小计, 发文小计, 合计（件）."""
    return isinstance(value, str) and _MARK in value and _TOTAL.fullmatch(fold(value)) is not None


def mark_totals(cells: Coded) -> Mask:
    """Mark the rows whose cell in this column announces a total."""
    if not _may_tell(cells.values):
        return np.zeros(len(cells), bool)
    return cells.where(says_total)


def _may_tell(values: Sequence[CellValue]) -> bool:
    """Say whether some value may announce a total: a long column has many, and nearly never one."""
    kinds = {*map(type, values)}
    texts = values if kinds == {str} else [value for value in values if isinstance(value, str)] if str in kinds else []
    return _MARK in "".join(cast("Sequence[str]", texts))
