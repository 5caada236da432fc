"""A sheet read element by element: slow, and right about whatever XML can say."""

from collections.abc import Iterable, Iterator

from batch.read.context import TRUE, Context, without_value
from batch.read.grid import Damaged, Grid, Merge, Row, TooMuch, columns_of, refuse_cells, refuse_merges, refuse_row
from batch.read.limits import LAST_COLUMN, LAST_ROW
from batch.read.texts import text_of
from batch.read.values import plain
from batch.read.xml import attribute, discard, local_name, whole, xml_events
from batch.values.address import corners_at, spot_at
from batch.values.cell import CellValue
from batch.values.xml_text import Element


def read_exactly(title: str, chunks: Iterable[bytes], context: Context) -> Grid:
    """Return the sheet, whatever lawful form its XML has.

    Raises:
        Damaged: it is not well-formed, or no sheet.
        TooMuch: it exceeds the limits of a sheet.

    """
    reader = _SheetReader(context)
    for event, name, element in xml_events(chunks, "worksheet", "col", "row", "mergeCell"):
        if event == "end":
            reader.take(name, element)
    if not reader.is_sheet:
        message = "no worksheet"
        raise Damaged(message)
    numbers, columns = columns_of(reader.rows())
    return Grid(
        title=title,
        numbers=numbers,
        columns=columns,
        merges=tuple(reader.merges),
        hidden_rows=frozenset(reader.hidden_rows),
        hidden_columns=frozenset(reader.hidden_columns),
        is_1904=context.is_1904,
    )


class _SheetReader:
    """Gathers a sheet element by element; lives only while one sheet is read."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.cells: dict[int, dict[int, CellValue]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.is_sheet = False
        self.row = 0
        self.count = 0

    def take(self, name: str, element: Element) -> None:
        """Take in what an element says, and let it go."""
        match name:
            case "row":
                self._take_row(element)
                discard(element)
            case "col":
                self._take_column(element)
            case "mergeCell":
                self._take_merge(element)
                discard(element)
            case "worksheet":
                self.is_sheet = True

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold anything, as wide as their last filled cell."""
        for number, cells in sorted(self.cells.items()):
            yield number, [cells.get(column) for column in range(max(cells) + 1)]

    def _take_row(self, element: Element) -> None:
        self.row = whole(element.get("r"), self.row + 1)
        refuse_row(self.row)
        if element.get("hidden") in TRUE:
            self.hidden_rows.add(self.row)
        column = -1
        for cell in element.iterchildren("{*}c"):
            row, column = self._place(cell, column + 1)
            value = self._value(cell)
            if value is not None:
                self.cells.setdefault(row, {})[column] = value
                self.count += 1
        refuse_cells(self.count)

    def _place(self, cell: Element, column: int) -> tuple[int, int]:
        """Return the row and column of a cell; one without an address follows the one before it."""
        address = cell.get("r")
        row = self.row
        if address is not None:
            try:
                row, column = spot_at(address)
            except ValueError as error:
                raise Damaged(address) from error
        if not (1 <= row <= LAST_ROW and column < LAST_COLUMN):
            message = f"有单元格 {address}，超出Excel的 {LAST_ROW} 行、{LAST_COLUMN} 列"
            raise TooMuch(message)
        return row, column

    def _value(self, cell: Element) -> CellValue:
        kind = cell.get("t") or "n"
        value = formula = inline = None
        for child in cell:
            match local_name(child):
                case "v":
                    value = child
                case "f":
                    formula = child
                case "is":
                    inline = child
        if kind == "inlineStr" and inline is not None:
            return plain(text_of(inline))
        stored = value.text if value is not None else None
        if stored is None or not stored.strip():
            written = (formula.text or "") if formula is not None else None
            return without_value(kind, written, is_stored=value is not None)
        return self.context.value(kind, stored, cell.get("s"))

    def _take_column(self, element: Element) -> None:
        first, last = whole(element.get("min"), 0), whole(element.get("max"), 0)
        if element.get("hidden") in TRUE and first > 0:
            self.hidden_columns |= set(range(first - 1, min(last, LAST_COLUMN)))

    def _take_merge(self, element: Element) -> None:
        try:
            corners = corners_at(attribute(element, "ref") or "")
        except ValueError as error:
            message = "a merge without a range"
            raise Damaged(message) from error
        if corners is not None:
            first, last = corners
            self.merges.append(Merge(*first, *last))
        refuse_merges(len(self.merges))
