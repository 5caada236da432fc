"""问题清单.xlsx, read back as a clerk filters it."""

import io
from pathlib import Path

from openpyxl import Workbook, load_workbook

from batch.workbook.findings import HEADER, build_findings
from tests.books import checked_of, write_book
from tests.marked import copies_of

FAULTY = {
    "岗位": "| 工作面 | A角 |\n| 办文 | 张三 |\n| 党建 | 李四/王五 |\n| 宣传 | 张三 |\n| 保密 | 张三 |",
    "办文": "| 日期 | 事项 | 数量 | 核实说明 |\n| 2021-03-05 | 用印 | 1 | |\n| '=1+1 | 用印 | 1 | |\n"
    "| 2022-03-05 | 收文 | 2 | 两份合并登记，确为两件 |\n| 2022-03-05 | 收文 | 3 | |",
    "党建": "| 日期 | 事项 |\n| '@x | 支委会 |",
}


def list_of(path: Path) -> Workbook:
    checked, copies = checked_of(path), copies_of(path)
    told = ("“甲.xls”没有标注的副本。",)
    return load_workbook(io.BytesIO(build_findings(checked, copies.link, told, "测试学校台账问题清单")))


def test_all_findings_are_listed_what_to_mend_first_on_top(tmp_path: Path) -> None:
    page = list_of(write_book(tmp_path / "台账.xlsx", FAULTY))["全部问题"]
    header, *rows = page.iter_rows(values_only=True)
    assert header == HEADER
    assert page.auto_filter.ref == f"A1:J{len(rows) + 1}"
    told = [(row[1], row[2], row[3], row[4], row[5], row[9]) for row in rows if row[9] in {"bad-date", "more-than-one"}]
    assert told == [
        ("错误", "办文", "张三", "办文!B4", "=1+1", "bad-date"),
        ("错误", "党建", "李四/王五", "党建!B3", "@x", "bad-date"),
        ("核实", "办文", "张三", "办文!L6", "3", "more-than-one"),
        ("核实", "办文", "张三", "办文!L5", "2", "more-than-one"),
    ]
    severities = [str(row[1]) for row in rows[:-1]]
    assert severities == sorted(severities, key=["错误", "核实", "提示"].index)
    assert rows[-1][8] == "两份合并登记，确为两件"


def test_problem_and_cure_stand_apart_and_text_stays_text(tmp_path: Path) -> None:
    page = list_of(write_book(tmp_path / "台账.xlsx", FAULTY))["全部问题"]
    row = page[2]
    assert (row[5].value, row[5].data_type) == ("=1+1", "s")
    assert row[6].value == "“日期”填的“=1+1”不是有效日期"
    assert row[7].value == "请写成“2022-03-05”这样的日期"
    assert row[4].hyperlink is not None
    assert (row[4].hyperlink.target, row[4].hyperlink.location) == ("标注-台账.xlsx", "'办文'!B4")


def test_every_owner_has_a_sheet_and_the_counts_come_first(tmp_path: Path) -> None:
    book = list_of(write_book(tmp_path / "台账.xlsx", FAULTY))
    assert book.sheetnames == ["问题统计", "全部问题", "李四_王五", "张三"]
    counts = {row[0]: row[1:6] for row in book["问题统计"].iter_rows(min_row=2, max_col=6, values_only=True)}
    assert counts["工作面"] == ("负责人", "错误", "核实", "提示", "已说明的核实")
    assert counts["办文"] == ("张三", 1, 1, 1, 1)
    assert counts["合计"][1:3] == (2, 1)
    assert "“甲.xls”没有标注的副本。" in counts
