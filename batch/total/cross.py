"""Amounts of an area by two attributes: item by month, person by item, and further columns by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from batch.areas.model import AMOUNT, ITEM, Sheet
from batch.order import in_reading_order

BLANK: Final = "未填"
"""How a breakdown calls the rows that leave its column blank."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Amounts of a sheet by two attributes, both in reading order; a pair that never met is absent."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    def row_total(self, row: str) -> int:
        """Return the sum of a row."""
        return sum(self.cells.get((row, column), 0) for column in self.columns)


def crossed(
    amounts: "pd.Series[int]",
    rows: "pd.Series[str]",
    columns: "pd.Series[str]",
    row_order: tuple[str, ...],
    column_order: tuple[str, ...],
) -> CrossTable:
    """Return the sums of amounts by two attributes of the rows, in the orders given."""
    (row_codes, row_names), (column_codes, column_names) = rows.factorize(), columns.factorize()
    is_whole = (row_codes >= 0) & (column_codes >= 0)  # a row that has both
    pairs = row_codes[is_whole] * len(column_names) + column_codes[is_whole]
    met, places = np.unique(pairs, return_inverse=True)
    sums = np.zeros(len(met), np.int64)
    np.add.at(sums, places, amounts.to_numpy()[is_whole])
    rows_met, columns_met = divmod(met, len(column_names))
    names = zip(map(str, row_names[rows_met]), map(str, column_names[columns_met]), strict=True)
    return CrossTable(row_order, column_order, dict(zip(names, sums.tolist(), strict=True)))


def breakdown(frame: pd.DataFrame, sheet: Sheet, column: str, items: tuple[str, ...]) -> CrossTable:
    """Total a further column; rows that leave it blank are totalled as 未填, so that nothing is lost."""
    values = frame[column].fillna(BLANK)
    known = set(values.unique())
    order = dict.fromkeys((*sheet.column(column).choices, *in_reading_order(known - {BLANK}), BLANK))
    return crossed(frame[AMOUNT], values, frame[ITEM], tuple(value for value in order if value in known), items)


def by_frequency(values: "pd.Series[str]") -> tuple[str, ...]:
    """Return the distinct values, the most frequent first, equals by name."""
    counts = values.value_counts()
    return tuple(sorted((str(value) for value in counts.index), key=lambda value: (-counts[value], value)))
