"""An .xlsb workbook by calamine, with what it passes over looked up in the sheet's binary records.

The records are described in [MS-XLSB] 2.1.4: a number of one or two bytes, a length of one to four bytes, the data.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from batch.read.grid import Damaged, Grid, Merge, SheetHead, columns_of
from batch.read.limits import LAST_COLUMN
from batch.read.parts import BINARY_PART, Package
from batch.read.values import laid_out
from batch.values.address import Spot
from batch.values.cell import CellValue, ErrorValue

_ROW: Final = 0
_ERROR_CELL: Final = 3
_ERROR_FORMULA: Final = 11
_MERGE: Final = 176
_SHEET: Final = 156
_WORKBOOK_SETTINGS: Final = 153
_COLUMN: Final = 60
_GOES_ON: Final = 0x80
"""Says that another byte of a number follows."""
_ROW_HIDDEN: Final = 0x10
_COLUMN_HIDDEN: Final = 0x1
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass
class _Records:
    """What the records of a sheet say that calamine does not."""

    errors: dict[Spot, CellValue] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_xlsb(content: bytes) -> list[tuple[SheetHead, Grid]]:
    """Read every sheet of the workbook.

    Raises:
        Damaged: a record breaks off; what calamine raises means damage too.

    """
    package = Package(content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    states = {each.name: each.visible != SheetVisibleEnum.Visible for each in workbook.sheets_metadata}
    parts = dict(_sheet_parts(package))
    is_1904 = _is_1904(package)
    return [
        (SheetHead(title, states.get(title, False)), _grid(workbook, title, _records(package, part), is_1904=is_1904))
        for title, part in parts.items()
        if title in workbook.sheet_names
    ]


def _grid(workbook: CalamineWorkbook, title: str, records: _Records, *, is_1904: bool) -> Grid:
    rows: list[list[Any]] = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    numbers, columns = columns_of(enumerate(laid_out(rows, records.errors), start=1))
    return Grid(
        title=title,
        numbers=numbers,
        columns=columns,
        merges=tuple(records.merges),
        hidden_rows=frozenset(records.hidden_rows),
        hidden_columns=frozenset(records.hidden_columns),
        is_1904=is_1904,
    )


def _is_1904(package: Package) -> bool:
    records = _each_record(package.whole(BINARY_PART))
    return any(number == _WORKBOOK_SETTINGS and data[0] & 1 for number, data in records)


def _sheet_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield (title, part) of each sheet that the workbook part lists."""
    relations = package.relations(BINARY_PART)
    for number, data in _each_record(package.whole(BINARY_PART)):
        if number == _SHEET:
            identity, at = _text(data, 8)
            title, _ = _text(data, at)
            if identity in relations and relations[identity].kind == "worksheet":
                yield title, relations[identity].target


def _records(package: Package, part: str) -> _Records:
    found = _Records()
    row = 0
    for number, data in _each_record(b"".join(package.chunks(part))):
        if number == _ROW:
            row = _integers(data, 1)[0] + 1
            if data[11] & _ROW_HIDDEN:
                found.hidden_rows.add(row)
        elif number in {_ERROR_CELL, _ERROR_FORMULA}:
            found.errors[row, _integers(data, 1)[0]] = ErrorValue(_ERRORS.get(data[8], "#N/A"))
        elif number == _MERGE:
            top, bottom, left, right = _integers(data, 4)
            found.merges.append(Merge(top + 1, left, bottom + 1, right))
        elif number == _COLUMN and data[16] & _COLUMN_HIDDEN:
            first, last = _integers(data, 2)
            found.hidden_columns |= set(range(first, min(last + 1, LAST_COLUMN)))
    return found


def _each_record(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        number, at = _variable(content, at, most=2)
        length, at = _variable(content, at, most=4)
        if at + length > len(content):
            message = "a record breaks off"
            raise Damaged(message)
        yield number, content[at : at + length]
        at += length


def _variable(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Return an integer of seven bits a byte, and where it ends."""
    number = 0
    for place in range(most):
        if at >= len(content):
            message = "a record breaks off"
            raise Damaged(message)
        byte = content[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & _GOES_ON:
            break
    return number, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


def _integers(data: bytes, count: int) -> tuple[int, ...]:
    return struct.unpack_from(f"<{count}I", data)
