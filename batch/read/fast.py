"""A sheet by calamine, mended where the scan has seen that it lies."""

from collections.abc import Sequence
from typing import Any

from python_calamine import CalamineWorkbook

from batch.cell import CellValue
from batch.read.grid import Grid, Row
from batch.read.scan import Scan, Spot
from batch.read.styles import Styles
from batch.read.values import as_day, as_percent, plain


def read_fast(workbook: CalamineWorkbook, title: str, scan: Scan, styles: Styles, *, is_1904: bool) -> Grid:
    """Return the sheet; its scan must have found it plain."""
    rows: list[list[Any]] = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
    mended = _mended_rows(rows, scan, styles, is_1904=is_1904)
    return Grid(
        title=title,
        rows=[(number, values) for number, values in mended if any(value is not None for value in values)],
        merges=tuple(scan.merges),
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(scan.hidden_columns),
        is_1904=is_1904,
    )


def _mended_rows(rows: Sequence[Sequence[Any]], scan: Scan, styles: Styles, *, is_1904: bool) -> list[Row]:
    values: list[list[CellValue]] = [[plain(value) for value in row] for row in rows]
    last = max((row for row, _ in (*scan.errors, *scan.unstored)), default=0)
    values += [[] for _ in range(last - len(values))]

    def put(spot: Spot, value: CellValue) -> None:
        row, column = values[spot[0] - 1], spot[1]
        row += [None] * (column + 1 - len(row))
        row[column] = value

    for spot, error in scan.errors.items():
        put(spot, error)
    for spot, formula in scan.unstored.items():
        put(spot, formula)
    for (row, column), style in scan.styled.items():
        number = values[row - 1][column] if row <= len(values) and column < len(values[row - 1]) else None
        if isinstance(number, int | float):
            shown = as_percent(number) if style in styles.percents else as_day(number, is_1904=is_1904)
            put((row, column), shown)
    return list(enumerate(values, start=1))
