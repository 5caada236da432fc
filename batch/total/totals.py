"""The totals of a book: figures with sources, tables by month, person and item, and the reconciliation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from batch.areas.contract import AMOUNT, DATE, ITEM, PERSON
from batch.areas.definitions import Definitions, figure_id
from batch.areas.figures import FigureKind
from batch.areas.measured import Measured
from batch.areas.model import Sheet
from batch.areas.where import within
from batch.finding import Finding
from batch.ledger.book import Book
from batch.ledger.ledger import Ledger
from batch.period import Period, Window
from batch.total.cross import BLANK, Attribute, CrossTable, breakdown, crossed
from batch.total.entries import Entries, countable
from batch.total.measure import Measurer, value_text
from batch.total.tasks import TaskResult, task_results
from batch.values.rows import NO_ROWS, row_ranges, rows_by_workbook

PARTS: Final = ("read", "counted", "outside", "excluded", "subtotal", "blank")
"""Where rows go, by the keys of a reconciliation."""


@dataclass(frozen=True)
class FigureTotal:
    """A figure, its value and the rows it is made of."""

    sheet: Sheet
    figure: FigureKind
    measured: Measured
    is_unsettled: bool
    """Whether it rests on a row with a 核实 finding that nobody has settled."""

    @property
    def id(self) -> str:
        """Return the figure's id, 工作面.指标."""
        return figure_id(self.sheet, self.figure)

    @property
    def value(self) -> int | float | None:
        """Return the value, None where nothing stands below the line."""
        return self.measured.value

    @property
    def text(self) -> str:
        """Return the value as a report prints it, without unit: 56, 98.2, —."""
        return value_text(self.value, is_percentage=self.figure.is_percentage)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Where every row that was read has gone."""

    read: int
    counted: int
    outside: int
    excluded: int
    subtotal: int
    blank: int
    reasons: Mapping[int, str]
    """Row key -> why it was excluded."""

    def __post_init__(self) -> None:
        """Refuse to exist unless the rows add up: a total whose rows do not reconcile is a bug."""
        parts = self.counted + self.outside + self.excluded + self.subtotal + self.blank
        if self.read != parts:
            message = f"rows do not reconcile: {self}"
            raise AssertionError(message)

    @property
    def parts(self) -> dict[str, int]:
        """Return each of :data:`PARTS` with how many rows it has."""
        return {part: getattr(self, part) for part in PARTS}


@dataclass(frozen=True)
class SheetTotals:
    """All that is totalled of one area, or of the tasks."""

    entries: Entries
    figures: tuple[FigureTotal, ...]
    by_month: CrossTable
    """Item by month."""
    rows_by_month: CrossTable
    """The same of the rows, whatever their amounts."""
    by_person: CrossTable
    """Person by item."""
    breakdowns: Mapping[str, CrossTable]
    """Further column -> its values by item."""
    reconciliation: Reconciliation
    assumed_ones: int
    """How many counted rows had a blank 数量, taken as 1."""

    @property
    def sheet(self) -> Sheet:
        """Return the definition of the sheet."""
        return self.entries.ledger.sheet

    @cached_property
    def by_name(self) -> dict[str, FigureTotal]:
        """Return figure name -> figure."""
        return {total.figure.name: total for total in self.figures}


@dataclass(frozen=True)
class Totals:
    """The totals of a whole book over one period."""

    book: Book
    period: Period
    window: Window
    sheets: Mapping[str, SheetTotals]
    """Sheet name -> totals, areas first, then tasks; only sheets that were read."""
    tasks: tuple[TaskResult, ...]

    @cached_property
    def figures(self) -> dict[str, FigureTotal]:
        """Return id -> figure for every figure that was totalled."""
        return {total.id: total for sheet in self.sheets.values() for total in sheet.figures}

    @cached_property
    def areas(self) -> tuple[SheetTotals, ...]:
        """Return the totals of the areas, in order."""
        return tuple(each for each in self.sheets.values() if each.sheet.role == "area")

    def ledger(self, sheet: Sheet) -> Ledger:
        """Return the ledger of a sheet that was read."""
        return self.book.ledgers[sheet.name]

    def has_rows(self, sheet: str) -> bool:
        """Say whether the sheet with this name is there and has rows, counted or not."""
        return sheet in self.sheets and not self.book.ledgers[sheet].frame.empty

    def missing_columns(self, total: FigureTotal) -> frozenset[str]:
        """Return the columns that a figure is made from and its sheet lacks; without 数量 a row still counts as 1."""
        siblings = self.sheets[total.sheet.name].by_name
        kinds = (total.figure, *(siblings[name].figure for name in total.figure.rests_on))
        reads = frozenset[str]().union(*(kind.reads for kind in kinds))
        return (reads & self.ledger(total.sheet).missing) - {AMOUNT}

    def sources(self, total: FigureTotal) -> Sequence[tuple[str, str]]:
        """Return (workbook, its Excel rows as a printer's page list) for the rows a figure is made of."""
        return self._sources[total.id]

    @cached_property
    def _sources(self) -> dict[str, list[tuple[str, str]]]:
        """The sources of every figure: each report names them, and writing a million row numbers takes a while."""
        return {
            total.id: [
                (self.ledger(total.sheet).layouts[number].workbook, row_ranges(rows))
                for number, rows in rows_by_workbook(total.measured.rows).items()
            ]
            for total in self.figures.values()
        }


def total_book(
    book: Book, definitions: Definitions, findings: Iterable[Finding], period: Period, window: Window
) -> Totals:
    """Total every figure of the definitions over the window, from the rows that the findings let through."""
    findings = tuple(findings)
    entries = {
        sheet.name: countable(book.ledgers[sheet.name], findings)
        for sheet in (*definitions.areas, definitions.tasks)
        if sheet.name in book.ledgers
    }
    measurer = Measurer(
        {name: each.frame for name, each in entries.items()},
        {name: (sheet, figure) for name, sheet, figure in definitions.figures},
    )
    sheets = {name: _sheet_totals(each, measurer, period, window) for name, each in entries.items()}
    tasks = entries.get(definitions.tasks.name)
    return Totals(book, period, window, sheets, tuple(task_results(tasks, measurer, window)) if tasks else ())


def _sheet_totals(entries: Entries, measurer: Measurer, period: Period, window: Window) -> SheetTotals:
    sheet, frame = entries.ledger.sheet, entries.frame
    figures = tuple(_figure_total(entries, figure, measurer, window) for figure in sheet.figures)
    used = np.isin(frame.index, np.concatenate([NO_ROWS, *(total.measured.rows for total in figures)]))
    if sheet.role != "area":
        empty = CrossTable((), (), {})
        reconciliation = _reconcile(entries, frame.index)
        return SheetTotals(entries, figures, empty, empty, empty, {}, reconciliation, 0)
    is_dated = within(frame[DATE], window)
    counted = frame.index[is_dated | used]
    amounts, ones = frame[AMOUNT].to_numpy()[is_dated], np.ones(is_dated.sum(), np.int64)
    item, person = (Attribute.of(frame[name][is_dated]) for name in (ITEM, PERSON))
    month = Attribute.of(_months(frame[DATE][is_dated]))
    items = sheet.column(ITEM).choices or item.names
    further = {column: Attribute.of(frame[column][is_dated]) for column in sheet.breakdowns}
    return SheetTotals(
        entries,
        figures,
        crossed(amounts, item, month, items, period.month_keys),
        crossed(ones, item.or_blank(), month, (*items, BLANK), period.month_keys),
        crossed(amounts, person, item, person.by_frequency(), items),
        {name: breakdown(amounts, each, sheet.column(name).choices, item, items) for name, each in further.items()},
        _reconcile(entries, counted),
        _assumed_ones(entries.ledger, counted),
    )


def _figure_total(entries: Entries, figure: FigureKind, measurer: Measurer, window: Window) -> FigureTotal:
    sheet = entries.ledger.sheet
    measured = measurer.measure(figure_id(sheet, figure), window)
    is_unsettled = bool(entries.unsettled) and bool(np.isin(measured.rows, [*entries.unsettled]).any())
    return FigureTotal(sheet, figure, measured, is_unsettled)


def _months(days: "pd.Series[Any]") -> "pd.Series[str]":
    """Write each day as its month: 2022-03."""
    months = days.dt.year * 100 + days.dt.month
    written: pd.Series[str] = months.map({each: f"{each // 100}-{each % 100:02d}" for each in months.unique().tolist()})
    return written


def _reconcile(entries: Entries, counted: "pd.Index[int]") -> Reconciliation:
    ledger = entries.ledger
    kept, excluded = len(entries.frame), len(entries.excluded)
    subtotal, blank = len(ledger.totals), len(ledger.blanks)
    return Reconciliation(
        read=len(ledger.frame) + len(ledger.repeats) + subtotal + blank,
        counted=len(counted),
        outside=kept - len(counted),
        excluded=excluded,
        subtotal=subtotal,
        blank=blank,
        reasons=entries.excluded,
    )


def _assumed_ones(ledger: Ledger, counted: "pd.Index[int]") -> int:
    if AMOUNT not in ledger.filled:
        return 0
    return int((~ledger.filled.loc[counted, AMOUNT]).sum())
