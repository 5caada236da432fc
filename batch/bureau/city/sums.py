"""The city: many units added up: their figures, their tables, and what may not be added to what."""

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from batch.areas.contract import ITEM
from batch.areas.definitions import Definitions, figure_id
from batch.areas.figures import FigureKind
from batch.areas.model import Sheet
from batch.bureau.unit_result import Cells, UnitArea, UnitFigure, UnitResult, comparable_breakdowns
from batch.ledger.our_sheets import UNKNOWN_VERSION, version_of
from batch.period import Period, Window
from batch.total.cross import BLANK, CrossTable
from batch.total.totals import PARTS, FigureTotal, Reconciliation


class Kind(NamedTuple):
    """What units must have in common to be added up."""

    year: int | None
    start: date
    end: date
    as_of: date
    version: str
    """Of the template, where it is another one than the definitions are of; empty where it is not."""


class UnitValue(NamedTuple):
    """What one unit adds to a figure."""

    unit: str
    value: int | float | None
    part: int | None
    whole: int | None
    is_unsettled: bool

    @classmethod
    def of(cls, unit: str, figure: UnitFigure) -> "UnitValue":
        """Return what a unit's figure adds."""
        return cls(unit, figure.value, figure.part, figure.whole, figure.is_unsettled)


class Sources:
    """Where one figure comes from: (unit, workbook, its rows), in the order in which they are added."""

    def __init__(self) -> None:
        """Begin without any."""
        self._packed = bytearray()

    def add(self, unit: str, sources: Iterable[tuple[str, str]]) -> None:
        """Add (workbook, rows) of a unit."""
        for workbook, rows in sources:
            self._packed += json.dumps((unit, workbook, rows), ensure_ascii=False).encode() + b"\n"

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Yield them one by one."""
        for line in io.BytesIO(self._packed):
            unit, workbook, rows = json.loads(line)
            yield unit, workbook, rows


@dataclass(frozen=True)
class CityFigure:
    """A figure of the city, and those of its units in their order."""

    total: FigureTotal
    values: Sequence[UnitValue]
    sources: Iterable[tuple[str, str, str]]
    """(unit, workbook, its rows)."""

    @cached_property
    def ranked(self) -> tuple[UnitValue, ...]:
        """Return the units that have a value, the largest first, equals in their order."""
        known = [each for each in self.values if each.value is not None]
        return tuple(sorted(known, key=lambda each: -(each.value or 0)))

    @property
    def having(self) -> tuple[UnitValue, ...]:
        """Return those of the ranked units whose value is not nought."""
        return tuple(each for each in self.ranked if each.value)


@dataclass(frozen=True)
class CityArea:
    """An area of the city, or its tasks."""

    sheet: Sheet
    members: tuple[CityFigure, ...]
    by_month: CrossTable
    rows_by_month: CrossTable
    breakdowns: Mapping[str, CrossTable]
    reconciliation: Reconciliation
    reasons: tuple[tuple[str, str, int, str], ...]
    """(unit, workbook, row, why) of each row that was excluded."""
    assumed_ones: int
    unit_rows: Mapping[str, tuple[int, ...]]
    """Unit -> its rows, month by month."""

    @cached_property
    def figures(self) -> tuple[FigureTotal, ...]:
        """Return the figures of the city."""
        return tuple(each.total for each in self.members)

    @cached_property
    def by_name(self) -> dict[str, FigureTotal]:
        """Return figure name -> figure."""
        return {total.figure.name: total for total in self.figures}


@dataclass(frozen=True)
class City:
    """Units of one kind, added up."""

    kind: Kind
    areas: tuple[CityArea, ...]
    """The areas and then the tasks, in the order of the definitions."""
    units: tuple[str, ...]
    unmarked: int
    """Units whose workbooks do not say from which version of the template they were written."""

    @property
    def period(self) -> Period:
        """Return the period that all of them cover."""
        return Period(self.kind.start, self.kind.end)

    @property
    def window(self) -> Window:
        """Return the days that their figures are of."""
        return Window(self.kind.start, self.kind.end, self.kind.as_of)

    @property
    def ledgers(self) -> tuple[CityArea, ...]:
        """Return the areas without the tasks."""
        return tuple(each for each in self.areas if each.sheet.role == "area")


def kind_of(result: UnitResult, definitions: Definitions) -> Kind | None:
    """Return what a unit may be added to; None where its figures are not complete."""
    if result.period is None or result.as_of is None or not result.is_clean:
        return None
    others = [each for each in result.versions if each not in {version_of(definitions), UNKNOWN_VERSION}]
    return Kind(result.year, *result.period, result.as_of, "；".join(others))


def add_up(results: Iterable[UnitResult], definitions: Definitions) -> tuple[City, ...]:
    """Return the units of each kind added up, each result looked at once: first what most of the bureau's are.

    The first is of the definitions' own version, if any is, and of the period that most units have.
    """
    sums: dict[Kind, _Sum] = {}
    for result in results:
        kind = kind_of(result, definitions)
        if kind is not None:
            if kind not in sums:
                sums[kind] = _Sum(definitions, Period(kind.start, kind.end).month_keys)
            sums[kind].add(result)
    ordered = sorted(sums, key=lambda kind: (kind.version != "", -len(sums[kind].units), _latest_first(kind)))
    return tuple(sums[kind].city(kind) for kind in ordered)


def _latest_first(kind: Kind) -> tuple[int, int, int, str]:
    return (-kind.end.toordinal(), kind.start.toordinal(), -kind.as_of.toordinal(), kind.version)


@dataclass
class _AreaSum:
    """One sheet being added up."""

    by_month: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows_by_month: Counter[tuple[str, str]] = field(default_factory=Counter)
    breakdowns: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    parts: Counter[str] = field(default_factory=Counter)
    reasons: list[tuple[str, str, int, str]] = field(default_factory=list)
    unit_rows: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def add(self, unit: str, area: UnitArea, months: Sequence[str]) -> None:
        _lay_over(self.by_month, area.by_month)
        _lay_over(self.rows_by_month, area.rows_by_month)
        for name, cells in area.breakdowns:
            _lay_over(self.breakdowns.setdefault(name, Counter()), cells)
        self.parts.update({part: getattr(area, part) for part in (*PARTS, "assumed_ones")})
        self.reasons += [(unit, *each) for each in area.reasons]
        entered: Counter[str] = Counter()
        for _, month, rows in area.rows_by_month:
            entered[month] += rows
        self.unit_rows[unit] = tuple(entered[month] for month in months)


@dataclass
class _Sum:
    """Units of one kind being added up; lives only while they are."""

    definitions: Definitions
    months: tuple[str, ...]
    """Those of the period: 2022-03."""
    units: list[str] = field(default_factory=list)
    unmarked: int = 0
    values: dict[str, list[UnitValue]] = field(default_factory=dict)
    sources: dict[str, Sources] = field(default_factory=dict)
    areas: dict[str, _AreaSum] = field(default_factory=dict)

    def add(self, result: UnitResult) -> None:
        self.units.append(result.unit)
        self.unmarked += UNKNOWN_VERSION in result.versions
        for figure in result.figures:
            self.values.setdefault(figure.id, []).append(UnitValue.of(result.unit, figure))
            self.sources.setdefault(figure.id, Sources()).add(result.unit, figure.sources)
        for area in result.areas:
            self.areas.setdefault(area.name, _AreaSum()).add(result.unit, area, self.months)

    def city(self, kind: Kind) -> City:
        sheets = (*self.definitions.areas, self.definitions.tasks)
        areas = tuple(map(self._area, sheets))
        return City(kind, areas, tuple(self.units), self.unmarked)

    def _area(self, sheet: Sheet) -> CityArea:
        own = self.areas.get(sheet.name, _AreaSum())
        items = sheet.column(ITEM).choices if sheet.role == "area" else ()
        return CityArea(
            sheet=sheet,
            members=tuple(self._figure(sheet, figure) for figure in sheet.figures),
            by_month=CrossTable(items, self.months, own.by_month),
            rows_by_month=CrossTable((*items, BLANK), self.months, own.rows_by_month),
            breakdowns={
                name: CrossTable(tuple(_present(sheet, name, table)), items, table)
                for name in comparable_breakdowns(sheet)
                if (table := own.breakdowns.get(name)) is not None
            },
            reconciliation=Reconciliation(**{part: own.parts[part] for part in PARTS}, reasons={}),
            reasons=tuple(own.reasons),
            assumed_ones=own.parts["assumed_ones"],
            unit_rows=own.unit_rows,
        )

    def _figure(self, sheet: Sheet, figure: FigureKind) -> CityFigure:
        name = figure_id(sheet, figure)
        values = self.values.get(name, [])
        is_unsettled = any(each.is_unsettled for each in values)
        total = FigureTotal(sheet, figure, figure.added(values), is_unsettled)
        return CityFigure(total, values, self.sources.get(name, ()))


def _lay_over(table: Counter[tuple[str, str]], cells: Cells) -> None:
    for row, column, amount in cells:
        table[row, column] += amount


def _present(sheet: Sheet, column: str, table: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Yield the values of a column that some unit has, in the order of its dictionary."""
    known = {value for value, _ in table}
    yield from (value for value in (*sheet.column(column).choices, BLANK) if value in known)
