"""The marked copy, read back as a clerk opens it."""

import re
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from batch.finding import Severity
from batch.ledger.our_sheets import MARK
from batch.read.file import read_file
from batch.workbook.user_copy.comments import LINE
from batch.workbook.user_copy.marked_copy import mark_copy
from batch.workbook.user_copy.marks import COLOURS, MOST_COMMENTS
from tests.books import checked_of, edited, findings_of, write_book
from tests.marked import copies_of, finding_at, marked, marked_at, parts_of
from tests.office import converted
from tests.packages import OFFICE, repacked_with, sheet_of, write_ods, write_package

FAULTY = {"办文": "| 日期 | 事项 | 数量 |\n| '坏 | 用印 | 1 |\n| 2022-03-05 | 收文 | 2 |\n| 2022-03-05 | 用印 | 约3 |"}
RED, YELLOW = COLOURS[Severity.ERROR], COLOURS[Severity.VERIFY]
YELLOW_OF_THE_USER = "FFFFFF00"


def link_of(cell: Cell | MergedCell) -> str:
    assert cell.hyperlink is not None
    return str(cell.hyperlink.location)


def words_at(page: Worksheet, address: str) -> str:
    comment = page[address].comment
    return "" if comment is None else str(comment.text)


def colour_at(page: Worksheet, address: str) -> str | None:
    fill = page[address].fill
    return str(fill.fgColor.rgb) if fill.fill_type else None


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return write_book(tmp_path / "台账.xlsx", FAULTY)


def test_found_cells_are_coloured_and_commented(faulty: Path, tmp_path: Path) -> None:
    page = load_workbook(marked(faulty, tmp_path / "标注-台账.xlsx"))["办文"]
    assert [colour_at(page, cell) for cell in ("B3", "L4", "L5", "B4")] == [RED, YELLOW, RED, None]
    assert words_at(page, "B3") == f"{MARK}\n错误：“日期”填的“坏”不是有效日期，请写成“2022-03-05”这样的日期。"
    assert words_at(page, "B4") == ""


def test_the_list_leads_to_the_cells_and_the_serial_numbers_lead_back(faulty: Path, tmp_path: Path) -> None:
    book = load_workbook(marked(faulty, tmp_path / "标注-台账.xlsx"))
    assert book.sheetnames[0] == "问题清单"
    rows = list(book["问题清单"].iter_rows(min_row=2))
    assert [cell.value for cell in rows[0]] == ["严重程度", "工作面", "负责人", "单元格", "原值", "问题", "怎么改"]
    assert [(row[0].value, row[2].value, row[3].value, link_of(row[3])) for row in rows[1:4]] == [
        ("错误", "张三", "办文!B3", "'办文'!B3"),
        ("错误", "张三", "办文!L5", "'办文'!L5"),
        ("核实", "张三", "办文!L4", "'办文'!L4"),
    ]
    assert [link_of(book["办文"][cell]) for cell in ("A3", "A4", "A5")] == [
        "'问题清单'!D3",
        "'问题清单'!D5",
        "'问题清单'!D4",
    ]


def test_a_clerks_own_comment_stays_above_ours(faulty: Path, tmp_path: Path) -> None:
    with edited(faulty) as book:
        book["办文"]["B3"].comment = Comment("问一下张三", "")
    once = marked(faulty, tmp_path / "标注-台账.xlsx")
    twice = marked(once, tmp_path / "标注-标注.xlsx")
    for copy in (once, twice):
        text = words_at(load_workbook(copy)["办文"], "B3")
        assert text.startswith(f"问一下张三\n{LINE}\n{MARK}\n错误：")
        assert text.count(MARK) == 1


