"""Figures beside those of an earlier period: what they were, and how they have changed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from batch.period import MONTHS_OF_YEAR, Period
from batch.total.measure import NO_VALUE, value_text
from batch.total.totals import FigureTotal, Totals

YEAR_ON_YEAR: Final = "同比"
ON_SPAN_BEFORE: Final = "环比"
ON_EARLIER_YEAR: Final = "比上期"
"""What a comparison is called: with the same months of last year, with the months just before, with another year."""
UNCHANGED: Final = "持平"
MINUS: Final = "\u2212"
"""A minus sign proper: a hyphen looks like a dash between Chinese characters."""
TENTH: Final = Decimal("0.1")


@dataclass(frozen=True)
class Previous:
    """The earlier period that the figures are compared with."""

    label: str
    """同比, 环比 or 比上期."""
    title: str
    """The earlier period as a title has it: 2021年; cut where the current one has come to."""
    totals: Totals
    notes: tuple[str, ...] = ()
    """What a reader is to know of the earlier figures, in whole sentences."""

    def value(self, total: FigureTotal) -> int | float | None:
        """Return what the figure was; None where the earlier ledger lacks its sheet, or a column that it reads."""
        earlier = self.totals.figures.get(total.id)
        if earlier is None or not self.totals.has_rows(total.sheet.name) or self.totals.missing_columns(earlier):
            return None
        return earlier.value


@dataclass(frozen=True, slots=True)
class Change:
    """What one figure was in the earlier period, and how it has changed since."""

    is_percentage: bool
    previous: int | float | None
    """None where nothing can be told of the earlier period."""
    difference: int | float | None
    """In the figure's own unit; of a percentage, in percentage points."""
    rate: float | None
    """The relative change in percent with one decimal; None for percentages and where it has no meaning."""

    @property
    def previous_text(self) -> str:
        """Return the earlier value as a report prints it, without unit: 56, 98.2, —."""
        return value_text(self.previous, is_percentage=self.is_percentage)

    @property
    def difference_text(self) -> str:
        """Return the difference with its sign: +3, −5, +1.8个百分点, 持平, —."""
        if self.difference is None:
            return NO_VALUE
        if self.difference == 0:
            return UNCHANGED
        points = "个百分点" if self.is_percentage else ""
        text = value_text(abs(self.difference), is_percentage=self.is_percentage)
        return _signed(text, is_less=self.difference < 0) + points

    @property
    def rate_text(self) -> str:
        """Return the relative change with its sign: +5.4%, −12.0%, 0.0%, —."""
        if self.rate is None:
            return NO_VALUE
        text = f"{abs(self.rate):.1f}%"
        return _signed(text, is_less=self.rate < 0) if self.rate else text


def change(total: FigureTotal, previous: Previous | None) -> Change | None:
    """Return how a figure has changed, None where nothing is compared."""
    if previous is None:
        return None
    is_percentage, before = total.figure.is_percentage, previous.value(total)
    if before is None or total.value is None:
        return Change(is_percentage, before, None, None)
    now, then = Decimal(str(total.value)), Decimal(str(before))
    if is_percentage:
        return Change(is_percentage, before, float(now - then), None)
    rate = (100 * (now - then) / then).quantize(TENTH, ROUND_HALF_UP) if then > 0 else None
    return Change(is_percentage, before, int(now - then), None if rate is None else float(rate))


def year_label(years: int) -> str:
    """Return what a comparison with the same months so many years ago is called."""
    return YEAR_ON_YEAR if years == 1 else ON_EARLIER_YEAR


def earlier_by(totals: Totals, months: int) -> Period | None:
    """Return the days so many months earlier that match those of the period up to the as-of date.

    None where the period has not begun.
    """
    window = totals.window
    return Period(window.start, window.as_of).earlier(months) if window.start <= window.as_of else None


def span_before(totals: Totals, year: int) -> Period | None:
    """Return the months just before the period, as many as it has; None unless they lie in this year.

    Like :func:`earlier_by`, they end where the period itself has come to. Days are not compared with days
    before them, nor a year with the one before it: that one is another ledger's.
    """
    period, count = totals.period, len(totals.period.months)
    if not period.is_whole_months or count >= MONTHS_OF_YEAR:
        return None
    whole = period.earlier(count)
    return earlier_by(totals, count) if whole.start.year == whole.end.year == year else None


def _signed(text: str, *, is_less: bool) -> str:
    return f"{MINUS if is_less else '+'}{text}"
