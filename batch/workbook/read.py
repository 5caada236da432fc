"""A workbook file to grids of cell values, with Excel's own row numbers; the file is never changed."""

import hashlib
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from batch.cell import CellValue, ErrorValue, Unstored
from batch.errors import BatchError, in_words

OLE_SIGNATURE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""The container of .xls files and of password-protected .xlsx files."""
WORKBOOK_PART: Final = "xl/workbook.xml"

UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,  # lxml's XMLSyntaxError is one
    MemoryError,
    NotImplementedError,
)
"""What openpyxl is known to raise on damaged packages."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: the rows that hold anything, as (Excel row number, values from column A on)."""

    title: str
    rows: tuple[tuple[int, tuple[CellValue, ...]], ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A workbook file as read: its name, its bytes and their sha256, its grids in the file's order."""

    path: Path
    content: bytes
    sha256: str
    grids: tuple[Grid, ...]

    @property
    def name(self) -> str:
        """Return the file name with its extension."""
        return self.path.name


def read_file(path: Path) -> SourceFile:
    """Read a workbook, values and all.

    Raises:
        BatchError: the file is missing, locked, protected by a password, or not a workbook.

    """
    content = _bytes_of(path)
    _refuse_strangers(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it does not keep
            grids = tuple(_grids(content))
    except UNREADABLE as error:
        message = f"“{path.name}”已损坏或不完整，读不出来，请用Excel或WPS打开后另存为新的 .xlsx 再试。"
        raise BatchError(message) from error
    return SourceFile(path, content, hashlib.sha256(content).hexdigest(), grids)


def _bytes_of(path: Path) -> bytes:
    if path.name.startswith("~$"):
        message = f"“{path.name}”是Excel打开工作簿时的临时锁文件，请改选不带“~$”的那个文件。"
        raise BatchError(message)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = f"找不到文件“{path}”，请检查文件名和所在的文件夹。"
    except IsADirectoryError:
        message = f"“{path}”是文件夹，请写出其中工作簿的文件名。"
    except PermissionError:
        message = f"“{path}”打不开（没有读取权限，或是文件夹），请关闭正在使用它的程序后再试。"
    except OSError as error:
        message = f"“{path}”读不出来（{in_words(error)}），请检查文件名和磁盘。"
    raise BatchError(message)


def _refuse_strangers(path: Path, content: bytes) -> None:
    """Tell a file that is no .xlsx or .xlsm package by what it is instead."""
    if content.startswith(OLE_SIGNATURE):
        message = f"“{path.name}”设有打开密码，或是旧版 .xls，请在Excel或WPS中取消密码并另存为 .xlsx 后再试。"
        raise BatchError(message)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            is_workbook = WORKBOOK_PART in package.namelist()
    except UNREADABLE:
        is_workbook = False
    if not is_workbook:
        message = f"“{path.name}”不是Excel工作簿（.xlsx），请选择办公室填写的台账工作簿。"
        raise BatchError(message)


def _grids(content: bytes) -> Iterator[Grid]:
    """Yield the sheets; stored formula results are looked up only where a formula stands."""
    typed = load_workbook(io.BytesIO(content), keep_links=False)
    stored: OpenpyxlWorkbook | None = None
    for sheet in typed.worksheets:
        if stored is None and _has_formula(sheet):
            stored = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        results = stored[sheet.title] if stored is not None else None
        rows = (
            (number, tuple(_value(cell, results) for cell in cells))
            for number, cells in enumerate(sheet.iter_rows(), start=sheet.min_row)
        )
        indent = (None,) * (sheet.min_column - 1)
        yield Grid(sheet.title, tuple((number, indent + values) for number, values in rows if any_filled(values)))


def any_filled(values: tuple[CellValue, ...]) -> bool:
    """Say whether anything stands in the row."""
    return any(value is not None for value in values)


def _has_formula(sheet: Worksheet) -> bool:
    return any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def _value(cell: Cell | MergedCell, results: Worksheet | None) -> CellValue:
    """Return the cell's value: error cells and formulas without a result are told apart from blanks."""
    if cell.data_type == "f" and results is not None:
        result = results[cell.coordinate]
        return Unstored(str(cell.value)) if result.value is None else _value(result, None)
    value = cell.value
    if cell.data_type == "e":
        return ErrorValue(str(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:.10g}%"  # as the clerk sees it: 95%, not 0.95
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and not value.strip():
        return None
    return value  # type: ignore[return-value]  # what is left of openpyxl's types is a CellValue
