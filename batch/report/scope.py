"""What one report speaks of: the whole office, or the sheets of one owner."""

from dataclasses import dataclass
from functools import cached_property

from batch.check.checked import Checked
from batch.finding import Finding
from batch.total.compare import Previous
from batch.total.tasks import TaskResult
from batch.total.totals import SheetTotals, Totals


@dataclass(frozen=True)
class Scope:
    """The sheets, the tasks and the findings that a report is about."""

    checked: Checked
    totals: Totals
    person: str | None = None
    """The owner it is for; None for the whole office."""

    @property
    def previous(self) -> Previous | None:
        """Return what is compared with."""
        return self.checked.previous

    @cached_property
    def areas(self) -> tuple[SheetTotals, ...]:
        """Return the areas, of a person those that this person answers for."""
        owners = self.checked.owner_names
        return tuple(
            each for each in self.totals.areas if self.person is None or owners.get(each.sheet.name) == self.person
        )

    @cached_property
    def tasks(self) -> tuple[TaskResult, ...]:
        """Return the tasks, of a person those of the own sheets and those the person is named for."""
        names = {each.sheet.name for each in self.areas}
        return tuple(
            task
            for task in self.totals.tasks
            if self.person is None or task.area in names or task.person == self.person
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, of a person those on the own sheets."""
        names = {each.sheet.name for each in self.areas}
        return tuple(each for each in self.checked.findings if self.person is None or each.sheet in names)

    @property
    def sheets(self) -> tuple[SheetTotals, ...]:
        """Return the sheets whose rows are accounted for: of the whole office, that of the tasks too."""
        return self.areas if self.person is not None else tuple(self.totals.sheets.values())
