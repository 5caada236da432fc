"""What checking and totalling a unit's workbooks comes to: the one value the reports are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from batch.areas.definitions import Definitions
from batch.finding import Finding, Severity, count
from batch.ledger.book import Book
from batch.ledger.posts import Owner
from batch.total.compare import Previous
from batch.total.totals import Totals


@dataclass(frozen=True)
class Checked:
    """A book with all its findings, and its totals where its period is known."""

    definitions: Definitions
    book: Book
    findings: tuple[Finding, ...]
    totals: Totals | None
    owners: Mapping[str, Owner]
    """Area -> the person who answers for it on the as-of date."""
    previous: Previous | None = None
    """What a run compares the totals with, where there is anything to compare with."""

    @property
    def errors(self) -> int:
        """Return the number of 错误."""
        return count(self.findings, Severity.ERROR)

    @property
    def owner_names(self) -> dict[str, str]:
        """Return sheet -> the name of its owner."""
        return {area: owner.name for area, owner in self.owners.items()}
