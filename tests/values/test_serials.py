"""Serials mean the days and times that Excel shows: held against the library that knows its files best."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from batch.values.serials import moment_at, span_of

SERIALS = st.one_of(
    st.floats(),
    st.floats(-1, 62),
    st.floats(36526, 73051),
    st.integers(-800_000, 3_000_000),
    st.integers(0, 73_051 * 86_400).map(lambda seconds: seconds / 86_400),
)
SHOWN = {
    (44625, False): dt.datetime(2022, 3, 5),  # noqa: DTZ001 Excel knows no time zones
    (43163, True): dt.datetime(2022, 3, 5),  # noqa: DTZ001
    (44625.75, False): dt.datetime(2022, 3, 5, 18),  # noqa: DTZ001
    (59, False): dt.datetime(1900, 2, 28),  # noqa: DTZ001
    (61, False): dt.datetime(1900, 3, 1),  # noqa: DTZ001
    (0.5, False): dt.time(12),
    (0, True): dt.time(),
}


@pytest.mark.parametrize(("serial", "shown"), SHOWN.items(), ids=map(str, SHOWN))
def test_a_serial_is_the_day_that_excel_shows(serial: tuple[float, bool], shown: dt.datetime | dt.time) -> None:
    number, is_1904 = serial
    assert moment_at(number, is_1904=is_1904) == shown


@given(serial=SERIALS, is_1904=st.booleans())
@example(serial=0.999999999, is_1904=False)
@example(serial=59.999999999, is_1904=False)
@example(serial=60.0, is_1904=True)
@example(serial=1e300, is_1904=False)
@example(serial=2957003.0, is_1904=True)
def test_a_moment_is_understood_as_by_openpyxl(serial: float, *, is_1904: bool) -> None:
    epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
    assert outcome(lambda: moment_at(serial, is_1904=is_1904)) == outcome(lambda: from_excel(serial, epoch))


@given(serial=SERIALS)
@example(1 / 3)
@example(-0.25)
@example(999_999_999.9999999)
def test_a_span_is_understood_as_by_openpyxl(serial: float) -> None:
    assert outcome(lambda: span_of(serial)) == outcome(lambda: from_excel(serial, timedelta=True))


def outcome(understand: Callable[[], object]) -> object:
    """Return what is understood, or that nothing is."""
    try:
        return understand()
    except (ValueError, OverflowError):
        return None
