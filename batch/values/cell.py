"""What a cell may hold, and how it is shown to the one who typed it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, direction marks, halves of a character pair: nobody typed them, and no file can carry them on."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error Excel shows in the cell, such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Unstored:
    """A formula whose result was never stored: what it would show cannot be known without Excel."""

    formula: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A number in a cell merged over several entries: how much of it belongs to each cannot be known."""

    text: str
    rows: tuple[int, ...]
    """The Excel rows of these entries."""


CellValue: TypeAlias = str | int | float | datetime | date | time | timedelta | ErrorValue | Unstored | Shared | None


def as_typed(value: CellValue) -> str | None:
    """Return the cell's content as its typist would recognise it, or None where it is blank."""
    match value:
        case None:
            return None
        case str():
            return legible(value)
        case ErrorValue(text) | Shared(text, _):
            return legible(text)
        case Unstored(formula):
            return legible(formula)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def legible(text: str) -> str:
    """Return the text without characters that nobody sees, its line breaks all alike."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the text with each stretch of white space as one blank."""
    return " ".join(text.split())


def shortened(text: str, longest: int) -> str:
    """Return as much of a text as a sentence or a cell has room for."""
    return text if len(text) <= longest else f"{text[:longest]}…"
