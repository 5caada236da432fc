import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.areas.model import Column
from batch.ledger.clean import (
    BLANK_WORDS,
    DITTO,
    MEASURE_WORDS,
    Fault,
    clean,
    clean_date,
    clean_number,
    clean_whole,
    clean_year,
)
from batch.values.cell import CellValue, ErrorValue, Shared, Unstored, legible
from batch.values.names import fold

DATE = Column(name="日期", type="date")
WHOLE = Column(name="数量", type="whole")
NUMBER = Column(name="目标值", type="number")
TEXT = Column(name="标题")
YEAR = Column(name="年度", type="year")
SECRECY = Column(name="密级", type="choice", choices=("绝密", "机密", "秘密"), blank_words=("无", "/", "—", "公开"))
LEVEL = Column(
    name="级别",
    type="choice",
    choices=("校级", "县（区）级", "市级", "自治区级", "国家级"),
    synonyms={"省级": "自治区级"},
)
PLATFORM = Column(
    name="平台", type="choice", choices=("微信", "QQ", "抖音", "美篇", "视频号", "快手", "学习强国", "网站")
)
MARCH_5 = date(2022, 3, 5)
MIDNIGHT = datetime.combine(MARCH_5, time())
HALF_PAST_ONE = datetime.combine(MARCH_5, time(13, 30))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *((typed, MARCH_5) for typed in (MARCH_5, MIDNIGHT, HALF_PAST_ONE, 44625, "44625", 20220305, "20220305")),
        *((typed, MARCH_5) for typed in ("2022-03-05", "2022-3-5", "2022/3/5", "2022.3.5", "2022年3月5日")),
        *((typed, MARCH_5) for typed in ("2022年3月5号", " 2022 年 3 月 5 日 ", "3月5日", "３月５号")),
        *((typed, MARCH_5) for typed in ("２０２２．３．５", "２０２２－０３－０５", "２０２２年３月５日")),
        (36526, date(2000, 1, 1)),
        (73050, date(2099, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1950-01-01", date(1950, 1, 1)),
    ],
    ids=str,
)
def test_every_way_an_office_writes_a_day_is_read(typed: CellValue, day: date) -> None:
    assert clean_date(typed, 2022) == day


@pytest.mark.parametrize(
    "typed",
    [
        *(36525, 73051, 12, 2022, -44625, 44625.5, 20221305),
        *(
            "12",
            "3.5",
            "5月",
            "3/5",
            "2022-3",
            "2022年3月",
            "2022.13.5",
            "2022-02-30",
            "2月30日",
            "2022-3/5",
            "5/3/2022",
        ),
        *("2022.3.5-3.8", "3.5-3.8", "月底前", "二〇二二年三月五日", "约2022-03-05", "1949-12-31", "2100-01-01"),
        *(datetime.combine(date(1900, 1, 1), time()), time(0, 0), timedelta(days=3)),
    ],
    ids=str,
)
def test_what_is_only_nearly_a_day_is_a_fault(typed: CellValue) -> None:
    result = clean_date(typed, 2022)
    assert isinstance(result, Fault)
    assert result.code == "bad-date"


def test_a_day_without_year_needs_the_year_of_the_cover() -> None:
    assert isinstance(clean_date("3月5日", None), Fault)
    assert clean_date("3月5日", 2021) == date(2021, 3, 5)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *((typed, 12) for typed in (12, 12.0, "12", " 12 ", "１２", "12件", "12 人次", "12.0")),
        *((typed, 1200) for typed in ("1,200", "１，２００", "1,200份")),
        *((0, 0), ("0", 0), ("007", 7)),
    ],
    ids=str,
)
def test_a_whole_number_is_read_as_clerks_write_it(typed: CellValue, number: int) -> None:
    assert clean_whole(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        *(-2, 2.5, "-2", "－２", "2.5", "约12", "3+4", "12-13", "12～13", "1,20", "12,00", "十二", "1e3", "12kg"),
        *("½", "٣", "件", "12件件", "TRUE", "#", "--", MARCH_5, MIDNIGHT, time(1, 2)),
    ],
    ids=str,
)
def test_what_is_only_nearly_a_whole_number_is_a_fault(typed: CellValue) -> None:
    result = clean_whole(typed)
    assert isinstance(result, Fault)
    assert result.code == "bad-number"


@pytest.mark.parametrize(
    ("typed", "number"), [(2.5, 2.5), ("2.5", 2.5), ("1,200.5", 1200.5), ("98.5", 98.5), (90, 90)], ids=str
)
def test_a_target_may_have_decimals(typed: CellValue, number: float) -> None:
    assert clean_number(typed) == number


@pytest.mark.parametrize("typed", [2022, "2022", "2022年", "2022年度", "２０２２", " 2022 "], ids=str)
def test_a_year_is_read(typed: CellValue) -> None:
    assert clean_year(typed) == 2022


@pytest.mark.parametrize("typed", [22, 1999, 2100, "二〇二二", "2022-2023", "2022.5", MARCH_5], ids=str)
def test_what_is_no_year_is_a_fault(typed: CellValue) -> None:
    result = clean_year(typed)
    assert isinstance(result, Fault)
    assert result.code == "bad-year"


