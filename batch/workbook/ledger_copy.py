"""The counted rows of each sheet, copied into the summary workbook, and where their columns stand.

The copy is what the formulas of 汇总表.xlsx add up: whoever changes a row of it sees the totals follow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, NamedTuple

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.areas.model import Sheet
from batch.total.totals import SheetTotals, Totals
from batch.values.rows import split_key
from batch.values.widths import display_width
from batch.workbook.sheet_name import sheet_name
from batch.workbook.xlsx import LINE_HEIGHT, Styles, row_height

LEDGER_COPY_ROWS: Final = 5000
"""Rows of a sheet that are copied at most; the figures of a longer sheet are written as plain values."""
TITLE_ROW: Final = 0
NOTE_ROW: Final = 1
HEADER_ROW: Final = 2
FIRST_ROW: Final = 3
"""The first copied row, from 0."""
TALLEST_ROW: Final = 400
"""Points; Excel refuses a row higher than 409."""

ROW_NUMBER: Final = "原行号"
WORKBOOK: Final = "台账文件"
YEAR_TO_DATE: Final = "年初至今"
REACHED: Final = "达到目标"
NOTE: Final = (
    "改动本表的任何一行，前面各表的数字随之变动，供核对之用；要改正请改原台账后重新运行。"
    "补登的行接在末行之下，原行号随意填一个数。"
)

_WIDTHS: Final = {"date": 12, "whole": 8, "number": 9, "choice": 10, "area": 9, "figure": 20, "text": 14, "year": 12}
LONGEST_FORMULA: Final = 8000
LONGEST_LITERAL: Final = 255
"""Excel calls a workbook damaged that holds a longer formula, or a longer text inside one."""
BALANCE_HEADER: Final = ("工作表", "读入", "计入", "期外", "剔除", "合计行", "空行", "核对", "数量未填按1计")
REASON_WIDTH: Final = 100


@dataclass(frozen=True)
class LedgerCopy:
    """One copied sheet: its name in the workbook, and what stands in which of its columns."""

    sheet: Sheet
    frame: pd.DataFrame
    """The copied rows, indexed by row key."""
    leading: tuple[str, ...]
    """Headers of the columns before those of the ledger: where the row stands in its workbook."""

    @cached_property
    def title(self) -> str:
        """Return the name of the copy's own sheet."""
        return sheet_name(f"台账-{self.sheet.name}")

    @property
    def trailing(self) -> tuple[str, ...]:
        """Return the headers of the columns behind those of the ledger: how far each task has come."""
        return (YEAR_TO_DATE, REACHED) if self.sheet.role == "tasks" else ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Return all headers of the copy."""
        return (*self.leading, *(str(name) for name in self.frame.columns), *self.trailing)

    def column(self, name: str) -> str:
        """Return the cells of a ledger column, as a formula names them: as far down as a copy may reach."""
        return self._columns[name]

    @cached_property
    def _columns(self) -> Mapping[str, str]:
        """The cells of each ledger column; the formulas of a workbook name them thousands of times."""
        names = enumerate(map(str, self.frame.columns), start=len(self.leading))
        return {name: self._cells(position) for position, name in names}

    @property
    def row_numbers(self) -> str:
        """Return the cells that hold the rows' numbers."""
        return self._cells(0)

    @property
    def reached(self) -> str:
        """Return the cells that say 1 or 0 of each task."""
        return self._cells(len(self.headers) - 1)

    def cell(self, header: str, index: int) -> str:
        """Return one cell of the copy, as a formula names it; ``index`` counts the copied rows from 0."""
        position = len(self.headers) - 1 - self.headers[::-1].index(header)
        return f"{self._quoted}!{xl_rowcol_to_cell(FIRST_ROW + index, position, row_abs=True, col_abs=True)}"

    @cached_property
    def widths(self) -> list[float]:
        """Return the widths of the columns (characters), in which every date and number shows whole."""
        widths: list[float] = [max(8, *(display_width(str(key % 10**7)) + 2 for key in self.frame.index), 8)]
        widths += [24] * (len(self.leading) - 1)
        for name in self.frame.columns:
            column = next((each for each in self.sheet.columns if each.name == name), None)
            kind = column.type if column else "whole"
            width = (column.width if column else None) or _WIDTHS[kind]
            if kind in {"whole", "number"}:
                lengths = (len(f"{value:.15g}") for value in self.frame[name].dropna().unique())
                width = max(width, max(lengths, default=0) + 2)
            widths.append(max(width, display_width(str(name)) + 2, _WIDTHS["date"] if kind == "date" else 0))
        return [*widths, *(12 for _ in self.trailing)]

    @property
    def _quoted(self) -> str:
        name = self.title.replace("'", "''")
        return f"'{name}'"

    def _cells(self, position: int) -> str:
        first = xl_rowcol_to_cell(FIRST_ROW, position, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(FIRST_ROW + LEDGER_COPY_ROWS - 1, position, row_abs=True, col_abs=True)
        return f"{self._quoted}!{first}:{last}"


class Live(NamedTuple):
    """A formula, without its equals sign, and the value it has now; None where nothing can be worked out."""

    formula: str | None
    value: float | str


class TaskCells(NamedTuple):
    """What stands behind one copied task: its figure since New Year, and 1 or 0 for its target."""

    value: Live
    reached: Live


def plan_copies(totals: Totals) -> dict[str, LedgerCopy]:
    """Return sheet -> copy for every sheet that is short enough to be copied."""
    leading = (ROW_NUMBER, WORKBOOK) if totals.book.is_joined else (ROW_NUMBER,)
    return {
        name: LedgerCopy(each.sheet, each.entries.frame, leading)
        for name, each in totals.sheets.items()
        if len(each.entries.frame) <= LEDGER_COPY_ROWS
    }


def write_copy(
    page: Worksheet, styles: Styles, copy: LedgerCopy, totals: SheetTotals, tasks: Sequence[TaskCells]
) -> None:
    """Write the header and the rows of a copy; ``tasks`` are what stands behind them, one a row, or none."""
    widths = copy.widths
    page.write_row(HEADER_ROW, 0, copy.headers, styles["header"])
    page.set_row(HEADER_ROW, shown_height(copy.headers, widths))
    room = widths[len(copy.leading) : len(widths) - len(copy.trailing)]
    layouts = totals.entries.ledger.layouts
    for row, (key, *values) in enumerate(copy.frame.itertuples(name=None), start=FIRST_ROW):
        workbook, number = split_key(int(key))
        page.write_number(row, 0, number, styles["number"])
        if WORKBOOK in copy.leading:
            page.write_string(row, 1, layouts[workbook].workbook, styles["text"])
        for position, value in enumerate(values, start=len(copy.leading)):
            write_value(page, row, position, value, styles)
        texts = {index: value for index, value in enumerate(values) if isinstance(value, str)}
        page.set_row(row, shown_height([*texts.values()], [room[index] for index in texts]))
    for row, task in enumerate(tasks, start=FIRST_ROW):
        for position, live in enumerate(task, start=len(copy.headers) - len(task)):
            write_live(page, row, position, live, styles["number"])
    page.autofilter(HEADER_ROW, 0, max(HEADER_ROW + len(copy.frame), FIRST_ROW), len(copy.headers) - 1)
    page.freeze_panes(FIRST_ROW, len(copy.leading))


def write_value(page: Worksheet, row: int, column: int, value: str | float | datetime | None, styles: Styles) -> None:
    """Write a cleaned cell as what it is: a day, a number, or a text that never becomes a formula."""
    if isinstance(value, str):
        page.write_string(row, column, value, styles["text"])
    elif pd.isna(value):
        page.write_blank(row, column, None, styles["text"])
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value, styles["day"])
    else:
        page.write_number(row, column, value, styles["number"])


