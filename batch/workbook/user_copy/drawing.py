"""The drawing of a sheet's comments: a box a comment, in the old markup that Excel still asks for (VML)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import Final

from batch.workbook.user_copy.marks import Cell
from batch.workbook.user_copy.outline import Outline

_NAMESPACES: Final = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
EMPTY: Final = (
    f'<xml{_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_TYPE: Final = (
    '<v:shapetype{namespaces} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape{namespaces} id="_x0000_s{identity}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:60pt;margin-top:2pt;width:{width}pt;height:{height}pt;z-index:{order};'
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_START: Final = re.compile(rb"<(?:\w+:)?shape[\s>]")
_SHAPE_END: Final = re.compile(rb"</(?:\w+:)?shape>")
_NOTE: Final = re.compile(rb"""ObjectType=["']Note["']""")
_ROW: Final = re.compile(rb"<(?:\w+:)?Row>\s*([0-9]+)\s*<")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?Column>\s*([0-9]+)\s*<")
_NUMBER: Final = re.compile(rb"_s([0-9]{1,9})[\"']")
_END: Final = re.compile(rb"</(?:\w+:)?xml\s*>\s*$")

WIDTH: Final = 280
"""Pixels of a box."""
LINE_HEIGHT: Final = 16
LINE_LENGTH: Final = 22
"""Chinese characters that a line of the box holds."""
ROW_HEIGHT: Final = 20
COLUMN_WIDTH: Final = 64
"""Pixels of a row and of a column that say nothing else."""
PIXELS_A_CHARACTER: Final = 7
_FIRST_NUMBER: Final = 1025


def can_take_shapes(drawing: bytes) -> bool:
    """Say whether boxes can be put at the end of a drawing."""
    return _END.search(drawing) is not None


def with_boxes(drawing: bytes, outline: Outline, removed: Iterable[Cell], texts: Mapping[Cell, str]) -> bytes:
    """Return the drawing without the boxes of removed comments, with one for each comment that has none."""
    drawing, present = _without(drawing, set(removed))
    missing = [cell for cell in sorted(texts) if cell not in present]
    end = _END.search(drawing)
    if end is None or not missing:
        return drawing
    first = max((int(number) + 1 for number in _NUMBER.findall(drawing)), default=_FIRST_NUMBER)
    boxes = ["" if b"_x0000_t202" in drawing else _TYPE]
    boxes += (_box(cell, first + place, place + 1, texts[cell], outline) for place, cell in enumerate(missing))
    namespaces = "" if all(name.encode() in drawing for name in _NAMESPACES.split()) else _NAMESPACES
    added = "".join(boxes).replace("{namespaces}", namespaces)
    return drawing[: end.start()] + added.encode() + drawing[end.start() :]


def _without(drawing: bytes, gone: set[Cell]) -> tuple[bytes, set[Cell | None]]:
    """Return the drawing without the boxes of these cells, and the cells of all other boxes."""
    pieces: list[bytes] = []
    present: set[Cell | None] = set()
    done = 0
    for start, end in _shapes(drawing):
        cell = _cell_of(drawing[start:end])
        if cell in gone:
            pieces.append(drawing[done:start])
            done = end
        else:
            present.add(cell)
    return b"".join((*pieces, drawing[done:])), present


def _shapes(drawing: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each shape that has content starts and ends."""
    done = 0
    for end in _SHAPE_END.finditer(drawing):
        starts = [start.start() for start in _SHAPE_START.finditer(drawing, done, end.start())]
        if starts:
            yield starts[-1], end.end()
        done = end.end()


def _cell_of(shape: bytes) -> Cell | None:
    """Return the cell whose comment a shape shows, None where it shows none."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or not _NOTE.search(shape):
        return None
    return Cell(int(row[1]) + 1, int(column[1]) + 1)


def _box(cell: Cell, identity: int, order: int, words: str, outline: Outline) -> str:
    lines = sum(max(1, ceil(len(line) / LINE_LENGTH)) for line in words.split("\n"))
    height = LINE_HEIGHT * (lines + 1)
    last, rest = _end_column(cell.column, outline)
    top = max(cell.row - 2, 0)
    low, below = divmod(height, ROW_HEIGHT)
    anchor = f"{cell.column}, 15, {top}, 4, {last}, {rest}, {top + low}, {below}"
    return _SHAPE.format(
        namespaces="{namespaces}",
        identity=identity,
        order=order,
        width=WIDTH * 3 // 4,
        height=height * 3 // 4,
        anchor=anchor,
        row=cell.row - 1,
        column=cell.column - 1,
    )


def _end_column(first: int, outline: Outline) -> tuple[int, int]:
    """Return the column (from 0) in which a box ends that begins in the column ``first`` (from 0), and how far in."""
    left = WIDTH + 15
    for column in range(first, first + WIDTH):
        width = _pixels(column + 1, outline)
        if left <= width:
            return column, left
        left -= width
    return first + WIDTH, 0


def _pixels(column: int, outline: Outline) -> int:
    width = next((span.width for span in outline.columns if span.first <= column <= span.last), 0.0)
    return round(width * PIXELS_A_CHARACTER) + 5 if width else COLUMN_WIDTH
