"""The list of findings and the marked copy, read back as a clerk opens them."""

import io
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment

from batch.finding import Finding, Severity
from batch.read.file import read_file
from batch.workbook.annotate import COLOURS, MARK, annotate
from batch.workbook.findings import build_findings
from tests.books import checked_of, edited, findings_of, write_book
from tests.packages import write_ods

FAULTY = {"办文": "| 日期 | 事项 | 数量 |\n| '坏 | 用印 | 1 |\n| 2022-03-05 | 发文 | 2 |\n| 2022-03-05 | 用印 | 约3 |"}
TITLES = {"办文": "办文"}


def marked(path: Path, target: Path) -> Path:
    checked = checked_of(path)
    copy = annotate(checked.book.files[0], checked.findings, TITLES)
    assert copy is not None
    target.write_bytes(copy)
    return target


def link_of(cell: Cell | MergedCell) -> str:
    assert cell.hyperlink is not None
    return f"{cell.hyperlink.target or ''}#{cell.hyperlink.location}"


def test_found_cells_are_coloured_and_commented(tmp_path: Path) -> None:
    book = load_workbook(marked(write_book(tmp_path / "台账.xlsx", FAULTY), tmp_path / "标注-台账.xlsx"))
    page = book["办文"]
    assert [page[cell].fill.fgColor.rgb for cell in ("B3", "L4", "L5")] == [
        COLOURS[Severity.ERROR],
        COLOURS[Severity.VERIFY],
        COLOURS[Severity.ERROR],
    ]
    assert "不是有效日期" in page["B3"].comment.text
    assert page["B4"].comment is None
    assert book.sheetnames[0] == "问题清单"
    assert [link_of(row[1]) for row in book["问题清单"].iter_rows(min_row=2)] == [
        "#'办文'!B3",
        "#'办文'!L4",
        "#'办文'!L5",
    ]


def test_a_clerks_own_comment_stays_above_ours(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", FAULTY)
    with edited(path) as book:
        book["办文"]["B3"].comment = Comment("问一下张三", "")
    once = marked(path, tmp_path / "标注-台账.xlsx")
    twice = marked(once, tmp_path / "标注-标注.xlsx")
    for copy in (once, twice):
        text = load_workbook(copy)["办文"]["B3"].comment.text
        assert text.startswith("问一下张三")
        assert text.count(MARK) == 1


def test_a_marked_copy_is_legal_input_and_never_grows_marks(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", FAULTY)
    once = marked(path, tmp_path / "标注-台账.xlsx")
    assert findings_of(once) == findings_of(path)
    with edited(once) as book:
        book["办文"]["B3"] = "2022-03-06"
    page = load_workbook(marked(once, tmp_path / "二.xlsx"))["办文"]
    assert page["B3"].comment is None
    assert page["B3"].fill.fill_type is None
    assert page["L5"].comment is not None


def test_the_list_counts_links_and_keeps_text_text() -> None:
    findings = [
        Finding("bad-date", Severity.HINT, "提示", "请改", sheet="办文", row=3, cell="办文!B3", value="=1+1"),
        Finding("bad-date", Severity.ERROR, "错误", "请改", sheet="办文", row=4, cell="办文!B4", value="@x"),
        Finding("missing-sheet", Severity.ERROR, "缺少工作表", "请补上", sheet="保密"),
    ]

    def link_to(finding: Finding) -> str | None:
        return f"external:标注-台账.xlsx#'办文'!{finding.cell.partition('!')[2]}" if finding.cell else None

    book = load_workbook(io.BytesIO(build_findings(findings, {"办文": "张三"}, link_to, "问题清单", "测试学校")))
    assert book.sheetnames == ["问题统计", "全部问题", "张三"]
    rows = list(book["全部问题"].iter_rows(min_row=2))
    assert [row[1].value for row in rows] == ["错误", "错误", "提示"]
    assert [(row[5].value, row[5].data_type) for row in rows] == [("@x", "s"), ("", "s"), ("=1+1", "s")]
    assert link_of(rows[0][4]) == "标注-台账.xlsx#'办文'!B4"
    assert [cell.value for cell in book["问题统计"][5]] == ["合计", None, 2, 0, 1, 0]


def test_a_cell_within_a_merge_is_marked_where_it_shows(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 事项 | 文号 | 标题 |\n| 发文 |  | 关于安全的通知 |"})
    with edited(path) as book:
        book["办文"].merge_cells("C3:D3")
    page = load_workbook(marked(path, tmp_path / "标注-台账.xlsx"))["办文"]
    assert "办文!D3“文号”" in page["C3"].comment.text


def test_every_cell_of_a_long_run_is_coloured_and_the_first_commented(tmp_path: Path) -> None:
    rows = "\n".join(f"| '坏{number} | 用印 |" for number in range(25))
    path = write_book(tmp_path / "台账.xlsx", {"办文": f"| 日期 | 事项 |\n{rows}"})
    assert findings_of(path) == [("错误", "bad-date", "办文!B3")]
    page = load_workbook(marked(path, tmp_path / "标注-台账.xlsx"))["办文"]
    assert {page[f"B{row}"].fill.fgColor.rgb for row in range(3, 28)} == {COLOURS[Severity.ERROR]}
    assert "办文!B3至B27共25格“日期”" in page["B3"].comment.text
    assert page["B4"].comment is None


def test_no_copy_is_made_of_what_is_no_xlsx(tmp_path: Path) -> None:
    sheet = '<table:table table:name="办文"><table:table-row><table:table-cell/></table:table-row></table:table>'
    path = write_ods(tmp_path / "台账.ods", sheet)
    assert annotate(read_file(path), [], TITLES) is None
