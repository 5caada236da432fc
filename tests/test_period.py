from datetime import date

import pytest

from batch.errors import BatchError
from batch.period import Period, Window, chinese_date, parse_period


@pytest.mark.parametrize(
    ("text", "start", "end", "title"),
    [
        ("2022", "2022-01-01", "2022-12-31", "2022年"),
        ("2022H1", "2022-01-01", "2022-06-30", "2022年上半年"),
        ("2022H2", "2022-07-01", "2022-12-31", "2022年下半年"),
        ("2022h1", "2022-01-01", "2022-06-30", "2022年上半年"),
        ("2022Q1", "2022-01-01", "2022-03-31", "2022年第一季度"),
        ("2022Q2", "2022-04-01", "2022-06-30", "2022年第二季度"),
        ("2022Q3", "2022-07-01", "2022-09-30", "2022年第三季度"),
        ("2022Q4", "2022-10-01", "2022-12-31", "2022年第四季度"),
        ("2022-09", "2022-09-01", "2022-09-30", "2022年9月"),
        ("2022-12", "2022-12-01", "2022-12-31", "2022年12月"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2022-01..2022-09", "2022-01-01", "2022-09-30", "2022年1—9月"),
        ("2022-01..2022-06", "2022-01-01", "2022-06-30", "2022年上半年"),
        ("2022-01-01..2022-06-30", "2022-01-01", "2022-06-30", "2022年上半年"),
        ("2022-01-01..2022-12-31", "2022-01-01", "2022-12-31", "2022年"),
        ("2022-03-05..2022-06-29", "2022-03-05", "2022-06-29", "2022年3月5日至6月29日"),
        ("2022-03-05..2022-03-05", "2022-03-05", "2022-03-05", "2022年3月5日"),
        ("2021-12-30..2022-01-02", "2021-12-30", "2022-01-02", "2021年12月30日至2022年1月2日"),
        ("2021-11..2022-02", "2021-11-01", "2022-02-28", "2021年11月—2022年2月"),
        (" 2022 ", "2022-01-01", "2022-12-31", "2022年"),
    ],
)
def test_a_period_is_read_and_titled(text: str, start: str, end: str, title: str) -> None:
    period = parse_period(text)
    assert (str(period.start), str(period.end), period.title) == (start, end, title)


@pytest.mark.parametrize(
    "text",
    [
        *("去年", "22", "1999", "2022Q5", "2022H3", "2022-13", "2022-00", "2022-1", "2022/09", "2022Q1Q2", "202209"),
        *("2022-02-30", "2022-01..", "..2022", "2022-01-01..2022-02-30", "2022-01...2022-09"),
    ],
)
def test_what_is_no_period_is_refused_by_its_text_and_shown_how(text: str) -> None:
    with pytest.raises(BatchError) as refusal:
        parse_period(text)
    assert f"“{text}”" in str(refusal.value)
    assert "2022Q3" in str(refusal.value)


@pytest.mark.parametrize("text", ["2022-09..2022-01", "2022-06-30..2022-01-01", "2023..2022"])
def test_a_period_that_ends_before_it_starts_is_refused(text: str) -> None:
    with pytest.raises(BatchError, match="早于"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2022-09", [(2022, 9)]),
        ("2022Q4", [(2022, 10), (2022, 11), (2022, 12)]),
        ("2021-11..2022-02", [(2021, 11), (2021, 12), (2022, 1), (2022, 2)]),
        ("2022-03-31..2022-04-01", [(2022, 3), (2022, 4)]),
    ],
)
def test_a_period_tells_the_months_it_touches(text: str, months: list[tuple[int, int]]) -> None:
    assert list(parse_period(text).months) == months


@pytest.mark.parametrize(
    ("today", "as_of"), [("2022-05-17", "2022-05-17"), ("2022-06-30", "2022-06-30"), ("2023-01-09", "2022-06-30")]
)
def test_figures_speak_from_the_end_of_the_period_or_from_today_if_earlier(today: str, as_of: str) -> None:
    period = parse_period("2022H1")
    assert str(period.as_of(date.fromisoformat(today))) == as_of
    assert str(Window.over(period, date.fromisoformat(today)).as_of) == as_of


def test_the_year_to_date_runs_from_the_first_of_january_to_the_as_of_date() -> None:
    window = Window.over(parse_period("2022Q3"), date(2022, 8, 15))
    assert window == Window(date(2022, 7, 1), date(2022, 9, 30), date(2022, 8, 15))
    assert window.year_to_date == Window(date(2022, 1, 1), date(2022, 8, 15), date(2022, 8, 15))


def test_a_date_is_written_out_without_leading_zeros() -> None:
    assert chinese_date(date(2022, 3, 5)) == "2022年3月5日"


def test_equal_periods_are_equal_values() -> None:
    assert parse_period("2022Q1") == Period(date(2022, 1, 1), date(2022, 3, 31))
