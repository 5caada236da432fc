"""Figures measured, each once per window, whatever asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from batch.areas.figures import FigureKind
from batch.areas.measured import Measured
from batch.areas.model import Sheet
from batch.period import Window
from batch.values.rows import NO_ROWS

NO_VALUE: Final = "—"
"""What stands for a figure that cannot be told."""


@dataclass(frozen=True)
class Measurer:
    """Measures any figure of the definitions over any window."""

    frames: Mapping[str, pd.DataFrame]
    """Sheet name -> counted rows; a figure of a sheet that is not there has no value."""
    figures: Mapping[str, tuple[Sheet, FigureKind]]
    known: dict[tuple[str, Window], Measured] = field(default_factory=dict)
    """What was measured already: figures rest on figures."""

    def measure(self, figure: str, window: Window) -> Measured:
        """Return the figure with this id over the window, with its rows."""
        if (figure, window) not in self.known:
            sheet, kind = self.figures[figure]
            frame = self.frames.get(sheet.name)
            self.known[figure, window] = (
                Measured(None, NO_ROWS) if frame is None else kind.measure(_OneSheet(self, sheet, frame, window))
            )
        return self.known[figure, window]


@dataclass(frozen=True)
class _OneSheet:
    """One sheet over one window, as its figure kinds see it."""

    measurer: Measurer
    sheet: Sheet
    frame: pd.DataFrame
    window: Window

    def sibling(self, name: str) -> Measured:
        return self.measurer.measure(f"{self.sheet.name}.{name}", self.window)

    def year_to_date(self, figure: str) -> Measured:
        return self.measurer.measure(figure, self.window.year_to_date)


def value_text(value: float | None, *, is_percentage: bool) -> str:
    """Write a value as a report prints it: whole numbers whole, percentages with one decimal."""
    if value is None:
        return NO_VALUE
    return f"{value:.1f}" if is_percentage else str(int(value))
