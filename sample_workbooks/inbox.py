"""An inbox as a bureau collects it: three schools' first quarters, one of them in two workbooks, one with a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook

from sample_workbooks.fill import fill_workbook
from sample_workbooks.ledgers import first_quarter
from sample_workbooks.package import save_workbook
from sample_workbooks.people import POSTS, UNIT
from sample_workbooks.rows import number_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sample_workbooks.rows import Cell, Ledger, Row

THINNED = ("用印", "档案查阅", "外宣信息", "谈心谈话")
"""Items of which a smaller school has fewer; nothing else depends on them."""
CLERKS = {"办文和党建": ("办文", "党建"), "宣传和保密": ("宣传", "保密")}
"""Workbook -> the areas that its clerk fills."""
MISTAKE = "3.5"
"""Stands where the day of a seal should be."""


@dataclass(frozen=True)
class School:
    """What tells a school from the one whose ledger it is made of."""

    unit: str
    kept: int
    """Of the thinned items, every so manieth row stays."""
    words: Mapping[str, str]
    """What stands in the other ledger -> what stands in its own instead."""


PEOPLE = ("李慧敏", "孙国栋", "王志远", "赵雪晴", "何静宜")
"""Of the ledger that the others are made of."""


def school(unit: str, code: str, people: tuple[str, ...], kept: int) -> School:
    """Give a school with the code of its documents and its own people."""
    return School(unit, kept, {UNIT: unit, "青职": code, **dict(zip(PEOPLE, people, strict=True))})


YUNXI = school("云溪中学", "云中", ("周雅琴", "潘志强", "邓春梅", "韩晓东", "曹正平"), kept=2)
SONGYUAN = school("松原小学", "松小", ("冯立新", "姚淑芬", "袁海涛", "谭丽君", "贺明辉"), kept=3)
DONGHU = school("东湖职业学校", "东职", ("蒋晓岚", "严伟", "范玉兰", "江涛", "龚建军"), kept=1)
ROSTER = (("云溪中学", "周雅琴"), ("松原小学", "冯立新"), ("东湖职业学校", "蒋晓岚"), ("北岭中学", "沈建民"))
"""Unit and contact; the last has not handed in."""


def build_inbox(template: bytes) -> dict[str, bytes]:
    """Return path below the inbox -> content."""
    yunxi, donghu = ledger_of(YUNXI), ledger_of(DONGHU)
    first_seal(donghu)["日期"] = MISTAKE
    parts = {f"云溪中学/{name}.xlsx": only(yunxi, areas) for name, areas in CLERKS.items()}
    ledgers = {**parts, "松原小学.xlsx": ledger_of(SONGYUAN), "东湖职业学校.xlsx": donghu}
    workbooks = {path: save_workbook(fill_workbook(template, ledger)) for path, ledger in ledgers.items()}
    return {**workbooks, "名单.xlsx": roster()}


def ledger_of(school: School) -> Ledger:
    """Give the first quarter of a school."""
    ledger = first_quarter()
    for area in POSTS:
        rows = [
            row for number, row in enumerate(ledger[area]) if row["事项"] not in THINNED or not number % school.kept
        ]
        ledger[area] = number_rows([{name: cell for name, cell in row.items() if name != "序号"} for row in rows])
    words = {UNIT: school.unit, **school.words}
    return {sheet: [reworded(row, words) for row in rows] for sheet, rows in ledger.items()}


def reworded(row: Row, words: Mapping[str, str]) -> Row:
    """Give the row with other words in its texts."""
    return {name: replaced(cell, words) for name, cell in row.items()}


def replaced(cell: Cell, words: Mapping[str, str]) -> Cell:
    """Give the cell with other words, if it is a text."""
    if isinstance(cell, str):
        for word, other in words.items():
            cell = cell.replace(word, other)
    return cell


def only(ledger: Ledger, areas: Collection[str]) -> Ledger:
    """Give what one clerk fills: cover, posts, the clerk's areas, and with the documents the tasks."""
    own = {"封面", "岗位", *areas, *(("任务",) if "办文" in areas else ())}
    return {sheet: rows for sheet, rows in ledger.items() if sheet in own}


def first_seal(ledger: Ledger) -> Row:
    """Give the first row of a seal."""
    return next(row for row in ledger["办文"] if row["事项"] == "用印")


def roster() -> bytes:
    """Give the list of those who are to hand in."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "名单"
    sheet.append(["单位名称", "联系人"])
    for line in ROSTER:
        sheet.append([*line])
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 14
    return save_workbook(workbook)
