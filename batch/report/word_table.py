"""Tables in Word: built from row elements, for ``table.cell`` of python-docx is quadratic."""

from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from batch.report.content import Table, Text, plain

TYPE_AREA: Final = 11906 - 1588 - 1474
"""Width of the type area in twips."""
SIZE: Final = 10.5
SMALLER_SIZES: Final = ((9, 8), (6, 9))
"""(columns, size): from this many columns on a table is set in this size."""
KEPT_WHOLE: Final = 15
"""A table of at most this many rows stays on one page."""
CAPTION_SIZE: Final = 12
TEXT_FROM: Final = 12
"""A column with a cell of at least this many characters is set flush left, others are centred."""


def add_table(document: Document, table: Table) -> None:
    """Append a captioned table to the document: header repeated on every page, no row split."""
    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(6)
    run = caption.add_run(table.caption)
    run.font.size = Pt(CAPTION_SIZE)
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:eastAsia"), "黑体")
    run._r.get_or_add_rPr().insert(0, fonts)  # noqa: SLF001 no public way to a run's East Asian font
    body = document.element.body
    body.insert(len(body) - 1, _element(table))  # before the section's properties
    spacer = document.add_paragraph()
    spacer.paragraph_format.line_spacing = Pt(8)


def _element(table: Table) -> Any:  # noqa: ANN401 lxml's elements are untyped
    widths = [round(TYPE_AREA * share) for share in table.widths]
    size = next((smaller for columns, smaller in SMALLER_SIZES if len(widths) >= columns), SIZE)
    flush_left = [_is_text(table, index) for index in range(len(widths))]
    element = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr><w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid></w:tbl>"
    )
    element.append(_row(table.header, widths, size, [False] * len(widths), is_header=True))
    for cells in table.rows:
        element.append(_row(cells, widths, size, flush_left, is_header=False))
    if len(table.rows) <= KEPT_WHOLE:
        for row in element.findall(qn("w:tr"))[:-1]:
            _keep_with_next(row)
    return element


def keep_last_row(table: BaseOxmlElement) -> None:
    """Keep the last row of a table on the page of what follows it."""
    _keep_with_next(table.findall(qn("w:tr"))[-1])


def _keep_with_next(row: BaseOxmlElement) -> None:
    for properties in row.iter(qn("w:pPr")):
        properties.insert(0, OxmlElement("w:keepNext"))


_BORDERS: Final = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def _is_text(table: Table, index: int) -> bool:
    return any(len(plain(cells[index])) >= TEXT_FROM for cells in table.rows)


def _row(cells: tuple[Text, ...], widths: list[int], size: float, flush_left: list[bool], *, is_header: bool) -> Any:  # noqa: ANN401 lxml's elements are untyped
    head = "<w:tblHeader/>" if is_header else ""
    row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{head}</w:trPr></w:tr>")
    for text, width, is_left in zip(cells, widths, flush_left, strict=True):
        cell = parse_xml(_cell_xml(width, size, is_left=is_left, is_header=is_header))
        cell.find(f".//{qn('w:t')}").text = _printable(plain(text))
        row.append(cell)
    return row


def _cell_xml(width: int, size: float, *, is_left: bool, is_header: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if is_header else ""
    font = '<w:rFonts w:eastAsia="黑体"/>' if is_header else '<w:rFonts w:eastAsia="宋体"/>'
    letters = f'<w:rPr>{font}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    return (
        f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20"/>'
        f'<w:jc w:val="{"left" if is_left else "center"}"/>{letters}</w:pPr>'
        f'<w:r>{letters}<w:t xml:space="preserve"></w:t></w:r></w:p></w:tc>'
    )


def _printable(text: str) -> str:
    """Return the text without control characters, which XML cannot hold."""
    return "".join(character if character.isprintable() else " " for character in text)
