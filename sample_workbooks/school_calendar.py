"""The years 2021 and 2022 of the school: public holidays, shifted working days, winter and summer break."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

YEAR = 2022
SATURDAY = 5
QUIET_DAY_WEIGHT = 0.1
"""How much of a term day's work a working day inside a break sees: the office is on duty, little happens."""

HOLIDAYS = (
    (date(2021, 1, 1), date(2021, 1, 3)),
    (date(2021, 2, 11), date(2021, 2, 17)),
    (date(2021, 4, 3), date(2021, 4, 5)),
    (date(2021, 5, 1), date(2021, 5, 5)),
    (date(2021, 6, 12), date(2021, 6, 14)),
    (date(2021, 9, 19), date(2021, 9, 21)),
    (date(2021, 10, 1), date(2021, 10, 7)),
    (date(2022, 1, 1), date(2022, 1, 3)),
    (date(2022, 1, 31), date(2022, 2, 6)),
    (date(2022, 4, 3), date(2022, 4, 5)),
    (date(2022, 4, 30), date(2022, 5, 4)),
    (date(2022, 6, 3), date(2022, 6, 5)),
    (date(2022, 9, 10), date(2022, 9, 12)),
    (date(2022, 10, 1), date(2022, 10, 7)),
    (date(2023, 1, 1), date(2023, 1, 2)),
)
SHIFTED_WORKING_DAYS = frozenset(
    {
        date(2021, 2, 7),
        date(2021, 2, 20),
        date(2021, 4, 25),
        date(2021, 5, 8),
        date(2021, 9, 18),
        date(2021, 9, 26),
        date(2021, 10, 9),
        date(2022, 1, 29),
        date(2022, 1, 30),
        date(2022, 4, 2),
        date(2022, 4, 24),
        date(2022, 5, 7),
        date(2022, 10, 8),
        date(2022, 10, 9),
    }
)
BREAKS = (
    (date(2021, 1, 25), date(2021, 2, 28)),
    (date(2021, 7, 12), date(2021, 8, 25)),
    (date(2022, 1, 17), date(2022, 2, 20)),
    (date(2022, 7, 11), date(2022, 8, 24)),
)


def is_working_day(day: date) -> bool:
    """Say whether the office works on that day."""
    if day in SHIFTED_WORKING_DAYS:
        return True
    return day.weekday() < SATURDAY and not lies_in(day, HOLIDAYS)


def lies_in(day: date, spans: tuple[tuple[date, date], ...]) -> bool:
    """Say whether a day lies in one of the spans, ends included."""
    return any(first <= day <= last for first, last in spans)


def working_days(month: int, year: int) -> list[date]:
    """List the working days of a month."""
    first = date(year, month, 1)
    days = (first + timedelta(days=count) for count in range(31))
    return [day for day in days if day.month == month and is_working_day(day)]


def pick_day(random: Random, when: str, year: int = YEAR) -> date:
    """Read `10-12` as that day; pick for `10` a working day of the month, seldom one inside a break."""
    month, _, day_of_month = when.partition("-")
    if day_of_month:
        return date(year, int(month), int(day_of_month))
    days = working_days(int(month), year)
    weights = [QUIET_DAY_WEIGHT if lies_in(day, BREAKS) else 1.0 for day in days]
    return random.choices(days, weights)[0]


def working_day_after(day: date, days: int) -> date:
    """Give the first working day that is at least so many calendar days later."""
    later = day + timedelta(days=days)
    while not is_working_day(later):
        later += timedelta(days=1)
    return later
