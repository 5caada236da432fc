"""A report as a Word file, laid out by GB/T 9704-2012.

The page: A4, type area 156 x 225 mm, 22 lines of 28 characters, set by a document grid. Fonts are named,
never shipped; a machine without them shows its own and keeps the layout.
"""

import copy
import io
from datetime import datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, Twips
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from batch.package import repacked
from batch.properties import LONGEST_PROPERTY
from batch.report.content import Block, Heading, NewPage, Paragraph, Report, Table, plain
from batch.report.word_table import add_table, keep_last_row

PAGE: Final = (11906, 16838)
"""Width and height of A4 in twips."""
MARGINS: Final = {"top_margin": 2098, "right_margin": 1474, "bottom_margin": 1984, "left_margin": 1588}
"""37, 26, 35 and 28 mm in twips."""
FOOTER_DISTANCE: Final = 1304
"""Sets the page number 7 mm below the type area."""
LINE_PITCH: Final = 579
"""22 lines to the 225 mm of the type area."""
CHARACTER_SPACING: Final = -5
"""Twips added to each 16 pt character, so that 28 of them fill the 156 mm of a line.

A character grid would do the same on paper, but pulls text apart where a font is replaced by a wider one.
"""
BODY_SIZE: Final = 16
TITLE_SIZE: Final = 22
TITLE_GAP: Final = 6
PAGE_NUMBER_SIZE: Final = 14

BODY_FONT: Final = "仿宋_GB2312"
TITLE_FONT: Final = "方正小标宋简体"
HEADING_FONTS: Final = {1: "黑体", 2: "楷体_GB2312"}
NUMBER_FONT: Final = "宋体"
LATIN_FONT: Final = "Times New Roman"
DRAFT: Final = "草稿"


def write_word(report: Report) -> bytes:
    """Return the report as a .docx whose bytes depend on the report alone."""
    document = docx.Document()
    _set_properties(document, report)
    _set_page(document)
    _set_styles(document)
    _add_page_numbers(document)
    if report.is_draft:
        _mark_draft(document)
    _add_title(document, report)
    for block in report.body:
        _add_block(document, block)
    _add_signature(document, report.signature)
    if report.appendix:
        for block in (NewPage(), *report.appendix):
            _add_block(document, block)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _set_properties(document: Document, report: Report) -> None:
    properties = document.core_properties
    properties.title = report.title.replace("\n", "")[:LONGEST_PROPERTY]
    properties.subject = report.unit[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 fixed: same bytes on any day


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Twips(side) for side in PAGE)
    for name, twips in MARGINS.items():
        setattr(section, name, Twips(twips))
    section.footer_distance = Twips(FOOTER_DISTANCE)
    document.settings.odd_and_even_pages_header_footer = True
    properties = section._sectPr  # noqa: SLF001 python-docx has no document grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    properties.append(grid)


def _set_styles(document: Document) -> None:
    normal = _style(document, "Normal")
    set_fonts(normal, BODY_FONT, BODY_SIZE)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CHARACTER_SPACING))
    normal.element.rPr.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    layout = normal.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = 1.0
    layout.widow_control = False
    for level, font in HEADING_FONTS.items():
        heading = _style(document, f"Heading {level}")
        set_fonts(heading, font, BODY_SIZE)
        heading.font.bold = False
        heading.font.italic = False
        heading.font.color.rgb = None
        colour = heading.element.rPr.find(qn("w:color"))
        if colour is not None:
            heading.element.rPr.remove(colour)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
        heading.paragraph_format.line_spacing = 1.0
        heading.paragraph_format.keep_with_next = True


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style


def set_fonts(style: ParagraphStyle, font: str, size: float) -> None:
    """Set a style's font for Latin and Chinese text alike: python-docx's own ``font.name`` leaves Chinese out."""
    style.font.size = Pt(size)
    _set_run_fonts(style.element.get_or_add_rPr(), font)


def _set_run_fonts(properties: BaseOxmlElement, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    fonts.set(qn("w:ascii"), LATIN_FONT)
    fonts.set(qn("w:hAnsi"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes are Chinese ones


def _add_title(document: Document, report: Report) -> None:
    for text, font, size in ((report.title, TITLE_FONT, TITLE_SIZE), (report.byline, HEADING_FONTS[2], BODY_SIZE)):
        if not text:
            continue
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(TITLE_GAP)
        _snap_off(paragraph)  # a line grid would give a large title two lines' height
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        _set_run_fonts(run._r.get_or_add_rPr(), font)  # noqa: SLF001 no public way to a run's East Asian font
    document.add_paragraph()


def _add_block(document: Document, block: Block) -> None:
    match block:
        case Heading(level, text):
            _indent(document.add_paragraph(text, style=f"Heading {level}"))
        case Paragraph(text):
            paragraph = document.add_paragraph(plain(text))
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            _indent(paragraph)
        case Table():
            add_table(document, block)
        case NewPage():
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_signature(document: Document, lines: tuple[str, ...]) -> None:
    """Set the signature block to the right, kept with the end of the text: it never stands alone on a page."""
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    before = last._p.getprevious()  # noqa: SLF001 python-docx does not tell what stands before a paragraph
    if before is not None and before.tag == qn("w:tbl"):
        keep_last_row(before)
    document.add_paragraph().paragraph_format.keep_with_next = True
    for line in lines:
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(2 * BODY_SIZE)
        paragraph.paragraph_format.keep_with_next = line != lines[-1]


def _indent(paragraph: WordParagraph) -> None:
    """Indent the first line by two characters, in characters, so that it holds at any size."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)
    indent = paragraph._p.get_or_add_pPr().find(qn("w:ind"))  # noqa: SLF001 python-docx knows no character indents
    if indent is not None:
        indent.set(qn("w:firstLineChars"), "200")


def _snap_off(paragraph: WordParagraph) -> None:
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 python-docx knows no grid
    properties.insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _add_page_numbers(document: Document) -> None:
    """Put the page number — 1 — at the foot: odd pages at the right, even pages at the left, one character in."""
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(PAGE_NUMBER_SIZE)
        for text in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if text == "PAGE" else text)
            run.font.size = Pt(PAGE_NUMBER_SIZE)
            fonts = run._r.get_or_add_rPr()  # noqa: SLF001 no public way to a run's East Asian font
            _set_run_fonts(fonts, NUMBER_FONT)
            fonts.find(qn("w:rFonts")).set(qn("w:ascii"), NUMBER_FONT)
            fonts.find(qn("w:rFonts")).set(qn("w:hAnsi"), NUMBER_FONT)
            if text == "PAGE":
                for element in _page_field():
                    run._r.append(element)  # noqa: SLF001 python-docx has no fields


def _page_field() -> list[BaseOxmlElement]:
    begin = OxmlElement("w:fldChar")
    begin.set(qn("w:fldCharType"), "begin")
    instruction = OxmlElement("w:instrText")
    instruction.text = "PAGE"
    end = copy.copy(begin)
    end.set(qn("w:fldCharType"), "end")
    return [begin, instruction, end]


def _mark_draft(document: Document) -> None:
    """Say 草稿 at the head of every page."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(f"{DRAFT}（台账有错误未改正，有错误的行没有计入）")
        run.font.size = Pt(PAGE_NUMBER_SIZE)
