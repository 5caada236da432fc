"""Workbooks in which every kind of finding occurs, in every severity that it may have: what docs/问题代码.md quotes."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from batch.areas.load import load_definitions
from batch.finding import Finding
from batch.read.limits import LONGEST_TEXT
from tests.books import FIRST_ROW, HEADER_ROW, SAMPLES, Value, checked_of, edited, write_book

MEETINGS: Final = """
role = "area"
name = "办会"
version = "1"
title = "会务台账"
one_row = "一次会议"
columns = [
    { name = "日期", type = "date", required = true },
    { name = "事项", type = "choice", required = true, choices = ["例会"] },
    { name = "地点" },
    { name = "编号" },
    { name = "人数", type = "whole" },
    { name = "座位", type = "whole" },
    { name = "经办人", required = true },
]
rules = [
    { kind = "expected", columns = ["地点"] },
    { kind = "pattern", column = "地点", pattern = '.*室', example = "第一会议室" },
    { kind = "unique", column = "编号" },
    { kind = "at-most", smaller = "人数", larger = "座位" },
    { kind = "quorum", part = "人数", whole = "座位" },
]
"""
"""An area whose rules name no code: each has the one of its kind."""
OF_MEETINGS: Final = """
| 日期 | 事项 | 地点 | 编号 | 人数 | 座位 | 经办人 |
| 2022-03-05 | 例会 | | 1 | | | 张三 |
| 2022-03-06 | 例会 | 操场 | 2 | | | 张三 |
| 2022-03-07 | 例会 | 会议室 | 2 | 40 | 30 | 张三 |
| 2022-03-08 | 例会 | 会议室 | 3 | 10 | 30 | 张三 |"""
OF_CELLS: Final = {
    "岗位": """
| 工作面 | A角离岗起 | A角离岗止 |
| 办文 | 2022-03-01 | 2022-03-31 |
| 党建 | | |
| 宣传 | | |
| 保密 | | |""",
    "办文": """
| 序号 | 日期 | 事项 | 文号 | 标题 | 文种 | 载体 | 办理方式 | 紧急程度 | 签批人 | 数量 | 经办人 |
| 1 | 2022-04-05 | 发文 | 测党办〔2022〕1号 | 关于活动经费的请示 | 请示 | 电子 | | | | | 张三 |
| 2 | 2022-04-06 | 发文 | 测党办〔2022〕3号 | 关于开学的通知 | 通知 | 纸质 | | 特急 | | | 张三 |
| 3 | 2022-04-07 | 收文 | | 关于安全的通知 | | 纸质 | 传阅 | | | | 张三 |
| 4 | 2022-04-08 | 收文 | | 关于检查的通知 | | 纸质 | 拟办 | | | | 张三 |
| 5 | 2021-03-05 | 用印 | | | | | | | | | 张三 |
| 6 | 同上 | 用印 | | | | | | | | | 张三 |
| 7 | 2022-03-07 | 用印 | | | | | | | | | 张三 |
| #REF! | 2022-05-08 | 用印 | | | | | | | | 2 | 张三 |
| 合计 | | | | | | | | | | 12 | |""",
    "党建": """
