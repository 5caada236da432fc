"""The year's tasks, and whether their figures have reached their targets."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from batch.areas.contract import AREA, ASPECT, DEADLINE, FIGURE, RESPONSIBLE, TARGET, TASK
from batch.areas.figures import FigureKind, Reached
from batch.areas.measured import Measured
from batch.ledger.ledger import with_known_columns
from batch.period import Window
from batch.total.entries import Entries
from batch.total.measure import Measurer, value_text
from batch.values.rows import NO_ROWS


@dataclass(frozen=True, slots=True)
class TaskResult:
    """One task of the year, and whether its figure has reached its target."""

    key: int
    aspect: str
    task: str
    area: str
    figure: str
    kind: FigureKind | None
    """None where the task has no figure."""
    target: float | None
    value: int | float | None
    reached: bool | None
    """None where the task has no figure or no target."""
    person: str
    deadline: str
    is_due: bool
    """Whether its deadline has come by the as-of date; a task without one always is."""

    @property
    def unit(self) -> str:
        """Return the unit of the figure."""
        return self.kind.unit if self.kind else ""

    @property
    def is_missed(self) -> bool:
        """Say whether it should have reached its target by now and has not."""
        return self.is_due and self.reached is False

    @property
    def value_text(self) -> str:
        """Return the figure's value with its unit."""
        is_percentage = self.kind is not None and self.kind.is_percentage
        return value_text(self.value, is_percentage=is_percentage) + (self.unit if self.value is not None else "")

    @property
    def target_text(self) -> str:
        """Return the target with its unit."""
        return "" if self.target is None else f"{self.target:g}{self.unit}"


def task_results(entries: Entries, measurer: Measurer, window: Window) -> Iterator[TaskResult]:
    """Yield every task with what its figure has come to from 1 January to the as-of date."""
    for key, row in with_known_columns(entries.frame, "tasks").iterrows():
        figure = _text(row[FIGURE])
        target = None if pd.isna(row[TARGET]) else float(row[TARGET])
        measured = measurer.measure(figure, window.year_to_date) if figure else Measured(None, NO_ROWS)
        deadline = "" if pd.isna(row[DEADLINE]) else f"{row[DEADLINE]:%Y-%m-%d}"
        is_judged = bool(figure) and target is not None
        yield TaskResult(
            key=int(str(key)),
            aspect=_text(row[ASPECT]),
            task=_text(row[TASK]),
            area=_text(row[AREA]),
            figure=figure,
            kind=measurer.figures[figure][1] if figure else None,
            target=target,
            value=measured.value,
            reached=Reached.has_reached(measured, target) if is_judged and target is not None else None,
            person=_text(row[RESPONSIBLE]),
            deadline=deadline,
            is_due=not deadline or deadline <= str(window.as_of),
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
