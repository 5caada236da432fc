"""Tables in Word, put together from copied rows: ``table.cell`` of python-docx is quadratic."""

import copy
from typing import Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from batch.report.content import Table, Text, plain
from batch.values.xml_text import Element
from batch.word.page.paragraphs import caption, paragraph_properties, printable, run_properties, runs
from batch.word.page.room import TABLE_MARGIN, column_widths, fitted_widths, line_count

SIZE: Final = 10.5
DENSE_SIZE: Final = 9
SMALLER_SIZES: Final = ((9, 8), (6, 9))
"""(columns, size): from this many columns on a table is set in this size."""
KEPT_WHOLE: Final = 8
"""A table of at most this many lines stays on one page."""
FEWEST: Final = 3
"""So many rows at least of a longer table stand together before a new page and behind it."""
TEXT_FROM: Final = 12
"""A column with a cell of at least this many characters is set flush left, others are centred."""
PADDING: Final = 20
"""Twips above and below the words of a cell."""
HEADER_FONT: Final = "黑体"
CELL_FONT: Final = "宋体"
HEADER_SHADE: Final = "EDEDED"
_EDGES: Final = (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
"""Lines of a table, in eighths of a point."""


def table_elements(table: Table, room: int) -> tuple[Element, Element]:
    """Return a table's caption and the table (``w:tbl``), as wide as the room (twips).

    The header is repeated on every page and no row is split; a small table stays on one page with its caption,
    of a longer one no page holds a row or two alone.
    """
    return caption(table.caption, before=120, after=60, is_kept=True), _table(table, room)


def keep_last_row(table: Element) -> None:
    """Keep the last row of a table (``w:tbl``) on the page of what follows it."""
    for properties in table.findall(qn("w:tr"))[-1].iter(qn("w:pPr")):
        properties.get_or_add_keepNext()


def _table(table: Table, room: int) -> Element:
    size = next((smaller for columns, smaller in SMALLER_SIZES if len(table.header) >= columns), SIZE)
    size = min(size, DENSE_SIZE) if table.is_dense else size
    widths = column_widths(table.widths, room) if table.widths else fitted_widths(table, size, room)
    alignments = ["left" if _is_text(table, index) else "center" for index in range(len(widths))]
    last = len(table.rows) - 1
    is_whole = line_count(table, widths, size) <= KEPT_WHOLE
    element = _frame(widths)
    header = _blank_row(widths, ["center"] * len(widths), size, is_header=True, is_kept=bool(table.rows))
    element.append(_filled(header, table.header))
    loose, kept = (_blank_row(widths, alignments, size, is_header=False, is_kept=kept) for kept in (False, True))
    for index, cells in enumerate(table.rows):
        is_kept = index < last and (is_whole or not FEWEST - 1 <= index <= last - FEWEST)
        element.append(_filled(copy.deepcopy(kept if is_kept else loose), cells))
    return element


def _is_text(table: Table, index: int) -> bool:
    return any(len(plain(cells[index])) >= TEXT_FROM for cells in table.rows)


def _frame(widths: list[int]) -> Element:
    edges = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>' for side, size in _EDGES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{TABLE_MARGIN}" w:type="dxa"/><w:right w:w="{TABLE_MARGIN}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid></w:tbl>"
    )


def _blank_row(widths: list[int], alignments: list[str], size: float, *, is_header: bool, is_kept: bool) -> Element:
    """Return a row (``w:tr``) with one empty run in each cell."""
    repeated = "<w:tblHeader/>" if is_header else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_SHADE}"/>' if is_header else ""
    letters = run_properties(HEADER_FONT if is_header else CELL_FONT, size)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p>{paragraph_properties(alignment, before=PADDING, after=PADDING, is_kept=is_kept, letters=letters)}"
        f'<w:r>{letters}<w:t xml:space="preserve"/></w:r></w:p></w:tc>'
        for width, alignment in zip(widths, alignments, strict=True)
    )
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>")


def _filled(row: Element, cells: tuple[Text, ...]) -> Element:
    """Write the texts into the runs of a blank row, and return it."""
    for text, run in zip(cells, list(row.iter(qn("w:r"))), strict=True):
        if isinstance(text, str):
            run[-1].text = printable(text)
        else:
            run.getparent().extend(runs(text, run[0]))
            run.getparent().remove(run)
    return row
