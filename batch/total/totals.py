"""The totals of a book: figures with sources, tables by month, person and item, and the reconciliation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast

import pandas as pd

from batch.areas.figures import FigureKind, Measured, Reached
from batch.areas.model import AMOUNT, DATE, ITEM, PERSON, Definitions, Sheet, figure_id
from batch.finding import Finding
from batch.intake import Book
from batch.ledger import Ledger
from batch.period import Period, Window
from batch.place import rows_by_workbook
from batch.total.entries import Entries, countable
from batch.total.measure import Measurer

NO_VALUE = "—"
"""What stands for a figure that cannot be told."""


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
        return value_text(self.value, self.figure.unit)


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Amounts of a sheet by two attributes, both in reading order; a pair that never met is absent."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]

    def row_total(self, row: str) -> int:
        """Return the sum of a row."""
        return sum(self.cells.get((row, column), 0) for column in self.columns)


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


@dataclass(frozen=True)
class SheetTotals:
    """All that is totalled of one area, or of the tasks."""

    entries: Entries
    figures: tuple[FigureTotal, ...]
    by_month: CrossTable
    """Item by month."""
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

    @property
    def has_entries(self) -> bool:
        """Say whether any row was left to count."""
        return not self.entries.frame.empty


@dataclass(frozen=True, slots=True)
class TaskResult:
    """One task of the year, and whether its figure has reached its target."""

    key: int
    aspect: str
    task: str
    area: str
    figure: str
    unit: str
    target: float | None
    value: int | float | None
    reached: bool | None
    """None where the task has no figure or no target."""
    person: str
    deadline: str
    is_due: bool
    """Whether its deadline has come by the as-of date; a task without one always is."""

    @property
    def is_missed(self) -> bool:
        """Say whether it should have reached its target by now and has not."""
        return self.is_due and self.reached is False

    @property
    def value_text(self) -> str:
        """Return the figure's value with its unit."""
        return value_text(self.value, self.unit) + (self.unit if self.value is not None else "")

    @property
    def target_text(self) -> str:
        """Return the target with its unit."""
        return "" if self.target is None else f"{self.target:g}{self.unit}"


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

    @property
    def areas(self) -> tuple[SheetTotals, ...]:
        """Return the totals of the areas, in order."""
        return tuple(each for each in self.sheets.values() if each.sheet.role == "area")

    def ledger(self, sheet: Sheet) -> Ledger:
        """Return the ledger of a sheet that was read."""
        return self.book.ledgers[sheet.name]

    def sources(self, total: FigureTotal) -> list[tuple[str, list[int]]]:
        """Return (workbook, Excel rows) for the rows a figure is made of."""
        layouts = self.ledger(total.sheet).layouts
        by_workbook = rows_by_workbook(total.measured.rows)
        return [(layouts[number].workbook, rows) for number, rows in by_workbook.items()]


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
    return Totals(book, period, window, sheets, tuple(_task_results(tasks, measurer, window)) if tasks else ())


def value_text(value: float | None, unit: str) -> str:
    """Write a value as a report prints it: whole numbers whole, percentages with one decimal."""
    if value is None:
        return NO_VALUE
    return f"{value:.1f}" if unit == "%" else str(int(value))


def _sheet_totals(entries: Entries, measurer: Measurer, period: Period, window: Window) -> SheetTotals:
    sheet, frame = entries.ledger.sheet, entries.frame
    figures = tuple(_figure_total(entries, figure, measurer, window) for figure in sheet.figures)
    used = {key for total in figures for key in total.measured.rows}
    if sheet.role != "area":
        empty = CrossTable((), (), {})
        reconciliation = _reconcile(entries, set(frame.index))
        return SheetTotals(entries, figures, empty, empty, {}, reconciliation, 0)
    dated = frame[(frame[DATE] >= str(window.start)) & (frame[DATE] <= str(window.end))]
    counted = used | set(dated.index)
    items = sheet.column(ITEM).choices or tuple(dict.fromkeys(dated[ITEM]))
    months = tuple(f"{year}-{month:02d}" for year, month in period.months)
    by_month = _crossed(dated, dated[ITEM], dated[DATE].dt.strftime("%Y-%m"), items, months)
    return SheetTotals(
        entries,
        figures,
        by_month,
        _crossed(dated, dated[PERSON], dated[ITEM], _by_frequency(dated[PERSON]), items),
        {column: _breakdown(dated, sheet, column, items) for column in sheet.breakdowns},
        _reconcile(entries, counted),
        _assumed_ones(entries.ledger, counted),
    )


