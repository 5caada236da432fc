"""What a worker sends back of one unit: figures and findings with the rows they rest on, never the rows themselves.

All of it can be added to that of other units, and is kept as JSON between two runs.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from batch.areas.frozen import Frozen
from batch.areas.model import Sheet
from batch.finding import PUBLISHED, WORKBOOK, Code, Finding, Severity
from batch.ledger.our_sheets import version_in
from batch.total.cross import CrossTable
from batch.total.totals import FigureTotal, SheetTotals, Totals
from batch.unit.files import UnitFiles
from batch.values.rows import split_key

Cells = tuple[tuple[str, str, int], ...]
"""(row, column, amount) of a table by two attributes."""
KEYS: Final = frozenset((*PUBLISHED, WORKBOOK))
"""What of a finding is published, with the workbook."""


class UnitFigure(Frozen):
    """A figure of one unit; a percentage with what stands above and below its line."""

    id: str
    value: int | float | None
    part: int | None
    whole: int | None
    is_unsettled: bool
    sources: tuple[tuple[str, str], ...]
    """(workbook, its rows)."""


class UnitArea(Frozen):
    """Where the rows of a sheet have gone, and its tables."""

    name: str
    read: int
    counted: int
    outside: int
    excluded: int
    subtotal: int
    blank: int
    reasons: tuple[tuple[str, int, str], ...]
    """(workbook, row, why) of each row that was excluded."""
    assumed_ones: int
    by_month: Cells
    rows_by_month: Cells
    breakdowns: tuple[tuple[str, Cells], ...]
    """Those by columns that have a dictionary: names of branches and persons mean nothing elsewhere."""


class UnitFinding(Frozen):
    """A finding as it is published, with what the lists say of it beside."""

    sheet: str | None
    row: int | None
    column: str | None
    cell: str | None
    value: str | None
    code: Code
    severity: Severity
    message: str
    workbook: str | None
    place: str
    problem: str
    remedy: str
    owner: str
    explanation: str | None
    link: str | None
    """Where it is in the marked copy of the unit's folder."""

    @property
    def is_settled(self) -> bool:
        """Say whether the office has explained it."""
        return self.explanation is not None


class UnitResult(Frozen):
    """All that is known of a unit once its workbooks have been gone through."""

    unit: str
    year: int | None
    versions: tuple[str, ...]
    """The versions of the template that its workbooks say, each once; empty where one says none."""
    is_reported: bool
    period: tuple[date, date] | None
    as_of: date | None
    made_on: date
    """The day that was taken for today."""
    is_lasting: bool
    """Whether it will be the same on every later day: its period is over, and no date lies ahead."""
    figures: tuple[UnitFigure, ...]
    areas: tuple[UnitArea, ...]
    """The areas and the tasks, in the order of the definitions."""
    findings: tuple[UnitFinding, ...]
    notes: tuple[str, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings of this severity nobody has explained."""
        return sum(each.severity is severity and not each.is_settled for each in self.findings)

    @property
    def errors(self) -> int:
        """Return the number of 错误."""
        return self.count(Severity.ERROR)

    @property
    def is_clean(self) -> bool:
        """Say whether it may be added to the city: nothing was left out of its figures."""
        return self.period is not None and not self.count(Severity.ERROR)

    def holds_on(self, today: date) -> bool:
        """Say whether it would come out the same on this day."""
        return today == self.made_on or (self.is_lasting and today >= self.made_on)


def result_of(made: UnitFiles, today: date) -> UnitResult:
    """Return what is kept of the files made for a unit."""
    checked, totals = made.checked, made.checked.totals
    book = checked.book
    window = totals.window if totals else None
    return UnitResult(
        unit=book.settings.unit,
        year=book.settings.year,
        versions=tuple(dict.fromkeys(map(version_in, book.files))),
        is_reported=made.is_reported,
        period=(window.start, window.end) if window else None,
        as_of=window.as_of if window else None,
        made_on=today,
        is_lasting=window is not None and window.as_of < today and not _looks_ahead(made, today),
        figures=tuple(_figure(total, totals) for total in totals.figures.values()) if totals else (),
        areas=tuple(map(_area, totals.sheets.values())) if totals else (),
        findings=tuple(_finding(each, made) for each in checked.findings),
        notes=made.notes,
    )


def _looks_ahead(made: UnitFiles, today: date) -> bool:
    """Say whether any date of the ledgers lies after the day: some other day it will not."""
    return any(
        bool((ledger.frame[column.name] > str(today)).any())
        for ledger in made.checked.book.ledgers.values()
        for column in ledger.sheet.columns
        if column.type == "date" and column.name in ledger.frame
    )


def _figure(total: FigureTotal, totals: Totals) -> UnitFigure:
    return UnitFigure(
        id=total.id,
        value=total.value,
        part=total.measured.part,
        whole=total.measured.whole,
        is_unsettled=total.is_unsettled,
        sources=tuple(totals.sources(total)),
    )


def _area(totals: SheetTotals) -> UnitArea:
    each, layouts = totals.reconciliation, totals.entries.ledger.layouts
    places = ((*split_key(key), reason) for key, reason in sorted(each.reasons.items()))
    return UnitArea(
        name=totals.sheet.name,
        **each.parts,
        reasons=tuple((layouts[number].workbook, row, reason) for number, row, reason in places),
        assumed_ones=totals.assumed_ones,
        by_month=_cells(totals.by_month),
        rows_by_month=_cells(totals.rows_by_month),
        breakdowns=tuple((name, _cells(totals.breakdowns[name])) for name in comparable_breakdowns(totals.sheet)),
    )


def comparable_breakdowns(sheet: Sheet) -> Iterator[str]:
    """Yield the further columns whose values are the same words in every unit."""
    yield from (name for name in sheet.breakdowns if sheet.column(name).choices)


def _cells(table: CrossTable) -> Cells:
    return tuple((row, column, amount) for (row, column), amount in table.cells.items())


def published(finding: UnitFinding) -> dict[str, Any]:
    """Return a finding as other programs read it."""
    return finding.model_dump(include=set(KEYS))


def _finding(finding: Finding, made: UnitFiles) -> UnitFinding:
    return UnitFinding(
        **{key: getattr(finding, key) for key in KEYS},
        place=f"{finding.cell}{finding.reach}" if finding.cell else "",
        problem=finding.problem,
        remedy=finding.remedy,
        owner=made.checked.owner_names.get(finding.sheet or "", ""),
        explanation=finding.explanation,
        link=made.copies.link(finding),
    )
