"""The parts that the owners' reports and the summary are put together from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from batch.areas.figures import Due
from batch.areas.model import Detail
from batch.finding import HIDDEN, Finding, Severity
from batch.place import excel_row, row_ranges
from batch.posts import Owner
from batch.report.content import Block, Paragraph, Table
from batch.report.passage import sentence
from batch.report.phrase import phrase
from batch.total.cross import CrossTable
from batch.total.tasks import TaskResult
from batch.total.totals import FigureTotal, SheetTotals, Totals

LONGEST_TABLE: Final = 200
"""Rows of a detail table in Word; the whole of it is in 汇总表.xlsx."""
LONGEST_SOURCE: Final = 120
"""Characters of a list of source rows in Word; the whole of it is in 汇总表.xlsx and figures.json."""


def passages(totals: SheetTotals) -> Iterator[Block]:
    """Yield what was done, in sentences; a sheet of which nothing is to be said says so."""
    sentences = [text for passage in totals.sheet.passages if (text := sentence(passage, totals))]
    yield Paragraph("".join(sentences) or f"本期“{totals.sheet.name}”没有可报告的登记。")


def figure_table(totals: SheetTotals) -> Table:
    """Return all figures of a sheet, two a row."""
    cells = [(total.figure.name, str(phrase(total).measured.marked)) for total in totals.figures]
    if len(cells) % 2:
        cells.append(("", ""))
    rows = tuple((*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True))
    return Table(f"{totals.sheet.name}主要指标", ("指标", "数值", "指标", "数值"), rows, (0.28, 0.22, 0.28, 0.22))


def month_table(totals: SheetTotals) -> Table | None:
    """Return items by month, or None where nothing was counted."""
    table = totals.by_month
    items = [item for item in table.rows if table.row_total(item)]
    if not items:
        return None
    years = {month[:4] for month in table.columns}
    labels = [f"{int(month[5:])}月" if len(years) == 1 else month for month in table.columns]
    rows = tuple(
        (item, *(str(table.cells.get((item, month), "")) for month in table.columns), str(table.row_total(item)))
        for item in items
    )
    share = 0.84 / (len(labels) + 1)
    widths = (0.16, *(share,) * (len(labels) + 1))
    return Table(f"{totals.sheet.name}分月情况", ("事项", *labels, "合计"), rows, widths)


def person_table(totals: SheetTotals) -> Table | None:
    """Return each person with what was handled, item by item."""
    return _spread(f"{totals.sheet.name}经办情况", "经办人", totals.by_person)


def breakdown_tables(totals: SheetTotals) -> Iterator[Table]:
    """Yield the further breakdowns, each value with its items."""
    for column, table in totals.breakdowns.items():
        spread = _spread(f"{totals.sheet.name}按{column}", column, table)
        if spread is not None:
            yield spread


def _spread(caption: str, what: str, table: CrossTable) -> Table | None:
    rows = tuple((name, _items_of(table, name)) for name in table.rows)
    return Table(caption, (what, "事项与数量"), rows, (0.2, 0.8)) if rows else None


def _items_of(table: CrossTable, row: str) -> str:
    amounts = ((item, table.cells.get((row, item), 0)) for item in table.columns)
    return "，".join(f"{item}{amount}" for item, amount in amounts if amount)


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
    frame = totals.entries.frame.loc[list(total.measured.rows[:LONGEST_TABLE])]
    classified = totals.entries.ledger.classified
    concealed = {column.name for column in totals.sheet.columns if column.concealed}
    is_due = isinstance(total.figure, Due)
    rows = []
    for key, row in frame.iterrows():
        number = int(str(key))
        hidden = concealed if classified[number] else frozenset[str]()
        cells = [HIDDEN if column in hidden else shown(row[column]) for column in detail.columns]
        status = [total.figure.status(row, book.window.as_of)] if isinstance(total.figure, Due) else []
        rows.append((str(excel_row(number)), *cells, *status))
    header = ("台账行", *detail.columns, *(["情况"] if is_due else []))
    weights = [_WEIGHTS.get(name, 1.5 if name.endswith(("日期", "时限")) else 1.0) for name in header]
    widths = tuple(weight / sum(weights) for weight in weights)
    return Table(f"{detail.title}（{len(total.measured.rows)}行）", header, tuple(rows), widths)


_WEIGHTS: Final = {"标题": 2.8, "情况": 1.4, "台账行": 0.8}
"""How wide a column of a list is, beside one of weight 1."""


def shown(value: object) -> str:
    """Return a cleaned cell as a report prints it."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124 a missing value
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


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
    rows = tuple((each.place, f"{each.problem}。", each.explanation or "") for each in findings if each.settled)
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


def source_table(figures: Iterable[FigureTotal], book: Totals) -> Table:
    """Return where each figure comes from: id, value, definition, sheet and rows."""
    rows = tuple(
        (total.id, str(phrase(total).measured.marked), total.figure.definition, _source_text(total, book))
        for total in figures
    )
    return Table("各指标的口径和来源", ("指标", "数值", "口径", "来源（台账行号）"), rows, (0.17, 0.1, 0.33, 0.4))


def _source_text(total: FigureTotal, book: Totals) -> str:
    several = book.book.is_joined
    parts = [
        f"{f'{workbook} ' if several else ''}{total.sheet.name}：{row_ranges(rows)}"
        for workbook, rows in book.sources(total)
    ]
    text = "；".join(parts) or "无"
    return text if len(text) <= LONGEST_SOURCE else f"{text[:LONGEST_SOURCE].rpartition(',')[0]}…（全部见汇总表）"


def reconciliation_table(sheets: Iterable[SheetTotals]) -> Table:
    """Return where every row that was read has gone."""
    header = ("工作面", "读入", "计入", "期外", "剔除", "合计行", "空行")
    rows = tuple(
        (
            totals.sheet.name,
            *(
                str(number)
                for number in (each.read, each.counted, each.outside, each.excluded, each.subtotal, each.blank)
            ),
        )
        for totals in sheets
        for each in [totals.reconciliation]
    )
    return Table("台账行数对账（读入＝计入＋期外＋剔除＋合计行＋空行）", header, rows, (0.22, *(0.13,) * 6))


def owner_line(area: str, owners: Mapping[str, Owner]) -> str:
    """Say who answers for an area, and for whom a deputy stands in."""
    owner = owners.get(area)
    if owner is None:
        return "未登记负责人"
    return f"负责人：{owner.name}" + (f"（A角{owner.acting_for}离岗，由B角代行职责）" if owner.acting_for else "")
