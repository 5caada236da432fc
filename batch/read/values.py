"""A reader's value as the cell shows it: whole numbers whole, days under a date format, 95% under a percent format."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any, Final

from batch.values.address import Spot
from batch.values.cell import CellValue
from batch.values.serials import moment_at, span_of

_KINDS: Final = frozenset({int, datetime, date, time, timedelta})


def plain(value: Any) -> CellValue:  # noqa: ANN401 whatever a reader brings
    """Return a value under no format: whole numbers whole, truth values as Excel shows them, blanks None."""
    kind = type(value)
    if kind is str:
        return None if not value or value.isspace() else value
    if kind is float:
        return int(value) if value.is_integer() else value if isfinite(value) else str(value)
    if kind is bool:
        return "TRUE" if value else "FALSE"
    if value is None or kind in _KINDS:
        return value  # type: ignore[no-any-return]
    return str(value)


def laid_out(rows: Iterable[Iterable[Any]], found: Mapping[Spot, CellValue]) -> list[list[CellValue]]:
    """Return a reader's rows as cell values, with what else was found put in at its places."""
    values: list[list[CellValue]] = [[plain(value) for value in row] for row in rows]
    for (row, column), value in found.items():
        values += [[] for _ in range(row - len(values))]
        cells = values[row - 1]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = value
    return values


def as_percent(number: float) -> str:
    """Return what a percent format shows: 95%, not 0.95."""
    return f"{number * 100:.10g}%"


def as_day(number: float, *, is_1904: bool) -> CellValue:
    """Return the day that a date format shows, or the number where it shows none."""
    try:
        return moment_at(number, is_1904=is_1904)
    except (ValueError, OverflowError):
        return plain(float(number))


def as_span(number: float) -> CellValue:
    """Return the span that a format such as [h]:mm shows, or the number where it shows none."""
    try:
        return span_of(number)
    except (ValueError, OverflowError):
        return plain(float(number))
