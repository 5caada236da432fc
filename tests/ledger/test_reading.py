"""Reading, from the file to the book: what is there, what is missing, what is joined."""

from collections.abc import Callable
from pathlib import Path

import pytest

from batch.errors import BatchError
from batch.read.file import read_file
from tests.books import checked_of, edited, figures_of, findings_of, write_book

Change = Callable[[Path], None]


def moved_down(path: Path) -> None:
    with edited(path) as book:
        book["办文"].unmerge_cells("A1:R1")
        book["办文"].insert_rows(1, 4)


def shuffled(path: Path) -> None:
    with edited(path) as book:
        page = book["办文"]
        page.unmerge_cells("A1:R1")
        page.move_range("B2:C10", cols=30)


def headers_in_their_own_way(path: Path) -> None:
    with edited(path) as book:
        page = book["办文"]
        page["L2"], page["B2"], page["M2"] = "数量（件）", "日\n期：", " 经 办 人* "


def named_with_spaces(path: Path) -> None:
    with edited(path) as book:
        book["办文"].title = " 办文 "


@pytest.mark.parametrize("change", [moved_down, shuffled, headers_in_their_own_way, named_with_spaces])
def test_a_table_is_found_by_its_header(tmp_path: Path, change: Change) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 事项 | 数量 |\n| 用印 | 3 |\n| 用印 | 4 |"})
    change(path)
    assert findings_of(path) == []
    assert figures_of(path)["办文.用印"] == 7


def without(sheet: str) -> Change:
    def change(path: Path) -> None:
        with edited(path) as book:
            del book[sheet]

    return change


def without_header(sheet: str, header: str) -> Change:
    def change(path: Path) -> None:
        with edited(path) as book:
            cell = next(cell for cell in book[sheet][2] if cell.value == header)
            cell.value = None

    return change


def with_extra_column(path: Path) -> None:
    with edited(path) as book:
        book["办文"]["T2"], book["办文"]["T3"] = "领导批示", "同意"


def with_unknown_sheet(path: Path) -> None:
    with edited(path) as book:
        book.create_sheet("统计图")["A1"] = 1


STRUCTURE: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "no 岗位": (without("岗位"), [("错误", "missing-sheet")]),
    "no 封面": (without("封面"), [("错误", "missing-sheet")]),
    "no 任务": (without("任务"), [("错误", "missing-sheet")]),
    "no 保密": (without("保密"), [("错误", "missing-sheet")]),
    "a column figures need": (without_header("办文", "办理方式"), [("错误", "missing-column")]),
    "a column nobody needs": (without_header("办文", "签批人"), [("提示", "missing-column")]),
    "密级, without which secrets would show": (without_header("办文", "密级"), [("错误", "missing-column")]),
    "an extra column": (with_extra_column, [("提示", "extra-column")]),
    "an extra sheet": (with_unknown_sheet, [("提示", "unknown-sheet")]),
}


@pytest.mark.parametrize(("change", "expected"), STRUCTURE.values(), ids=STRUCTURE.keys())
def test_what_is_missing_or_extra_is_told_once(tmp_path: Path, change: Change, expected: list[tuple[str, str]]) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    change(path)
    assert [(severity, code) for severity, code, _ in findings_of(path)] == expected


def test_an_area_may_be_absent_from_a_check_but_not_from_a_run(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"保密": ""})
    assert findings_of(path, is_whole=True) == [("错误", "empty-sheet", None)]
    assert findings_of(path, is_whole=False) == [("提示", "empty-sheet", None)]
    without("保密")(path)
    assert findings_of(path, is_whole=True) == [("错误", "missing-sheet", None)]
    assert findings_of(path, is_whole=False) == [("提示", "missing-sheet", None)]


def test_an_area_without_an_owner_is_an_error_of_the_posts(tmp_path: Path) -> None:
    posts = "| 工作面 |\n| 办文 |\n| 党建 |\n| 宣传 |"
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"岗位": posts}))
    assert [(each.code, each.sheet, each.row) for each in checked.findings] == [("missing-owner", "岗位", None)]
    assert "保密" in checked.findings[0].message


def test_a_misspelt_area_in_the_posts_gives_one_finding(tmp_path: Path) -> None:
    posts = "| 工作面 |\n| 办文 |\n| 党建 |\n| 宣传 |\n| 保蜜 |"
    assert findings_of(write_book(tmp_path / "台账.xlsx", {"岗位": posts})) == [("错误", "not-in-list", "岗位!A6")]


COVERS: dict[str, tuple[dict[str, str | int | None], list[tuple[str, str, str | None]]]] = {
    "no unit": ({"单位名称": None}, [("错误", "required-blank", "封面!B3")]),
    "a year in words": ({"年度": "二〇二二"}, [("错误", "bad-year", "封面!B5")]),
    "a bad date": ({"统计截止日期": "年底"}, [("错误", "bad-date", "封面!B10")]),
    "a period that ends first": (
        {"统计起始日期": "2022-06-01", "统计截止日期": "2022-05-01"},
        [("错误", "period-reversed", "封面!B10")],
    ),
}


@pytest.mark.parametrize(("cover", "expected"), COVERS.values(), ids=COVERS.keys())
def test_a_faulty_cover_is_told_at_its_cell(
    tmp_path: Path, cover: dict[str, str | int | None], expected: list[tuple[str, str, str | None]]
) -> None:
    assert findings_of(write_book(tmp_path / "台账.xlsx", cover=cover)) == expected


