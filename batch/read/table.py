"""The table of a sheet: its header, the rows below that are entries or totals, and all that stands beside them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from openpyxl.utils import get_column_letter

from batch.areas.model import SERIAL, Column
from batch.cell import CellValue, Shared, as_typed, legible
from batch.clean import Fault, clean, fold
from batch.read.grid import Grid, Row
from batch.read.header import FEWEST_HEADERS, Header, find_header, fold_header, is_note, known_headers
from batch.read.secrecy import classified_rows, secrecy_columns, spanned_rows

_TOTAL: Final = re.compile(r"[^,。;:]{0,8}(?:合计|小计|总计|累计|共计)(?:\([^()]*\)|:.*)?")
_RULED: Final = re.compile(r"[-—–―_=*~·.…+|/\\ ]+")
_CAPTION: Final = re.compile(
    r"(?:注|备注|说明|附注|填表说明|填表人?|填报人?|制表人?|审核人?|复核人?|负责人?|单位|盖章|填表日期|制表日期|打印日期)"
    r"(?:\([^()]*\))?:.*",
    re.DOTALL,
)
"""How a line below a table begins that says who made it, or explains it."""
ANY_YEAR: Final = 2000
"""Completes 3月5日 where all that matters is whether it is a day."""
FEWEST_NUMBERED: Final = 4
"""Columns that are numbered 1, 2, 3 … in a row below the header; fewer may be counts."""


def says_total(value: CellValue) -> bool:
    """Say whether a cell announces a total: 合计, 本月小计, 发文小计, 合计（件）."""
    return isinstance(value, str) and "计" in value and _TOTAL.fullmatch(fold(value)) is not None


@dataclass(frozen=True)
class Table:
    """A table found on a sheet. Rows that are no entry are set aside, and told."""

    title: str
    """The sheet's name as it stands in the file."""
    header: Header
    rows: Sequence[Row]
    """The entries and subtotals; within vertically merged cells the text is filled down."""
    skipped: Mapping[int, str]
    """Row -> what stands there instead of an entry: a repeated header, a caption."""
    second: tuple[str, ...] = ()
    """The addresses at which further tables begin, which are not read."""
    outside: tuple[str, ...] = ()
    """The addresses of filled cells below no header."""
    hidden_rows: tuple[int, ...] = ()
    """Rows with content that are hidden or filtered away; they count like the others."""
    hidden_columns: tuple[str, ...] = ()
    """Columns of the definition that are hidden; they are read like the others."""
    classified: frozenset[int] = frozenset()
    """Rows with any text in a column of 密级, be they entries or totals."""
    is_1904: bool = False

    @property
    def positions(self) -> Mapping[str, int]:
        """Return column name -> index from 0 (A)."""
        return self.header.positions

    def cells(self, name: str) -> list[CellValue]:
        """Return the cells of a column, one a row; blanks where the sheet has no such column."""
        position = self.positions.get(name)
        if position is None:
            return [None] * len(self.rows)
        return [values[position] if position < len(values) else None for _, values in self.rows]


def find_table(grid: Grid, columns: tuple[Column, ...]) -> Table | None:
    """Return the table whose header names the most of these columns, or None where no row is a header."""
    header = find_header(grid, columns)
    if header is None:
        return None
    sorter = _Sorter(grid, header, columns)
    found, skipped, second = sorter.sort()
    own = {header.positions[column.name]: column for column in columns if column.name in header.positions}
    rows = _filled_down(found, grid, header, own | dict(sorter.secrecy))
    return Table(
        title=grid.title,
        header=header,
        rows=rows,
        skipped=skipped,
        second=(*_first_beside(header), *second),
        outside=_outside(rows, header),
        hidden_rows=tuple(number for number, _ in rows if number in grid.hidden_rows),
        hidden_columns=tuple(name for name, column in header.positions.items() if column in grid.hidden_columns),
        classified=frozenset(classified_rows(rows, sorter.secrecy)),
        is_1904=grid.is_1904,
    )


