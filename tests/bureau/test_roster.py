"""The roster: whatever a bureau's list looks like, who is on it is found, and what cannot be used is told."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from batch.bureau.roster import read_roster
from batch.errors import BatchError
from tests.rested import rested

Rows = list[tuple[str | int | None, ...]]

LISTS: dict[str, tuple[Rows, dict[str, str]]] = {
    "plain": (
        [("单位名称", "联系人"), ("第一中学", "王芳"), ("第二中学", "李军")],
        {"第一中学": "王芳", "第二中学": "李军"},
    ),
    "a title above, numbers beside": (
        [
            ("全市学校名单",),
            (),
            ("序号", "单位名称", "联系人", "电话"),
            (1, "第一中学", "王芳", "139"),
            (2, "第二中学", None, None),
        ],
        {"第一中学": "王芳", "第二中学": ""},
    ),
    "other words": ([("学校名称", "联络员"), (" 第一中学 ", "王芳")], {"第一中学": "王芳"}),
    "the columns the other way round": ([("联系人", "单位"), ("王芳", "第一中学")], {"第一中学": "王芳"}),
    "no contacts but telephones": ([("单位名称", "联系电话"), ("第一中学", "139")], {"第一中学": ""}),
}


def write(path: Path, rows: Rows) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    book.save(path)
    return rested(path)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_it_stands(tmp_path: Path, name: str) -> None:
    rows, contacts = LISTS[name]
    roster = read_roster(write(tmp_path / "名单.xlsx", rows))
    assert dict(roster.contacts) == contacts
    assert roster.notes == ()


def test_what_cannot_be_used_is_told_at_its_row(tmp_path: Path) -> None:
    rows: Rows = [("单位名称", "联系人"), ("第一中学", "王芳"), ("第一　中学", "李军"), (None, "赵敏")]
    roster = read_roster(write(tmp_path / "名单.xlsx", rows))
    assert dict(roster.contacts) == {"第一中学": "王芳"}
    assert roster.notes == (
        "名单“名单.xlsx”第3行的“第一　中学”前面已有，只算一次。",
        "名单“名单.xlsx”第4行没有写单位名称，没有用上。",
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("名字", "电话号"), ("第一中学", "139")], "没有“单位名称”和“联系人”"),
        ([("单位名称", "联系人")], "一个单位也没有"),
        ([], "没有“单位名称”和“联系人”"),
    ],
)
def test_a_list_of_something_else_is_refused(tmp_path: Path, rows: Rows, sentence: str) -> None:
    with pytest.raises(BatchError, match=sentence):
        read_roster(write(tmp_path / "名单.xlsx", rows))


def test_spaces_and_width_make_no_other_unit_and_a_slip_is_asked_about(tmp_path: Path) -> None:
    roster = read_roster(
        write(tmp_path / "名单.xlsx", [("单位名称", "联系人"), ("第１中学（东）", "王芳"), ("第二中学", "")])
    )
    assert roster.place("第1 中学(东)") == "第１中学（东）"
    assert roster.place("第二中学校") is None
    assert roster.nearest("第二中学校") == "第二中学"
