"""What a run is compared with: the earlier days, what they are called, what is refused, and changes in words."""

from dataclasses import replace
from pathlib import Path

import pytest

from batch.check.checked import Checked
from batch.errors import BatchError
from batch.period import parse_period
from batch.total.compare import Change, Previous, change
from tests.books import LATER, checked_of, compared_with, edited, write_book

LAST_YEAR = {"年度": 2021}


def changes(checked: Checked, previous: Previous | None, *figures: str) -> list[tuple[str, str, str]]:
    assert checked.totals is not None
    found = [change(checked.totals.figures[figure], previous) for figure in figures]
    return [(each.previous_text, each.difference_text, each.rate_text) for each in found if each]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = "\n".join(f"| 2022-{month:02d}-15 | 用印 | {month} |" for month in range(1, 13))
    tables = {"办文": f"| 日期 | 事项 | 数量 |\n{rows}"}
    return write_book(tmp_path_factory.mktemp("year") / "2022.xlsx", tables)


@pytest.fixture(scope="module")
def last_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = "\n".join(f"| 2021-{month:02d}-{day} | 用印 | 1 |" for month in range(1, 13) for day in (10, 20))
    tables = {"办文": f"| 日期 | 事项 | 数量 |\n{rows}", "宣传": "| 日期 |\n| 2021-03-05 |"}
    return write_book(tmp_path_factory.mktemp("last") / "2021.xlsx", tables, cover=LAST_YEAR)


@pytest.mark.parametrize(
    ("text", "months", "earlier"),
    [
        ("2022", 12, "2021"),
        ("2022H1", 12, "2021H1"),
        ("2022-09", 12, "2021-09"),
        ("2022-03-05..2022-06-29", 12, "2021-03-05..2021-06-29"),
        ("2023-02", 36, "2020-02"),
        ("2024-02", 12, "2023-02"),
        ("2024-02-01..2024-02-28", 12, "2023-02-01..2023-02-28"),
        ("2024-02-29..2024-03-05", 12, "2023-02-28..2023-03-05"),
        ("2022-09", 1, "2022-08"),
        ("2022-03", 1, "2022-02"),
        ("2022Q3", 3, "2022Q2"),
        ("2022H2", 6, "2022H1"),
        ("2022-03..2022-04", 2, "2022-01..2022-02"),
        ("2022-01", 1, "2021-12"),
        ("2021-11..2022-02", 12, "2020-11..2021-02"),
        ("2022-03-01..2022-03-30", 1, "2022-02-01..2022-02-28"),
    ],
)
def test_a_period_is_shifted_back_and_whole_months_stay_whole(text: str, months: int, earlier: str) -> None:
    assert parse_period(text).earlier(months) == parse_period(earlier)


@pytest.mark.parametrize(
    ("period", "today", "label", "title"),
    [
        ("", LATER, "同比", "2021年"),
        ("2022Q3", LATER, "同比", "2021年第三季度"),
        ("2022-09", LATER, "同比", "2021年9月"),
        ("", "2022-09-30", "同比", "2021年1—9月"),
        ("", "2022-09-15", "同比", "2021年1月1日至9月15日"),
        ("2022H1", "2022-09-15", "同比", "2021年上半年"),
        ("2022-03-05..2022-06-29", LATER, "同比", "2021年3月5日至6月29日"),
    ],
)
def test_another_years_ledger_is_compared_over_the_same_days(  # noqa: PLR0913, PLR0917 what is asked, and what is said
    year: Path, last_year: Path, period: str, today: str, label: str, title: str
) -> None:
    previous = compared_with(year, last_year, period=period, today=today)
    assert previous is not None
    assert (previous.label, previous.title, previous.notes) == (label, title, ())


@pytest.mark.parametrize(
    ("period", "today", "title"),
    [
        ("2022-09", LATER, "2022年8月"),
        ("2022Q3", LATER, "2022年第二季度"),
        ("2022H2", LATER, "2022年上半年"),
        ("2022-03..2022-04", LATER, "2022年1—2月"),
        ("2022-09", "2022-09-15", "2022年8月1日至8月15日"),
        ("2022H2", "2022-09-30", "2022年第一季度"),
        ("2022-03", "2022-03-30", "2022年2月"),
        ("2022-01", LATER, None),
        ("2022Q1", LATER, None),
        ("2022H1", LATER, None),
        ("2022-05..2022-09", LATER, None),
        ("2022", LATER, None),
        ("", LATER, None),
        ("2022-02-02..2022-02-20", LATER, None),
        ("2022-09", "2022-08-31", None),
        ("2023-02", LATER, None),
    ],
)
def test_months_are_compared_with_those_before_them_in_the_same_year(
    year: Path, period: str, today: str, title: str | None
) -> None:
    previous = compared_with(year, period=period, today=today)
    assert (previous.label, previous.title) == ("环比", title) if previous else title is None


def test_months_in_which_nothing_was_entered_are_not_compared_with(tmp_path: Path) -> None:
    book = write_book(tmp_path / "三月.xlsx")  # every row of it is of March
    assert compared_with(book, period="2022-03") is None
    assert compared_with(book, period="2022-04") is not None


