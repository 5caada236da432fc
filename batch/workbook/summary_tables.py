"""The tables of 汇总表.xlsx: by month, by person, by further columns, and the tasks."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from batch.areas.contract import DATE, ITEM, PERSON
from batch.areas.where import within
from batch.total.cross import BLANK, CrossTable
from batch.total.measure import NO_VALUE
from batch.total.tasks import TaskResult
from batch.total.totals import SheetTotals, Totals
from batch.values.widths import display_width
from batch.workbook.formulas import PERIOD, amounts, month_span, row_count, stored_value
from batch.workbook.ledger_copy import (
    FIRST_ROW,
    HEADER_ROW,
    NOTE_ROW,
    REACHED,
    YEAR_TO_DATE,
    Live,
    shown_height,
    write_live,
)
from batch.workbook.summary_book import FIRST_MONTH_COLUMN, MONTHS_PAGE, SummaryBook

TASK_HEADER: Final = {
    "方面": 16,
    "任务": 40,
    "工作面": 10,
    "指标": 22,
    "目标值": 10,
    "完成值": 10,
    "单位": 8,
    "是否达到": 10,
    "完成时限": 13,
    "是否到期": 10,
    "责任人": 12,
}
NO_ENTRIES: Final = "本期没有登记"


_Block: TypeAlias = tuple[SheetTotals, str, CrossTable]
"""An area, one of its columns, and the amounts by that column and item."""


def write_months(book: SummaryBook) -> None:
    """Write the amounts of each area by item and month."""
    months, first = book.totals.period.months, FIRST_MONTH_COLUMN
    widths = (12, 18, *(max(8, display_width(label) + 2) for label in book.month_labels), 10)
    page = book.page(MONTHS_PAGE, "各工作面分月情况", widths, HEADER_ROW)
    page.write_row(HEADER_ROW, 0, ("工作面", "事项", *book.month_labels, "合计"), book.styles["header"])
    for area in book.totals.areas:
        copy = book.copies.get(area.sheet.name)
        for item in area.by_month.rows:
            row = book.month_rows[area.sheet.name, item]
            page.write_row(row, 0, (area.sheet.name, item), book.styles["text"])
            page.set_row(row, shown_height((area.sheet.name, item), widths[:first]))
            for column, (year, month) in enumerate(months, start=first):
                bounds = month_span(year, month).inside(DATE)
                formula = amounts(copy, bounds, {ITEM: (item,)}) if copy else None
                amount = area.by_month.cells.get((item, f"{year}-{month:02d}"), 0)
                write_live(page, row, column, Live(formula, amount), book.styles["amount"])
            sums = f"SUM({xl_range(row, first, row, first + len(months) - 1)})"
            write_live(page, row, first + len(months), Live(sums, area.by_month.row_total(item)), book.styles["number"])


def write_people(book: SummaryBook) -> None:
    """Write who handled what in each area."""
    blocks = [(area, PERSON, area.by_person) for area in book.totals.areas]
    _write_blocks(book, "分人", "各工作面经办情况", blocks)


def write_breakdowns(book: SummaryBook) -> None:
    """Write the further breakdowns of each area."""
    blocks = [(area, name, table) for area in book.totals.areas for name, table in area.breakdowns.items()]
    _write_blocks(book, "分类", "各工作面分类情况", blocks)


def _write_blocks(book: SummaryBook, name: str, title: str, blocks: Sequence[_Block]) -> None:
    """Write areas by one of their columns, one table below the other."""
    most = max((len(table.columns) for _, _, table in blocks), default=0)
    widths = (20, *(9 for _ in range(max(most, 6) + 1)))
    page = book.page(name, title, widths, NOTE_ROW)
    row = HEADER_ROW
    for area, column, table in blocks:
        page.write_string(row, 0, f"{area.sheet.name}（按{column}）", book.styles["section"])
        headers = (column, *table.columns, "登记行数")
        page.write_row(row + 1, 0, headers, book.styles["header"])
        page.set_row(row + 1, shown_height(headers, widths[: len(headers)]))
        for line, value in enumerate(table.rows, start=row + 2):
            page.write_string(line, 0, value, book.styles["text"])
            page.set_row(line, shown_height((value,), widths[:1]))
        row = _write_amounts(book, page, row + 2, (area, column, table)) + 1


def _write_amounts(book: SummaryBook, page: Worksheet, first: int, block: _Block) -> int:
    """Write the numbers of a table with the sums below, and return the row behind it."""
    area, what, table = block
    if not table.rows:
        page.write_string(first, 0, NO_ENTRIES, book.styles["note"])
        return first + 1
    copy, days, counts = book.copies.get(area.sheet.name), PERIOD.inside(DATE), _row_counts(area, what, book.totals)
    last = first + len(table.rows)
    for line, name in enumerate(table.rows, start=first):
        admitted = (name, "") if name == BLANK and what in area.breakdowns else (name,)
        for column, item in enumerate(table.columns, start=1):
            formula = amounts(copy, days, {what: admitted, ITEM: (item,)}) if copy else None
            live = Live(formula, table.cells.get((name, item), 0))
            write_live(page, line, column, live, book.styles["amount"])
        formula = row_count(copy, days, {what: admitted}) if copy else None
        write_live(page, line, len(table.columns) + 1, Live(formula, counts.get(name, 0)), book.styles["number"])
    page.write_string(last, 0, "合计", book.styles["strong"])
    sums = [sum(table.cells.get((name, item), 0) for name in table.rows) for item in table.columns]
    for column, value in enumerate((*sums, sum(counts.values())), start=1):
        live = Live(f"SUM({xl_range(first, column, last - 1, column)})", value)
        write_live(page, last, column, live, book.styles["number"])
    return last + 1


def write_tasks(book: SummaryBook) -> None:
    """Write the tasks with their targets and what was reached."""
    widths = tuple(TASK_HEADER.values())
    page = book.page("任务", "年度任务完成情况", widths, HEADER_ROW)
    page.write_row(HEADER_ROW, 0, TASK_HEADER, book.styles["header"])
    if not book.totals.tasks:
        page.write_string(FIRST_ROW, 0, "没有任务清单", book.styles["note"])
    copy = next((each for each in book.copies.values() if each.sheet.role == "tasks"), None)
    for index, task in enumerate(book.totals.tasks):
        row, target = FIRST_ROW + index, stored_value(task.target)
        due = "是" if task.is_due else "否"
        texts = (
            task.aspect,
            task.task,
            task.area,
            task.figure,
            "",
            "",
            task.unit,
            "",
            task.deadline,
            due,
            task.person,
        )
        page.write_row(row, 0, texts, book.styles["text"])
        page.set_row(row, shown_height(texts, widths))
        page.write(row, 4, target, book.styles["number"])
        value, reached = (copy.cell(YEAR_TO_DATE, index), copy.cell(REACHED, index)) if copy else (None, None)
        shown = Live(value if task.figure else None, stored_value(task.value))
        write_live(page, row, 5, shown, book.value_style(task.kind))
        words = f'IF({reached}="","{NO_VALUE}",IF({reached}=1,"是","否"))' if reached else None
        write_live(page, row, 7, Live(words, _judgement(task)), book.styles["number"])


def _judgement(task: TaskResult) -> str:
    return NO_VALUE if task.reached is None else "是" if task.reached else "否"


def _row_counts(area: SheetTotals, column: str, totals: Totals) -> dict[str, int]:
    """Return how many rows of the period each value of a column has."""
    frame, window = area.entries.frame, totals.window
    values = frame[column][within(frame[DATE], window)]
    return {str(value): int(count) for value, count in values.fillna(BLANK).value_counts().items()}