@pytest.mark.parametrize(
    ("typed", "column", "meant"),
    [
        ("县（区）级", LEVEL, "县（区）级"),
        ("县(区)级", LEVEL, "县（区）级"),
        (" 县 （区） 级", LEVEL, "县（区）级"),
        ("省级", LEVEL, "自治区级"),
        ("省 级", LEVEL, "自治区级"),
        ("ＱＱ", PLATFORM, "QQ"),
    ],
)
def test_a_choice_matches_after_folding_width_and_space(typed: str, column: Column, meant: str) -> None:
    assert clean(typed, column, None) == meant


@pytest.mark.parametrize(
    ("typed", "column", "advised"),
    [
        ("省部级", LEVEL, "“自治区级”"),  # the nearest spelling is the synonym 省级
        ("国家", LEVEL, "“国家级”"),
        ("qQ", PLATFORM, "“QQ”"),
        ("微信公众号", PLATFORM, "“微信”"),
        ("火星", LEVEL, "校级、县（区）级、市级、自治区级、国家级"),
        ("火星", PLATFORM, "下拉表"),
        (3, LEVEL, "校级"),
    ],
)
def test_a_near_miss_is_suggested_never_taken(typed: CellValue, column: Column, advised: str) -> None:
    result = clean(typed, column, None)
    assert isinstance(result, Fault)
    assert result.code == "not-in-list"
    assert advised in result.advice


@pytest.mark.parametrize("typed", ["无", "/", "／", "—", "公开", " 无 ", "公 开"])
def test_a_column_may_have_its_own_words_for_nothing(typed: str) -> None:
    assert clean(typed, SECRECY, None) is None


@pytest.mark.parametrize("typed", ["-", "－", "——", "内部"])
def test_no_other_word_makes_a_secret_open(typed: str) -> None:
    assert isinstance(clean(typed, SECRECY, None), Fault)


@pytest.mark.parametrize("column", [DATE, WHOLE, NUMBER, TEXT, LEVEL, YEAR], ids=lambda each: each.name)
@pytest.mark.parametrize("typed", ["无", "/", "／", "-", "－", "—", "——", " 无 ", "\\"])
def test_words_for_nothing_are_blank_elsewhere(typed: str, column: Column) -> None:
    assert clean(typed, column, None) is None


def test_publicity_is_no_word_for_nothing_elsewhere() -> None:
    assert isinstance(clean("公开", LEVEL, None), Fault)


@pytest.mark.parametrize("column", [DATE, WHOLE, TEXT, LEVEL, SECRECY], ids=lambda each: each.name)
@pytest.mark.parametrize("typed", ["同上", "同 上", "〃"])
def test_as_above_is_a_fault_and_never_filled_down(typed: str, column: Column) -> None:
    result = clean(typed, column, 2022)
    assert isinstance(result, Fault)
    assert result.code == "ditto"


def test_as_above_may_stand_in_a_remark() -> None:
    assert clean("同上", Column(name="备注"), None) == "同上"


@pytest.mark.parametrize(
    ("typed", "advised"),
    [
        ("2022.13.5", "月份只有1到12"),
        ("2022-02-30", "2月没有30日"),
        ("22.3.5", "年份请写四位，如“2022-03-05”"),
        ("3.5", "如指3月5日，请写明年份，如“2022-03-05”"),
        ("3/5", "如指3月5日"),
        ("5月", "请写明是哪一天"),
        ("2022年5月", "请写明是哪一天"),
        ("3.5-3.8", "请只填一个日期，如“2022-03-05”"),
        ("2022.3.5-3.8", "请只填一个日期，如“2022-03-05”"),
        ("3月5日至8日", "请只填一个日期，如“2022-03-05”"),
        ("未办结", "请留空"),
        ("月底前", "请写成“2022-03-05”这样的日期"),
        (12, "请写成“2022-03-05”这样的日期"),
    ],
)
def test_a_fault_of_a_date_says_what_to_write(typed: CellValue, advised: str) -> None:
    result = clean(typed, DATE, 2022)
    assert isinstance(result, Fault)
    assert advised in result.advice


@pytest.mark.parametrize(
    ("typed", "advised"),
    [
        ("约12", "请填准确的数，如 12"),
        ("12余件", "请填准确的数，如 12"),
        ("近12件", "请填准确的数，如 12"),
        ("3+4", "如是合计请填 7"),
        ("12-13", "不要填范围"),
        ("十二", "请用阿拉伯数字"),
        ("若干", "如 12"),
        (2.5, "如 12"),
    ],
)
def test_a_fault_of_a_number_says_what_to_write(typed: CellValue, advised: str) -> None:
    result = clean(typed, WHOLE, 2022)
    assert isinstance(result, Fault)
    assert advised in result.advice


