"""A sheet part as the office programs write it, read by vector operations: several times as fast as by any parser.

The reader does not guess: what is not written in their one way is odd, and left to the exact reader.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np

from batch.read.context import Context
from batch.read.grid import Damaged, Grid, Merge, Odd, TooMuch, refuse_cells, refuse_merges
from batch.read.limits import LAST_COLUMN, LONGEST_ROW
from batch.read.quick.addresses import find_addresses
from batch.read.quick.contents import NO_KEY, CellContents
from batch.read.quick.octets import Places
from batch.read.quick.tags import find_tags
from batch.values.address import spot_at
from batch.values.coded import BLANK, MOST_SHORT, Coded, Codes

LONGEST_HEAD: Final = 4 << 20
"""Bytes before the rows: some hundreds, and for each column of its own width some more."""

_DECLARATION: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*|\xef\xbb\xbf")
_ROOT: Final = re.compile(rb'<worksheet\s[^>]*?xmlns="http://[^"]*/spreadsheetml/[^"]*"')
_ROWS: Final = b"<sheetData>"
_NO_ROWS: Final = b"<sheetData/>"
_END_OF_ROWS: Final = b"</sheetData>"
_END: Final = b"</worksheet>"
_ROW_TAG: Final = re.compile(rb'<row r="([0-9]{1,7})"[^>]*?\shidden="(?:1|true)"')
_COLUMN_TAG: Final = re.compile(rb"<col\s[^>]*>")
_HIDDEN: Final = re.compile(rb'\shidden="(?:1|true)"')
_BOUND: Final = re.compile(rb'(min|max)="([0-9]{1,5})"')
_MERGE: Final = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"')


def read_plain(title: str, chunks: Iterable[bytes], context: Context) -> Grid:
    """Return the sheet.

    Raises:
        Odd: the part is not written as the office programs do; the exact reader may make something of it.
        Damaged: the part breaks off.
        TooMuch: it exceeds the limits of a sheet.

    """
    reader = _SheetReader(context)
    rest = b""
    for chunk in chunks:
        rest = reader.take(rest + chunk)
        if len(rest) > LONGEST_ROW:
            message = f"一行的内容超过 {LONGEST_ROW >> 20} MB"
            raise TooMuch(message)
    reader.finish(rest)
    return reader.grid(title)


class _SheetReader:
    """Gathers a sheet block by block; lives only while one sheet is read."""

    def __init__(self, context: Context) -> None:
        self.take: Callable[[bytes], bytes] = self.take_head
        """Takes in the next bytes, and returns those at their end that need more to be understood."""
        self.contents = CellContents(context)
        self.is_1904 = context.is_1904
        self.last_row = 0
        self.count = 0
        self.cells: list[tuple[Places, Places, Places]] = []
        """Of each block, for each filled cell: its row, its column, and the key of what it holds."""
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def take_head(self, data: bytes) -> bytes:
        """Look at what stands before the rows."""
        for beginning, following in ((_ROWS, self.take_rows), (_NO_ROWS, self.take_tail)):
            head, found, rest = data.partition(beginning)
            if found:
                _refuse_odd_head(head)
                self._find_hidden_columns(head)
                self.take = following
                return following(rest)
        if len(data) > LONGEST_HEAD:
            raise Odd
        return data

    def take_rows(self, data: bytes) -> bytes:
        """Take in the rows that are whole."""
        end = data.find(_END_OF_ROWS)
        if end >= 0:
            self._take_block(data[:end])
            self.take = self.take_tail
            return self.take_tail(data[end:])
        cut = data.rfind(b"<row ")
        if cut <= 0:
            return data
        self._take_block(data[:cut])
        return data[cut:]

    def take_tail(self, data: bytes) -> bytes:
        """Look for merged ranges in what stands behind the rows."""
        if b"<!" in data or b"<?" in data:
            raise Odd
        cut = max(data.rfind(b"<"), 0)
        self._read_merges(data[:cut])
        return data[cut:]

    def finish(self, data: bytes) -> None:
        """Take in the last bytes of the part."""
        if self.take == self.take_head:
            raise Odd
        if self.take != self.take_tail or not data.rstrip().endswith(_END):
            message = "the sheet part breaks off"
            raise Damaged(message)

    def _take_block(self, block: bytes) -> None:
        """Take in some rows."""
        tags = find_tags(block)
        found = find_addresses(tags, self.last_row)
        keys = self.contents.keys(tags, found.cells, found.behind)
        held = keys != NO_KEY
        self.cells.append((found.rows[held].astype(np.int32), found.columns[held].astype(np.int16), keys[held]))
        self.last_row = found.last_row
        self.count += int(held.sum())
        refuse_cells(self.count)
        if b"hidden=" in block:
            self.hidden_rows |= {int(number) for number in _ROW_TAG.findall(block)}

    def _find_hidden_columns(self, head: bytes) -> None:
        for tag in _COLUMN_TAG.findall(head):
            bounds = dict(_BOUND.findall(tag))
            if _HIDDEN.search(tag) and b"min" in bounds and b"max" in bounds:
                self.hidden_columns |= set(range(int(bounds[b"min"]) - 1, min(int(bounds[b"max"]), LAST_COLUMN)))

    def _read_merges(self, data: bytes) -> None:
        refuse_merges(len(self.merges) + data.count(b"<mergeCell "))
        for first, last in _MERGE.findall(data):
            self.merges.append(Merge(*spot_at(first.decode()), *spot_at(last.decode())))

    def grid(self, title: str) -> Grid:
        """Return what has been gathered."""
        numbers, columns = _laid_out(self.cells, self.contents)
        return Grid(
            title=title,
            numbers=numbers,
            columns=columns,
            merges=tuple(self.merges),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            is_1904=self.is_1904,
        )


def _refuse_odd_head(head: bytes) -> None:
    """Refuse a part that is not in UTF-8 or whose elements have prefixes: it is lawful, and read otherwise."""
    declaration = _DECLARATION.match(head)
    if declaration is not None and b"encoding" in declaration[0] and b"utf-8" not in declaration[0].lower():
        raise Odd
    start = declaration.end() if declaration else 0
    if _ROOT.match(head, start) is None or b"<!" in head or b"<?" in head[start:]:
        raise Odd


def _laid_out(blocks: list[tuple[Places, Places, Places]], contents: CellContents) -> tuple[Places, dict[int, Coded]]:
    """Return the row numbers and the columns of cells that come as (rows, columns, keys), rows rising."""
    if not blocks:
        return np.empty(0, np.int64), {}
    rows, columns, keys = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    blocks.clear()
    is_new = np.diff(rows, prepend=0) > 0
    numbers, places = rows[is_new].astype(np.int64), np.cumsum(is_new) - 1
    filled = np.zeros(len(numbers), bool)
    coded: dict[int, Coded] = {}
    for column in np.flatnonzero(np.bincount(columns)).tolist():
        of_column = np.flatnonzero(columns == column)
        cells = contents.coded(keys[of_column])
        width: Any = np.int16 if len(cells.values) < MOST_SHORT else np.int32
        codes: Codes = np.full(len(numbers), BLANK, width)
        codes[places[of_column]] = cells.codes
        if cells.values:
            coded[column] = Coded(codes, cells.values)
            filled |= codes >= 0
    if filled.all():
        return numbers, coded
    return numbers[filled], {column: cells.take(filled) for column, cells in coded.items()}
