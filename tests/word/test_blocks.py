"""Blocks of a report at the place of a name: where they stand, how wide they are, and how they look."""

from itertools import accumulate
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from docx.shared import Pt, Twips

from batch.report.content import Block, Chart, Heading, Mention, NewPage, Paragraph, Series, Table, plain
from batch.word.page.blocks import drop_placeholder, insert_blocks
from batch.word.page.layout import Layout, blank_document
from batch.word.page.room import column_widths
from tests.words import misplaced, packed, pages

COUNT = Mention("办文.发文", "56件")
SMALL = Table("主要指标", ("指标", "数值"), (("发文", (COUNT,)), ("收文", ("共", COUNT))), (0.3, 0.7))
CHART = Chart("分月情况", ("1月", "2月"), (Series("发文", (1, 2)),), "件")
TYPE_AREA = 11906 - 1588 - 1474


def table_of(rows: int) -> Table:
    return Table("台账", ("行", "内容"), tuple((str(number), f"第{number}行") for number in range(rows)), (1, 3))


def placed(*blocks: Block, document: Document | None = None) -> Document:
    """Return a document in which the blocks stand in place of a name, between two paragraphs."""
    document = document or blank_document(Layout())
    document.add_paragraph("前文")
    name = document.add_paragraph("{{ 名 }}", style="Body Text")
    document.add_paragraph("后文")
    fill(name._p, document.part, *blocks)
    return document


def fill(paragraph: Any, part: StoryPart, *blocks: Block, formatting: Any = None) -> None:  # noqa: ANN401 lxml's elements are untyped
    insert_blocks(paragraph, blocks, part, formatting=formatting)
    paragraph.getparent().remove(paragraph)


def kinds(parent: Any) -> list[str]:  # noqa: ANN401 lxml's elements are untyped
    return [each.tag.partition("}")[2] for each in parent]


def widths(table: Any) -> list[int]:  # noqa: ANN401 lxml's elements are untyped
    return [int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))]


def test_blocks_stand_in_order_where_the_name_stood() -> None:
    document = placed(Heading(1, "一、情况"), Paragraph("正文。"), SMALL, CHART, Paragraph("结语。"))
    texts = [each.text for each in document.paragraphs]
    assert texts == ["前文", "一、情况", "正文。", "主要指标", "", "分月情况", "结语。", "后文"]
    assert kinds(document.element.body) == ["p", "p", "p", "p", "tbl", "p", "p", "p", "p", "sectPr"]


def test_all_elements_stand_in_the_order_of_the_schema() -> None:
    document = placed(Heading(1, "一、情况"), Heading(3, "1. 情况"), Paragraph((COUNT, "。")), NewPage(), SMALL, CHART)
    assert list(misplaced(document.element)) == []


def test_a_figure_stands_in_a_control_that_names_it_in_text_and_in_cells() -> None:
    document = placed(Paragraph(("发文", COUNT, "。")), SMALL)
    tags = document.element.xpath("//w:sdt/w:sdtPr/w:tag/@w:val")
    assert tags == ["办文.发文"] * 3
    assert {each.getparent().tag for each in document.element.iter(qn("w:sdt"))} == {qn("w:p")}
    assert [cell.text for cell in document.tables[0].columns[0].cells] == ["指标", "发文", "收文"]
    assert document.element.xpath("string(//w:tbl/w:tr[3]/w:tc[2])") == "共56件"


def test_a_paragraph_looks_as_the_name_did() -> None:
    document = blank_document(Layout())
    name = document.add_paragraph("{{ 名 }}")
    name.paragraph_format.left_indent = Pt(20)
    name.paragraph_format.page_break_before = True
    name.runs[0].bold = True
    fill(name._p, document.part, Paragraph(("共", COUNT)), Paragraph("二"), formatting=name.runs[0]._r.rPr)
    first, second = document.paragraphs
    assert [each.paragraph_format.left_indent for each in (first, second)] == [Pt(20)] * 2
    assert len(document.element.xpath("//w:r/w:rPr/w:b")) == 3
    assert [each.paragraph_format.page_break_before for each in (first, second)] == [True, None]


def test_a_heading_takes_the_style_of_the_document_whatever_its_id() -> None:
    document = blank_document(Layout())
    document.styles["Heading 2"].element.set(qn("w:styleId"), "3")
    placed(Heading(2, "（一）情况"), document=document)
    heading = document.paragraphs[1]
    assert heading.style is not None
    assert (heading.style.name, heading.paragraph_format.keep_with_next) == ("Heading 2", True)


