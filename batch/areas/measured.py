"""What measuring a figure asks and gives."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from batch.period import Window

if TYPE_CHECKING:
    import pandas as pd

    from batch.values.rows import RowKeys


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure's value and the row keys it is made of; ``value`` is None where nothing can be said.

    A percentage keeps its ``part`` and ``whole``, so that totals of several ledgers can be added.
    """

    value: int | float | None
    rows: "RowKeys" = field(compare=False)
    part: int | None = None
    whole: int | None = None


class Addable(Protocol):
    """What the figure of one unit adds to that of several."""

    @property
    def value(self) -> int | float | None:
        """The value; None where nothing can be said."""

    @property
    def part(self) -> int | None:
        """What stands above the line of a percentage."""

    @property
    def whole(self) -> int | None:
        """What stands below it."""


class Measuring(Protocol):
    """What a figure kind may ask while it is measured."""

    @property
    def frame(self) -> "pd.DataFrame":
        """The sheet's counted rows, cleaned, indexed by row key; 数量 is a whole number everywhere."""

    @property
    def window(self) -> Window:
        """The days measured over."""

    def sibling(self, name: str) -> Measured:
        """Return another figure of the same sheet over the same window."""

    def year_to_date(self, figure: str) -> Measured:
        """Return the figure with this id from 1 January to the as-of date."""
