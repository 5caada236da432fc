"""A sheet by calamine, mended where the scan has seen that it lies."""

from typing import Any

from python_calamine import CalamineWorkbook

from batch.read.grid import Grid
from batch.read.scan import Scan
from batch.read.styles import Styles
from batch.read.values import as_day, as_percent, filled_rows, laid_out


def read_fast(workbook: CalamineWorkbook, title: str, scan: Scan, styles: Styles, *, is_1904: bool) -> Grid:
    """Return the sheet; its scan must have found it plain."""
    rows: list[list[Any]] = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    values = laid_out(rows, {**scan.errors, **scan.unstored})
    for (row, column), style in scan.styled.items():
        number = values[row - 1][column] if row <= len(values) and column < len(values[row - 1]) else None
        if isinstance(number, int | float):
            is_percent = style in styles.percents
            values[row - 1][column] = as_percent(number) if is_percent else as_day(number, is_1904=is_1904)
    return Grid(
        title=title,
        rows=filled_rows(values),
        merges=tuple(scan.merges),
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(scan.hidden_columns),
        is_1904=is_1904,
    )
