"""汇总表.xlsx: the figures to sign, the tables, the sources, and the ledger copy that their formulas add up."""

from collections.abc import Iterator, Mapping
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.ledger.posts import Owner
from batch.total.compare import Previous, change
from batch.total.totals import FigureTotal, Totals
from batch.values.serials import EXCEL_EPOCH
from batch.workbook import formulas
from batch.workbook.formulas import stored_value
from batch.workbook.ledger_copy import (
    FIRST_ROW,
    HEADER_ROW,
    NOTE_ROW,
    Live,
    shown_height,
    write_live,
)
from batch.workbook.summary_book import SIGN_PAGE, VALUE_COLUMN, SummaryBook, unit_text
from batch.workbook.summary_charts import write_charts
from batch.workbook.summary_sources import write_copies, write_reconciliation, write_sources
from batch.workbook.summary_tables import write_breakdowns, write_months, write_people, write_tasks
from batch.workbook.xlsx import Styles, write_workbook

SIGN_HEADER: Final = {
    "工作面": 14,
    "指标": 22,
    "本期": 11,
    "上期": 11,
    "增减": 11,
    "单位": 14,
    "目标": 12,
    "负责人": 18,
    "签字": 16,
}
"""Header -> width in characters."""
PREVIOUS_COLUMN: Final = 3
CHANGE_COLUMN: Final = 4
UNIT_COLUMN: Final = 5
TARGET_COLUMN: Final = 6
PARTS: Final = (
    write_months,
    write_charts,
    write_people,
    write_breakdowns,
    write_tasks,
    write_sources,
    write_reconciliation,
    write_copies,
)
"""What follows the page to sign, in order."""


def build_summary(
    totals: Totals, owners: Mapping[str, Owner], title: str, *, is_draft: bool, previous: Previous | None = None
) -> bytes:
    """Return the workbook; the same totals give the same bytes."""

    def write(workbook: xlsxwriter.Workbook, styles: Styles) -> None:
        book = SummaryBook(workbook, styles, totals, is_draft, previous)
        _write_sign_page(book, title, owners)
        for write_part in PARTS:
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
        area, figure, owner = total.sheet.name, total.figure.name, _spoken(owners.get(total.sheet.name))
        texts = (area, figure, "", "", "", unit_text(total), _targets(book, name), owner, "")
        page.write_row(row, 0, texts, book.styles["text"])
        write_live(page, row, VALUE_COLUMN, book.live(total), book.value_style(total.figure))
        _write_change(book, page, row, total)
        page.write_string(row, UNIT_COLUMN, texts[UNIT_COLUMN], book.styles["核实" if total.is_unsettled else "number"])
        page.write(row, TARGET_COLUMN, texts[TARGET_COLUMN], book.styles["number"])
        page.set_row(row, max(24, shown_height([str(text) for text in texts], widths)))
    row = FIRST_ROW + len(book.figure_rows) + 2
    for first, last, label in ((0, 1, "填报人："), (2, 5, "审核人："), (6, 8, "日期：")):
        page.merge_range(row, first, row, last, label, book.styles["signature"])
    page.set_row(row, 36)


def _write_change(book: SummaryBook, page: Worksheet, row: int, total: FigureTotal) -> None:
    """Write what the figure was, as it stands in no copied ledger, and a formula for the difference.

    With nothing to compare the cell is blank: who fills it in by hand sees the difference all the same.
    """
    is_percentage, found = total.figure.is_percentage, change(total, book.previous)
    page.write(row, PREVIOUS_COLUMN, stored_value(found.previous) if found else "", book.value_style(total.figure))
    now, before = (xl_rowcol_to_cell(row, column) for column in (VALUE_COLUMN, PREVIOUS_COLUMN))
    difference = f"ROUND({now}-{before},1)" if is_percentage else f"{now}-{before}"
    formula = f'IF(AND(ISNUMBER({now}),ISNUMBER({before})),{difference},"")'
    value = "" if found is None or found.difference is None else found.difference
    write_live(page, row, CHANGE_COLUMN, Live(formula, value), book.styles["points" if is_percentage else "difference"])


def _write_days(book: SummaryBook, page: Worksheet) -> None:
    """Put the days that the formulas refer to into named cells, and say what the columns hold."""
    window, styles = book.totals.window, book.styles
    page.set_row(NOTE_ROW, 20)
    page.write_string(NOTE_ROW, 0, "统计起始日期", styles["header"])
    page.write_datetime(NOTE_ROW, 1, window.start, styles["day"])
    page.merge_range(NOTE_ROW, 2, NOTE_ROW, 3, "统计截止日期", styles["header"])
    page.merge_range(NOTE_ROW, 4, NOTE_ROW, 5, window.end, styles["day"])
    page.merge_range(NOTE_ROW, 6, NOTE_ROW, 7, "数据截至日期", styles["header"])
    page.write_datetime(NOTE_ROW, 8, window.as_of, styles["day"])
    page.write_string(HEADER_ROW, 0, "任务起算日期", styles["header"])
    new_year = (window.year_to_date.start - EXCEL_EPOCH).days
    page.write_formula(HEADER_ROW, 1, f"=DATE(YEAR({formulas.AS_OF}),1,1)", styles["day"], new_year)
    note = "".join(_notes(book.previous))
    page.merge_range(HEADER_ROW, 2, HEADER_ROW, 8, note, styles["subtitle"])
    page.set_row(HEADER_ROW, 6 + shown_height((note,), (sum(tuple(SIGN_HEADER.values())[2:]),)))
    for name, row, column in (
        (formulas.START, NOTE_ROW, 1),
        (formulas.END, NOTE_ROW, 4),
        (formulas.AS_OF, NOTE_ROW, 8),
        (formulas.NEW_YEAR, HEADER_ROW, 1),
    ):
        _name_cell(book, name, row, column)


def _notes(previous: Previous | None) -> Iterator[str]:
    yield "本期数字是公式，由“台账-”各表算出；任务按任务起算日期至数据截至日期考核。"
    if previous is not None:
        yield f"上期为{previous.title}（{previous.label}），是写定的数；百分率的增减为百分点。"
        yield from previous.notes


def _name_cell(book: SummaryBook, name: str, row: int, column: int) -> None:
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    book.workbook.define_name(name, f"='{SIGN_PAGE}'!{cell}")


def _spoken(owner: Owner | None) -> str:
    if owner is None:
        return ""
    return f"{owner.name}（代{owner.acting_for}）" if owner.acting_for else owner.name


def _targets(book: SummaryBook, figure: str) -> float | str:
    """Return the target of a figure; where several tasks aim at different numbers, all of them."""
    targets = [task.target for task in book.totals.tasks if task.figure == figure and task.target is not None]
    different = list(dict.fromkeys(targets))
    return different[0] if len(different) == 1 else "、".join(f"{target:.15g}" for target in different)