@pytest.mark.parametrize(
    ("period", "today", "told"),
    [
        ("", LATER, ("24", "+54", "+225.0%")),
        ("", "2022-09-15", ("17", "+61", "+358.8%")),
        ("2022-01", LATER, ("2", "−1", "−50.0%")),
        ("2022-02", LATER, ("2", "持平", "0.0%")),
    ],
)
def test_rows_are_counted_as_far_as_the_current_year_has_come(
    year: Path, last_year: Path, period: str, today: str, told: tuple[str, str, str]
) -> None:
    previous = compared_with(year, last_year, period=period, today=today)
    assert changes(checked_of(year, period=period, today=today), previous, "办文.用印") == [told]


@pytest.mark.parametrize(("period", "told"), [("2022-09", ("8", "+1", "+12.5%")), ("2022Q2", ("6", "+9", "+150.0%"))])
def test_the_months_before_are_counted_in_the_same_book(year: Path, period: str, told: tuple[str, str, str]) -> None:
    assert changes(checked_of(year, period=period), compared_with(year, period=period), "办文.用印") == [told]


def test_what_is_kept_is_compared_as_of_the_earlier_day(tmp_path: Path) -> None:
    def kept(year: int) -> dict[str, str]:
        rows = [f"| {year}-01-10 | 涉密文件接收 | 5 |", f"| {year}-10-10 | 涉密文件清退 | 3 |"]
        return {"保密": "| 日期 | 事项 | 数量 |\n" + "\n".join(rows)}

    book = write_book(tmp_path / "今年.xlsx", kept(2022))
    last = write_book(tmp_path / "去年.xlsx", kept(2021), cover=LAST_YEAR)
    checked = checked_of(book, today="2022-09-30")
    assert changes(checked, compared_with(book, last, today="2022-09-30"), "保密.在管涉密文件") == [
        ("5", "持平", "0.0%")
    ]
    assert changes(checked_of(book), compared_with(book, last), "保密.在管涉密文件") == [("2", "持平", "0.0%")]


def test_what_is_kept_is_compared_with_what_was_kept_before(tmp_path: Path) -> None:
    rows = "| 2022-01-10 | 涉密文件接收 | 5 |\n| 2022-09-20 | 保密检查 | 1 |\n| 2022-10-10 | 涉密文件清退 | 3 |"
    book = write_book(tmp_path / "台账.xlsx", {"保密": f"| 日期 | 事项 | 数量 |\n{rows}"})
    checked = checked_of(book, period="2022-10")
    assert changes(checked, compared_with(book, period="2022-10"), "保密.在管涉密文件") == [("5", "−3", "−60.0%")]


@pytest.mark.parametrize(
    ("unit", "before", "now", "told"),
    [
        ("件", 56, 59, ("56", "+3", "+5.4%")),
        ("件", 59, 56, ("59", "−3", "−5.1%")),
        ("件", 56, 56, ("56", "持平", "0.0%")),
        ("件", 0, 3, ("0", "+3", "—")),
        ("件", 0, 0, ("0", "持平", "—")),
        ("件", -2, 1, ("-2", "+3", "—")),
        ("件", None, 3, ("—", "—", "—")),
        ("件", 3, None, ("3", "—", "—")),
        ("件", 8, 9, ("8", "+1", "+12.5%")),
        ("件", 800, 801, ("800", "+1", "+0.1%")),
        ("件", 800, 799, ("800", "−1", "−0.1%")),
        ("件", 10000, 10001, ("10000", "+1", "0.0%")),
        ("件", 400, 401, ("400", "+1", "+0.3%")),
        ("%", 95.1, 98.2, ("95.1", "+3.1个百分点", "—")),
        ("%", 98.2, 87.8, ("98.2", "−10.4个百分点", "—")),
        ("%", 87.8, 87.8, ("87.8", "持平", "—")),
        ("%", None, 87.8, ("—", "—", "—")),
        ("%", 0.0, 100.0, ("0.0", "+100.0个百分点", "—")),
    ],
)
def test_a_change_in_words(
    full_year: Checked, unit: str, before: float | None, now: float | None, told: tuple[str, str, str]
) -> None:
    assert full_year.totals is not None
    name = "办文.按时办结率" if unit == "%" else "办文.发文"
    own = full_year.totals.figures[name]
    earlier, total = (replace(own, measured=replace(own.measured, value=value)) for value in (before, now))
    sheet = full_year.totals.sheets["办文"]
    figures = tuple(earlier if each.id == name else each for each in sheet.figures)
    totals = replace(full_year.totals, sheets={"办文": replace(sheet, figures=figures)})
    found = change(total, Previous("同比", "2021年", totals))
    assert isinstance(found, Change)
    assert (found.previous_text, found.difference_text, found.rate_text) == told


def test_without_an_earlier_period_there_is_no_change(full_year: Checked) -> None:
    assert full_year.totals is not None
    assert change(full_year.totals.figures["办文.发文"], None) is None