@pytest.mark.parametrize("typed", ["2022-03-05 13:30", "2022/3/5 13:30:00", "2022-03-05T13:30:00.000", "3月5日 9:00"])
def test_a_time_behind_a_date_is_passed_over(typed: str) -> None:
    assert clean(typed, DATE, 2022) == MARCH_5


@pytest.mark.parametrize("typed", [43163, "43163"])
def test_a_bare_number_of_a_1904_workbook_counts_from_1904(typed: CellValue) -> None:
    assert clean(typed, DATE, None, is_1904=True) == MARCH_5


def test_a_text_beyond_a_cells_capacity_is_a_fault() -> None:
    assert clean("长" * 32_767, TEXT, None) == "长" * 32_767
    result = clean("长" * 32_768, TEXT, None)
    assert isinstance(result, Fault)
    assert result.code == "text-too-long"
    assert "32767" in result.problem


def test_a_number_merged_over_several_entries_is_a_fault() -> None:
    result = clean(Shared("6", (3, 4, 5)), WHOLE, None)
    assert isinstance(result, Fault)
    assert (result.code, result.rows) == ("merged-number", (3, 4, 5))


@pytest.mark.parametrize("typed", ["张三\u200b", "\ufeff张三", "张\x07三", "张三\ud800", "\u202a张三\u202c"])
def test_characters_that_nobody_sees_are_left_out(typed: str) -> None:
    assert clean(typed, TEXT, None) == "张三"


@pytest.mark.parametrize("column", [DATE, WHOLE, NUMBER, TEXT, SECRECY, YEAR], ids=lambda each: each.name)
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (ErrorValue("#REF!"), "error-cell"),
        (ErrorValue(""), "error-cell"),
        (Unstored("=1+1"), "formula-without-value"),
        (None, None),
        ("", None),
        (" \t\n　", None),
    ],
    ids=["error", "empty error", "formula", "none", "empty", "spaces"],
)
def test_blank_and_unreadable_cells_are_the_same_in_every_column(
    column: Column, typed: CellValue, code: str | None
) -> None:
    result = clean(typed, column, 2022)
    assert (result.code if isinstance(result, Fault) else result) == code


def test_inside_a_text_nothing_is_changed() -> None:
    assert clean("  关于②号楼　ＡＢ的通知 ", TEXT, None) == "关于②号楼　ＡＢ的通知"


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SPELLINGS: tuple[Callable[[date], CellValue], ...] = (
    lambda day: day,
    lambda day: datetime.combine(day, time(8, 30)),
    lambda day: (day - date(1899, 12, 30)).days,
    lambda day: str((day - date(1899, 12, 30)).days),
    lambda day: int(f"{day:%Y%m%d}"),
    lambda day: f"{day:%Y%m%d}",
    lambda day: day.isoformat(),
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}/{day.month:02}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.month}月{day.day}日",
)
COUNTS = st.integers(0, 10**12)


@given(day=DAYS, spell=st.sampled_from(SPELLINGS))
def test_any_day_in_any_spelling_is_that_day(day: date, spell: Callable[[date], CellValue]) -> None:
    assert clean(spell(day), DATE, day.year) == day


@given(
    count=COUNTS, spell=st.sampled_from(("{}", "{:,}", " {} ", "{}.0")), word=st.sampled_from(MEASURE_WORDS.split("|"))
)
def test_any_count_in_any_spelling_is_that_count(count: int, spell: str, word: str) -> None:
    text = spell.format(count)
    wide = text.translate({ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"})
    assert [clean(each, WHOLE, None) for each in (count, text, wide, text + word)] == [count] * 4


def is_said(text: str) -> bool:
    """Say whether a text is neither blank nor one of the words that stand for something else."""
    return fold(text) not in BLANK_WORDS | DITTO | {""}


@given(
    pair=st.one_of(
        st.tuples(DAYS, st.just(DATE)),
        st.tuples(COUNTS, st.sampled_from((WHOLE, NUMBER))),
        st.tuples(st.sampled_from(LEVEL.choices), st.just(LEVEL)),
        st.tuples(st.text(min_size=1).map(legible).map(str.strip).filter(is_said), st.just(TEXT)),
        st.tuples(st.integers(2000, 2099), st.just(YEAR)),
    )
)
def test_cleaning_what_is_clean_changes_nothing(pair: tuple[CellValue, Column]) -> None:
    value, column = pair
    assert clean(value, column, 2022) == value


ANYTHING = st.one_of(
    st.text(),
    st.text("0123456789.,-/年月日件 "),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@given(value=ANYTHING, column=st.sampled_from((DATE, WHOLE, NUMBER, TEXT, SECRECY, YEAR)))
def test_nothing_that_a_cell_holds_stops_the_cleaning(value: CellValue, column: Column) -> None:
    clean(value, column, 2022)


@pytest.mark.parametrize("column", [DATE, WHOLE, NUMBER, YEAR], ids=lambda each: each.name)
@pytest.mark.parametrize("value", ["9" * 5000, math.inf], ids=["5000 digits", "1E999"])
def test_what_no_number_can_hold_is_a_fault(value: CellValue, column: Column) -> None:
    assert isinstance(clean(value, column, 2022), Fault)
