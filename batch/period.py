"""The period a report covers, and the day it speaks from."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from batch.errors import BatchError

MONTHS_OF_YEAR: Final = 12
ACCEPTED: Final = "2022、2022H1、2022Q3、2022-09、2022-01..2022-09、2022-01-01..2022-06-30"
_NAMED_SPANS: Final = {
    (1, 12): "",
    (1, 6): "上半年",
    (7, 12): "下半年",
    (1, 3): "第一季度",
    (4, 6): "第二季度",
    (7, 9): "第三季度",
    (10, 12): "第四季度",
}
_SPAN: Final = re.compile(
    r"(?P<year>20[0-9]{2})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days, both ends included."""

    start: date
    end: date

    def as_of(self, today: date) -> date:
        """Return the day the figures speak from: the period's end, or today if that is earlier."""
        return min(self.end, today)

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Return the (year, month) pairs the period touches, in order."""
        first = self.start.year * MONTHS_OF_YEAR + self.start.month - 1
        last = self.end.year * MONTHS_OF_YEAR + self.end.month - 1
        return tuple((month // MONTHS_OF_YEAR, month % MONTHS_OF_YEAR + 1) for month in range(first, last + 1))

    @property
    def month_keys(self) -> tuple[str, ...]:
        """Return the months as tables hold them: 2022-03."""
        return tuple(f"{year}-{month:02d}" for year, month in self.months)

    @property
    def title(self) -> str:
        """Write the period as a report's title does: 2022年上半年, 2022年第三季度, 2022年1—9月."""
        if not self.is_whole_months:
            return _title_in_days(self.start, self.end)
        start, end = self.start, self.end
        if start.year != end.year:
            return f"{start.year}年{start.month}月—{end.year}年{end.month}月"
        named = _NAMED_SPANS.get((start.month, end.month))
        if named is not None:
            return f"{start.year}年{named}"
        if start.month == end.month:
            return f"{start.year}年{start.month}月"
        return f"{start.year}年{start.month}—{end.month}月"

    @property
    def is_whole_months(self) -> bool:
        """Say whether it begins on the first day of a month and ends on the last of one."""
        return self.start.day == 1 and _is_last_of_month(self.end)

    def earlier(self, months: int) -> "Period":
        """Return the period so many months earlier: whole months are whole months there too."""
        return Period(_months_before(self.start, months), _months_before(self.end, months))


@dataclass(frozen=True, slots=True)
class Window:
    """What a figure is measured over: the days of the period, and the day spoken from."""

    start: date
    end: date
    as_of: date

    @classmethod
    def over(cls, period: Period, today: date) -> "Window":
        """Return the window of a period seen on a day."""
        return cls(period.start, period.end, period.as_of(today))

    @property
    def year_to_date(self) -> "Window":
        """Return the window from 1 January to the as-of date, by which tasks are judged."""
        return Window(date(self.as_of.year, 1, 1), self.as_of, self.as_of)


def parse_period(text: str) -> Period:
    """Read a ``--period`` value.

    Raises:
        BatchError: the text is none of the accepted forms, or its end lies before its start.

    """
    first, dots, last = text.strip().partition("..")
    try:
        start = _span(first)
        end = _span(last) if dots else start
    except ValueError:
        message = f"统计期间“{text}”不认识，请写成这些样式之一：{ACCEPTED}。"
        raise BatchError(message) from None
    if end.end < start.start:
        message = f"统计期间“{text}”的截止早于起始，请把两端对调。"
        raise BatchError(message)
    return Period(start.start, end.end)


def parse_today(text: str) -> date:
    """Return the day that is to be taken for today.

    Raises:
        BatchError: the text is not a date.

    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = f"--today 后面的“{text}”不是日期，请写成 2022-12-31 的样式。"
        raise BatchError(message) from None


def year_period(year: int) -> Period:
    """Return the whole calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def chinese_date(day: date) -> str:
    """Write a date in full without leading zeros, as GB/T 9704-2012 asks of a signature.

    >>> chinese_date(date(2022, 3, 5))
    '2022年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _span(text: str) -> Period:
    """Read one end of a period, itself a span: a year, half, quarter, month or day."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    part = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    year = part["year"]
    if "half" in part:
        return _months(year, part["half"] * 6 - 5, part["half"] * 6)
    if "quarter" in part:
        return _months(year, part["quarter"] * 3 - 2, part["quarter"] * 3)
    if "day" in part:
        day = date(year, part["month"], part["day"])
        return Period(day, day)
    if "month" in part:
        return _months(year, part["month"], part["month"])
    return year_period(year)


def _months(year: int, first: int, last: int) -> Period:
    after = date(year + last // MONTHS_OF_YEAR, last % MONTHS_OF_YEAR + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1))


def _months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month; the last day stays the last, and a day that is not there becomes it."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 - months, MONTHS_OF_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, last if _is_last_of_month(day) else min(day.day, last))


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _title_in_days(start: date, end: date) -> str:
    if start == end:
        return chinese_date(start)
    shown = chinese_date(end) if start.year != end.year else f"{end.month}月{end.day}日"
    return f"{chinese_date(start)}至{shown}"
