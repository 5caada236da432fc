"""The figure kinds a definition may use: each one its parameters and its pandas expression.

Rows that a finding excludes are gone before a figure is measured, and a blank 数量 is already 1.
A new kind is one class and one line in :data:`FigureKind`.
"""

from abc import abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, Literal, Self, TypeAlias

import numpy as np
from pydantic import model_validator

from batch.areas.columns import AnyColumn, DateColumn, ReadsColumns, WholeColumn
from batch.areas.contract import AMOUNT, DATE, FIGURE, TARGET
from batch.areas.measured import Addable, Measured, Measuring
from batch.areas.where import Where, matches, within
from batch.values.coded import Mask
from batch.values.rows import NO_ROWS

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from batch.values.rows import RowKeys

PERCENT: Final = "%"
"""The unit of what is a percentage, and of nothing else."""
_DATED_AMOUNT: Final = {DATE: None, AMOUNT: None}


class Figure(ReadsColumns):
    """What every figure has.

    ``exact`` counts are never rounded to 余 in a report; ``headline`` figures stand first in the summary.
    """

    name: str
    unit: str
    definition: str
    exact: bool = False
    headline: bool = False

    is_percentage: ClassVar[bool]

    @model_validator(mode="after")
    def _has_the_unit_of_its_kind(self) -> Self:
        if (self.unit == PERCENT) is not self.is_percentage:
            wanted = f"应是 {PERCENT}" if self.is_percentage else f"不能是 {PERCENT}"
            message = f"指标“{self.name}”的 unit {wanted}"
            raise ValueError(message)
        return self

    @abstractmethod
    def measure(self, of: Measuring) -> Measured:
        """Return the figure with its rows."""

    @abstractmethod
    def added(self, units: Iterable[Addable]) -> Measured:
        """Return what the figure of several units comes to, without rows."""

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Name the figures of the same sheet it is made of."""
        return ()


class Count(Figure):
    """What is counted: that of several units is their sum."""

    is_percentage: ClassVar[bool] = False

    def added(self, units: Iterable[Addable]) -> Measured:
        """Return the sum over the units; one that can say nothing adds nothing."""
        return Measured(sum(int(each.value or 0) for each in units), NO_ROWS)


class Percentage(Figure):
    """A part of a whole in percent: that of several units is the sum of the parts of that of the wholes."""

    is_percentage: ClassVar[bool] = True

    def added(self, units: Iterable[Addable]) -> Measured:
        """Return the percentage of the sums above and below the line."""
        each = [(unit.part or 0, unit.whole or 0) for unit in units]
        return percentage_of(sum(part for part, _ in each), sum(whole for _, whole in each), NO_ROWS)


class Sum(Count):
    """The sum of 数量 over the rows dated in the window that match."""

    ALWAYS: ClassVar = _DATED_AMOUNT

    kind: Literal["sum"]
    where: Where = {}

    def measure(self, of: Measuring) -> Measured:
        """Return the figure with its rows."""
        return _summed(of.frame, within(of.frame[DATE], of.window) & matches(of.frame, self.where))


class Due(Count):
    """The sum of 数量 over the rows whose deadline has passed in the window, by outcome.

    A deadline counts when it lies before the as-of date, or on it and the row is done by then.
    """

    OPEN: ClassVar = "逾期未办结"
    CLOSED: ClassVar = "逾期办结"

    ALWAYS: ClassVar = {AMOUNT: None}

    kind: Literal["due"]
    outcome: Literal["all", "on-time", "late"]
    deadline: DateColumn
    done: DateColumn

    def measure(self, of: Measuring) -> Measured:
        """Return the figure with its rows."""
        deadline, done = of.frame[self.deadline].to_numpy(), of.frame[self.done].to_numpy()
        as_of = np.datetime64(of.window.as_of)
        is_dated = within(of.frame[self.deadline], of.window)
        due = is_dated & ((deadline < as_of) | ((deadline == as_of) & (done <= as_of)))
        on_time = done <= deadline
        outcome = {"all": due, "on-time": due & on_time, "late": due & ~on_time}
        return _summed(of.frame, outcome[self.outcome])

    def status(self, row: "pd.Series[str]", as_of: "date") -> str:
        """Tell 逾期未办结 from 逾期办结 as of a day."""
        done = row[self.done]
        return self.CLOSED if str(done)[:10] <= str(as_of) else self.OPEN  # "NaT" is later than any day


class Share(Percentage):
    """One figure as a percentage of another of the same sheet."""

    kind: Literal["share"]
    part: str
    whole: str

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Name the figures of the same sheet it is made of."""
        return (self.part, self.whole)

    def measure(self, of: Measuring) -> Measured:
        """Return the percentage with the rows of the whole."""
        part, whole = of.sibling(self.part), of.sibling(self.whole)
        return percentage_of(int(part.value or 0), int(whole.value or 0), whole.rows)


