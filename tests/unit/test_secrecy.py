"""Which rows are classified, and what of their cells may be shown."""

from pathlib import Path

import pytest

from batch.areas.model import Column
from batch.ledger.concealment import may_be_shown
from tests.books import checked_of, edited, write_book

DAY = Column(name="日期", type="date")
COUNT = Column(name="数量", type="whole")
ITEM = Column(name="事项", type="choice", choices=("收文",))
PAGE = Column(name="登记簿页码")
TITLE = Column(name="标题")


@pytest.mark.parametrize(
    "text", ["2022.13.5", "3月5日至3月9日", "约3份", "三月初", "还没有", "待定", "#DIV/0!", "12+3", "1,200"]
)
@pytest.mark.parametrize("column", [DAY, COUNT])
def test_a_slip_in_a_day_or_a_count_is_shown(column: Column, text: str) -> None:
    assert may_be_shown(text, column)


@pytest.mark.parametrize(
    "text", ["某案", "X-37", "约3份某案", "关于某工程", "测〔2022〕1号", "=A1", "#某案!", "第一批人名册二份"]
)
@pytest.mark.parametrize("column", [DAY, COUNT])
def test_what_may_name_something_is_not_shown_there(column: Column, text: str) -> None:
    assert not may_be_shown(text, column)


def test_a_word_that_is_in_no_list_is_shown_and_a_title_is_not() -> None:
    assert may_be_shown("秘密★10年", ITEM)
    assert not may_be_shown("关于某工程的函", ITEM)
    assert may_be_shown("第1册第9页", PAGE)
    assert not may_be_shown("3", TITLE)


HEADERS = {
    "办文": ("涉密等级", "密级（标注）", "秘 密 等 级"),
    "宣传": ("密级", "涉密等级"),
    "党建": ("秘密等级", "密级："),
}


@pytest.mark.parametrize(("sheet", "header"), [(sheet, header) for sheet in HEADERS for header in HEADERS[sheet]])
@pytest.mark.parametrize(("text", "is_classified"), [("内部", True), ("公开", False)])
def test_a_further_column_of_secrecy_classifies_a_row(
    tmp_path: Path, sheet: str, header: str, text: str, *, is_classified: bool
) -> None:
    path = write_book(tmp_path / "台账.xlsx", {sheet: "| 序号 |\n| 1 |\n| 2 |"})
    with edited(path) as book:
        page = book[sheet]
        page.cell(2, page.max_column + 1, header)
        page.cell(4, page.max_column, text)
    ledger = checked_of(path).book.ledgers[sheet]
    assert list(ledger.classified) == [False, is_classified]
    assert ledger.open_frame["备注"].isna().tolist() == [False, is_classified]


def test_a_secrecy_merged_over_rows_classifies_each_of_them(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"宣传": "| 序号 |\n| 1 |\n| 2 |\n| 3 |"})
    with edited(path) as book:
        page = book["宣传"]
        column = page.max_column + 1
        page.cell(2, column, "密级")
        page.cell(4, column, "机密")
        page.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    assert list(checked_of(path).book.ledgers["宣传"].classified) == [False, True, True]
