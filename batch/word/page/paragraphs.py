"""How a paragraph of ours is set, whatever an office has made of its styles: its runs, figures in their controls.

A style that sets lines 28 points apart, or indents each first line, is made for body text: under it a cell's
words would be clipped and a chart shrink to one line. So each property is said outright.
"""

import copy
import re
from collections.abc import Iterator
from typing import Final

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from batch.report.content import Mention, Text, spans
from batch.values.xml_text import Element
from batch.word.page.control import controlled
from batch.word.page.styles import LATIN_FONT

CAPTION_FONT: Final = "黑体"
CAPTION_SIZE: Final = 12
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def paragraph_properties(
    alignment: str, *, before: int = 0, after: int = 0, is_kept: bool = False, letters: str = ""
) -> str:
    """Return the XML (``w:pPr``) of a paragraph without indents, its lines as high as what stands in them.

    ``before`` and ``after`` are twips; ``is_kept`` keeps it on the page of what follows.
    """
    return (
        f'<w:pPr>{"<w:keepNext/>" if is_kept else ""}<w:pageBreakBefore w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{before}" w:beforeLines="0" w:beforeAutospacing="0"'
        f' w:after="{after}" w:afterLines="0" w:afterAutospacing="0" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:left="0" w:leftChars="0" w:right="0" w:rightChars="0" w:firstLine="0" w:firstLineChars="0"/>'
        f'<w:jc w:val="{alignment}"/>{letters}</w:pPr>'
    )


def run_properties(font: str, size: float) -> str:
    """Return the XML (``w:rPr``) of letters in a Chinese font and a size in points, upright and evenly spaced."""
    return (
        f'<w:rPr><w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{font}" w:hint="eastAsia"/>'
        f'<w:b w:val="0"/><w:i w:val="0"/><w:spacing w:val="0"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )


def caption(text: Text, *, before: int, after: int, is_kept: bool) -> Element:
    """Return the paragraph (``w:p``) that names a table or a chart; ``is_kept`` holds it to what follows."""
    letters = run_properties(CAPTION_FONT, CAPTION_SIZE)
    properties = paragraph_properties("center", before=before, after=after, is_kept=is_kept, letters=letters)
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{properties}</w:p>")
    paragraph.extend(runs(text, parse_xml(letters.replace("<w:rPr>", f"<w:rPr {nsdecls('w')}>", 1))))
    return paragraph


def spacer(*, height: int = 1, is_kept: bool = False) -> Element:
    """Return an empty paragraph, so many points high; of one point it never needs a new page.

    ``is_kept`` keeps it on the page of what follows.
    """
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr>{"<w:keepNext/>" if is_kept else ""}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{20 * height}" w:lineRule="exact"/>'
        '<w:ind w:left="0" w:firstLine="0"/>'
        '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def runs(text: Text, formatting: Element = None) -> Iterator[Element]:
    """Yield the runs that say a text, all in one formatting (``w:rPr``, copied), a figure's in its control."""
    for span in spans(text):
        if isinstance(span, Mention):
            yield controlled(span.figure, _run(span.text, formatting))
        elif span:
            yield _run(span, formatting)


def printable(text: str) -> str:
    r"""Return the text with a space for each character that XML or a line cannot hold.

    Private characters stay: rare characters of names are kept there.

    >>> printable("张\x0b三　李\n四")
    '张 三\u3000李 四'
    """
    return _UNPRINTABLE.sub(" ", text)


def _run(text: str, formatting: Element) -> Element:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    if formatting is not None:
        run.append(copy.deepcopy(formatting))
    words.text = printable(text)
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run
