"""What makes a row a total, and what makes it a classified one: any text in a column of 密级, whoever added it."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, cast

import numpy as np

from batch.areas.contract import SECRECY
from batch.areas.model import Column
from batch.ledger.clean import BLANK_WORDS, clean_text
from batch.ledger.header import Header, fold_header
from batch.read.grid import Grid
from batch.values.cell import CellValue
from batch.values.coded import Coded, Mask
from batch.values.names import fold

_MARK: Final = "计"
_TOTAL: Final = re.compile(r"[^,。;:]{0,8}(?:合计|小计|总计|累计|共计)(?:\([^()]*\)|:.*)?")
_ADDED: Final = Column(name=SECRECY, aliases=("秘密等级", "涉密等级"), blank_words=("无", "/", "—", "公开"))
"""What a column of 密级 is on a sheet whose definition has none."""


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


def secrecy_columns(header: Header, columns: Sequence[Column]) -> Mapping[int, Column]:
    """Return position (from 0) -> column for each column of 密级, the definition's and others of its header texts."""
    column = next((each for each in columns if each.name == SECRECY), _ADDED)
    headers = {fold_header(word) for word in (column.name, *column.aliases)}
    found = [position for position, text in header.extra.items() if fold_header(text) in headers]
    if column.name in header.positions:
        found.append(header.positions[column.name])
    return dict.fromkeys(found, column)


def spanned_rows(grid: Grid, secrecy: Mapping[int, Column]) -> frozenset[int]:
    """Return the rows that a 密级 merged over several of them may stand for."""
    merges = (each for each in grid.merges if each.first_column in secrecy and each.last_row > each.first_row)
    return frozenset(row for each in merges for row in range(each.first_row, each.last_row + 1))


def is_classified(cells: Coded, column: Column) -> Mask:
    """Mark the rows in which this 密级 is not blank; what stands there need not be one of the list."""
    return cells.where(lambda value: says_something(value, column.blank_words or BLANK_WORDS))


def says_something(value: CellValue, blank_words: Collection[str] = BLANK_WORDS) -> bool:
    """Say whether a cell holds anything but white space and the words for nothing."""
    text = clean_text(value)
    return text is not None and fold(text) not in blank_words