def _figure_total(entries: Entries, figure: FigureKind, measurer: Measurer, window: Window) -> FigureTotal:
    sheet = entries.ledger.sheet
    measured = measurer.measure(figure_id(sheet, figure), window)
    return FigureTotal(sheet, figure, measured, not entries.unsettled.isdisjoint(measured.rows))


_Pair: TypeAlias = tuple[tuple[str, str], int]


def _crossed(
    frame: pd.DataFrame,
    rows: "pd.Series[str]",
    columns: "pd.Series[str]",
    row_order: tuple[str, ...],
    column_order: tuple[str, ...],
) -> CrossTable:
    sums = frame[AMOUNT].groupby([rows.to_numpy(), columns.to_numpy()]).sum()
    cells = {(str(pair[0]), str(pair[1])): int(amount) for pair, amount in cast("Iterable[_Pair]", sums.items())}
    return CrossTable(row_order, column_order, cells)


def _breakdown(frame: pd.DataFrame, sheet: Sheet, column: str, items: tuple[str, ...]) -> CrossTable:
    """Total a further column; rows that leave it blank are totalled as 未填, so that nothing is lost."""
    values = frame[column].fillna("未填")
    order = tuple(value for value in (*sheet.column(column).choices, *_by_frequency(values)) if value in set(values))
    return _crossed(frame, values, frame[ITEM], tuple(dict.fromkeys(order)), items)


def _by_frequency(values: "pd.Series[str]") -> tuple[str, ...]:
    """Return the distinct values, the most frequent first, equals by name."""
    counts = values.value_counts()
    return tuple(sorted((str(value) for value in counts.index), key=lambda value: (-counts[value], value)))


def _reconcile(entries: Entries, counted: set[int]) -> Reconciliation:
    ledger = entries.ledger
    kept, excluded = len(entries.frame), len(entries.excluded)
    subtotal, blank = len(ledger.subtotals), len(ledger.blanks)
    return Reconciliation(
        read=len(ledger.frame) + len(ledger.repeats) + subtotal + blank,
        counted=len(counted),
        outside=kept - len(counted),
        excluded=excluded,
        subtotal=subtotal,
        blank=blank,
        reasons=entries.excluded,
    )


def _assumed_ones(ledger: Ledger, counted: set[int]) -> int:
    if AMOUNT not in ledger.filled:
        return 0
    blank = ~ledger.filled[AMOUNT]
    return len(counted & set(blank.index[blank]))


def _task_results(entries: Entries, measurer: Measurer, window: Window) -> Iterator[TaskResult]:
    for key, row in entries.frame.iterrows():
        figure = _text(row["指标"])
        target = None if pd.isna(row["目标值"]) else float(row["目标值"])
        measured = measurer.measure(figure, window.year_to_date) if figure else Measured(None, ())
        deadline = "" if pd.isna(row["完成时限"]) else f"{row['完成时限']:%Y-%m-%d}"
        is_judged = bool(figure) and target is not None
        yield TaskResult(
            key=int(str(key)),
            aspect=_text(row["方面"]),
            task=_text(row["任务"]),
            area=_text(row["工作面"]),
            figure=figure,
            unit=measurer.figures[figure][1].unit if figure else "",
            target=target,
            value=measured.value,
            reached=Reached.has_reached(measured, target) if is_judged and target is not None else None,
            person=_text(row["责任人"]),
            deadline=deadline,
            is_due=not deadline or deadline <= str(window.as_of),
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
