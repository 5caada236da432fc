"""An old .xls workbook, or WPS's .et, by xlrd: values as stored, macros and formulas as they were left."""

import os
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

from batch.read.grid import Grid, Merge, SheetHead, columns_of
from batch.read.strangers import OLE
from batch.read.values import as_day, as_percent, plain
from batch.values.cell import CellValue, ErrorValue


def read_xls(content: bytes) -> list[tuple[SheetHead, Grid]]:
    """Read every sheet of the workbook.

    Raises:
        xlrd.XLRDError: the file is damaged or encrypted; what else xlrd raises means damage too.

    """
    # xlrd can tell formats and hidden rows of all but the oldest files, which have no container
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 the null device is no path
        book = xlrd.open_workbook(file_contents=content, formatting_info=content.startswith(OLE), logfile=nowhere)
        return [(SheetHead(sheet.name, sheet.visibility != 0), _grid(book, sheet)) for sheet in book.sheets()]


def _grid(book: Book, sheet: Sheet) -> Grid:
    numbers, columns = columns_of(
        (index + 1, [_value(book, cell) for cell in sheet.row(index)]) for index in range(sheet.nrows)
    )
    return Grid(
        title=sheet.name,
        numbers=numbers,
        columns=columns,
        merges=tuple(
            Merge(top + 1, left, bottom, right - 1) for top, bottom, left, right in sorted(sheet.merged_cells)
        ),
        hidden_rows=frozenset(index + 1 for index, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(index for index, info in sheet.colinfo_map.items() if info.hidden),
        is_1904=book.datemode == 1,
    )


def _value(book: Book, cell: Cell) -> CellValue:
    value: Any = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return None
        case xlrd.XL_CELL_ERROR:
            return ErrorValue(error_text_from_code.get(value, "#N/A"))
        case xlrd.XL_CELL_BOOLEAN:
            return plain(bool(value))
        case xlrd.XL_CELL_DATE:
            return as_day(value, is_1904=book.datemode == 1)
        case xlrd.XL_CELL_NUMBER if _is_percent(book, cell):
            return as_percent(value)
    return plain(value)


def _is_percent(book: Book, cell: Cell) -> bool:
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return False
    known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return known is not None and "%" in known.format_str
