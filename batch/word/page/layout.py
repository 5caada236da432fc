"""The layout of GB/T 9704-2012: page, styles and page numbers of a Word document.

The page: A4, type area 156 x 225 mm, 22 lines of 28 characters. All of it is in the section and the styles,
which an office may edit in Word. Fonts are named, never shipped; a machine without them shows its own and
keeps the layout.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from batch.values.xml_text import Element
from batch.word.page.styles import LINE_PITCH, PAGE_NUMBER_SIZE, define_styles

PAGE: Final = (11906, 16838)
"""Width and height of A4 in twips."""
MARGINS: Final = {"top_margin": 2098, "right_margin": 1474, "bottom_margin": 1984, "left_margin": 1588}
"""37, 26, 35 and 28 mm in twips."""
FOOTER_DISTANCE: Final = 1447
"""Sets the dashes of the page number 7 mm below the type area."""
BODY_STYLES: Final = ("Body Text", "Heading 1", "Heading 2", "Heading 3", "Subtitle", "Signature", "Date")
_PAGE_FIELD: Final = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)


PageNumber: TypeAlias = Literal["outside", "centre"]
"""At the outer edge, odd pages right and even pages left, or in the middle."""


@dataclass(frozen=True)
class Layout:
    """What an office may choose where the standard is read in more than one way."""

    page_number: PageNumber | None = "outside"
    """None: wherever the document has it."""
    line_spacing: float | None = None
    """Points from line to line of body text; None leaves it to the grid of the page, 22 lines to a full one."""


def blank_document(layout: Layout) -> Document:
    """Return an empty document with the page, the styles and the page numbers of the standard."""
    document = docx.Document()
    _clear_properties(document)
    _set_page(document)
    _set_typesetting(document)
    define_styles(document)
    _add_page_numbers(document)
    apply_layout(document, layout)
    return document


def apply_layout(document: Document, layout: Layout) -> None:
    """Set where page numbers stand and how far apart body lines are; the rest of the document stays as it is.

    A page number is a paragraph of a footer with a PAGE field. Without a line spacing the document keeps its own.
    """
    if layout.page_number is not None:
        _place_numbers(document, is_centred=layout.page_number == "centre")
    if layout.line_spacing is not None:
        _space_lines(document, layout.line_spacing)


def _place_numbers(document: Document, *, is_centred: bool) -> None:
    for section in document.sections:
        for footer, outer in (
            (section.footer, "right"),
            (section.even_page_footer, "left"),
            (section.first_page_footer, "right"),
        ):
            if not footer.is_linked_to_previous:
                for paragraph in _page_numbers(footer._element):  # noqa: SLF001 text boxes are not among its paragraphs
                    _place_number(paragraph, "center" if is_centred else outer)


def add_title(document: Document, text: str) -> Paragraph:
    """Append the title of a document; a line break in it stays where it is."""
    return document.add_paragraph(text, style="Title")


def add_byline(document: Document, text: str) -> Paragraph:
    """Append the line below the title that says who reports."""
    return document.add_paragraph(text, style="Subtitle")


def add_heading(document: Document, level: int, text: str) -> Paragraph:
    """Append a heading: level 1 is 一、, level 2 （一）, level 3 1."""
    return document.add_paragraph(text, style=f"Heading {level}")


def add_body(document: Document, text: str) -> Paragraph:
    """Append a paragraph of body text."""
    return document.add_paragraph(text, style="Body Text")


def add_signature(document: Document, signers: tuple[str, ...], date: str) -> None:
    """Append who signs and, below, the date; they stay with the last paragraph: never alone on a page."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    for signer in signers:
        document.add_paragraph(signer, style="Signature")
    document.add_paragraph(date, style="Date")


def _clear_properties(document: Document) -> None:
    properties = document.core_properties
    properties.title = properties.author = properties.last_modified_by = properties.comments = ""


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Twips(side) for side in PAGE)
    for name, twips in MARGINS.items():
        setattr(section, name, Twips(twips))
    section.footer_distance = Twips(FOOTER_DISTANCE)
    properties = section._sectPr  # noqa: SLF001 python-docx has no document grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{LINE_PITCH}"/>'))


def _set_typesetting(document: Document) -> None:
    """Have Word typeset as its Chinese edition does: punctuation compressed, no mode for old versions."""
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _add_page_numbers(document: Document) -> None:
    """Put the page number — 1 — at the foot of odd and even pages."""
    section = document.sections[0]
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        runs = parse_xml(f"<w:p {nsdecls('w')}>{_PAGE_FIELD}</w:p>")
        paragraph._p.extend(list(runs))  # noqa: SLF001 python-docx has no fields


def _page_numbers(footer: Element) -> Iterator[Element]:
    """Yield the paragraphs (``w:p``) below an element that hold a PAGE field."""
    for field in footer.iter(qn("w:instrText"), qn("w:fldSimple")):
        instruction = (field.text if field.tag == qn("w:instrText") else field.get(qn("w:instr"))) or ""
        if instruction.split()[:1] == ["PAGE"]:
            yield next(field.iterancestors(qn("w:p")))


def _place_number(paragraph: Element, side: str) -> None:
    """Set a page number at a side, one character in, or in the middle."""
    properties = paragraph.get_or_add_pPr()
    properties.get_or_add_jc().set(qn("w:val"), side)
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    indent = properties.get_or_add_ind()
    for name in ("left", "right"):
        is_in = name == side
        indent.set(qn(f"w:{name}Chars"), "100" if is_in else "0")
        indent.set(qn(f"w:{name}"), str(PAGE_NUMBER_SIZE * 20 if is_in else 0))
    for name in ("firstLineChars", "firstLine"):
        indent.set(qn(f"w:{name}"), "0")
    frame = properties.find(qn("w:framePr"))
    if frame is not None:  # Word's older way to number pages: a frame around the number alone
        frame.set(qn("w:xAlign"), side)
    for align in paragraph.xpath("ancestor::wp:anchor/wp:positionH/wp:align"):  # WPS's way: a text box
        align.text = side


def _space_lines(document: Document, points: float) -> None:
    """Set body lines so far apart; where a document has no body text style, its default style is body text."""
    known = {style.name: style for style in document.styles}
    names = BODY_STYLES if "Body Text" in known else (*BODY_STYLES, "Normal")
    for name in names:
        if name in known:
            known[name].paragraph_format.line_spacing = Pt(points)
