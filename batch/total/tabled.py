"""What a report asks of totals, be they of one unit or of many."""

from collections.abc import Mapping
from typing import Protocol

from batch.areas.model import Sheet
from batch.period import Period
from batch.total.cross import CrossTable
from batch.total.totals import FigureTotal, Reconciliation


class Covering(Protocol):
    """The totals of one unit or of many."""

    @property
    def period(self) -> Period:
        """The period that they are of."""


class Tabled(Protocol):
    """An area with its figures and tables."""

    @property
    def sheet(self) -> Sheet:
        """The definition of the area."""

    @property
    def figures(self) -> tuple[FigureTotal, ...]:
        """Its figures."""

    @property
    def by_name(self) -> Mapping[str, FigureTotal]:
        """Figure name -> figure."""

    @property
    def by_month(self) -> CrossTable:
        """Amounts of each item by month."""

    @property
    def rows_by_month(self) -> CrossTable:
        """Rows of each item by month."""

    @property
    def reconciliation(self) -> Reconciliation:
        """Where its rows have gone."""

    @property
    def breakdowns(self) -> Mapping[str, CrossTable]:
        """Further column -> its values by item."""
