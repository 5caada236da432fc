"""What a cell's content means within its workbook: the shared texts, the styles, the date system."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from batch.read.grid import Damaged
from batch.read.styles import CellFormats
from batch.read.texts import SharedTexts, with_characters
from batch.read.values import as_day, as_percent, as_span, plain
from batch.read.xml import whole
from batch.values.cell import CellValue, ErrorValue, Unstored

TRUE: Final = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a cell needs of its workbook to be understood."""

    texts: SharedTexts
    """The shared strings."""
    styles: CellFormats
    is_1904: bool

    def value(self, kind: str, stored: str, style: str | None) -> CellValue:
        """Return what a cell of this kind (its ``t``) and style (its ``s``) holds that stores this.

        Raises:
            Damaged: it refers to a shared string that is not there.

        """
        match kind:
            case "s":
                return plain(self.shared(whole(stored, -1)))
            case "e":
                return ErrorValue(stored)
            case "b":
                return "TRUE" if stored.strip() in TRUE else "FALSE"
            case "d":
                return _iso_day(stored)
            case "n":
                return self.number(stored, whole(style, 0))
        return plain(with_characters(stored))

    def shared(self, index: int) -> str:
        """Return a shared string."""
        if not 0 <= index < len(self.texts):
            message = f"no shared string {index}"
            raise Damaged(message)
        return self.texts[index]

    def number(self, stored: str, style: int) -> CellValue:
        """Return a number as its style shows it."""
        try:
            number = float(stored)
        except ValueError:
            return plain(stored)
        if style in self.styles.percents:
            return as_percent(number)
        if style in self.styles.dates:
            return as_day(number, is_1904=self.is_1904)
        if style in self.styles.spans:
            return as_span(number)
        return plain(number)


def without_value(kind: str, formula: str | None, *, is_stored: bool) -> CellValue:
    """Return what a cell is whose value is blank: a formula that nobody calculated, an error without a name, nothing.

    ``is_stored`` says that a value was written, though it is empty.
    """
    if formula is not None and not (kind == "str" and is_stored):
        return Unstored("=" + formula)
    return ErrorValue("#N/A") if kind == "e" else None


def _iso_day(stored: str) -> CellValue:
    try:
        return datetime.fromisoformat(stored.strip().removesuffix("Z"))
    except ValueError:
        return plain(stored)
