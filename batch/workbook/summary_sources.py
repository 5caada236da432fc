"""Where the figures of 汇总表.xlsx come from: their sources, the balance of rows, and the copied ledgers."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.total.totals import FigureTotal
from batch.workbook.formulas import task_cells
from batch.workbook.ledger_copy import (
    FIRST_ROW,
    HEADER_ROW,
    LEDGER_COPY_ROWS,
    NOTE,
    NOTE_ROW,
    Live,
    shown_height,
    write_balance,
    write_copy,
    write_excluded,
    write_live,
)
from batch.workbook.summary_book import SIGN_PAGE, VALUE_COLUMN, SummaryBook, unit_text

SOURCE_HEADER: Final = ("指标编号", "本期", "单位", "工作表", "口径", "来源（台账行号）")
SOURCE_WIDTHS: Final = (24, *(10,) * 11)
SPANS: Final = ((4, 7), (8, 11))
"""First and last column of the last two headers: the tables below them need narrower columns."""
LONGEST_SOURCE: Final = 600
"""Characters of a list of source rows in one cell; a longer list goes on in the next row."""
MOST_PIECES: Final = 20
"""Rows that the list of a figure takes whose ledger is too long to be copied; figures.json has such a list whole."""


def write_sources(book: SummaryBook) -> None:
    """Write where each figure comes from."""
    last = len(SOURCE_WIDTHS) - 1
    page = book.page("数据来源", "各指标的口径和来源", SOURCE_WIDTHS, HEADER_ROW)
    long = [name for name in book.totals.sheets if name not in book.copies]
    if long:
        notice = f"{'、'.join(long)}的登记超过{LEDGER_COPY_ROWS}行，没有副本，有关的数是写定的，不是公式。"
        page.merge_range(NOTE_ROW, 0, NOTE_ROW, last, notice, book.styles["核实"])
        page.set_row(NOTE_ROW, 24)
    _write_source(book, page, HEADER_ROW, SOURCE_HEADER, "header")
    row = FIRST_ROW
    for total in book.totals.figures.values():
        value = Live(
            f"{SIGN_PAGE}!{xl_rowcol_to_cell(book.figure_rows[total.id], VALUE_COLUMN)}", book.live(total).value
        )
        told = (total.id, "", unit_text(total), total.sheet.name, total.figure.definition)
        pieces = list(_sources(book, total))
        for number, piece in enumerate(pieces):
            _write_source(book, page, row + number, (*(told if number == 0 else [""] * len(told)), piece), "text")
        write_live(page, row, 1, value, book.value_style(total.figure))
        row += len(pieces)


def write_reconciliation(book: SummaryBook) -> None:
    """Write where every row has gone, on a page of its own: no page of the sources ends in the head of its table."""
    page = book.page("对账", "台账各行的去向", SOURCE_WIDTHS, 0)
    row = write_balance(page, book.styles, book.totals, NOTE_ROW)
    write_excluded(page, book.styles, book.totals, row + 1, len(SOURCE_WIDTHS) - 1)


def _write_source(book: SummaryBook, page: Worksheet, row: int, texts: Sequence[str], style: str) -> None:
    page.write_row(row, 0, texts[:-2], book.styles[style])
    widths = list(SOURCE_WIDTHS[: len(texts) - len(SPANS)])
    for (first, last), text in zip(SPANS, texts[-2:], strict=True):
        page.merge_range(row, first, row, last, text, book.styles[style])
        widths.append(sum(SOURCE_WIDTHS[first : last + 1]))
    page.set_row(row, shown_height(texts, widths))


def _sources(book: SummaryBook, total: FigureTotal) -> Iterator[str]:
    """Yield the rows of a figure in pieces that a cell can show."""
    for workbook, rows in book.totals.sources(total):
        named = f"{workbook}：" if book.totals.book.is_joined else ""
        pieces = _pieces(named + rows, LONGEST_SOURCE)
        if total.sheet.name in book.copies:
            yield from pieces
        else:
            yield from islice(pieces, MOST_PIECES)
            if next(pieces, None) is not None:
                yield f"……共{total.measured.rows.size}行，其余见figures.json，也可用 batch trace 列出。"
    if not total.measured.rows.size:
        yield "无"


def write_copies(book: SummaryBook) -> None:
    """Write the copies of the ledgers that the formulas add up."""
    for name, copy in book.copies.items():
        totals = book.totals.sheets[name]
        page = book.page(copy.title, f"{totals.sheet.title}（参与统计的行）", copy.widths, HEADER_ROW)
        page.write_string(NOTE_ROW, 0, NOTE, book.styles["note"])
        tasks = list(task_cells(book.totals, copy, book.copies)) if copy.sheet.role == "tasks" else []
        write_copy(page, book.styles, copy, totals, tasks)


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Cut a list of rows behind its commas."""
    while len(text) > longest:
        cut = text.rfind(",", 0, longest) + 1
        yield text[:cut]
        text = text[cut:]
    yield text
