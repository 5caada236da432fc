"""What a rendered story still needs: blocks in their places, no stray punctuation, nothing empty or twice for Word."""

import copy
import re
from collections.abc import Sequence
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.story import StoryPart

from batch.report.content import Blocks
from batch.values.xml_text import Element
from batch.word.language.environment import BLOCK_MARK, LINE_MARK, TAB_MARK
from batch.word.markup.joining import remove_from_run
from batch.word.markup.placing import HAD_CELLS, HAD_TAGS
from batch.word.markup.stories import FORMATTING, PARAGRAPH, RUN, TEXT, ends_section, is_blank, own
from batch.word.page.blocks import drop_placeholder, insert_blocks
from batch.word.page.room import grid_span

_TABLE, _ROW, _CELL, _CONTROL = (qn(name) for name in ("w:tbl", "w:tr", "w:tc", "w:sdt"))
_CONTENT: Final = qn("w:sdtContent")
_NEEDS_PARAGRAPH: Final = tuple(map(qn, ("w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent")))
_NUMBERED: Final = (
    ("w:bookmarkStart", "w:bookmarkEnd"),
    ("w:permStart", "w:permEnd"),
    ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"),
)
"""Elements that name one thing each by its number: how it begins, how it ends, and what else names it."""
_IDENTITIES: Final = (qn("w14:paraId"), qn("w14:textId"))
_SIGNS: Final = re.compile(r"[，、；：。]{2,}")
_STRENGTH: Final = "、，；。："
"""Of signs that dropped clauses have brought together the strongest stays: what leads in, else what ends most."""
_LEADING: Final = re.compile(r"\s*([，；、。]+)")
_BLOCK: Final = re.compile(f"{BLOCK_MARK}([0-9]+){BLOCK_MARK}")
_BREAK: Final = re.compile(f"([{LINE_MARK}{TAB_MARK}])")
_ELEMENTS: Final = {LINE_MARK: "w:br", TAB_MARK: "w:tab"}


def settle(root: Element) -> None:
    """Put a rendered story in the order that Word needs, where clauses, rows or blocks came and went."""
    for table in root.iter(_TABLE):
        if table.attrib.pop(HAD_CELLS, None):
            _fit_columns(table)
    for tag, content in ((_ROW, _CELL), (_TABLE, _ROW)):
        _drop_without(root, tag, content)
    _drop_empty_controls(root)
    for holder in root.iter(*_NEEDS_PARAGRAPH):
        if _lacks_paragraph(holder):
            holder.append(OxmlElement("w:p"))
    _keep_names_once(root)


def _drop_without(root: Element, tag: str, content: str) -> None:
    """Drop a row without cells, or a table without rows."""
    for each in list(root.iter(tag)):
        if next(each.iter(content), None) is None:
            each.getparent().remove(each)


def _drop_empty_controls(root: Element) -> None:
    for control in reversed(list(root.iter(_CONTROL))):  # inner ones first
        content = control.find(_CONTENT)
        if content is not None and len(content) == 0:
            control.getparent().remove(control)


def _lacks_paragraph(holder: Element) -> bool:
    """Say whether there is no paragraph where there must be one: at a cell's end, anywhere in the others."""
    blocks = [each.tag for each in holder.iterchildren(PARAGRAPH, _TABLE, _CONTROL)]
    if holder.tag == _CELL:
        return not blocks or blocks[-1] == _TABLE
    return next(holder.iter(PARAGRAPH), None) is None


def _keep_names_once(root: Element) -> None:
    """Keep what is known by a number or an identity where it stands first: a loop has repeated it.

    A mark of a beginning whose end was left out goes too, and the other way round.
    """
    for names in _NUMBERED:
        marks = [(each.tag, each.get(qn("w:id")), each) for each in root.iter(*map(qn, names))]
        kept = {(tag, number): each for tag, number, each in reversed(marks)}
        halves = [qn(name) for name in names[:2]]
        for tag, number, each in marks:
            is_half = tag in halves and not all((half, number) in kept for half in halves)
            if is_half or kept[tag, number] is not each:
                each.getparent().remove(each)
    identities: set[str | None] = set()
    for paragraph in root.iter(PARAGRAPH):
        if paragraph.get(_IDENTITIES[0]) in identities:
            for name in _IDENTITIES:
                paragraph.attrib.pop(name, None)
        identities.add(paragraph.get(_IDENTITIES[0], ""))


