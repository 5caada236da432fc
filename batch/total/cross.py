"""Amounts of an area by two attributes: item by month, person by item, and further columns by item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from batch.values.names import in_reading_order

if TYPE_CHECKING:
    import pandas as pd

BLANK: Final = "未填"
"""How a breakdown calls the rows that leave its column blank."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Amounts of a sheet by two attributes, both in reading order; a pair that never met is absent."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    @property
    def column_totals(self) -> tuple[int, ...]:
        """Return the sum of each column."""
        return tuple(sum(self.cells.get((row, column), 0) for row in self.rows) for column in self.columns)

    def row_total(self, row: str) -> int:
        """Return the sum of a row."""
        return sum(self.cells.get((row, column), 0) for column in self.columns)


class Attribute(NamedTuple):
    """What each row is called by: the place of its name among the names, -1 where it has none."""

    codes: npt.NDArray[np.int64]
    names: tuple[str, ...]
    """Each once."""

    @classmethod
    def of(cls, values: "pd.Series[str]") -> "Attribute":
        """Return a column as an attribute; several tables may ask for it."""
        codes, names = values.factorize()
        return cls(codes, tuple(map(str, names)))

    def or_blank(self) -> "Attribute":
        """Return the attribute with the rows that have none called :data:`BLANK`, so that nothing is lost."""
        if (self.codes >= 0).all():
            return self
        names = self.names if BLANK in self.names else (*self.names, BLANK)
        return Attribute(np.where(self.codes < 0, names.index(BLANK), self.codes), names)

    def by_frequency(self) -> tuple[str, ...]:
        """Return the names, the most frequent first, equals in their order."""
        counts = dict(zip(self.names, np.bincount(self.codes[self.codes >= 0]).tolist(), strict=True))
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def crossed(
    amounts: npt.NDArray[np.int64],
    rows: Attribute,
    columns: Attribute,
    row_order: tuple[str, ...],
    column_order: tuple[str, ...],
) -> CrossTable:
    """Return the sums of amounts by two attributes of the rows, in the orders given."""
    width = len(columns.names)
    has_both = (rows.codes >= 0) & (columns.codes >= 0)
    pairs = rows.codes[has_both] * width + columns.codes[has_both]
    met = np.bincount(pairs, minlength=len(rows.names) * width)
    sums = np.zeros(len(met), np.int64)
    np.add.at(sums, pairs, amounts[has_both])
    cells = {
        (rows.names[place // width], columns.names[place % width]): int(sums[place])
        for place in np.flatnonzero(met).tolist()
    }
    return CrossTable(row_order, column_order, cells)


def breakdown(
    amounts: npt.NDArray[np.int64], values: Attribute, choices: Iterable[str], items: Attribute, order: tuple[str, ...]
) -> CrossTable:
    """Total a further column by item; its choices come first, and rows that leave it blank are totalled as 未填."""
    values = values.or_blank()
    known = set(values.names)
    names = dict.fromkeys((*choices, *in_reading_order(known - {BLANK}), BLANK))
    return crossed(amounts, values, items, tuple(name for name in names if name in known), order)
