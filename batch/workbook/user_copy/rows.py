"""The rows of a sheet part with some cells in another style and nothing else changed: bytes patched in a stream."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from batch.finding import Severity
from batch.read.grid import Damaged
from batch.values.address import column_at
from batch.workbook.user_copy.marks import Cell
from batch.workbook.user_copy.outline import Outline
from batch.workbook.user_copy.stylesheet import Stylesheet

_ADDRESS: Final = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]*)["']""")
_STYLE: Final = re.compile(rb"""(\ss=)["']([0-9]+)["']""")
_OWN_STYLE: Final = re.compile(rb"""\scustomFormat=["'](?:1|true)["']""")
_SPANS: Final = re.compile(rb"""\sspans=["'][^"']*["']""")
"""A hint to the reader, which a cell that is added might belie."""


@dataclass(frozen=True)
class RowPatch:
    """What is done to the rows of one sheet."""

    outline: Outline
    colours: Mapping[Cell, Severity]
    styles: Stylesheet

    def patched(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the part up to the end of its rows, from the part as it was.

        A cell or a row that is not there is put in its place.
        """
        if self.outline.is_empty:
            yield from self._filled()
            return
        yield self.outline.head
        rows = _Rows(self)
        for block in self._blocks(chunks):
            yield rows.patched(block)
        yield rows.rest()

    def _filled(self) -> Iterator[bytes]:
        """Yield the rows of a sheet that has none."""
        if not self.colours:
            yield self.outline.head
            return
        prefix = self.outline.prefix
        yield _opened(self.outline.head)
        yield _Rows(self).rest()
        yield b"</%ssheetData>" % prefix

    def _blocks(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Cut the rows into blocks that begin with a row and hold whole rows alone."""
        start, end = b"<%srow" % self.outline.prefix, b"</%ssheetData>" % self.outline.prefix
        skipped, rest = len(self.outline.head), b""
        for chunk in chunks:
            block = rest + chunk[skipped:]
            skipped = max(0, skipped - len(chunk))
            at = block.find(end, max(0, len(rest) - len(end)))
            if at >= 0:
                yield block[:at]
                return
            cut = max(block.rfind(start), 0)
            yield block[:cut]
            rest = block[cut:]


class _Rows:
    """Patches one block of rows after another; lives only while one part is written."""

    def __init__(self, patch: RowPatch) -> None:
        self.styles = patch.styles
        self.outline = patch.outline
        self.prefix = patch.outline.prefix
        self.row = re.compile(rb"""<%srow(?=[\s/>])(?: r="([0-9]{1,7})")?([^>]*)>""" % self.prefix)
        self.numbered = b'<%srow r="' % self.prefix
        self.cell = re.compile(rb"<%sc(?=[\s/>])([^>]*)>" % self.prefix)
        self.end = b"</%srow>" % self.prefix
        self.wanted: dict[int, dict[int, Severity]] = {}
        for (row, column), severity in sorted(patch.colours.items()):
            self.wanted.setdefault(row, {})[column] = severity
        self.open = sorted(self.wanted, reverse=True)
        self.number = 0

    def patched(self, block: bytes) -> bytes:
        """Return the block with the cells in it that are wanted in their colours."""
        if self.styles.ours:
            block = self.cell.sub(self._cleaned, block)
        pieces: list[bytes] = []
        done = 0
        for at, start, end in self._rows_of(block):
            before = self._missing_rows(self.number)
            columns = self._taken(self.number)
            if not before and columns is None:
                continue
            pieces += (block[done:at], before)
            done = at
            if columns is not None:
                pieces.append(self._repainted(block[at:start], block[start:end], columns))
                done = end
        return b"".join((*pieces, block[done:]))

    def rest(self) -> bytes:
        """Return the rows that are wanted below the last one."""
        return self._missing_rows(1 << 30)

    def _rows_of(self, block: bytes) -> Iterator[tuple[int, int, int]]:
        """Yield where the tag of each row starts and ends, and where the row ends; its number is noted."""
        at, are_told = 0, True
        while self.open:
            wanted = self.open[-1]
            place = self._place_of(block, wanted, at) if are_told else None
            are_told = place is not None  # else the rest of the block is gone through row by row, and searched no more
            tag = self.row.search(block, at if place is None else place)
            if tag is None:
                return
            at = tag.end()
            self.number = int(tag[1]) if tag[1] else self._number(tag[2])
            if self.number >= wanted:
                is_empty = tag[2].endswith(b"/")
                yield tag.start(), at, at if is_empty else self._end_of_row(block, at)

    def _place_of(self, block: bytes, wanted: int, at: int) -> int | None:
        """Return where a row begins, or the last one if that comes before it; None where no number tells."""
        place = block.find(b'%s%d"' % (self.numbered, wanted), at)
        if place >= 0:
            return place
        last = self.row.search(block, max(block.rfind(self.numbered), at))
        return last.start() if last is not None and last[1] and int(last[1]) < wanted else None

    def _number(self, attributes: bytes) -> int:
        """Return the number of a row whose address does not come first, or is left out."""
        address = _ADDRESS.search(attributes)
        return int(address[2]) if address is not None and address[2] else self.number + 1

    def _end_of_row(self, block: bytes, start: int) -> int:
        at = block.find(self.end, start)
        if at < 0:
            message = "a row without end"
            raise Damaged(message)
        return at + len(self.end)

    def _taken(self, number: int) -> dict[int, Severity] | None:
        """Return the cells that are wanted in a row, which is then done with."""
        if self.open and self.open[-1] == number:
            return self.wanted[self.open.pop()]
        return None

    def _missing_rows(self, before: int) -> bytes:
        """Return the wanted rows that should have come before this one, made of the wanted cells alone."""
        made: list[bytes] = []
        while self.open and self.open[-1] < before:
            number = self.open.pop()
            cells = b"".join(self._made(number, column, None, one) for column, one in self.wanted[number].items())
            made.append(b'<%srow r="%d">%s%s' % (self.prefix, number, cells, self.end))
        return b"".join(made)

    def _repainted(self, tag: bytes, cells: bytes, wanted: dict[int, Severity]) -> bytes:
        """Return a row with its wanted cells in their colours."""
        body = cells.removesuffix(self.end)
        own = _STYLE.search(tag) if _OWN_STYLE.search(tag) else None
        pieces: list[bytes] = []
        column = done = 0
        left = sorted(wanted, reverse=True)
        for found in self.cell.finditer(body):
            column = _column(found[1], column + 1)
            while left and left[-1] < column:
                pieces += (body[done : found.start()], self._made(self.number, left[-1], own, wanted[left.pop()]))
                done = found.start()
            if left and left[-1] == column:
                pieces += (body[done : found.start()], self._coloured(found[0], wanted[left.pop()]))
                done = found.end()
        pieces.append(body[done:])
        pieces += (self._made(self.number, each, own, wanted[each]) for each in reversed(left))
        return b"".join((_opened(_SPANS.sub(b"", tag)), *pieces, self.end))

    def _coloured(self, tag: bytes, severity: Severity) -> bytes:
        style = _STYLE.search(tag)
        number = self.styles.painted(int(style[2]) if style else 0, severity)
        return _restyled(tag, number)

    def _made(self, row: int, column: int, own: "re.Match[bytes] | None", severity: Severity) -> bytes:
        """Return a cell that was not there, in the style of its row or its column."""
        style = int(own[2]) if own else self.outline.column_style(column)
        made = Cell(row, column).address.encode()
        return b'<%sc r="%s" s="%d"/>' % (self.prefix, made, self.styles.painted(style, severity))

    def _cleaned(self, found: "re.Match[bytes]") -> bytes:
        style = _STYLE.search(found[1])
        if style is None or int(style[2]) not in self.styles.ours:
            return found[0]
        return _restyled(found[0], self.styles.cleaned(int(style[2])))


def _opened(tag: bytes) -> bytes:
    """Return the opening tag of an element that may have had no content."""
    return tag.removesuffix(b"/>").rstrip() + b">" if tag.endswith(b"/>") else tag


def _column(attributes: bytes, following: int) -> int:
    address = _ADDRESS.search(attributes)
    return column_at(address[1].decode()) + 1 if address is not None and address[1] else following


def _restyled(tag: bytes, style: int) -> bytes:
    """Return the tag of a cell with another style; its address stays in front, where readers look for it."""
    if _STYLE.search(tag):
        return _STYLE.sub(rb'\g<1>"%d"' % style, tag, count=1)
    end = b"/>" if tag.endswith(b"/>") else b">"
    return b'%s s="%d"%s' % (tag.removesuffix(end).rstrip(), style, end)
