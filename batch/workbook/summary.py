"""汇总表.xlsx: the figures to sign, the tables, the sources, and the ledger copy that their formulas add up."""

from collections.abc import Mapping, Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.clean import EXCEL_EPOCH
from batch.posts import Owner
from batch.total.totals import Totals
from batch.workbook import formulas
from batch.workbook.ledger_copy import (
    FIRST_ROW,
    HEADER_ROW,
    NOTE_ROW,
    shown_height,
    write_live,
)
from batch.workbook.summary_book import SIGN_PAGE, VALUE_COLUMN, SummaryBook, unit_text
from batch.workbook.summary_sources import write_copies, write_sources
from batch.workbook.summary_tables import write_breakdowns, write_months, write_people, write_tasks
from batch.workbook.xlsx import Styles, write_workbook

SIGN_HEADER: Final = {"工作面": 14, "指标": 22, "本期": 14, "单位": 16, "目标值": 14, "负责人": 18, "签字": 16}
"""Header -> width in characters."""


def build_summary(totals: Totals, owners: Mapping[str, Owner], title: str, *, is_draft: bool) -> bytes:
    """Return the workbook; the same totals give the same bytes."""

    def write(workbook: xlsxwriter.Workbook, styles: Styles) -> None:
        book = SummaryBook(workbook, styles, totals, is_draft)
        _write_sign_page(book, title, owners)
        for write_part in (write_months, write_people, write_breakdowns, write_tasks, write_sources, write_copies):
            write_part(book)

    return write_workbook(title, totals.book.settings.unit, write)


def _write_sign_page(book: SummaryBook, title: str, owners: Mapping[str, Owner]) -> None:
    widths = tuple(SIGN_HEADER.values())
    page = book.page(SIGN_PAGE, title, widths, FIRST_ROW, is_landscape=False)
    _write_days(book, page)
    page.write_row(FIRST_ROW, 0, SIGN_HEADER, book.styles["header"])
    page.set_row(FIRST_ROW, 24)
    for name, row in book.figure_rows.items():
        total = book.totals.figures[name]
        texts = (
            total.sheet.name,
            total.figure.name,
            "",
            unit_text(total),
            "",
            _spoken(owners.get(total.sheet.name)),
            "",
        )
        page.write_row(row, 0, texts, book.styles["text"])
        write_live(page, row, VALUE_COLUMN, book.live(total), book.value_style(total.figure.unit))
        page.write_string(row, 3, unit_text(total), book.styles["核实" if total.is_unsettled else "number"])
        targets = [task.target for task in book.totals.tasks if task.figure == name and task.target is not None]
        page.write(row, 4, _targets(targets), book.styles["number"])
        page.set_row(row, max(24, shown_height(texts, widths)))
    row = FIRST_ROW + len(book.figure_rows) + 2
    for first, last, label in ((0, 1, "填报人："), (2, 4, "审核人："), (5, 6, "日期：")):
        page.merge_range(row, first, row, last, label, book.styles["signature"])
    page.set_row(row, 36)


def _write_days(book: SummaryBook, page: Worksheet) -> None:
    """Put the days that the formulas refer to into named cells."""
    window = book.totals.window
    days = ((1, formulas.START, window.start), (4, formulas.END, window.end), (6, formulas.AS_OF, window.as_of))
    for column, name, day in days:
        page.write_datetime(NOTE_ROW, column, day, book.styles["day"])
        _name_cell(book, name, NOTE_ROW, column)
    new_year = (window.year_to_date.start - EXCEL_EPOCH).days
    page.write_formula(HEADER_ROW, 1, f"=DATE(YEAR({formulas.AS_OF}),1,1)", book.styles["day"], new_year)
    _name_cell(book, formulas.NEW_YEAR, HEADER_ROW, 1)
    for row, column, label in ((1, 0, "统计起始日期"), (1, 5, "数据截至日期"), (2, 0, "任务起算日期")):
        page.write_string(row, column, label, book.styles["header"])
    page.merge_range(NOTE_ROW, 2, NOTE_ROW, 3, "统计截止日期", book.styles["header"])
    note = "本期数字是公式，由“台账-”各表算出；任务按任务起算日期至数据截至日期考核。"
    page.merge_range(HEADER_ROW, 2, HEADER_ROW, 6, note, book.styles["subtitle"])


def _name_cell(book: SummaryBook, name: str, row: int, column: int) -> None:
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    book.workbook.define_name(name, f"='{SIGN_PAGE}'!{cell}")


def _spoken(owner: Owner | None) -> str:
    if owner is None:
        return ""
    return f"{owner.name}（代{owner.acting_for}）" if owner.acting_for else owner.name


def _targets(targets: Sequence[float]) -> float | str:
    """Return the target of a figure; where several tasks aim at different numbers, all of them."""
    different = list(dict.fromkeys(targets))
    return different[0] if len(different) == 1 else "、".join(f"{target:.15g}" for target in different)
