"""The formulas of workbooks that we write, and what another program makes of them."""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from tests.office import converted

_FORMULA: Final = re.compile(r"<f[^>]*>([^<]*)</f>")


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def cells(book: Workbook) -> Iterator[tuple[str, Cell]]:
    for page in book.worksheets:
        yield from ((page.title, cell) for row in page.iter_rows() for cell in row if isinstance(cell, Cell))


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {(page, cell.coordinate): str(cell.value) for page, cell in cells(book) if cell.data_type == "f"}


def formulas_in(content: bytes) -> Iterator[str]:
    """Yield the formulas of a packed workbook as its sheets have them, without opening it altogether."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield from map(html.unescape, _FORMULA.findall(package.read(name).decode()))


def recalculated(folder: Path, books: Mapping[str, Workbook]) -> dict[str, Workbook]:
    """Return the workbooks as LibreOffice computes them: saved by openpyxl they have no values to lean on."""
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    saved = converted(folder / "out", "xlsx", *(folder / f"{name}.xlsx" for name in books))
    return {path.stem: load_workbook(path, data_only=True) for path in saved}


def compared_cells(book: Workbook, content: bytes, again: Workbook) -> Iterator[tuple[tuple[str, str], object, object]]:
    """Yield the place of every formula, its stored value and the one worked out anew; no text is an empty text."""
    stored = load_workbook(io.BytesIO(content), data_only=True)
    for page, place in formulas(book):
        before, after = stored[page][place].value, again[page][place].value
        yield (page, place), "" if before is None else before, "" if after is None else after
