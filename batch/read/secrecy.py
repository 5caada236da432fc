"""Which rows of a sheet are classified: any text in a column of 密级 makes one so, whoever added the column."""

from collections.abc import Mapping, Sequence
from typing import Final

from batch.areas.model import SECRECY, Column
from batch.clean import NOTHING, clean_text
from batch.read.grid import Grid
from batch.read.header import Header, fold_header
from batch.values.cell import CellValue
from batch.values.coded import Coded, Mask
from batch.values.names import fold

_ADDED: Final = Column(name=SECRECY, aliases=("秘密等级", "涉密等级"), blank_words=("无", "/", "—", "公开"))
"""What a column of 密级 is on a sheet whose definition has none."""


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
    return cells.where(lambda value: _is_filled(value, column))


def _is_filled(value: CellValue, column: Column) -> bool:
    text = clean_text(value)
    return text is not None and fold(text) not in (column.blank_words or NOTHING)
