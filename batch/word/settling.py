"""What a rendered story still needs so that Word opens it: nothing empty that must not be, nothing twice."""

from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from batch.word.joining import PARAGRAPH
from batch.word.placing import HAD_CELLS

_TABLE, _ROW, _CELL, _CONTROL = (qn(name) for name in ("w:tbl", "w:tr", "w:tc", "w:sdt"))
_CONTENT: Final = qn("w:sdtContent")
_NEEDS_PARAGRAPH: Final = tuple(map(qn, ("w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent")))
_NUMBERED: Final = (
    ("w:bookmarkStart", "w:bookmarkEnd"),
    ("w:permStart", "w:permEnd"),
    ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"),
)
"""Elements that name one thing each by its number: how it begins, how it ends, and what else names it."""
_WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_IDENTITIES: Final = (f"{_WORD_2010}paraId", f"{_WORD_2010}textId")


def settle(root: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
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


def _drop_without(root: Any, tag: str, content: str) -> None:  # noqa: ANN401 lxml's elements are untyped
    """Drop a row without cells, or a table without rows."""
    for each in list(root.iter(tag)):
        if next(each.iter(content), None) is None:
            each.getparent().remove(each)


def _drop_empty_controls(root: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    for control in reversed(list(root.iter(_CONTROL))):  # inner ones first
        content = control.find(_CONTENT)
        if content is not None and len(content) == 0:
            control.getparent().remove(control)


def _lacks_paragraph(holder: Any) -> bool:  # noqa: ANN401 lxml's elements are untyped
    """Say whether there is no paragraph where there must be one: at a cell's end, anywhere in the others."""
    blocks = [each.tag for each in holder.iterchildren(PARAGRAPH, _TABLE, _CONTROL)]
    if holder.tag == _CELL:
        return not blocks or blocks[-1] == _TABLE
    return next(holder.iter(PARAGRAPH), None) is None


def _keep_names_once(root: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
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


def _fit_columns(table: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    """Give a table's grid as many columns as its widest row has, all within the width it had."""
    grid = table.find(qn("w:tblGrid"))
    if grid is None:
        return
    wanted = max((sum(map(_span, row.findall(qn("w:tc")))) for row in table.findall(qn("w:tr"))), default=0)
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
    for cell in table.iterfind(f"{qn('w:tr')}/{qn('w:tc')}"):
        for cell_width in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
            cell_width.set(qn("w:w"), str(width * _span(cell)))
            cell_width.set(qn("w:type"), "dxa")


def _span(cell: Any) -> int:  # noqa: ANN401 lxml's elements are untyped
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")))
