"""The layout of GB/T 9704-2012, as styles of a document and as pages of LibreOffice."""

import re
from itertools import cycle, islice
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from batch.word.page.layout import (
    Layout,
    add_body,
    add_byline,
    add_heading,
    add_signature,
    add_title,
    apply_layout,
    blank_document,
)
from tests.words import misplaced, packed, pages

WORDS = "坚持以新时代思想为指导认真学习贯彻党的精神紧紧围绕学校中心工作"
POINTS = 72 / 25.4
"""Points to a millimetre."""


def words(count: int) -> str:
    return "".join(islice(cycle(WORDS), count))


def test_an_office_finds_the_styles_under_the_names_word_gives_them() -> None:
    document = blank_document(Layout())
    names = [style.name for style in document.styles if style.type == 1]
    assert names == [
        "Normal",
        "Body Text",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Title",
        "Subtitle",
        "Signature",
        "Date",
        "Header",
        "Footer",
    ]


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Subtitle", "楷体_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_fonts_and_sizes_are_those_of_the_standard(name: str, font: str, size: float) -> None:
    style = blank_document(Layout()).styles[name]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")), style.element.rPr.sz_val.pt) == (font, size)


def test_no_theme_and_no_other_language_sets_the_letters() -> None:
    document = blank_document(Layout())
    root = document.styles.element
    assert [name for fonts in root.iter(qn("w:rFonts")) for name in fonts.attrib if name.endswith("Theme")] == []
    assert [each.get(qn("w:eastAsia")) for each in root.iter(qn("w:lang"))] == ["zh-CN"]


def test_all_elements_stand_in_the_order_of_the_schema() -> None:
    document = blank_document(Layout(line_spacing=28))
    add_title(document, "年度述职报告")
    add_signature(document, ("张三",), "2022年12月31日")
    section = document.sections[0]
    roots = (document.element, document.styles.element, section.footer._element, section.even_page_footer._element)
    assert [each for root in roots for each in misplaced(root)] == []


def test_the_same_layout_gives_the_same_bytes() -> None:
    assert packed(blank_document(Layout())) == packed(blank_document(Layout()))


def test_a_signature_is_never_alone_on_a_page() -> None:
    document = blank_document(Layout())
    add_body(document, "以上报告，请审阅。")
    add_signature(document, ("××职业学校", "张三"), "2022年12月31日")
    kept = {name: document.styles[name].paragraph_format.keep_with_next for name in ("Signature", "Date")}
    assert kept == {"Signature": True, "Date": None}
    shown = [
        (each.text, each.style.name, each.paragraph_format.keep_with_next) for each in document.paragraphs if each.style
    ]
    assert shown == [
        ("以上报告，请审阅。", "Body Text", True),
        ("××职业学校", "Signature", None),
        ("张三", "Signature", None),
        ("2022年12月31日", "Date", None),
    ]


def test_a_date_ends_four_characters_from_the_right_below_the_middle_of_the_signature() -> None:
    document = blank_document(Layout())
    line, date = 28, 7
    for name in ("Signature", "Date"):
        shape = document.styles[name].paragraph_format
        assert shape.left_indent is not None
        left = round(shape.left_indent.twips / 315)  # a character of 16 pt, drawn 5 twips closer
        assert (shape.alignment, shape.right_indent) == (WD_ALIGN_PARAGRAPH.CENTER, None)
        assert (line - left - date) / 2 == 4


def test_an_office_chooses_centred_numbers_and_lines_of_28_points() -> None:
    document = blank_document(Layout(page_number="centre", line_spacing=28))
    section = document.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    layout = document.styles["Body Text"].paragraph_format
    assert (layout.line_spacing, layout.line_spacing_rule) == (Pt(28), WD_LINE_SPACING.EXACTLY)


def test_a_setting_touches_only_page_numbers_and_body_lines_of_an_own_template() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.footer.paragraphs[0].text = "第三中学"
    number = section.footer.add_paragraph()._p
    number.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE \\* MERGEFORMAT "/>'))
    before = {style.name: style.element.xml for style in document.styles}
    apply_layout(document, Layout(page_number="outside", line_spacing=26.5))
    name, paragraph = section.footer.paragraphs
    assert (name.alignment, paragraph.alignment) == (None, WD_ALIGN_PARAGRAPH.RIGHT)
    changed = {style.name for style in document.styles if style.element.xml != before[style.name]}
    assert changed == {"Body Text", "Heading 1", "Heading 2", "Heading 3", "Subtitle"}
    assert section.even_page_footer.is_linked_to_previous


def test_where_there_is_no_body_text_style_the_default_style_is_body_text() -> None:
    document = docx.Document()
    styles = document.styles
    styles.element.remove(styles["Body Text"].element)
    apply_layout(document, Layout(line_spacing=28))
    assert styles["Normal"].paragraph_format.line_spacing == Pt(28)


FRAMED = '<w:p><w:pPr><w:framePr w:xAlign="center"/></w:pPr><w:fldSimple w:instr="PAGE"/></w:p>'
BOXED = (
    '<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
    '<w:txbxContent><w:p><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r></w:p></w:txbxContent>'
    "</wp:anchor></w:drawing></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("xml", "place"), [(FRAMED, "w:pPr/w:framePr/@w:xAlign"), (BOXED, ".//wp:positionH/wp:align/text()")]
)
def test_a_number_in_a_frame_or_a_box_takes_it_along(xml: str, place: str) -> None:
    document = docx.Document()
    old = document.sections[0].footer.paragraphs[0]._p
    new = parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w', 'wp')}>", 1))
    old.getparent().replace(old, new)
    apply_layout(document, Layout(page_number="outside"))
    assert new.xpath(place) == ["right"]


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_full_page_has_22_lines_of_28_characters_and_its_number(tmp_path: Path) -> None:
    document = blank_document(Layout())
    add_body(document, words(26 + 28 * (21 + 22 + 22 + 3)))
    shown = pages(document, tmp_path, "-layout")
    assert len(shown) == 4
    for number, page in enumerate(shown[:3], start=1):
        *lines, last = [line.strip() for line in page.splitlines() if line.strip()]
        assert re.sub(r"\s", "", last) == f"—{number}—"
        assert [len(line) for line in lines] == [26 if number == 1 else 28] + [28] * 21


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_numbers_stand_outside_one_character_in_and_7_mm_below_the_type_area(tmp_path: Path) -> None:
    document = blank_document(Layout())
    add_title(document, "年度述职报告")
    add_byline(document, "张三")
    add_heading(document, 1, "一、主要工作")
    add_body(document, words(28 * 30))
    (found,) = pages(document, tmp_path, "-bbox")
    odd, even = (
        re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">—<', page) for page in found.split("<page")[1:]
    )
    assert float(odd[-1][2]) == pytest.approx((210 - 26) * POINTS - 14, abs=1)
    assert float(even[0][0]) == pytest.approx(28 * POINTS + 14, abs=1)
    for dash in (*odd, *even):
        middle = (float(dash[1]) + float(dash[3])) / 2
        assert middle == pytest.approx((37 + 225 + 7) * POINTS, abs=2)
