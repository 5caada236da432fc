"""Headings, paragraphs, tables and charts of a report, put into a Word document at the place of a name."""

import copy
from dataclasses import dataclass
from typing import Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart

from batch.report.content import Block, Chart, Heading, NewPage, Paragraph, Table
from batch.values.xml_text import Element
from batch.word.markup.stories import ends_section
from batch.word.page.chart import chart_elements
from batch.word.page.paragraphs import run_properties, runs, spacer
from batch.word.page.room import is_in_body, room_at
from batch.word.page.styles import BODY_FONT, BODY_SIZE, FIRST_HEADING_FONT, SECOND_HEADING_FONT
from batch.word.page.table import keep_last_row, table_elements

HEADING_FONTS: Final = {1: FIRST_HEADING_FONT, 2: SECOND_HEADING_FONT}
GAP: Final = 6
"""Points between a table and the text behind it."""
_OF_ONE_PARAGRAPH: Final = ("w:pageBreakBefore", "w:numPr", "w:sectPr", "w:pPrChange")
"""What is not taken over from the paragraph of the name to each paragraph in its place."""
_BETWEEN: Final = frozenset(map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd")))
"""Marks between blocks that take no room."""


@dataclass(frozen=True)
class _Place:
    """Where blocks are put: the paragraph of the name, the part that holds it, how its letters look."""

    paragraph: Element
    part: StoryPart
    formatting: Element
    room: int
    is_in_body: bool
    takes_charts: bool
    """Word draws no chart in a header, a footer or a text box."""


def insert_blocks(
    paragraph: Element, blocks: tuple[Block, ...], part: StoryPart, *, formatting: Element = None
) -> None:
    """Insert the blocks in order behind a paragraph (``w:p``) of a part; the paragraph stays for the caller to drop.

    Paragraphs look as this one does, with letters as ``formatting`` (``w:rPr``) has them. Once it is dropped,
    what Word needs still stands: a paragraph behind a table at the end of a cell, and the end of a section.
    """
    place = _Place(
        paragraph, part, formatting, room_at(paragraph, part), is_in_body(paragraph), _takes_charts(paragraph)
    )
    last = paragraph
    starts_page = _is_on(paragraph, "w:pageBreakBefore")
    for block in blocks:
        if isinstance(block, NewPage):
            starts_page = place.is_in_body
            continue
        for element in _elements(block, place):
            if starts_page:
                element.get_or_add_pPr().get_or_add_pageBreakBefore().val = True
                starts_page = False
            last.addnext(element)
            last = element
    if last is not paragraph:
        _close(paragraph, last)


def drop_placeholder(paragraph: Element) -> None:
    """Take the paragraph of a name out of its document; where Word needs a paragraph there, an empty one stays.

    Word does not open a cell without a paragraph at its end, and a section ends in one.
    """
    before = next((each for each in paragraph.itersiblings(preceding=True) if each.tag not in _BETWEEN), None)
    stands_alone = before is None or before.tag not in {qn("w:p"), qn("w:sdt")}
    if ends_section(paragraph) or (stands_alone and not _precedes_paragraph(paragraph)):
        for each in paragraph.xpath("*[not(self::w:pPr)]"):
            paragraph.remove(each)
    else:
        paragraph.getparent().remove(paragraph)


def _is_on(paragraph: Element, name: str) -> bool:
    """Say whether a paragraph has a property that is on or off."""
    mark = None if paragraph.pPr is None else paragraph.pPr.find(qn(name))
    return mark is not None and bool(mark.val)


def _takes_charts(paragraph: Element) -> bool:
    outer = {element.tag for element in paragraph.iterancestors()}
    return qn("w:body") in outer and qn("w:txbxContent") not in outer


def _elements(block: Block, place: _Place) -> tuple[Element, ...]:
    match block:
        case Heading(level, text):
            return (_heading(level, text, place.part),)
        case Paragraph(text):
            element = OxmlElement("w:p")
            element.extend((*_properties(place.paragraph), *runs(text, place.formatting)))
            return (element,)
        case Table():
            return table_elements(block, place.room)
        case Chart() if place.takes_charts:
            return chart_elements(block, place.room, place.part)
        case _:
            return ()


def _properties(paragraph: Element) -> tuple[Element, ...]:
    if paragraph.pPr is None:
        return ()
    properties = copy.deepcopy(paragraph.pPr)
    for name in _OF_ONE_PARAGRAPH:
        for each in properties.findall(qn(name)):
            properties.remove(each)
    return (properties,)


def _heading(level: int, text: str, part: StoryPart) -> Element:
    """Return a heading in the document's own style, or set outright where the document has none."""
    style = _style_id(f"heading {level}", part)
    if style is not None:
        element = parse_xml(f"<w:p {nsdecls('w')}><w:pPr><w:keepNext/></w:pPr></w:p>")
        element.style = style
        element.extend(runs(text))
        return element
    letters = run_properties(HEADING_FONTS.get(level, BODY_FONT), BODY_SIZE)
    element = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:keepNext/><w:ind w:firstLine="{2 * BODY_SIZE * 20}" w:firstLineChars="200"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:r>{letters}</w:r></w:p>'
    )
    run = element[-1]
    element.extend(runs(text, run[0]))
    element.remove(run)
    return element


def _style_id(name: str, part: StoryPart) -> str | None:
    """Return the id of the paragraph style that Word knows by a name; a Chinese Word numbers its styles."""
    for style in part.package.main_document_part.styles.element.iterchildren(qn("w:style")):
        known = style.find(qn("w:name"))
        if known is not None and known.get(qn("w:val")).lower() == name and style.get(qn("w:type")) == "paragraph":
            return str(style.get(qn("w:styleId")))
    return None


def _close(paragraph: Element, last: Element) -> None:
    """Set what follows off from a table, put the paragraph that Word needs behind one, and hand on a section's end."""
    is_end = ends_section(paragraph)
    if last.tag == qn("w:tbl"):
        is_kept = _is_on(paragraph, "w:keepNext")
        if is_kept:
            keep_last_row(last)
        is_followed = not is_end and _precedes_paragraph(last)
        if not is_followed or is_in_body(paragraph):
            last.addnext(spacer(height=GAP if is_followed else 1, is_kept=is_kept))
            last = last.getnext()
    if is_end:
        last.get_or_add_pPr().append(paragraph.pPr.find(qn("w:sectPr")))


def _precedes_paragraph(element: Element) -> bool:
    following = next((each for each in element.itersiblings() if each.tag not in _BETWEEN), None)
    return following is not None and following.tag == qn("w:p")
