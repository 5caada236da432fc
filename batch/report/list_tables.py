"""The lists of a report: the tasks, what is overdue, and the findings to be mended or known."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pandas as pd

from batch.areas.figures import Due
from batch.areas.model import Detail
from batch.finding import HIDDEN, Finding, Severity
from batch.place import excel_row
from batch.report.content import Table
from batch.total.tasks import TaskResult
from batch.total.totals import FigureTotal, SheetTotals, Totals

LONGEST_TABLE: Final = 200
"""Rows of a list in Word; the whole of it is in 汇总表.xlsx or 问题清单.xlsx."""


def task_table(tasks: Sequence[TaskResult], caption: str) -> Table | None:
    """Return tasks with their targets and whether these are reached."""
    rows = tuple(
        (
            task.aspect,
            task.task,
            task.target_text or "—",
            task.value_text if task.figure else "—",
            _reached(task),
            task.person,
        )
        for task in tasks
    )
    header = ("方面", "任务", "目标", "完成", "是否达到", "责任人")
    return Table(caption, header, rows, (0.16, 0.36, 0.13, 0.13, 0.1, 0.12)) if rows else None


def _reached(task: TaskResult) -> str:
    if task.reached is None:
        return "—"
    return "达到" if task.reached else "未达到" if task.is_due else "未到期"


def detail_tables(totals: SheetTotals, book: Totals) -> Iterator[Table]:
    """Yield the lists of the definition: the rows behind a figure, such as what is overdue."""
    for detail in totals.sheet.lists:
        total = totals.by_name[detail.figure]
        if total.measured.rows:
            yield _detail_table(detail, total, totals, book)


def _detail_table(detail: Detail, total: FigureTotal, totals: SheetTotals, book: Totals) -> Table:
    """Return the rows of a figure; of deadlines, those that are still open stand on top."""
    frame = totals.entries.frame.loc[list(total.measured.rows)]
    classified = totals.entries.ledger.classified
    concealed = {column.name for column in totals.sheet.columns if column.concealed}
    due = total.figure if isinstance(total.figure, Due) else None
    rows = []
    for key, row in frame.iterrows():
        number = int(str(key))
        hidden = concealed if classified[number] else frozenset[str]()
        cells = [HIDDEN if column in hidden else shortened(shown(row[column])) for column in detail.columns]
        rows.append((str(excel_row(number)), *cells, *([due.status(row, book.window.as_of)] if due else ())))
    header = ("台账行", *detail.columns, *(["情况"] if due else []))
    if due:
        rows.sort(key=lambda cells: cells[-1] != Due.OPEN)
    weights = [_WEIGHTS.get(name, 1.5 if name.endswith(("日期", "时限")) else 1.0) for name in header]
    widths = tuple(weight / sum(weights) for weight in weights)
    return Table(f"{detail.title}（{len(rows)}行）", header, tuple(rows[:LONGEST_TABLE]), widths)


_WEIGHTS: Final = {"标题": 2.8, "情况": 1.4, "台账行": 0.8}
"""How wide a column of a list is, beside one of weight 1."""
LONGEST_CELL: Final = 80
"""Characters of a ledger text in a list; the ledger has it whole."""


def shown(value: object) -> str:
    """Return a cleaned cell as a report prints it."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124 a missing value
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def shortened(text: str) -> str:
    """Return a text as far as a list has room for it."""
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def finding_table(findings: Sequence[Finding], caption: str) -> Table | None:
    """Return the findings that are still open, what to mend first on top."""
    ordered = sorted((each for each in findings if not each.settled), key=lambda finding: finding.severity.rank)
    rows = tuple(
        (each.severity.value, each.place or each.sheet or "", f"{each.problem}，{each.remedy}。")
        for each in ordered[:LONGEST_TABLE]
    )
    return Table(caption, ("类别", "位置", "问题与改法"), rows, (0.1, 0.18, 0.72)) if rows else None


def settled_table(findings: Iterable[Finding]) -> Table | None:
    """Return the 核实 findings that the office has explained, with the explanation."""
    rows = tuple(
        (each.place, f"{each.problem}。", shortened(each.explanation or "")) for each in findings if each.settled
    )
    return Table("已说明的核实事项", ("位置", "问题", "核实说明"), rows, (0.16, 0.5, 0.34)) if rows else None


def of_severity(findings: Iterable[Finding], *severities: Severity) -> list[Finding]:
    """Return the findings of these severities."""
    return [finding for finding in findings if finding.severity in severities]


def excluded_table(sheets: Iterable[SheetTotals]) -> Table | None:
    """Return the rows that were left out of every figure, with the reason for each."""
    rows = tuple(
        (totals.sheet.name, str(excel_row(key)), reason)
        for totals in sheets
        for key, reason in totals.reconciliation.reasons.items()
    )
    header = ("工作面", "台账行", "原因")
    return Table("未计入的行", header, rows[:LONGEST_TABLE], (0.12, 0.12, 0.76)) if rows else None