def test_mistakes_of_the_earlier_ledger_are_told_and_not_counted(tmp_path: Path, year: Path) -> None:
    rows = ["| 2021-03-05 | 用印 | 4 |", "| '坏 | 用印 | 5 |", "| 2021-03-06 | '用章 | 6 |"]
    tables = {"办文": "| 日期 | 事项 | 数量 |\n" + "\n".join(rows)}
    last = write_book(tmp_path / "去年.xlsx", tables, cover=LAST_YEAR)
    previous = compared_with(year, last)
    assert previous is not None
    assert previous.notes == ("上期台账有2处错误，有错误的行没有计入上期。",)
    assert changes(checked_of(year), previous, "办文.用印")[0][0] == "4"


def test_a_sheet_or_column_that_was_not_kept_has_no_earlier_figures(tmp_path: Path, year: Path) -> None:
    last = write_book(tmp_path / "去年.xlsx", {"办文": "| 事项 |\n| 用印 |", "宣传": ""}, cover=LAST_YEAR)
    with edited(last) as book:
        del book["保密"]
        headers = [str(cell.value) for cell in book["办文"][2]]
        for name in ("办理时限", "数量"):
            position = next(number for number, text in enumerate(headers) if text.startswith(name))
            book["办文"].delete_cols(position + 1)
            del headers[position]
    previous = compared_with(year, last)
    assert previous is not None
    assert previous.notes == (
        "上期台账的工作表“宣传”、“保密”没有或没有填写，其中的指标没有上期数。",
        "上期台账的工作表“办文”没有“办理时限”列，用到它的指标没有上期数。",
    )
    figures = ("办文.发文", "办文.应办结", "办文.按时办结率", "宣传.宣传活动", "保密.承诺书")
    assert [text for text, _, _ in changes(checked_of(year), previous, *figures)] == ["0", "—", "—", "—", "—"]


def test_a_ledger_that_ends_before_the_period_is_told(tmp_path: Path, year: Path) -> None:
    last = write_book(tmp_path / "去年.xlsx", cover={**LAST_YEAR, "统计截止日期": "2021-09-30"})
    previous = compared_with(year, last)
    assert previous is not None
    assert previous.notes == ("上期台账登记的是2021年1—9月，不能包括2021年的全部，上期数可能不全。",)
    half = compared_with(year, last, period="2022H1")
    assert half is not None
    assert half.notes == ()


def test_a_ledger_of_an_older_year_is_called_by_what_it_is(tmp_path: Path, year: Path) -> None:
    previous = compared_with(year, write_book(tmp_path / "前年.xlsx", cover={"年度": 2020}), period="2022-02")
    assert previous is not None
    assert (previous.label, previous.title) == ("比上期", "2020年2月")


def test_several_earlier_workbooks_are_joined(tmp_path: Path, year: Path) -> None:
    one = write_book(
        tmp_path / "一.xlsx", {"办文": "| 日期 | 事项 | 数量 |\n| 2021-03-05 | 用印 | 7 |", "党建": ""}, cover=LAST_YEAR
    )
    two = write_book(tmp_path / "二.xlsx", {"办文": "", "宣传": "", "保密": ""}, cover=LAST_YEAR)
    previous = compared_with(year, one, two)
    assert previous is not None
    assert [file.name for file in previous.totals.book.files] == ["一.xlsx", "二.xlsx"]
    assert changes(checked_of(year), previous, "办文.用印")[0][0] == "7"


def test_a_sheet_that_two_earlier_workbooks_fill_is_told(tmp_path: Path, year: Path) -> None:
    one, two = (
        write_book(tmp_path / f"{name}.xlsx", {"办文": f"| 事项 | 标题 |\n| 用印 | {name} |"}, cover=LAST_YEAR)
        for name in ("一", "二")
    )
    previous = compared_with(year, one, two)
    assert previous is not None
    assert previous.notes == ("上期台账有4处错误，有错误的行没有计入上期。",)  # in each of the four areas


REFUSED = {
    "another unit": ({"单位名称": "别的学校", "年度": 2021}, "单位名称是“别的学校”，与本期的“测试学校”不同"),
    "no year": ({"年度": None}, "封面没有填好年度"),
    "the same year": ({"年度": 2022, "填报人": "李四"}, "年度是2022，不早于本期的2022"),
    "a later year": ({"年度": 2023}, "年度是2023，不早于本期的2022"),
}


@pytest.mark.parametrize(("cover", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_earlier_ledger_is_refused(
    tmp_path: Path, year: Path, cover: dict[str, str | int | None], sentence: str
) -> None:
    with pytest.raises(BatchError) as refusal:
        compared_with(year, write_book(tmp_path / "上期.xlsx", cover=cover))
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_the_ledger_itself_is_no_earlier_one_whatever_its_name(tmp_path: Path, year: Path) -> None:
    copy = tmp_path / "另存.xlsx"
    copy.write_bytes(year.read_bytes())
    with pytest.raises(BatchError, match=r"“另存\.xlsx”就是本期的台账"):
        compared_with(year, copy)


def test_a_period_that_has_not_begun_is_compared_with_nothing(year: Path, last_year: Path) -> None:
    with pytest.raises(BatchError, match="还没有开始"):
        compared_with(year, last_year, period="2022Q4", today="2022-09-30")
