"""A figure in words: exact or 余, with its unit, with its mark where it is not settled."""

from dataclasses import dataclass, replace
from typing import Final

from batch.total.measure import NO_VALUE, value_text
from batch.total.totals import FigureTotal

UNSETTLED: Final = "（待核实）"
ROUGH_FROM: Final = 10
"""Below ten a count is given as it is."""
HUNDREDS_FROM: Final = 1000
"""From here on a rounded count ends in two noughts."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A figure on its way into a sentence; nothing to say of it makes it false."""

    figure: str
    """Its id; empty for what is worked out from several figures."""
    value: int | float | None
    unit: str
    is_exact: bool
    is_unsettled: bool
    text: str

    def __str__(self) -> str:
        """Return the words."""
        return self.text

    def __bool__(self) -> bool:
        """Say whether an office would mention it: a count of nought or a figure without a value is left out."""
        return self.value is not None and (self.value != 0 or self.unit == "%")

    @property
    def rough(self) -> "Phrase":
        """Return it rounded down to a full ten or hundred with 余, unless it is one that must be exact."""
        if self.is_exact or self.value is None or self.value < ROUGH_FROM or self.unit == "%":
            return self
        step = 100 if self.value >= HUNDREDS_FROM else 10
        rounded = int(self.value) // step * step
        return replace(self, text=f"{rounded}余" if rounded < self.value else str(rounded))

    @property
    def measured(self) -> "Phrase":
        """Return it with its unit."""
        return self if self.value is None else replace(self, text=self.text + self.unit)

    @property
    def marked(self) -> "Phrase":
        """Return it with its mark, where it rests on a row that nobody has settled."""
        return replace(self, text=self.text + UNSETTLED) if self.is_unsettled else self


NOTHING: Final = Phrase("", None, "", is_exact=True, is_unsettled=False, text=NO_VALUE)


def phrase(total: FigureTotal) -> Phrase:
    """Return the bare figure as a phrase."""
    figure = total.figure
    text = value_text(total.value, figure.unit)
    return Phrase(total.id, total.value, figure.unit, figure.exact, total.is_unsettled, text)