@pytest.mark.parametrize("related", [OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"])
def test_our_list_is_related_as_office_programs_write_it(faulty: Path, tmp_path: Path, related: str) -> None:
    content = repacked_with(faulty.read_bytes(), lambda _, part: part.replace(OFFICE.encode(), related.encode()))
    faulty.write_bytes(content)
    page = parts_of(marked(faulty, tmp_path / "标注.xlsx"))["xl/workbook.xml"].decode()
    assert f'<sheet xmlns:r="{related}" name="问题清单"' in page


def test_a_copy_of_the_copy_is_the_copy(faulty: Path, tmp_path: Path) -> None:
    once = marked(faulty, tmp_path / "标注-台账.xlsx")
    assert findings_of(once) == findings_of(faulty)
    twice = marked(once, tmp_path / "二.xlsx")
    assert parts_of(twice) == parts_of(once)


def test_what_was_mended_in_the_copy_loses_its_mark(faulty: Path, tmp_path: Path) -> None:
    once = marked(faulty, tmp_path / "标注-台账.xlsx")
    with edited(once) as book:
        book["办文"]["B3"] = "2022-03-06"
    book = load_workbook(marked(once, tmp_path / "二.xlsx"))
    page = book["办文"]
    assert (words_at(page, "B3"), colour_at(page, "B3"), page["A3"].hyperlink) == ("", None, None)
    assert (words_at(page, "L5") != "", colour_at(page, "L5")) == (True, RED)
    assert [name for name in book.sheetnames if name.startswith("问题清单")] == ["问题清单"]


def test_a_fill_of_the_users_own_comes_back_when_the_cell_is_mended(faulty: Path, tmp_path: Path) -> None:
    with edited(faulty) as book:
        book["办文"]["B3"].fill = PatternFill("solid", fgColor=YELLOW_OF_THE_USER)
    once = marked(faulty, tmp_path / "标注-台账.xlsx")
    assert colour_at(load_workbook(once)["办文"], "B3") == RED
    with edited(once) as book:
        book["办文"]["B3"] = "2022-03-06"
    assert colour_at(load_workbook(marked(once, tmp_path / "二.xlsx"))["办文"], "B3") == YELLOW_OF_THE_USER


def test_a_sheet_of_the_users_that_is_called_as_our_list_stays(faulty: Path, tmp_path: Path) -> None:
    with edited(faulty) as book:
        book.create_sheet("问题清单")["A1"] = "上级检查组的问题"
    book = load_workbook(marked(faulty, tmp_path / "标注-台账.xlsx"))
    assert book.sheetnames[0] == "问题清单-2"
    assert book["问题清单"]["A1"].value == "上级检查组的问题"
    findings = checked_of(tmp_path / "标注-台账.xlsx").findings
    assert [each.problem for each in findings if each.code == "unknown-sheet"] == [
        "工作表“问题清单”不在标准台账之内，没有读取"
    ]


def test_a_cell_within_a_merge_is_marked_where_it_shows(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 事项 | 文号 | 标题 |\n| 发文 |  | 关于安全的通知 |"})
    with edited(path) as book:
        book["办文"].merge_cells("C3:D3")
    page = load_workbook(marked(path, tmp_path / "标注-台账.xlsx"))["办文"]
    assert "“文号”在事项为“发文”时必填" in words_at(page, "C3")


def test_every_cell_of_a_long_run_is_coloured_and_the_first_commented(tmp_path: Path) -> None:
    rows = "\n".join(f"| '坏{number} | 用印 |" for number in range(25))
    path = write_book(tmp_path / "台账.xlsx", {"办文": f"| 日期 | 事项 |\n{rows}"})
    book = load_workbook(marked(path, tmp_path / "标注-台账.xlsx"))
    page = book["办文"]
    assert book["问题清单"]["D3"].value == "办文!B3至B27共25格"
    assert {colour_at(page, f"B{row}") for row in range(3, 28)} == {RED}
    assert (words_at(page, "B3") != "", words_at(page, "B4")) == (True, "")


def test_a_blank_cell_that_the_file_lacks_is_added_in_the_style_of_its_column(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n|  | 用印 |"})
    assert b'r="B3"' not in parts_of(path)["xl/worksheets/sheet4.xml"]
    page = load_workbook(marked(path, tmp_path / "标注-台账.xlsx"))["办文"]
    assert (colour_at(page, "B3"), page["B3"].number_format) == (RED, "yyyy-mm-dd")


def test_beyond_a_limit_cells_are_coloured_without_comment_and_it_is_told(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    addresses = [f"B{row}" for row in range(3, MOST_COMMENTS + 13)]
    copy = mark_copy(
        read_file(path),
        [finding_at("办文", each, Severity.ERROR) for each in addresses],
        copies_of(path).places[path.name],
        {},
    )
    assert copy.notes == ("工作表“办文”的问题太多，前2000格有批注，其余只涂了颜色，请对照问题清单修改。",)
    assert copy.content is not None
    (tmp_path / "标注.xlsx").write_bytes(copy.content)
    page = load_workbook(tmp_path / "标注.xlsx")["办文"]
    assert {colour_at(page, address) for address in addresses} == {RED}
    assert sum(words_at(page, address) != "" for address in addresses) == MOST_COMMENTS


def test_no_copy_is_made_of_what_is_no_xlsx(tmp_path: Path) -> None:
    sheet = '<table:table table:name="办文"><table:table-row><table:table-cell/></table:table-row></table:table>'
    path = write_ods(tmp_path / "台账.ods", sheet)
    assert mark_copy(read_file(path), [], {}, {}).notes == (
        "“台账.ods”不是.xlsx或.xlsm格式，没有标注的副本，请对照问题清单修改。",
    )


def test_a_signed_workbook_gets_the_list_alone(faulty: Path) -> None:
    with_signature = {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    faulty.write_bytes(repacked_with(faulty.read_bytes(), lambda _, content: content, with_signature))
    copies = copies_of(faulty)
    assert copies.files == {}
    assert copies.notes == ("“台账.xlsx”带有数字签名，改动会使签名失效，没有标注的副本，请对照问题清单修改。",)


def test_a_sheet_with_comments_that_can_be_answered_is_left_as_it_is(faulty: Path, tmp_path: Path) -> None:
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="../threadedComments/t1.xml"/></Relationships>'

    def change(name: str, content: bytes) -> bytes:
        is_sheet = name == "xl/worksheets/_rels/sheet4.xml.rels"
        return content.replace(b"</Relationships>", relation.encode()) if is_sheet else content

    faulty.write_bytes(
        repacked_with(faulty.read_bytes(), change, {"xl/threadedComments/t1.xml": b"<ThreadedComments/>"})
    )
    copies = copies_of(faulty)
    assert copies.notes == ("“台账.xlsx”的工作表“办文”有可以答复的批注，没有涂色和加批注，请对照问题清单修改。",)
    copy = tmp_path / "标注.xlsx"
    copy.write_bytes(copies.files["标注-台账.xlsx"])
    assert parts_of(copy)["xl/worksheets/sheet4.xml"] == parts_of(faulty)["xl/worksheets/sheet4.xml"]


@pytest.mark.parametrize(
    ("name", "kind", "copy"),
    [
        ("台账.xls", "sheet.main+xml", "标注-台账.xlsx"),
        ("台账.XLSX", "sheet.main+xml", "标注-台账.XLSX"),
        ("标注-台账.xlsx", "sheet.main+xml", "标注-台账.xlsx"),
        ("台账.xlsm", "sheet.macroEnabled.main+xml", "标注-台账.xlsm"),
        ("台账.xlsx", "sheet.macroEnabled.main+xml", "标注-台账.xlsm"),
        ("台账.xltx", "template.main+xml", "标注-台账.xltx"),
    ],
)
def test_a_copy_is_called_as_excel_wants_it(faulty: Path, tmp_path: Path, name: str, kind: str, copy: str) -> None:
    content = repacked_with(faulty.read_bytes(), lambda _, part: part.replace(b"sheet.main+xml", kind.encode()))
    folder = tmp_path / "另存"
    folder.mkdir()
    path = folder / name
    path.write_bytes(content)
    assert list(copies_of(path).files) == [copy]


def test_marks_need_no_styles_comments_or_views_to_begin_with(tmp_path: Path) -> None:
    path = write_package(tmp_path / "裸.xlsx", {"办文": sheet_of()})
    copy = marked_at(path, tmp_path / "标注.xlsx", ("B2", "D9"))
    assert copy is not None
    parts = parts_of(copy)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert '<c r="B2" t="inlineStr" s="1">' in sheet
    assert '<row r="9"><c r="D9" s="2"/></row></sheetData><hyperlinks>' in sheet
    assert RED.encode() in parts["xl/styles1.xml"]
    assert 'ref="D9"' in parts["xl/comments1.xml"].decode()
    assert b'<bookViews><workbookView activeTab="1"/></bookViews><sheets>' in parts["xl/workbook.xml"]
    assert [head.title for head in read_file(copy).heads] == ["问题清单", "办文"]


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_copy_that_another_program_has_saved_is_known_again(faulty: Path, tmp_path: Path) -> None:
    once = marked(faulty, tmp_path / "标注-台账.xlsx")
    (saved,) = converted(tmp_path / "另存", "xlsx", once)
    assert findings_of(saved) == findings_of(faulty)
    book = load_workbook(marked(saved, tmp_path / "二.xlsx"))
    assert [name for name in book.sheetnames if name.startswith("问题清单")] == ["问题清单"]
    page = book["办文"]
    assert [words_at(page, cell).count(MARK) for cell in ("B3", "L4", "L5", "B4")] == [1, 1, 1, 0]
    assert len([cell for (cell,) in page["A1:A9"] if cell.hyperlink is not None]) == 3


def test_a_copy_shows_the_cells_of_its_own_workbook_alone(tmp_path: Path) -> None:
    one = write_book(tmp_path / "一.xlsx", {"任务": "| 任务 | 指标 |\n| 抓好学习 | |"})
    two = write_book(
        tmp_path / "二.xlsx",
        {
            "任务": "| 任务 | 指标 |\n| 管好印章 | |\n| 管好档案 | |",
            **dict.fromkeys(("办文", "党建", "宣传", "保密"), ""),
        },
    )
    copies = copies_of(one, two)
    (tmp_path / "标注.xlsx").write_bytes(copies.files["标注-一.xlsx"])
    page = load_workbook(tmp_path / "标注.xlsx")["任务"]
    assert [colour_at(page, cell) for cell in ("E3", "E4")] == [COLOURS[Severity.HINT], None]


def test_a_long_text_makes_no_row_that_excel_refuses(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": f"| 日期 | 事项 |\n| '{'坏' * 9000} | 用印 |"})
    page = load_workbook(marked(path, tmp_path / "标注-台账.xlsx"))["问题清单"]
    assert page.row_dimensions[3].height == 409


def test_a_link_of_the_users_own_is_left_to_its_cells(faulty: Path, tmp_path: Path) -> None:
    own = b'<hyperlink ref="A3:A4" location="\xe5\xb0\x81\xe9\x9d\xa2!A1"/>'

    def change(name: str, content: bytes) -> bytes:
        is_sheet = name == "xl/worksheets/sheet4.xml"
        return (
            content.replace(b"<pageMargins", b"<hyperlinks>" + own + b"</hyperlinks><pageMargins")
            if is_sheet
            else content
        )

    faulty.write_bytes(repacked_with(faulty.read_bytes(), change))
    once = marked(faulty, tmp_path / "标注-台账.xlsx")
    sheet = parts_of(once)["xl/worksheets/sheet4.xml"]
    assert own in sheet
    assert sheet.count(b"<hyperlink ") == 2
    assert b'<hyperlink ref="A5" ' in sheet


def test_merges_and_shapes_beyond_all_reason_are_marked_soon(faulty: Path) -> None:
    merges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (row, row) for row in range(100, 20_100))
    shapes = b'<v:shape id="x" type="#y" >' * 100_000

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/worksheets/sheet4.xml":
            merged = b'<mergeCells count="20000">%s</mergeCells>' % merges
            return re.sub(rb"<mergeCells.*</mergeCells>", merged, content)
        return content.replace(b"</xml>", shapes + b"</xml>") if name.endswith("Drawing2.vml") else content

    faulty.write_bytes(repacked_with(faulty.read_bytes(), change))
    start = time.monotonic()
    assert list(copies_of(faulty).files) == ["标注-台账.xlsx"]
    assert time.monotonic() - start < 5
