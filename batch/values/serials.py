"""Excel's serial numbers: days from an epoch on, with the part of the day that has passed behind the point."""

from datetime import date, datetime, time, timedelta
from typing import Final

EXCEL_EPOCH: Final = date(1899, 12, 30)
"""Day zero of Excel's 1900 date system, its phantom 29 February 1900 counted in."""
SHIFT_1904: Final = 1462
"""Days by which the serials of the 1904 date system lie behind those of the 1900 one."""
PHANTOM: Final = 60
"""The serial of 29 February 1900, which never was; the serials before it lie a day nearer to what they mean."""

_ZERO: Final = datetime.combine(EXCEL_EPOCH, time())
_SECONDS: Final = 24 * 60 * 60


def moment_at(serial: float, *, is_1904: bool) -> datetime | time:
    """Return the day and time that a serial means, to the millisecond; below 1 the time alone.

    Raises:
        ValueError: it is no number.
        OverflowError: there is no such day.

    """
    days, part = divmod(serial, 1)
    passed = timedelta(milliseconds=round(part * _SECONDS * 1000))
    if 0 <= serial < 1 and not passed.days:
        return (_ZERO + passed).time()
    if is_1904:
        days += SHIFT_1904
    elif 0 < serial < PHANTOM:
        days += 1
    return _ZERO + timedelta(days=days) + passed


def span_of(serial: float) -> timedelta:
    """Return how long a serial lasts, to the millisecond.

    Raises:
        ValueError: it is no number.
        OverflowError: it is too long.

    """
    span = timedelta(days=serial)
    return timedelta(seconds=span.total_seconds() // 1, microseconds=round(span.microseconds, -3))
