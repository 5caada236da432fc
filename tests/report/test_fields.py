"""What stands for each name of a template, read without opening Word."""

from pathlib import Path
from typing import Final

import pytest

from batch.check.checked import Checked
from batch.report.content import Blocks
from batch.report.fields import fields_of
from batch.report.names import BLOCKS, BY_ID, FIELDS, PERSON
from batch.report.scope import Scope
from tests.books import checked_of, write_book

SHEETS: Final = {"办文", "党建", "宣传", "保密", "任务"}


def fields(checked: Checked, person: str | None = None) -> dict[str, object]:
    assert checked.totals is not None
    return fields_of(Scope(checked, checked.totals, person))


def text(fields: dict[str, object], name: str) -> str:
    value = fields[name]
    return value.text if isinstance(value, Blocks) else str(value)


@pytest.mark.parametrize(("person", "more"), [(None, set()), ("王志远", {PERSON})])
def test_the_names_that_are_promised_are_the_names_that_there_are(
    full_year: Checked, person: str | None, more: set[str]
) -> None:
    given = fields(full_year, person)
    assert given.keys() == FIELDS | BLOCKS | SHEETS | {BY_ID} | more
    assert {name for name, value in given.items() if isinstance(value, Blocks)} == BLOCKS


def test_a_person_reads_of_own_sheets_tasks_and_findings(full_year: Checked) -> None:
    own = fields(full_year, "王志远")
    assert text(own, "统计说明").startswith("本报告反映王志远负责的党建工作，")
    assert {line.partition(".")[0] for line in text(own, "数据来源").splitlines()[2:]} == {"党建"}
    assert text(own, "行数对账").splitlines()[2:] == [
        line for line in text(own, "行数对账").splitlines() if "党建" in line
    ]
    assert "办文" not in text(own, "问题表")


def test_the_whole_office_has_every_sheet(full_year: Checked) -> None:
    whole = fields(full_year)
    assert {line.partition(".")[0] for line in text(whole, "数据来源").splitlines()[2:]} == SHEETS
    assert text(whole, "主要指标").splitlines()[2] == "办文：发文｜59件｜办文：收文｜118件"


LITTLE: Final = {
    "任务情况": "任务清单没有填写。",
    "任务表": "",
    "逾期情况": "没有逾期或未了的事项。",
    "逾期表": "",
    "登记图": "",
    "不足": "",
    "不足序": "一",
    "打算": "坚持台账日清月结，用准确的数据支撑工作",
    "比较": "",
    "其他工作面": "[]",
}


@pytest.mark.parametrize("name", LITTLE)
def test_what_there_is_nothing_of_is_said_or_left_out(tmp_path: Path, name: str) -> None:
    assert text(fields(checked_of(write_book(tmp_path / "台账.xlsx", {"任务": ""}))), name).strip() == LITTLE[name]


def test_late_entries_are_told_open_ones_first(tmp_path: Path) -> None:
    table = (
        "| 日期 | 事项 | 标题 | 办理时限 | 办结日期 |\n"
        "| 2022-03-05 | 收文 | 甲 | 2022-03-08 | 2022-03-20 |\n"
        "| 2022-03-06 | 收文 | 乙 | 2022-03-08 | |"
    )
    given = fields(checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table})))
    assert text(given, "逾期情况") == "逾期和未了的登记共2行，其中1行还没有办结。"
    assert [line.split("｜")[3] for line in text(given, "逾期表").splitlines()[2:]] == ["乙", "甲"]