def test_a_heading_is_set_outright_where_the_document_has_no_style_for_it() -> None:
    document = blank_document(Layout())
    for level in (1, 2):
        document.styles.element.remove(document.styles[f"Heading {level}"].element)
    placed(Heading(1, "一、情况"), Heading(2, "（一）情况"), document=document)
    body = document.element.body
    assert body.xpath("w:p/w:r/w:rPr/w:rFonts/@w:eastAsia") == ["黑体", "楷体_GB2312"]
    assert body.xpath("w:p[w:pPr/w:keepNext]/w:pPr/w:ind/@w:firstLineChars") == ["200", "200"]


def test_a_new_page_begins_with_what_follows_and_never_with_an_empty_paragraph() -> None:
    document = placed(NewPage(), SMALL, NewPage(), CHART, NewPage(), Paragraph("文"), NewPage())
    breaking = [each.text for each in document.paragraphs if each.paragraph_format.page_break_before]
    assert breaking == ["主要指标", "", "文"]
    assert document.paragraphs[2]._p.xpath("boolean(.//c:chart)")


@pytest.mark.parametrize(
    ("shares", "room"), [((1, 1, 1), 100), ((0.16, *(0.06,) * 14), TYPE_AREA), ((0.28, 0.22, 0.28, 0.22), 2345)]
)
def test_widths_fill_the_room_exactly(shares: tuple[float, ...], room: int) -> None:
    assert sum(column_widths(shares, room)) == room


def test_a_table_is_as_wide_as_the_section_that_holds_it() -> None:
    document = blank_document(Layout())
    name = document.add_paragraph("{{ 名 }}")
    wide = document.add_section()
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, Twips(16838), Twips(11906)
    other = document.add_paragraph("{{ 名 }}")
    for each in (name, other):
        fill(each._p, document.part, SMALL)
    assert [sum(widths(table._tbl)) for table in document.tables] == [TYPE_AREA, TYPE_AREA + 16838 - 11906]


def test_a_table_in_two_columns_of_text_is_as_wide_as_one() -> None:
    document = blank_document(Layout())
    columns = document.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "400")
    placed(SMALL, document=document)
    assert sum(widths(document.tables[0]._tbl)) == (TYPE_AREA - 400) // 2


def test_a_table_in_a_cell_is_as_wide_as_the_cell_and_leaves_a_paragraph_behind() -> None:
    document = blank_document(Layout())
    cell = document.add_table(1, 2).rows[0].cells[1]
    fill(cell.paragraphs[0]._p, document.part, NewPage(), SMALL)
    assert kinds(cell._tc) == ["tcPr", "p", "tbl", "p"]
    assert sum(widths(cell.tables[0]._tbl)) == cell._tc.width.twips - 2 * 108
    assert list(misplaced(document.element)) == []
    assert not cell.paragraphs[0].paragraph_format.page_break_before


def test_a_cell_whose_width_is_not_told_is_as_wide_as_its_columns() -> None:
    document = blank_document(Layout())
    row = document.add_table(1, 3).rows[0]
    cell = row.cells[1].merge(row.cells[2])
    cell._tc.tcPr.remove(cell._tc.tcPr.find(qn("w:tcW")))
    fill(cell.paragraphs[0]._p, document.part, SMALL)
    columns = widths(document.tables[0]._tbl)[1:3]
    assert sum(widths(cell.tables[0]._tbl)) == sum(columns) - 2 * 108


def test_a_table_in_a_text_box_is_as_wide_as_the_box() -> None:
    document = blank_document(Layout())
    paragraph = document.add_paragraph()
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w", "wp")}><w:drawing><wp:inline><wp:extent cx="2540000" cy="100"/>'
            "<w:txbxContent><w:p/></w:txbxContent></wp:inline></w:drawing></w:r>"
        )
    )
    (name,) = paragraph._p.xpath(".//w:txbxContent/w:p")
    fill(name, document.part, SMALL, CHART)
    (content,) = paragraph._p.xpath(".//w:txbxContent")
    assert (kinds(content), sum(widths(content))) == (["p", "tbl", "p"], 4000 - 2 * 144)


def test_a_header_takes_tables_and_no_charts() -> None:
    document = blank_document(Layout())
    header = document.sections[0].header
    fill(header.paragraphs[0]._p, header.part, CHART, SMALL)
    assert kinds(header._element) == ["p", "tbl", "p"]
    assert sum(widths(header._element)) == TYPE_AREA


def test_a_table_at_the_end_of_the_text_is_followed_by_a_paragraph_of_one_point() -> None:
    document = blank_document(Layout())
    fill(document.add_paragraph("{{ 名 }}")._p, document.part, SMALL, SMALL)
    assert kinds(document.element.body) == ["p", "tbl", "p", "tbl", "p", "sectPr"]
    assert document.paragraphs[-1].paragraph_format.line_spacing == Pt(1)


