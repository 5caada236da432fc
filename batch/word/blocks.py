"""Generated paragraphs put into a Word document at the place of a name.

To be replaced: only paragraphs are put in so far, headings, tables and charts are left out.
"""

import copy
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.story import StoryPart

from batch.report.content import Block, Mention, Paragraph, spans
from batch.word.control import controlled

_SECTION: Final = qn("w:sectPr")


def insert_blocks(paragraph: Any, blocks: tuple[Block, ...], part: StoryPart, *, formatting: Any = None) -> None:  # noqa: ANN401 lxml's elements are untyped
    """Insert the blocks in order behind a paragraph (``w:p``) of a part; the paragraph stays for the caller to drop."""
    del part
    properties = paragraph.find(qn("w:pPr"))
    section = None if properties is None else properties.find(_SECTION)
    if section is not None:
        properties.remove(section)
    last = paragraph
    for block in blocks:
        if isinstance(block, Paragraph):
            last.addnext(_paragraph(block, properties, formatting))
            last = last.getnext()
    if section is not None:
        ending = OxmlElement("w:p")
        ending.get_or_add_pPr().append(section)
        last.addnext(ending)


def _paragraph(block: Paragraph, properties: Any, formatting: Any) -> Any:  # noqa: ANN401 as above
    paragraph = OxmlElement("w:p")
    if properties is not None:
        paragraph.append(copy.deepcopy(properties))
    for span in spans(block.text):
        run = OxmlElement("w:r")
        if formatting is not None:
            run.append(copy.deepcopy(formatting))
        text = OxmlElement("w:t")
        text.text = span.text if isinstance(span, Mention) else span
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        paragraph.append(controlled(span.figure, run) if isinstance(span, Mention) else run)
    return paragraph