def _fit_columns(table: Element) -> None:
    """Give a table's grid as many columns as its widest row has, all within the width it had."""
    grid = table.find(qn("w:tblGrid"))
    if grid is None:
        return
    wanted = max((sum(map(grid_span, row.findall(_CELL))) for row in table.findall(_ROW)), default=0)
    widths = [int(float(column.get(qn("w:w"), "0"))) for column in grid]
    if not wanted or wanted == len(widths):
        return
    width = sum(widths) // wanted
    for column in list(grid):
        grid.remove(column)
    for _ in range(wanted):
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        grid.append(column)
    for cell in table.iterfind(f"{_ROW}/{_CELL}"):
        for cell_width in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
            cell_width.set(qn("w:w"), str(width * grid_span(cell)))
            cell_width.set(qn("w:type"), "dxa")


def tidy(root: Element) -> None:
    """Tidy the paragraphs of a rendered story whose template held control tags; the others are left as typed."""
    for paragraph in list(root.iter(PARAGRAPH)):
        if paragraph.attrib.pop(HAD_TAGS, None) is None:
            continue
        _take_stray_punctuation(paragraph)
        if is_blank(paragraph) and not ends_section(paragraph) and _has_company(paragraph):
            paragraph.getparent().remove(paragraph)


def _take_stray_punctuation(paragraph: Element) -> None:
    texts = list(own(paragraph, TEXT))
    stray = _stray("".join(each.text or "" for each in texts))
    start = 0
    for each in texts:
        text = each.text or ""
        kept = "".join(sign for at, sign in enumerate(text, start=start) if at not in stray)
        if kept != text:
            each.text = kept
            if not kept:
                remove_from_run(each)
        start += len(text)


def _stray(text: str) -> set[int]:
    """Return where the punctuation stands that clauses left behind where they were dropped.

    >>> text = "，发文3件，收文2件；。用印5人次，，。"
    >>> "".join(sign for at, sign in enumerate(text) if at not in _stray(text))
    '发文3件，收文2件。用印5人次。'
    """
    leading = _LEADING.match(text)
    stray = set(range(*leading.span(1))) if leading else set()
    for run in _SIGNS.finditer(text):
        kept = max(range(*run.span()), key=lambda at: _STRENGTH.index(text[at]))
        stray |= {*range(*run.span())} - {kept}
    return stray


def _has_company(paragraph: Element) -> bool:
    return any(each is not paragraph for each in paragraph.getparent().iterchildren(PARAGRAPH))


def embed_breaks(root: Element) -> None:
    """Let Word's own line breaks and tabs stand where a value had them."""
    for text in list(root.iter(TEXT)):
        pieces = _BREAK.split(text.text or "")
        if len(pieces) == 1:
            continue
        for piece in pieces:
            if piece in _ELEMENTS:
                text.addprevious(OxmlElement(_ELEMENTS[piece]))
            elif piece:
                part = copy.copy(text)
                part.text = piece
                text.addprevious(part)
        text.getparent().remove(text)


def embed_blocks(root: Element, blocks: Sequence[Blocks], part: StoryPart) -> None:
    """Put each value that is made of blocks behind the paragraph that names it; drop one that names nothing else."""
    for paragraph in [each for each in root.iter(PARAGRAPH) if _marks(each)]:
        for text, numbers in reversed(_marks(paragraph)):
            formatting = text.getparent().find(FORMATTING)
            for number in reversed(numbers):
                insert_blocks(paragraph, blocks[number].blocks, part, formatting=formatting)
            text.text = _BLOCK.sub("", text.text)
        if is_blank(paragraph):
            drop_placeholder(paragraph)


def _marks(paragraph: Element) -> list[tuple[Element, list[int]]]:
    """Return the texts of the paragraph itself that name blocks, with the blocks' numbers."""
    return [
        (text, list(map(int, numbers)))
        for text in own(paragraph, TEXT)
        if (numbers := _BLOCK.findall(text.text or "")) and text.getparent().tag == RUN
    ]