class _Sorter:
    """Tells the rows below a header apart; lives only while one table is found."""

    def __init__(self, grid: Grid, header: Header, columns: Sequence[Column]) -> None:
        self.header = header
        self.names = known_headers(columns)
        self.below = [(number, values) for number, values in grid.rows if number > header.last_row]
        self.merges = {
            (each.first_row, each.first_column) for each in grid.merges if each.last_column > each.first_column
        }
        self.own = sorted({*header.positions.values(), *header.extra})
        self.secrecy = secrecy_columns(header, columns)
        self.spanned = spanned_rows(grid, self.secrecy)
        present = [column for column in columns if column.required and column.name in header.positions]
        anchors = [column for column in present if column.has_list or column.type == "date"]
        self.anchors = sorted(anchors, key=lambda column: not column.has_list)  # a list is looked up sooner
        self.required = [header.positions[column.name] for column in present]

    def sort(self) -> tuple[list[Row], dict[int, str], tuple[str, ...]]:
        """Return (entries and totals, row -> what was set aside, where a second table begins below)."""
        rows: list[Row] = []
        skipped: dict[int, str] = {}
        for index, (number, values) in enumerate(self.below):
            filled = {column: value for column in self.own if (value := _at(values, column)) is not None}
            if not filled:
                continue
            if self._begins_table(index):
                return rows, skipped, (_address(number, min(filled)),)
            if self._is_entry(values) or any(says_total(value) for value in filled.values()):
                rows.append((number, values))
            elif (what := self._instead(number, filled)) is not None:
                skipped[number] = what
            else:
                rows.append((number, values))
        return rows, skipped, ()

    def _is_entry(self, values: Sequence[CellValue]) -> bool:
        """Say whether a row is an entry beyond doubt: its item or its date is admitted, or else its texts are there."""
        if not self.anchors:
            return bool(self.required) and all(isinstance(_at(values, each), str) for each in self.required)
        return any(self._is_admitted(_at(values, self.header.positions[each.name]), each) for each in self.anchors)

    @staticmethod
    def _is_admitted(value: CellValue, column: Column) -> bool:
        if value is None:
            return False
        return value in column.choices or not isinstance(clean(value, column, ANY_YEAR), Fault | None)

    def _begins_table(self, index: int) -> bool:
        """Say whether another table begins with this row: a header of its own, and no entry of ours below it."""
        if index < self.last_entry:
            return False
        values = self.below[index][1]
        texts = [value for value in values if value is not None]
        if (
            any(map(says_total, texts))
            or len(texts) < FEWEST_HEADERS
            or not all(isinstance(text, str) for text in texts)
        ):
            return False
        if self._repeats_header(dict(enumerate(values))):
            return False
        if index == self.last_entry:
            return self._heads_numbers(index)
        known = sum(fold_header(str(text)) in self.names for text in texts)
        is_caption = _CAPTION.fullmatch(fold(str(texts[0]))) is not None
        return known >= FEWEST_HEADERS or (self._is_apart(index) and self._goes_on(index) and not is_caption)

    def _heads_numbers(self, index: int) -> bool:
        """Say whether, where an entry is but texts, the last row of texts stands apart over what cannot be one."""
        if self.anchors or not (self._is_apart(index) and self._goes_on(index)):
            return False
        below = self.below[index + 1][1]
        return any(isinstance(_at(below, position), int | float) for position in self.required)

    def _is_apart(self, index: int) -> bool:
        return index == 0 or self.below[index][0] > self.below[index - 1][0] + 1

    def _goes_on(self, index: int) -> bool:
        return index + 1 < len(self.below) and self.below[index + 1][0] == self.below[index][0] + 1

    @cached_property
    def last_entry(self) -> int:
        """Return the index of the last row that is an entry beyond doubt, -1 where there is none."""
        last = range(len(self.below) - 1, -1, -1)
        return next((index for index in last if self._is_entry(self.below[index][1])), -1)

    def _instead(self, number: int, filled: Mapping[int, CellValue]) -> str | None:
        """Say what a row is that is no entry, or None where it may be one."""
        if self._repeats_header(filled):
            return "重复的表头"
        if number == self.header.last_row + 1 and all(map(is_note, filled.values())):
            return "表头的说明"
        if len(filled) >= FEWEST_NUMBERED and list(filled.values()) == list(range(1, len(filled) + 1)):
            return "列号"
        if all(isinstance(each, str) and _RULED.fullmatch(each) for each in filled.values()):
            return "分隔线"
        caption = self._caption(number, filled)
        if number in self.spanned or not self.secrecy.keys().isdisjoint(filled):  # a text beside a 密级 is not quoted
            return "说明" if caption is not None and len(filled) == 1 else None
        return caption

    def _caption(self, number: int, filled: Mapping[int, CellValue]) -> str | None:
        """Return the text of a row that is but a line of words, None where it is more."""
        first, value = next(iter(filled.items()))
        if not isinstance(value, str):
            return None
        is_serial = first == self.header.positions.get(SERIAL) and not fold(value).isdigit()
        is_line = len(filled) == 1 and (is_serial or (number, first) in self.merges)
        return legible(value) if is_line or _CAPTION.fullmatch(fold(value)) else None

    def _repeats_header(self, cells: Mapping[int, CellValue]) -> bool:
        texts = {column: value for column, value in cells.items() if value is not None}
        return len(texts) >= FEWEST_HEADERS and all(
            isinstance(value, str) and fold_header(value) in self.header.labels.get(column, ())
            for column, value in texts.items()
        )


