"""Vertically merged cells, filled down to the entries beside them."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from batch.areas.contract import SERIAL
from batch.areas.model import Column
from batch.ledger.row_kinds import mark_totals
from batch.read.grid import Merge
from batch.values.cell import CellValue, Shared, as_typed
from batch.values.coded import Coded, any_of


def filled_down(
    numbers: npt.NDArray[np.int64],
    columns: Mapping[int, Coded],
    merges: Iterable[Merge],
    header_row: int,
    names: Mapping[int, Column],
) -> Mapping[int, Coded]:
    """Return the columns with each merged text in all entries that it spans; a number over several of them is shared.

    ``names`` are the columns of the definition by their positions; no other is filled.
    """
    down = [each for each in merges if each.last_row > each.first_row > header_row]
    down = [each for each in down if each.first_column in names and each.first_column in columns]
    if not down:
        return columns
    own = [cells.filled for at, cells in columns.items() if at in names and names[at].name != SERIAL]
    totals = [mark_totals(cells) for cells in columns.values()]
    is_entry = any_of(own, len(numbers)) & ~any_of(totals, len(numbers))
    changes: dict[int, dict[int, CellValue]] = {}
    for merge in down:
        column = merge.first_column
        start, end = np.searchsorted(numbers, [merge.first_row, merge.last_row + 1]).tolist()
        spanned = (start + np.flatnonzero(is_entry[start:end])).tolist()
        value = columns[column][start] if spanned and numbers[start] == merge.first_row else None
        if value is None or len(spanned) == 1:
            continue
        changed = changes.setdefault(column, {})
        if names[column].type in {"whole", "number"}:
            changed[start] = Shared(as_typed(value) or "", tuple(numbers[spanned].tolist()))
            continue
        for place in spanned:
            if columns[column][place] is None and place not in changed:
                changed[place] = value
    return {at: cells.replaced(changes[at]) if at in changes else cells for at, cells in columns.items()}
