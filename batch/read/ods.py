"""An .ods workbook (LibreOffice, WPS), read element by element from its one content part."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from batch.read.grid import Damaged, Grid, Merge, Row, SheetHead, Sheets, TooMuch, columns_of, refuse_merges
from batch.read.limits import LAST_COLUMN, LAST_ROW, MOST_CELLS, MOST_SHEETS
from batch.read.values import as_percent, plain
from batch.read.xml import attribute, discard, local_name, whole, xml_events
from batch.values.cell import CellValue, ErrorValue, Unstored
from batch.values.xml_text import Element

CONTENT_PART: Final = "content.xml"

_EVENTS: Final = ("spreadsheet", "table", "table-properties", "table-column", "table-row")
_ASIDE: Final = frozenset({"annotation", "annotation-end", "note", "ruby-text"})
"""What stands within a cell's XML and is not its text."""
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_SPAN: Final = re.compile(r"(-?)PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,]([0-9]+))?S)?")
_DAY: Final = timedelta(days=1)


def read_ods(chunks: Iterable[bytes]) -> Sheets:
    """Read every sheet of the content part.

    Raises:
        Damaged: the part is not well-formed, or no spreadsheet.
        TooMuch: it exceeds the limits of a sheet.

    """
    hidden_styles: set[str] = set()
    grids: list[tuple[SheetHead, Grid]] = []
    reader: _TableReader | None = None
    is_spreadsheet = False
    for event, name, element in xml_events(chunks, *_EVENTS):
        if (event, name) == ("start", "table") and reader is None:
            reader = _TableReader(element)
        elif event == "start":
            is_spreadsheet = is_spreadsheet or name == "spreadsheet"
        elif name == "table-properties" and attribute(element, "display") == "false":
            hidden_styles |= {attribute(style, "name") or "" for style in element.iterancestors("{*}style")}
        elif name == "table" and reader is not None and reader.is_of(element):
            grids.append((SheetHead(reader.title, reader.style in hidden_styles), reader.grid()))
            if len(grids) > MOST_SHEETS:
                message = f"工作表超过 {MOST_SHEETS} 张"
                raise TooMuch(message)
            reader = None
            discard(element)
        elif reader is not None:
            reader.take(name, element)
    if not is_spreadsheet:
        message = "no spreadsheet"
        raise Damaged(message)
    return Sheets.of(grids)


class _TableReader:
    """Gathers one table; lives only while it is read."""

    def __init__(self, table: Element) -> None:
        self.table = table
        self.title = attribute(table, "name") or ""
        self.style = attribute(table, "style-name") or ""
        self.filled: list[Row] = []
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.row = 0
        self.column = 0
        self.count = 0

    def is_of(self, table: Element) -> bool:
        """Say whether the element is the table that is being read, and not one within a cell of it."""
        return self.table is table

    def take(self, name: str, element: Element) -> None:
        """Take in a finished row or column, and let it go."""
        if name == "table-row":
            self._take_row(element)
            discard(element)
        elif name == "table-column":
            count = _repeated(element, "number-columns-repeated")
            if attribute(element, "visibility") in {"collapse", "filter"} and self.column + count < LAST_COLUMN:
                self.hidden_columns |= set(range(self.column, self.column + count))
            self.column += count

    def grid(self) -> Grid:
        """Return what has been gathered."""
        return Grid(
            self.title,
            *columns_of(self.filled),
            tuple(self.merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )

    def _take_row(self, element: Element) -> None:
        values: list[CellValue] = []
        column = 0
        for cell in element:
            if local_name(cell) not in _CELLS:
                continue
            self._note_merge(cell, column)
            value, count = _value(cell), _repeated(cell, "number-columns-repeated")
            if value is not None:
                if column + count > LAST_COLUMN:
                    message = f"第 {self.row + 1} 行有内容超出Excel的 {LAST_COLUMN} 列"
                    raise TooMuch(message)
                values += [None] * (column - len(values)) + [value] * count
            column += count
        count = _repeated(element, "number-rows-repeated")
        if values:
            self._add_rows(values, count, is_hidden=attribute(element, "visibility") in {"collapse", "filter"})
        self.row += count

    def _add_rows(self, values: list[CellValue], count: int, *, is_hidden: bool) -> None:
        self.count += len(values) * count
        if self.row + count > LAST_ROW or self.count > MOST_CELLS:
            message = f"一张工作表里填了 {self.row + count} 行、{self.count} 格，上限 {LAST_ROW} 行、{MOST_CELLS} 格"
            raise TooMuch(message)
        numbers = range(self.row + 1, self.row + count + 1)
        self.filled += [(number, values) for number in numbers]
        if is_hidden:
            self.hidden_rows |= set(numbers)

    def _note_merge(self, cell: Element, column: int) -> None:
        rows, columns = _repeated(cell, "number-rows-spanned"), _repeated(cell, "number-columns-spanned")
        if rows * columns > 1:
            self.merges.append(Merge(self.row + 1, column, self.row + rows, column + columns - 1))
        refuse_merges(len(self.merges))


def _value(cell: Element) -> CellValue:
    kind = attribute(cell, "value-type")
    formula = attribute(cell, "formula")
    text = "\n".join(_paragraphs(cell))
    if _has_error(cell, text, is_formula=formula is not None):
        return ErrorValue(text or "#N/A")
    if kind is None:
        return Unstored("=" + formula.partition("=")[2]) if formula is not None and not text else plain(text)
    if kind == "boolean":
        return "TRUE" if attribute(cell, "boolean-value") == "true" else "FALSE"
    if kind in {"float", "currency", "percentage"}:
        return _number(attribute(cell, "value"), text, is_percent=kind == "percentage")
    if kind == "date":
        return _day(attribute(cell, "date-value"), text)
    if kind == "time":
        return _span(attribute(cell, "time-value"), text)
    return plain(text or attribute(cell, "string-value") or "")


def _has_error(cell: Element, text: str, *, is_formula: bool) -> bool:
    """Say whether a cell shows an error; LibreOffice says so in an attribute, others only in the text."""
    kinds = {value for key, value in cell.attrib.items() if key.endswith("}value-type")}
    return "error" in kinds or (is_formula and text.startswith(("#", "Err:")) and text.rstrip("!?")[1:2].isupper())


def _paragraphs(cell: Element) -> Iterator[str]:
    for child in cell:
        if local_name(child) == "p":
            yield "".join(_texts(child))


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph, its coded spaces and breaks spelt out."""
    yield element.text or ""
    for child in element:
        match local_name(child):
            case "s":
                yield " " * min(_repeated(child, "c"), LAST_COLUMN)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case name if name not in _ASIDE:
                yield from _texts(child)
        yield child.tail or ""


def _number(stored: str | None, text: str, *, is_percent: bool) -> CellValue:
    try:
        number = float(stored or "")
    except ValueError:
        return plain(text)
    return as_percent(number) if is_percent else plain(number)


def _day(stored: str | None, text: str) -> CellValue:
    try:
        return datetime.fromisoformat((stored or "").removesuffix("Z"))
    except ValueError:
        return plain(text)


def _span(stored: str | None, text: str) -> CellValue:
    found = _SPAN.fullmatch(stored or "")
    if found is None:
        return plain(text)
    hours, minutes, seconds = (min(int(found[group] or 0), LAST_ROW) for group in (2, 3, 4))
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found[1] or span >= _DAY:
        return -span if found[1] else span
    return (datetime.combine(date.min, time()) + span).time()


def _repeated(element: Element, name: str) -> int:
    """Return how many times a cell or row stands; once where nothing is said."""
    return max(whole(attribute(element, name), 1), 1)
