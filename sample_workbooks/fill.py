"""Fill the blank standard workbook: columns are found by their header, never by their position."""

from __future__ import annotations

import io
import unicodedata
from copy import copy
from datetime import date, datetime, time
from math import ceil
from typing import TYPE_CHECKING, cast

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Font
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

    from sample_workbooks.rows import Cell, Ledger, Row

DATE_FORMAT = "yyyy-mm-dd"
TOP_ROWS = 10
"""A header stands among the first rows of a sheet."""
LINE_HEIGHT = 15
"""Points of one line of text."""


def fill_workbook(template: bytes, ledger: Ledger) -> Workbook:
    """Return the template with the ledger's rows in it; all else stays as the template has it."""
    workbook = load_workbook(io.BytesIO(template))
    for name, rows in ledger.items():
        if name == "封面":
            fill_settings(workbook[name], rows)
        else:
            fill_rows(workbook[name], rows)
        clear_comment_authors(workbook[name])
    return workbook


def fill_rows(sheet: Worksheet, rows: list[Row]) -> None:
    """Write the rows below the header."""
    columns = find_columns(sheet, {header for row in rows for header in row})
    first = find_header_row(sheet, set(columns)) + 1
    for number, row in enumerate(rows, start=first):
        for header, value in row.items():
            write_cell(writable(sheet, number, columns[header]), value)
        fit_row_height(sheet, number)


def fill_settings(sheet: Worksheet, rows: list[Row]) -> None:
    """Write each setting beside its name."""
    columns = find_columns(sheet, {"项目", "内容"})
    header_row = find_header_row(sheet, set(columns))
    numbers = {
        fold(sheet.cell(number, columns["项目"]).value): number for number in range(header_row + 1, sheet.max_row + 1)
    }
    for row in rows:
        write_cell(writable(sheet, numbers[str(row["项目"])], columns["内容"]), row["内容"])


def clear_comment_authors(sheet: Worksheet) -> None:
    """Keep the header's comments without an author: openpyxl would write None as a name."""
    for row in sheet.iter_rows(max_row=TOP_ROWS):
        for cell in row:
            if cell.comment is not None:
                cell.comment.author = ""


def find_header_row(sheet: Worksheet, headers: set[str]) -> int:
    """Return the number of the first row that has all headers."""
    for number in range(1, TOP_ROWS + 1):
        if headers <= {fold(cell.value) for cell in sheet[number]}:
            return number
    message = f"the template's sheet {sheet.title} has no row with all of {sorted(headers)}"
    raise LookupError(message)


def find_columns(sheet: Worksheet, headers: set[str]) -> dict[str, int]:
    """Return header to column number, for the headers asked for."""
    row = sheet[find_header_row(sheet, headers)]
    numbers = {fold(cell.value): number for number, cell in enumerate(row, start=1)}
    return {header: numbers[header] for header in headers}


def fold(value: object) -> str:
    """Return a header's own text: without the note in brackets or below it, spaces and marks."""
    text = unicodedata.normalize("NFKC", str(value or "")).split("\n")[0].split("(")[0]
    return "".join(text.split()).strip("*:")


def writable(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """Return a cell that can be written, looking as its column does; the inside of a merged area cannot."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, SheetCell):
        message = f"{sheet.title}!{cell.coordinate} lies inside a merged area"
        raise TypeError(message)
    if not cell.has_style:
        wear_column_style(sheet, cell)
    return cell


def wear_column_style(sheet: Worksheet, cell: SheetCell) -> None:
    """Give a new cell the look of its column, as Excel does when a clerk types into it."""
    dimension = find_dimension(sheet, cell.column)
    cell.font = cast("Font", copy(dimension.font))
    cell.alignment = cast("Alignment", copy(dimension.alignment))
    cell.number_format = dimension.number_format


def find_dimension(sheet: Worksheet, column: int) -> ColumnDimension:
    """Return what the template says of a column; equal neighbours share one entry."""
    dimensions = sheet.column_dimensions.values()
    return next(each for each in dimensions if (each.min or 0) <= column <= (each.max or 0))


def fit_row_height(sheet: Worksheet, number: int) -> None:
    """Make a row high enough for its wrapped texts, as Excel does while a clerk types."""
    lines = max(
        ceil(display_width(cell.value) / (find_dimension(sheet, column).width - 1))
        for column, cell in enumerate(sheet[number], start=1)
        if isinstance(cell.value, str)
    )
    if lines > 1:
        sheet.row_dimensions[number].height = LINE_HEIGHT * lines


def display_width(text: str) -> int:
    """Return the width of a text in half-width characters; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def write_cell(cell: SheetCell, value: Cell) -> None:
    """Write a date as a real date, a number as a number, text as text."""
    if isinstance(value, date):
        cell.value = datetime.combine(value, time())
        cell.number_format = DATE_FORMAT
    else:
        cell.value = value
