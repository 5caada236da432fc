"""All that an inbox has come to: a line for each unit, who has not handed in, and those that are clean added up."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from batch.areas.definitions import Definitions
from batch.bureau.city.sums import City, Kind, kind_of
from batch.bureau.inbox import Inbox
from batch.bureau.roster import Roster
from batch.bureau.unit_result import UnitFinding, UnitResult
from batch.bureau.unit_round import FinishedUnit, UnitRecord
from batch.bureau.units import Unit
from batch.finding import Code, Severity
from batch.unit.folder import WrittenFolder

_Kind: TypeAlias = tuple[Severity, str | None, Code]
"""What findings of one kind have in common: severity, sheet, code."""


class Status(StrEnum):
    """How far a unit has come; the order of the members is the order of chasing."""

    MISSING = "未交"
    FAILED = "无法处理"
    FAULTY = "有错误"
    CLEAN = "无错误"


@dataclass(frozen=True)
class UnitLine:
    """What is told of one unit."""

    unit: Unit
    status: Status
    counts: Mapping[Severity, int]
    """The findings that nobody has explained."""
    settled: int
    """How many findings its office has explained."""
    rows: Mapping[str, int]
    """Area -> the rows that count."""
    kind: Kind | None
    versions: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    """(name of a workbook, why it was left out)."""
    notes: tuple[str, ...]
    """What is to be known of its templates and marked copies, in whole sentences."""
    folder: str
    """The name of the folder that has its reports, or what is to be mended; empty where there is none."""
    is_new: bool
    written: WrittenFolder | None

    @classmethod
    def of(cls, done: FinishedUnit, kept: UnitRecord, definitions: Definitions) -> "UnitLine":
        """Return the line of a unit that has been gone through."""
        result = kept.result
        return cls(
            unit=done.unit,
            status=_status(result),
            counts={each: result.count(each) for each in Severity} if result else {},
            settled=sum(each.is_settled for each in result.findings) if result else 0,
            rows={area.name: area.counted for area in result.areas} if result else {},
            kind=kind_of(result, definitions) if result else None,
            versions=result.versions if result else (),
            failed=kept.failed,
            notes=result.notes if result else (),
            folder=kept.folder,
            is_new=done.is_new,
            written=done.written,
        )


def _status(result: UnitResult | None) -> Status:
    if result is None:
        return Status.FAILED
    return Status.CLEAN if result.is_clean else Status.FAULTY


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Whether a unit of the roster has handed in, and how that was."""

    unit: str
    contact: str
    status: Status


@dataclass(frozen=True, slots=True)
class FindingKind:
    """Findings of one code on one sheet, of all units together."""

    severity: Severity
    sheet: str | None
    code: Code
    findings: int
    units: int
    problem: str
    """What one of them says."""
    remedy: str


@dataclass(frozen=True)
class Submissions:
    """What everything that is written of the city is made from."""

    definitions: Definitions
    inbox: Inbox
    lines: tuple[UnitLine, ...]
    """In reading order."""
    unread: tuple[tuple[str, str], ...]
    """(label, why) of the workbooks that belong to no unit, as they cannot be read."""
    sums: tuple[City, ...]
    """The city, and behind it units of another period or version, which are not to be added to it."""
    roster: Roster | None
    results: Callable[[], Iterator[tuple[Unit, UnitResult]]]
    """Yields each unit with what it came to, from the record: all at once would not be kept in memory."""

    @property
    def city(self) -> City | None:
        """Return the units that are added up; None where there is none without 错误."""
        return self.sums[0] if self.sums else None

    @property
    def apart(self) -> tuple[UnitLine, ...]:
        """Return the units that are clean and yet not added up."""
        own = self.sums[0].kind if self.sums else None
        return tuple(line for line in self.lines if line.kind is not None and line.kind != own)

    def of(self, status: Status) -> tuple[UnitLine, ...]:
        """Return the units that have come so far."""
        return tuple(line for line in self.lines if line.status is status)

    @property
    def has_errors(self) -> bool:
        """Say whether anything has to be mended before all of it can be added up."""
        is_clean = all(line.status is Status.CLEAN and not line.failed for line in self.lines)
        return not is_clean or bool(self.unread or self.inbox.closed)

    @cached_property
    def kinds(self) -> tuple[FindingKind, ...]:
        """Return the kinds of findings that nobody has explained: the gravest first, then those of the most units."""
        found: Counter[_Kind] = Counter()
        units: Counter[_Kind] = Counter()
        examples: dict[_Kind, UnitFinding] = {}
        for _, result in self.results():
            own = Counter[_Kind]()
            for each in result.findings:
                if not each.is_settled:
                    own[each.severity, each.sheet, each.code] += 1
                    examples.setdefault((each.severity, each.sheet, each.code), each)
            found += own
            units.update(own.keys())
        ordered = sorted(found, key=lambda key: (key[0].rank, -units[key], -found[key], key[1] or "", key[2]))
        return tuple(
            FindingKind(*key, found[key], units[key], examples[key].problem, examples[key].remedy) for key in ordered
        )

    @cached_property
    def roster_lines(self) -> tuple[RosterLine, ...]:
        """Return each unit of the roster with how far it has come; of several years the worst counts."""
        if self.roster is None:
            return ()
        worst: dict[str, Status] = {}
        for line in self.lines:
            name = self.roster.place(line.unit.name)
            if name is not None:
                order = list(Status)
                worst[name] = min(worst.get(name, Status.CLEAN), line.status, key=order.index)
        return tuple(
            RosterLine(unit, contact, worst.get(unit, Status.MISSING)) for unit, contact in self.roster.contacts.items()
        )

    @cached_property
    def strangers(self) -> tuple[tuple[str, str | None], ...]:
        """Return the units that are not on the roster, each with the name on it that is most like its own."""
        if self.roster is None:
            return ()
        names = dict.fromkeys(line.unit.name for line in self.lines)
        return tuple((name, self.roster.nearest(name)) for name in names if self.roster.place(name) is None)