def test_a_section_that_ends_at_the_name_ends_behind_the_blocks() -> None:
    document = blank_document(Layout())
    name = document.add_paragraph("{{ 名 }}")
    name._p.get_or_add_pPr().append(parse_xml(f"<w:sectPr {nsdecls('w')}/>"))
    document.add_paragraph("后文")
    fill(name._p, document.part, SMALL)
    assert document.element.body.xpath("w:p[w:pPr/w:sectPr]/preceding-sibling::*[1][self::w:tbl]")
    assert len(document.sections) == 2


@pytest.mark.parametrize("is_alone", [True, False])
def test_a_name_without_blocks_leaves_its_cell_with_a_paragraph(*, is_alone: bool) -> None:
    document = blank_document(Layout())
    cell = document.add_table(1, 1).rows[0].cells[0]
    if not is_alone:
        cell.add_paragraph("后文")
    cell.paragraphs[0].text = "{{ 名 }}"
    insert_blocks(cell.paragraphs[0]._p, (), document.part)
    drop_placeholder(cell.paragraphs[0]._p)
    assert [each.text for each in cell.paragraphs] == ([""] if is_alone else ["后文"])


def test_rows_stay_whole_and_the_header_is_repeated() -> None:
    document = placed(table_of(40))
    (table,) = document.element.iter(qn("w:tbl"))
    assert len(table.xpath("w:tr/w:trPr/w:cantSplit")) == 41
    assert table.xpath("count(w:tr[w:trPr/w:tblHeader])") == 1


@pytest.mark.parametrize(("rows", "kept"), [(0, 0), (1, 1), (8, 8), (9, 1 + 2 + 2)])
def test_a_small_table_stays_on_one_page_and_of_a_large_one_three_rows_together(rows: int, kept: int) -> None:
    document = placed(table_of(rows))
    assert document.element.xpath("count(//w:tr[w:tc/w:p/w:pPr/w:keepNext])") == kept


def test_cells_do_not_take_over_what_an_office_has_set_for_its_text() -> None:
    document = placed(SMALL)
    cells = document.element.xpath("//w:tc/w:p/w:pPr")
    for properties in cells:
        spacing, indent = properties.find(qn("w:spacing")), properties.find(qn("w:ind"))
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("240", "auto")
        assert {indent.get(qn(f"w:{name}")) for name in ("left", "right", "firstLine", "firstLineChars")} == {"0"}
        assert properties.find(qn("w:snapToGrid")).get(qn("w:val")) == "0"


def test_characters_that_xml_cannot_hold_become_spaces() -> None:
    document = placed(Paragraph("甲\x0b乙"), Table("丙\x00", ("丁\n戊",), (("己\ud800庚",),), (1,)))
    texts = [each.text for each in document.paragraphs[1:3]]
    assert (texts, [cell.text for cell in document.tables[0].columns[0].cells]) == (
        ["甲 乙", "丙 "],
        ["丁 戊", "己 庚"],
    )


def test_the_same_blocks_give_the_same_bytes() -> None:
    blocks = (Heading(1, "一、情况"), SMALL, CHART, Paragraph((COUNT,)))
    assert packed(placed(*blocks)) == packed(placed(*blocks))


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_template_with_exact_indented_lines_shows_every_cell_and_no_empty_page(tmp_path: Path) -> None:
    document = docx.Document()
    normal = document.styles["Normal"].paragraph_format
    normal.line_spacing, normal.first_line_indent = Pt(28), Pt(32)
    address = "http" * 40
    rows = (("发文", address), ("收文", "日期在统计期内、事项为“收文”的数量之和。" * 4))
    name = document.add_paragraph("{{ 名 }}")
    fill(name._p, document.part, table_of(60), NewPage(), Table("口径", ("指标", "来源"), rows, (0.5, 0.5)), NewPage())
    shown = pages(document, tmp_path, "-layout")
    assert all(page.strip() for page in shown)
    assert sum("内容" in page for page in shown) == sum("第" in page for page in shown) > 1
    last = "".join(shown[-1].split())
    assert address in "".join(character for character in last if character in "htp")
    assert "口径" in last


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_text_with_controls_fills_its_lines_as_text_without(tmp_path: Path) -> None:
    words = ("一年来坚持以新时代思想为指导，制发各类文件", COUNT, "，紧紧围绕学校中心工作，共", COUNT, "。") * 8
    controlled, bare = (
        [
            "".join(line.split())
            for page in pages(placed(Paragraph(text)), tmp_path, "-layout")
            for line in page.splitlines()
        ]
        for text in (words, plain(words))
    )
    assert "".join(controlled) == "".join(bare)
    # LibreOffice 7.4 counts the edges of a control when it sets a line, and may break it a character sooner or later.
    ends = [list(accumulate(map(len, lines))) for lines in (controlled, bare)]
    assert len(ends[0]) == len(ends[1]) > 10
    assert ends[0] == pytest.approx(ends[1], abs=8)
