"""What a ledger is to these scripts: rows of named cells, sheet by sheet."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

Cell: TypeAlias = str | int | date
Row: TypeAlias = dict[str, Cell]
"""Header text to cell; a blank cell has no key."""
Ledger: TypeAlias = dict[str, list[Row]]
"""Sheet name to rows."""


def split_table(text: str) -> list[list[str]]:
    """Split lines of `a|b|c` into fields."""
    return [line.split("|") for line in text.strip().splitlines()]


def number_rows(rows: list[Row]) -> list[Row]:
    """Order rows by date and give each its serial number as first cell."""
    ordered = sorted(rows, key=day_of)
    return [{"序号": serial, **row} for serial, row in enumerate(ordered, start=1)]


def drop_blanks(row: dict[str, Cell | None]) -> Row:
    """Drop the cells that hold nothing."""
    return {header: cell for header, cell in row.items() if cell not in (None, "")}


def day_of(row: Row) -> date:
    """Give the row's own date."""
    day = row["日期"]
    if not isinstance(day, date):
        message = f"a sample row without a date: {row}"
        raise TypeError(message)
    return day
