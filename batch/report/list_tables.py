"""The lists of a report: the tasks, what is overdue, and the findings to be mended or known."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeAlias

import pandas as pd

from batch.areas.figures import Due
from batch.areas.model import Detail
from batch.finding import HIDDEN, Finding
from batch.report.content import Table, Text
from batch.total.tasks import TaskResult
from batch.total.totals import FigureTotal, SheetTotals, Totals
from batch.values.cell import shortened
from batch.values.rows import excel_row, row_ranges, rows_by_workbook

LONGEST_TABLE: Final = 100
"""Rows of a list in Word; the whole of it is in the workbook that its caption names."""
LEDGERS: Final = "汇总表"
FINDINGS: Final = "问题清单"
"""Where the whole of a list is."""
Row: TypeAlias = tuple[Text, ...]
LONGEST_NAME: Final = 30
"""Characters of a task in a sentence; the table has more of it."""
LONGEST_CELL: Final = 80
"""Characters of a ledger text in a list; the ledger has it whole."""


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
    return Table(caption, header, rows) if rows else None


def _reached(task: TaskResult) -> str:
    if task.reached is None:
        return "—"
    return "达到" if task.reached else "未达到" if task.is_due else "未到期"


def detail_rows(totals: SheetTotals, book: Totals) -> Iterator[tuple[Detail, list[Row]]]:
    """Yield the lists of the definition with all rows behind their figures, such as what is overdue."""
    for detail in totals.sheet.lists:
        total = totals.by_name[detail.figure]
        if total.measured.rows.size:
            yield detail, _detail_rows(detail, total, totals, book)


def detail_table(detail: Detail, rows: Sequence[Row], totals: SheetTotals) -> Table:
    """Return a list of the definition as a table."""
    is_due = isinstance(totals.by_name[detail.figure].figure, Due)
    header = ("台账行", *detail.columns, *(["情况"] if is_due else []))
    return listed_table(f"{detail.title}（{len(rows)}行）", header, rows, LEDGERS)


def _detail_rows(detail: Detail, total: FigureTotal, totals: SheetTotals, book: Totals) -> list[Row]:
    """Return the rows of a figure; of deadlines, those that are still open stand on top."""
    frame = totals.entries.frame.loc[total.measured.rows]
    classified = totals.entries.ledger.classified
    concealed = {column.name for column in totals.sheet.columns if column.concealed}
    due = total.figure if isinstance(total.figure, Due) else None
    rows: list[Row] = []
    for key, row in frame.iterrows():
        number = int(str(key))
        hidden = concealed if classified[number] else frozenset[str]()
        cells = [
            HIDDEN if column in hidden else shortened(shown(row[column]), LONGEST_CELL) for column in detail.columns
        ]
        rows.append((str(excel_row(number)), *cells, *([due.status(row, book.window.as_of)] if due else ())))
    if due:
        rows.sort(key=lambda cells: cells[-1] != Due.OPEN)
    return rows


def listed_table(caption: str, header: tuple[str, ...], rows: Sequence[Row], whole: str) -> Table:
    """Return rows as a table that says where to find those it has no room for."""
    if len(rows) > LONGEST_TABLE:
        caption = f"{caption}（列出前{LONGEST_TABLE}行，全部见{whole}）".replace("）（", "，")
    return Table(caption, header, tuple(rows[:LONGEST_TABLE]))


def shown(value: str | float | datetime | None) -> str:
    """Return a cleaned cell as a report prints it."""
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)


def finding_table(findings: Sequence[Finding], caption: str) -> Table | None:
    """Return the findings that are still open, what to mend first on top."""
    ordered = sorted((each for each in findings if not each.settled), key=lambda finding: finding.severity.rank)
    names = {each.workbook for each in ordered if each.workbook}
    rows: list[Row] = [
        (each.severity.value, _place(each, is_named=len(names) > 1), f"{each.problem}，{each.remedy}。")
        for each in ordered
    ]
    return listed_table(caption, ("类别", "位置", "问题与改法"), rows, FINDINGS) if rows else None


def settled_table(findings: Iterable[Finding]) -> Table | None:
    """Return the 核实 findings that the office has explained, with the explanation."""
    rows: list[Row] = [
        (each.place, f"{each.problem}。", shortened(each.explanation or "", LONGEST_CELL))
        for each in findings
        if each.settled
    ]
    return listed_table("已说明的核实事项", ("位置", "问题", "核实说明"), rows, FINDINGS) if rows else None


def excluded_table(sheets: Iterable[SheetTotals]) -> Table | None:
    """Return the rows that were left out of every figure, those left out for one reason together."""
    left_out: dict[tuple[str, str], tuple[SheetTotals, list[int]]] = {}
    for totals in sheets:
        for key, reason in totals.reconciliation.reasons.items():
            left_out.setdefault((totals.sheet.name, reason), (totals, []))[1].append(key)
    rows = [
        (name, _named_rows(totals, keys) if place < LONGEST_TABLE else "", reason)
        for place, ((name, reason), (totals, keys)) in enumerate(left_out.items())
    ]
    return listed_table("未计入的行", ("工作面", "台账行", "原因"), rows, LEDGERS) if rows else None


def _place(finding: Finding, *, is_named: bool) -> str:
    """Return where a finding is, with its workbook where there are several."""
    place = finding.place or finding.sheet or ""
    return f"{finding.workbook}：{place}" if is_named and finding.workbook and place else place


def _named_rows(totals: SheetTotals, keys: Collection[int]) -> str:
    """Return Excel rows by their keys, with their workbook where several bring rows of the sheet."""
    layouts = totals.entries.ledger.layouts
    return "；".join(
        f"{layouts[number].workbook}：{row_ranges(rows)}" if len(layouts) > 1 else row_ranges(rows)
        for number, rows in rows_by_workbook(keys).items()
    )
