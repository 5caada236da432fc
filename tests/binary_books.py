"""The smallest workbooks of the binary kinds, written record by record: one sheet with a header and an entry."""

import struct
import zipfile
from pathlib import Path
from typing import Final

from tests.packages import HEADER, OFFICE, PACKAGE

TABLE: Final[tuple[tuple[str | int, ...], ...]] = (HEADER, (44625, "用印", 3, "张三"))
"""44625 is 2022-03-05."""


def write_xls(path: Path, sheet: str) -> Path:
    """Write an .xls as a bare stream of records ([MS-XLS] 2.1.7), without the container around it."""
    book, page = (_old(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 6)) for kind in (0x05, 0x10))
    end = _old(0x000A, b"")
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    place = struct.pack("<IH", len(book) + len(_old(0, name)) + struct.calcsize("<IH") + len(end), 0)
    cells = [
        _old_cell(struct.pack("<HHH", row, column, 0), value)
        for row, values in enumerate(TABLE)
        for column, value in enumerate(values)
    ]
    path.write_bytes(b"".join((book, _old(0x0085, place + name), end, page, *cells, end)))
    return path


def write_xlsb(path: Path, sheet: str) -> Path:
    """Write an .xlsb ([MS-XLSB] 2.1.7): a package whose sheets are streams of records."""
    listed = _new(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet))
    rows = b"".join(
        _new(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0)) + b"".join(map(_new_cell, range(len(values)), values))
        for row, values in enumerate(TABLE)
    )
    area = _new(148, struct.pack("<IIII", 0, len(TABLE) - 1, 0, len(HEADER) - 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        package.writestr("_rels/.rels", _related("officeDocument", "xl/workbook.bin"))
        package.writestr("xl/_rels/workbook.bin.rels", _related("worksheet", "worksheets/sheet1.bin"))
        package.writestr("xl/workbook.bin", _new(131) + _new(143) + listed + _new(144) + _new(132))
        package.writestr("xl/worksheets/sheet1.bin", _new(129) + area + _new(145) + rows + _new(146) + _new(130))
    return path


def _old(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _old_cell(place: bytes, value: str | int) -> bytes:
    if isinstance(value, str):
        return _old(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _old(0x0203, place + struct.pack("<d", value))


def _new(number: int, data: bytes = b"") -> bytes:
    return _length(number) + _length(len(data)) + data


def _length(number: int) -> bytes:
    return bytes([number]) if number < 1 << 7 else bytes([number & 0x7F | 1 << 7, number >> 7])


def _new_cell(column: int, value: str | int) -> bytes:
    place = struct.pack("<II", column, 0)
    return _new(6, place + _wide(value)) if isinstance(value, str) else _new(5, place + struct.pack("<d", value))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _related(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
