"""How wide a table or a chart may be at a place of a Word document, and how a table shares that among its columns."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

from docx.opc.part import XmlPart
from docx.oxml.ns import nsmap, qn
from docx.parts.story import StoryPart
from lxml import etree

from batch.report.content import Table, plain
from batch.values.xml_text import Element
from batch.word.page.layout import MARGINS, PAGE

TWIP: Final = 635
"""English Metric Units, in which drawings are measured."""
CELL_MARGIN: Final = 108
"""Twips at each side of a cell where the table does not say."""
BOX_MARGIN: Final = 144
"""Twips at each side of a text box."""
COLUMN_SPACE: Final = 720
"""Twips between columns of text where the section does not say."""
GB_MARGINS: Final = {"left": MARGINS["left_margin"], "right": MARGINS["right_margin"], "gutter": 0}
"""Twips, for a section that does not say."""
_OF_WIDTH: Final = ("w:pgSz", "w:pgMar", "w:cols")
_NAMESPACES: Final = nsmap | {"mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
_BOX_WIDTH: Final = etree.XPath(
    "(ancestor::wp:anchor|ancestor::wp:inline|ancestor::mc:AlternateContent)[last()]//wp:extent/@cx",
    namespaces=_NAMESPACES,
)
_SECTION_AFTER: Final = etree.XPath(
    "(self::w:sectPr|w:pPr/w:sectPr|following-sibling::w:sectPr|following-sibling::*/w:pPr/w:sectPr)[1]",
    namespaces=_NAMESPACES,
)
"""The end of the section that a block of the body stands in."""
TABLE_MARGIN: Final = 80
"""Twips at the left and right of a cell of our own tables."""
NARROW: Final = 0.55
"""Width of a letter or a digit in ems, with a little to spare: half an em in the fonts we name."""
SLACK: Final = 60
"""Twips more than the words of a column need: fonts differ."""
_TWIPS: Final = 20


def room_at(paragraph: Element, part: StoryPart) -> int:
    """Return the width in twips that stands open at a paragraph.

    This is the width of the cell or text box around it, else of a column of text of the section that
    holds it.
    """
    for element in paragraph.iterancestors(qn("w:tc"), qn("w:txbxContent")):
        width = _cell_room(element) if element.tag == qn("w:tc") else _box_room(element)
        if width > 0:
            return width
    return _column_room(_section(paragraph, part))


def is_in_body(paragraph: Element) -> bool:
    """Say whether a paragraph stands in the text itself: in no cell, text box, header or footer."""
    outer = [element.tag for element in paragraph.iterancestors()]
    return qn("w:body") in outer and not {qn("w:tc"), qn("w:txbxContent")}.intersection(outer)


def _cell_room(cell: Element) -> int:
    table = next(cell.iterancestors(qn("w:tbl")))
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    is_told = width is not None and width.get(qn("w:type"), "dxa") == "dxa"
    whole = int(width.get(qn("w:w"))) if is_told else sum(_grid_columns(cell, table))
    return whole - _cell_margin(cell, table, "left", "start") - _cell_margin(cell, table, "right", "end")


def _grid_columns(cell: Element, table: Element) -> Iterator[int]:
    """Yield the widths of the columns of a table's grid that a cell takes."""
    columns = [int(each.get(qn("w:w"), "0")) for each in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    skipped = next(cell.iterancestors(qn("w:tr"))).find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    before = 0 if skipped is None else int(skipped.get(qn("w:val")))
    before += sum(grid_span(each) for each in cell.itersiblings(qn("w:tc"), preceding=True))
    yield from columns[before : before + grid_span(cell)]


def grid_span(cell: Element) -> int:
    """Return how many columns of its table's grid a cell takes."""
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")))


def _cell_margin(cell: Element, table: Element, *sides: str) -> int:
    for owner, path in ((cell, "w:tcPr/w:tcMar/w:{}"), (table, "w:tblPr/w:tblCellMar/w:{}")):
        for side in sides:
            margin = owner.find(path.format(side), _NAMESPACES)
            if margin is not None:
                return int(margin.get(qn("w:w"), "0"))
    return CELL_MARGIN


def _box_room(content: Element) -> int:
    """Return the room in a text box; its copy for old programs is as wide as the drawing beside it."""
    extents = _BOX_WIDTH(content)
    return int(extents[0]) // TWIP - 2 * BOX_MARGIN if extents else 0


def _column_room(section: Element) -> int:
    """Return the width of a column of text: the page between its margins, shared by the section's columns."""
    size, margins, columns = (None if section is None else section.find(qn(name)) for name in _OF_WIDTH)
    page = _twips(size, "w", PAGE[0])
    text = page - sum(_twips(margins, name, GB_MARGINS[name]) for name in GB_MARGINS)
    count = _twips(columns, "num", 1)
    return (text - (count - 1) * _twips(columns, "space", COLUMN_SPACE)) // count


def _twips(element: Element, attribute: str, default: int) -> int:
    return default if element is None else int(element.get(qn(f"w:{attribute}"), default))


def _section(paragraph: Element, part: StoryPart) -> Element:
    """Return the properties (``w:sectPr``) of the section in which a paragraph is shown, or None."""
    main = part.package.main_document_part
    body = main.element.body
    if part is not main:
        return next((each for each in body.iter(qn("w:sectPr")) if _shows(each, part, main)), body.find(qn("w:sectPr")))
    block = paragraph
    while block.getparent() is not body:
        block = block.getparent()
    return next(iter(_SECTION_AFTER(block)), None)


def _shows(section: Element, part: StoryPart, main: XmlPart) -> bool:
    """Say whether a part is a header or footer of a section."""
    names = (each.get(qn("r:id")) for each in section.iterchildren(qn("w:headerReference"), qn("w:footerReference")))
    return any(main.related_parts.get(name) is part for name in names)


def column_widths(shares: tuple[float, ...], room: int) -> list[int]:
    """Return whole widths in proportion to the shares; they add up to the room.

    >>> column_widths((1, 1, 1), 100)
    [33, 34, 33]
    """
    total = sum(shares)
    edges = [round(room * edge / total) for edge in accumulate(shares, initial=0.0)]
    return [right - left for left, right in pairwise(edges)]


def fitted_widths(table: Table, size: float, room: int) -> list[int]:
    """Return widths that add up to the room, by the longest words of each column set in a size.

    Columns whose words fit into a line get it; where that is too much for the room, the widest share what the
    others leave. What remains over goes to all of them.
    """
    needs = [_need(column, size) for column in _columns(table)]
    most = _most(needs, room)
    return column_widths(tuple(min(need, most) for need in needs), room)


def line_count(table: Table, widths: Sequence[int], size: float) -> int:
    """Return about how many lines of text stand below each other in the rows of a table."""
    rooms = [max(1, width - 2 * TABLE_MARGIN) for width in widths]
    return sum(
        max(ceil(text_width(plain(cell), size) / room) or 1 for cell, room in zip(cells, rooms, strict=True))
        for cells in table.rows
    )


def text_width(text: str, size: float) -> float:
    """Return about how many twips a text takes on one line.

    >>> text_width("发文59件", 10)
    820.0
    """
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)
    return ems * size * _TWIPS


def _columns(table: Table) -> Iterator[Iterable[str]]:
    for index, name in enumerate(table.header):
        yield (name, *(plain(cells[index]) for cells in table.rows))


def _need(texts: Iterable[str], size: float) -> float:
    return max(text_width(text, size) for text in texts) + 2 * TABLE_MARGIN + SLACK


def _most(needs: Sequence[float], room: int) -> float:
    """Return the width that no column passes, so that all of them have room."""
    left, count = float(room), len(needs)
    for need in sorted(needs):
        if need * count >= left:
            return left / count
        left, count = left - need, count - 1
    return max(needs)