class Rate(Percentage):
    """The sum of one column as a percentage of another's, over the rows in the window that have both."""

    ALWAYS: ClassVar = {DATE: None}

    kind: Literal["rate"]
    part: WholeColumn
    whole: WholeColumn

    def measure(self, of: Measuring) -> Measured:
        """Return the percentage with its rows."""
        both = of.frame[self.part].notna() & of.frame[self.whole].notna()
        rows = of.frame[both & within(of.frame[DATE], of.window)]
        return percentage_of(int(rows[self.part].sum()), int(rows[self.whole].sum()), rows.index.to_numpy())


class Balance(Count):
    """What came in less what went out, over all rows up to the as-of date."""

    ALWAYS: ClassVar = _DATED_AMOUNT

    kind: Literal["balance"]
    plus: Where
    minus: Where

    def measure(self, of: Measuring) -> Measured:
        """Return the balance with the rows of both directions."""
        frame = of.frame[of.frame[DATE] <= str(of.window.as_of)]
        plus, minus = frame[matches(frame, self.plus)], frame[matches(frame, self.minus)]
        value = int(plus[AMOUNT].sum()) - int(minus[AMOUNT].sum())
        return Measured(value, plus.index.union(minus.index).to_numpy())


class Outstanding(Count):
    """The sum of 数量 over matching rows up to the as-of date that were not settled by then."""

    ALWAYS: ClassVar = _DATED_AMOUNT

    kind: Literal["outstanding"]
    where: Where
    settled: DateColumn

    def measure(self, of: Measuring) -> Measured:
        """Return the figure with its rows."""
        begun, settled = (of.frame[name].to_numpy() <= np.datetime64(of.window.as_of) for name in (DATE, self.settled))
        return _summed(of.frame, begun & ~settled & matches(of.frame, self.where))


class Distinct(Count):
    """How many different values a column has, whatever the period."""

    kind: Literal["distinct"]
    column: AnyColumn

    def measure(self, of: Measuring) -> Measured:
        """Return the figure with its rows."""
        values = of.frame[self.column].dropna()
        return Measured(int(values.nunique()), values.index.to_numpy())


class Rows(Count):
    """How many rows the sheet has, whatever the period."""

    kind: Literal["rows"]

    def measure(self, of: Measuring) -> Measured:
        """Return the figure with its rows."""
        return Measured(len(of.frame), of.frame.index.to_numpy())


class Reached(Percentage):
    """The percentage of rows whose figure has reached its target, of the rows that have both."""

    kind: Literal["reached"]
    figure: AnyColumn = FIGURE
    target: AnyColumn = TARGET

    def measure(self, of: Measuring) -> Measured:
        """Return the percentage with its rows."""
        rows = of.frame[of.frame[self.figure].notna() & of.frame[self.target].notna()]
        reached = sum(
            self.has_reached(of.year_to_date(figure), target)
            for figure, target in zip(rows[self.figure], rows[self.target], strict=True)
        )
        return percentage_of(reached, len(rows), rows.index.to_numpy())

    @staticmethod
    def has_reached(measured: Measured, target: float) -> bool:
        """Say whether a figure has reached its target; one that cannot be told has not."""
        return measured.value is not None and bool(measured.value >= target)


FigureKind: TypeAlias = Sum | Due | Share | Rate | Balance | Outstanding | Distinct | Rows | Reached


def _summed(frame: "pd.DataFrame", mask: Mask) -> Measured:
    return Measured(int(frame[AMOUNT].to_numpy()[mask].sum()), frame.index.to_numpy()[mask])


def percentage_of(part: int, whole: int, rows: "RowKeys") -> Measured:
    """Return a percentage with its rows, with what stands above and below its line."""
    return Measured(percentage(part, whole), rows, part, whole)


def percentage(part: int, whole: int) -> float | None:
    """Return part/whole in percent with one decimal, rounded half up as Excel's ROUND does; None of nothing."""
    return (part * 2000 + whole) // (2 * whole) / 10 if whole else None
