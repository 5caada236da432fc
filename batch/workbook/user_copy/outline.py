"""What stands around the rows of a sheet part: how it is written, its columns, and what follows the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from xml.parsers import expat

from batch.read.grid import Damaged, Merge
from batch.values.address import spot_at

_BODY: Final = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])[^>]*?(/?)>")
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?worksheet(?=[\s>])[^>]*>")
_OTHER_ENCODING: Final = re.compile(rb"""encoding=["'](?!utf-8["'])""", re.IGNORECASE)
_MERGE: Final = re.compile(rb"""mergeCell\s[^>]*?ref=["']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})["']""")
_COLUMN: Final = re.compile(rb"<(?:[\w.-]+:)?col\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"""([\w:.-]+)=["']([^"']*)["']""")
LONGEST_HEAD: Final = 4 << 20
"""Bytes before the rows; a sheet has a few hundred."""


class ColumnSpan(NamedTuple):
    """Adjoining columns (from 1) of one style and width."""

    first: int
    last: int
    style: int
    width: float


class TailElement(NamedTuple):
    """An element that follows the rows: its name without prefix, its attributes, where it starts and ends."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


@dataclass(frozen=True)
class Outline:
    """A sheet part without its rows."""

    head: bytes
    """All up to the start of the rows, the opening tag of which is the last in it."""
    tail: bytes
    """All from the end of the rows on; its closing tag too, where the rows are not empty."""
    prefix: bytes
    """What stands before every name: nothing, or x: and the like."""
    is_empty: bool
    """Whether the sheet has no row, its rows being one tag that opens and closes."""

    @cached_property
    def columns(self) -> tuple[ColumnSpan, ...]:
        """Return the columns that have a style or a width of their own."""
        return tuple(_column_span(tag) for tag in _COLUMN.findall(self.head))

    def column_style(self, column: int) -> int:
        """Return the style that a column (from 1) gives to its empty cells."""
        return next((span.style for span in self.columns if span.first <= column <= span.last), 0)

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        """Return the merged ranges."""
        return tuple(
            Merge(*spot_at(first.decode()), *spot_at(last.decode())) for first, last in _MERGE.findall(self.tail)
        )

    @cached_property
    def tail_elements(self) -> tuple[TailElement, ...]:
        """Return what follows the rows, element by element.

        Raises:
            Damaged: it is not well-formed.

        """
        root = _ROOT.search(self.head)
        if root is None:
            message = "no worksheet"
            raise Damaged(message)
        return tuple(_top_elements(root[0], self.tail, self.prefix))


def read_outline(chunks: Sequence[bytes]) -> Outline | None:
    """Return the outline of a sheet part; None where it is written in a way that only a parser understands.

    Raises:
        Damaged: it has no rows, or they do not end.

    """
    head = b""
    for chunk in chunks:
        head += chunk
        if (body := _BODY.search(head)) is not None or len(head) > LONGEST_HEAD:
            break
    if body is None or b"\0" in head[:4] or _OTHER_ENCODING.search(head, 0, body.start()):
        return None
    head, prefix = head[: body.end()], body[1]
    if _hides_something(chunks, len(head)):
        return None
    if body[2]:
        return Outline(head, b"".join(chunks)[len(head) :], prefix, is_empty=True)
    return Outline(head, _tail(chunks, b"</%ssheetData>" % prefix), prefix, is_empty=False)


def _hides_something(chunks: Sequence[bytes], start: int) -> bool:
    """Say whether comments or CDATA, behind ``start``, may hide what looks like a row."""
    last = b""
    for number, chunk in enumerate(chunks):
        block = chunk[start:] if number == 0 else last + chunk
        # the second character is rarer than the first, and so found, or not, sooner
        if (b"!" in block and b"<!" in block) or (b"?" in block and b"<?" in block):
            return True
        last = chunk[-1:]
    return False


def _tail(chunks: Sequence[bytes], end: bytes) -> bytes:
    tail = b""
    for chunk in reversed(chunks):
        tail = chunk + tail
        at = tail.find(end)
        if at >= 0:
            return tail[at:]
    message = "rows without end"
    raise Damaged(message)


def _column_span(tag: bytes) -> ColumnSpan:
    given = {name.decode(): value.decode("ascii", "replace") for name, value in _ATTRIBUTE.findall(tag)}
    try:
        first, last, style = (int(given.get(name, 0)) for name in ("min", "max", "style"))
        return ColumnSpan(first, last, style, float(given.get("width", 0)))
    except ValueError as error:
        raise Damaged(str(error)) from error


def _top_elements(root: bytes, tail: bytes, prefix: bytes) -> list[TailElement]:
    """Let expat walk over the tail, as the rest of a part that has no rows."""
    end = b"</%ssheetData>" % prefix
    body = root + b"<%ssheetData>" % prefix + (b"" if tail.startswith(end) else end)
    walk = _Walk(body, tail)
    try:
        walk.parser.Parse(walk.text, True)  # noqa: FBT003 the library's own signature
    except expat.ExpatError as error:
        raise Damaged(str(error)) from error
    return [element for element in walk.found if element.start >= 0]


class _Walk:
    """Comments the elements directly below the root, and where they stand in the tail."""

    def __init__(self, body: bytes, tail: bytes) -> None:
        self.text = body + tail
        self.shift = len(body)
        self.above: list[str] = []
        self.found: list[TailElement] = []
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.above) == 1:
            at = self.parser.CurrentByteIndex - self.shift
            self.found.append(TailElement(name.rpartition(":")[2], attributes, at, at))
        self.above.append(name)

    def _end(self, _: str) -> None:
        self.above.pop()
        if len(self.above) == 1:
            at = self.text.index(b">", self.parser.CurrentByteIndex) + 1 - self.shift
            self.found[-1] = self.found[-1]._replace(end=at)
