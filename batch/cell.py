"""What a cell may hold, and how it is shown to the one who typed it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error Excel shows in the cell, such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Unstored:
    """A formula whose result was never stored: what it would show cannot be known without Excel."""

    formula: str


CellValue: TypeAlias = str | int | float | datetime | date | time | timedelta | ErrorValue | Unstored | None


def as_typed(value: CellValue) -> str | None:
    """Return the cell's content as its typist would recognise it, or None where it is blank."""
    match value:
        case None:
            return None
        case ErrorValue(text):
            return text
        case Unstored(formula):
            return formula
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