| 序号 | 日期 | 事项 | 主题 | 支部 | 应到 | 实到 | 数量 |
| 1 | 2022-03-05 | 支部党员大会 | 选举 | 第一支部 | 30 | 14 | |
| 2 | 2022-04-05 | 支委会 | 学习 | 第一支部 | 5 | | |
| 合计 | | | | | | | 约2 |""",
    "宣传": "| 序号 | 日期 | 事项 | 链接 | 数量 |\n| 1 | 2022-03-05 | 宣传活动 | 见公众号 | |\n| 合计 | | | | =1+1 |",
    "任务": "| 指标 | 目标值 |\n| | 12 |",
}
OF_ONE_SHEET: Final = """
| 日期 | 事项 | 数量 | 往来单位 |
| 2022-03-05 | 用印 | 2 | |
| 2022-03-05 | 用印 | | |
| 2022-03-06 | 用印 | 3 | |
| 2022-03-06 | 用印 | 3 | 县委办 |"""


def occurring(folder: Path) -> Iterator[Finding]:
    """Yield what is found in the faulty sample and in workbooks written into this folder."""
    yield from checked_of(SAMPLES / "有错台账.xlsx", today="2022-12-31", is_whole=False).findings
    yield from checked_of(write_book(folder / "逐格.xlsx", OF_CELLS), with_frequencies=True).findings
    yield from checked_of(_one_sheet(folder)).findings
    yield from checked_of(_cover(folder)).findings
    sheets = _sheets(folder)
    for is_whole in (True, False):
        yield from checked_of(sheets, is_whole=is_whole).findings
    yield from checked_of(*_joined(folder)).findings
    (folder / "areas").mkdir()
    (folder / "areas" / "办会.toml").write_text(MEETINGS, encoding="utf-8")
    definitions = load_definitions(folder / "areas")
    meetings = write_book(folder / "办会.xlsx", {"办会": OF_MEETINGS}, definitions=definitions)
    yield from checked_of(meetings, areas=folder / "areas").findings


def _one_sheet(folder: Path) -> Path:
    """Write a sheet with more on it than its table, a count that two rows share, and a text without end."""
    path = write_book(folder / "一张表.xlsx", {"办文": OF_ONE_SHEET})
    with edited(path) as book:
        page = book["办文"]
        page.merge_cells(f"L{FIRST_ROW}:L{FIRST_ROW + 1}")
        page["J5"], long = "县委办", page["J6"]
        assert isinstance(long, Cell)
        long._value = "详见附件中的名单，" * (LONGEST_TEXT // 9 + 1)  # type: ignore[attr-defined] # the library cuts what it is given
        page.row_dimensions[5].hidden = True
        page.column_dimensions["I"].hidden = True
        after = page.max_column + 1
        page.cell(HEADER_ROW, after).value = "领导批示"
        page.cell(5, after + 2).value = "问过校办"
        page["A8"] = "填报人：张三"
        below: tuple[tuple[Value, ...], ...] = (("月份", "件数", "说明"), ("3月", 8, "含补登"))
        for row, cells in enumerate(below, start=11):
            for column, value in enumerate(cells, start=1):
                page.cell(row, column).value = value
        page.delete_cols(_column(page, "签批人"))
    return path


def _cover(folder: Path) -> Path:
    """Write a cover on which nothing is in order."""
    dates = {"统计起始日期": "2022-06-30", "统计截止日期": "2022-01-01"}
    path = write_book(folder / "封面.xlsx", cover={"年度": "二〇二二", **dates})
    with edited(path) as book:
        names = [cell for (cell,) in book["封面"].iter_rows(max_col=1) if cell.value == "部门"]
        names[0].value = "电话"
    return path


def _sheets(folder: Path) -> Path:
    """Write a workbook with sheets that are missing, blank, hidden, there twice, or without a column."""
    path = write_book(folder / "各张表.xlsx", {"岗位": "| 工作面 |\n| 党建 |\n| 保密 |", "党建": "", "任务": ""})
    with edited(path) as book:
        book["办文"].delete_cols(_column(book["办文"], "经办人"))
        del book["宣传"]
        book.copy_worksheet(book["保密"]).title = "保密登记表"
        book["保密"].title = "保密台账"
        for title in ("电话表", "旧稿"):
            book.create_sheet(title)["A1"] = "内容"
        book["旧稿"].sheet_state = "hidden"
    return path


def _joined(folder: Path) -> list[Path]:
    """Write workbooks of several clerks: two of one name, a third of another office, and a copy of that."""
    (folder / "二").mkdir()
    blank = dict.fromkeys(("办文", "党建", "宣传", "保密"), "")
    first = write_book(folder / "办文.xlsx", {**blank, "办文": "| 数量 |\n| 1 |"})
    second = write_book(folder / "二" / "办文.xlsx", {**blank, "办文": "| 数量 |\n| 2 |"})
    third = write_book(folder / "宣传.xlsx", {**blank, "宣传": "| 序号 |\n| 1 |"}, cover={"部门": "办公室"})
    return [first, second, third, Path(shutil.copy(third, folder / "宣传副本.xlsx"))]


def _column(page: Worksheet, name: str) -> int:
    return next(cell.column for cell in page[HEADER_ROW] if cell.value == name)