def _filled_down(rows: Sequence[Row], grid: Grid, header: Header, names: Mapping[int, Column]) -> Sequence[Row]:
    """Fill each vertically merged text down to the entries beside it; a number merged over several is shared."""
    down = [each for each in grid.merges if each.last_row > each.first_row > header.last_row]
    down = [each for each in down if each.first_column in names]
    if not down:
        return rows
    numbers = [number for number, _ in rows]
    filled = [list(values) for _, values in rows]
    is_entry = [
        any(_at(values, column) is not None and each.name != SERIAL for column, each in names.items())
        and not any(map(says_total, values))
        for _, values in rows
    ]
    for merge in down:
        start, end = bisect_left(numbers, merge.first_row), bisect_right(numbers, merge.last_row)
        spanned = [index for index in range(start, end) if is_entry[index]]
        value = _at(rows[start][1], merge.first_column) if spanned and numbers[start] == merge.first_row else None
        if value is None or len(spanned) == 1:
            continue
        if names[merge.first_column].type in {"whole", "number"}:
            taken = Shared(as_typed(value) or "", tuple(numbers[index] for index in spanned))
            filled[start][merge.first_column] = taken
            continue
        for index in spanned:
            filled[index] += [None] * (merge.first_column + 1 - len(filled[index]))
            if filled[index][merge.first_column] is None:
                filled[index][merge.first_column] = value
    return list(zip(numbers, filled, strict=True))


def _first_beside(header: Header) -> tuple[str, ...]:
    """Return the address of each block of columns that stands beside the table."""
    starts = sorted(column for column in header.beside if column - 1 not in header.beside)
    return tuple(_address(header.last_row, column) for column in starts)


def _outside(rows: Sequence[Row], header: Header) -> tuple[str, ...]:
    """Return the addresses of cells of the entries' rows that stand below no header."""
    headed = {*header.positions.values(), *header.extra, *header.beside}
    width = max((len(values) for _, values in rows), default=0)
    bare = [column for column in range(width) if column not in headed]
    if not bare:
        return ()
    return tuple(
        _address(number, column) for number, values in rows for column in bare if _at(values, column) is not None
    )


def _at(values: Sequence[CellValue], column: int) -> CellValue:
    return values[column] if column < len(values) else None


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row}"