def write_live(page: Worksheet, row: int, column: int, live: Live, style: Format) -> None:
    """Write a formula with its value, or the value alone where there is no formula that Excel would take."""
    if live.formula is None or not _is_taken(live.formula):
        page.write(row, column, live.value, style)
    else:
        page.write_formula(row, column, f"={live.formula}", style, live.value)


def _is_taken(formula: str) -> bool:
    return len(formula) <= LONGEST_FORMULA and all(len(text) <= LONGEST_LITERAL for text in formula.split('"')[1::2])


def shown_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height that shows these texts, line breaks and all, as far as Excel allows."""
    filled = [_without_breaks(text, width) for text, width in zip(texts, widths, strict=True)]
    return min(max(row_height(filled, widths), LINE_HEIGHT + 3), TALLEST_ROW)


def _without_breaks(text: str, width: float) -> str:
    """Fill each line up with blanks, so that the text takes as many lines as its breaks and its length ask for."""
    room = max(int(width) - 1, 1)
    if "\n" not in text:
        return text
    *lines, last = text.split("\n")
    return "".join(line + " " * (-display_width(line) % room or (0 if line else room)) for line in lines) + last


def write_balance(page: Worksheet, styles: Styles, totals: Totals, row: int) -> int:
    """Write where every row that was read has gone, checked by a formula, and return the row behind it."""
    page.write_string(row, 0, "台账行数对账（读入＝计入＋期外＋剔除＋合计行＋空行）", styles["section"])
    page.write_row(row + 1, 0, BALANCE_HEADER, styles["header"])
    page.set_row(row + 1, 2 * LINE_HEIGHT + 3)
    for line, (name, each) in enumerate(totals.sheets.items(), start=row + 2):
        went = each.reconciliation
        numbers = (went.read, went.counted, went.outside, went.excluded, went.subtotal, went.blank)
        page.write_string(line, 0, name, styles["text"])
        page.write_row(line, 1, numbers, styles["number"])
        check = f'IF({xl_rowcol_to_cell(line, 1)}=SUM({xl_range(line, 2, line, 6)}),"相符","不符")'
        write_live(page, line, 7, Live(check, "相符"), styles["number"])
        page.write_number(line, 8, each.assumed_ones, styles["number"])
    return row + 2 + len(totals.sheets)


def write_excluded(page: Worksheet, styles: Styles, totals: Totals, row: int, last: int) -> None:
    """Write which rows are not in the copy and why; ``last`` is the last column the reason may take."""
    page.write_string(row, 0, "没有计入的行", styles["section"])
    reasons = [
        (name, *_place(each, key), reason)
        for name, each in totals.sheets.items()
        for key, reason in each.reconciliation.reasons.items()
    ]
    if not reasons:
        page.write_string(row + 1, 0, "没有", styles["note"])
        return
    page.write_row(row + 1, 0, ("工作表", ROW_NUMBER), styles["header"])
    page.merge_range(row + 1, 2, row + 1, last, "原因", styles["header"])
    for line, (name, number, workbook, reason) in enumerate(reasons, start=row + 2):
        page.write_row(line, 0, (name, number), styles["text"])
        told = f"{workbook}：{reason}" if totals.book.is_joined else reason
        page.merge_range(line, 2, line, last, told, styles["text"])
        page.set_row(line, shown_height((told,), (REASON_WIDTH,)))


def _place(totals: SheetTotals, key: int) -> tuple[int, str]:
    """Return the Excel row and the workbook of a row."""
    workbook, row = split_key(key)
    return row, totals.entries.ledger.layouts[workbook].workbook