def test_a_line_of_the_cover_that_is_no_setting_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    with edited(path) as book:
        for row, name in enumerate(("电话", "填报", "年度"), start=30):
            book["封面"].cell(row, 1).value, book["封面"].cell(row, 2).value = name, "2021"
    assert [each.message for each in checked_of(path).findings] == [
        "封面!B30“电话”不是封面的设置，没有使用。",
        "封面!B31“填报”不是封面的设置，没有使用，是不是“填报人”。",
        "封面!B32“年度”写了两次，只取第一次。",
    ]


NO_AREAS = {"办文": "", "党建": "", "宣传": "", "保密": ""}


def test_workbooks_of_one_unit_are_joined(tmp_path: Path) -> None:
    one = write_book(tmp_path / "一.xlsx", {**NO_AREAS, "办文": "| 事项 |\n| 用印 |"})
    two = write_book(
        tmp_path / "二.xlsx",
        {
            **NO_AREAS,
            "党建": "| 事项 |\n| 支委会 |",
            "宣传": "| 事项 |\n| 宣传活动 |",
            "保密": "| 事项 |\n| 保密检查 |",
        },
    )
    assert findings_of(one, two) == []
    figures = figures_of(one, two)
    assert (figures["办文.用印"], figures["党建.支委会"], figures["任务.任务项"]) == (1, 1, 1), "the equal task is one"
    checked = checked_of(one, two)
    assert checked.totals is not None
    sources = checked.totals.sources(checked.totals.figures["党建.支委会"])
    assert sources == [("二.xlsx", "3")]


def test_an_area_is_never_added_up_twice(tmp_path: Path) -> None:
    one = write_book(tmp_path / "一.xlsx")
    two = write_book(tmp_path / "二.xlsx", {**NO_AREAS, "办文": "| 事项 |\n| 发文 |"})
    assert [(severity, code) for severity, code, _ in findings_of(one, two)] == [("错误", "brought-twice")]


def test_a_copy_of_a_workbook_is_taken_once(tmp_path: Path) -> None:
    one = write_book(tmp_path / "一.xlsx")
    two = tmp_path / "二.xlsx"
    two.write_bytes(one.read_bytes())
    told = ["“二.xlsx”和“一.xlsx”内容完全相同，只读了一份，请确认没有选错文件。"]
    assert [each.message for each in checked_of(one, two).findings if each.code != "frequency-missed"] == told
    assert figures_of(two, one) == figures_of(one)


def test_covers_must_agree(tmp_path: Path) -> None:
    one = write_book(tmp_path / "一.xlsx")
    two = write_book(tmp_path / "二.xlsx", NO_AREAS, cover={"部门": "宣传部", "填报人": "王五"})
    assert [(code, cell) for _, code, cell in findings_of(one, two)] == [("cover-differs", "封面!B4")]
    three = write_book(tmp_path / "三.xlsx", NO_AREAS, cover={"单位名称": "别的学校"})
    with pytest.raises(BatchError, match="单位名称不同"):
        findings_of(one, three)


def test_covers_must_agree_in_what_the_first_of_them_leaves_blank(tmp_path: Path) -> None:
    silent = write_book(tmp_path / "1.xlsx")
    one, two = (write_book(tmp_path / f"{n}.xlsx", NO_AREAS, cover={"述职人": f"述职人{n}"}) for n in "23")
    assert [(code, cell) for _, code, cell in findings_of(silent, one, two)] == [("cover-differs", "封面!B8")]
    blank = write_book(tmp_path / "0.xlsx", NO_AREAS, cover={"单位名称": None})
    other = write_book(tmp_path / "4.xlsx", NO_AREAS, cover={"单位名称": "别的学校"})
    with pytest.raises(BatchError, match=r"“1\.xlsx”和“4\.xlsx”的单位名称不同"):
        findings_of(blank, silent, other)


def test_workbooks_of_one_name_are_told_apart_by_what_they_bring(tmp_path: Path) -> None:
    paths = []
    for area, item in (("办文", "用印"), ("党建", "支委会"), ("", "")):
        folder = tmp_path / f"办{area}的人"
        folder.mkdir()
        tables = {**NO_AREAS, **({area: f"| 事项 |\n| {item} |"} if area else {})}
        paths.append(write_book(folder / "台账.xlsx", tables, cover={"填报人": area}))
    checked = checked_of(*paths, is_whole=False)
    names = {file.name: file.sha256 for file in checked.book.files}
    assert list(names) == ["台账.xlsx", "台账-2.xlsx", "台账-3.xlsx"]
    told = {each.workbook: each.message for each in checked.findings if each.code == "same-file-name"}
    which = {"办文": "填有“办文”的", "党建": "填有“党建”的", "": "没有填工作面的"}
    for name in ("台账-2.xlsx", "台账-3.xlsx"):
        area = next(area for area, path in zip(which, paths, strict=True) if read_file(path).sha256 == names[name])
        words = f"有几份台账都叫“台账.xlsx”，{which[area]}一份在这里写作“{name}”，请改用不同的文件名。"
        assert told[name] == words


def test_a_damaged_workbook_is_refused_by_name(tmp_path: Path) -> None:
    whole = write_book(tmp_path / "台账.xlsx").read_bytes()
    path = tmp_path / "坏.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BatchError, match=r"坏\.xlsx"):
        findings_of(path)
