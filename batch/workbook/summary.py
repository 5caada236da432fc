"""汇总表.xlsx: the figures to sign, the tables, the sources, and the ledger copy that their formulas add up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.areas.model import DATE, ITEM, PERSON
from batch.clean import EXCEL_EPOCH
from batch.place import row_ranges
from batch.posts import Owner
from batch.total.totals import NO_VALUE, CrossTable, FigureTotal, SheetTotals, TaskResult, Totals
from batch.workbook import formulas
from batch.workbook.formulas import PERIOD, amounts, month_span, row_count, stored_value, task_cells
from batch.workbook.ledger_copy import (
    FIRST_ROW,
    HEADER_ROW,
    LEDGER_COPY_ROWS,
    NOTE,
    NOTE_ROW,
    REACHED,
    YEAR_TO_DATE,
    Live,
    column_widths,
    plan_copies,
    shown_height,
    write_balance,
    write_copy,
    write_excluded,
    write_live,
)
from batch.workbook.xlsx import Styles, set_up_page, write_workbook

SIGN_PAGE: Final = "指标签字页"
SIGN_HEADER: Final = {"工作面": 14, "指标": 22, "本期": 14, "单位": 16, "目标值": 14, "负责人": 18, "签字": 16}
"""Header -> width in characters."""
VALUE_COLUMN: Final = 2
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
SOURCE_HEADER: Final = ("指标编号", "本期", "单位", "工作表", "口径", "来源（台账行号）")
SOURCE_WIDTHS: Final = (24, *(10,) * 11)
SPANS: Final = ((4, 7), (8, 11))
"""First and last column of the last two headers: the tables below them need narrower columns."""
LONGEST_SOURCE: Final = 600
"""Characters of a list of source rows in one cell; a longer list goes on in the next row."""

UNSETTLED: Final = "（待核实）"
DRAFT: Final = "草稿"
NOTHING: Final = "本期没有登记"
BLANK: Final = "未填"
"""How a breakdown calls the rows that leave its column blank."""


def build_summary(totals: Totals, owners: Mapping[str, Owner], title: str, *, is_draft: bool) -> bytes:
    """Return the workbook; the same totals give the same bytes."""

    def write(workbook: xlsxwriter.Workbook, styles: Styles) -> None:
        _Summary(workbook, styles, totals, is_draft=is_draft).write(title, owners)

    return write_workbook(title, totals.book.settings.unit, write)


class _Summary:
    """One workbook being written."""

    def __init__(self, workbook: xlsxwriter.Workbook, styles: Styles, totals: Totals, *, is_draft: bool) -> None:
        self.workbook = workbook
        self.styles = styles
        self.totals = totals
        self.is_draft = is_draft
        self.copies = plan_copies(totals)
        self.figure_rows = {name: row for row, name in enumerate(totals.figures, start=FIRST_ROW + 1)}

    def write(self, title: str, owners: Mapping[str, Owner]) -> None:
        self._write_sign_page(title, owners)
        self._write_months()
        self._write_people()
        self._write_breakdowns()
        self._write_tasks()
        self._write_sources()
        self._write_copies()

    def _write_sign_page(self, title: str, owners: Mapping[str, Owner]) -> None:
        widths = tuple(SIGN_HEADER.values())
        page = self._page(SIGN_PAGE, title, widths, FIRST_ROW, is_landscape=False)
        self._write_days(page)
        page.write_row(FIRST_ROW, 0, SIGN_HEADER, self.styles["header"])
        page.set_row(FIRST_ROW, 24)
        for name, row in self.figure_rows.items():
            total = self.totals.figures[name]
            texts = (
                total.sheet.name,
                total.figure.name,
                "",
                _unit(total),
                "",
                _spoken(owners.get(total.sheet.name)),
                "",
            )
            page.write_row(row, 0, texts, self.styles["text"])
            write_live(page, row, VALUE_COLUMN, self._live(total), self._value_style(total.figure.unit))
            page.write_string(row, 3, _unit(total), self.styles["核实" if total.is_unsettled else "number"])
            targets = [task.target for task in self.totals.tasks if task.figure == name and task.target is not None]
            page.write(row, 4, _targets(targets), self.styles["number"])
            page.set_row(row, max(24, shown_height(texts, widths)))
        row = FIRST_ROW + len(self.figure_rows) + 2
        for first, last, label in ((0, 1, "填报人："), (2, 4, "审核人："), (5, 6, "日期：")):
            page.merge_range(row, first, row, last, label, self.styles["signature"])
        page.set_row(row, 36)

    def _write_days(self, page: Worksheet) -> None:
        """Put the days that the formulas refer to into named cells."""
        window = self.totals.window
        days = ((1, formulas.START, window.start), (4, formulas.END, window.end), (6, formulas.AS_OF, window.as_of))
        for column, name, day in days:
            page.write_datetime(NOTE_ROW, column, day, self.styles["day"])
            self._name_cell(name, NOTE_ROW, column)
        new_year = (window.year_to_date.start - EXCEL_EPOCH).days
        page.write_formula(HEADER_ROW, 1, f"=DATE(YEAR({formulas.AS_OF}),1,1)", self.styles["day"], new_year)
        self._name_cell(formulas.NEW_YEAR, HEADER_ROW, 1)
        for row, column, label in ((1, 0, "统计起始日期"), (1, 5, "数据截至日期"), (2, 0, "任务起算日期")):
            page.write_string(row, column, label, self.styles["header"])
        page.merge_range(NOTE_ROW, 2, NOTE_ROW, 3, "统计截止日期", self.styles["header"])
        note = "本期数字是公式，由“台账-”各表算出；任务按任务起算日期至数据截至日期考核。"
        page.merge_range(HEADER_ROW, 2, HEADER_ROW, 6, note, self.styles["subtitle"])

    def _name_cell(self, name: str, row: int, column: int) -> None:
        cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self.workbook.define_name(name, f"='{SIGN_PAGE}'!{cell}")

    def _live(self, total: FigureTotal) -> Live:
        """Return a figure as the page to sign shows it; a percentage refers to the figures above it."""
        copy = self.copies.get(total.sheet.name)
        if copy is None:
            return Live(None, stored_value(total.value))

        def sibling(name: str) -> str:
            return xl_rowcol_to_cell(self.figure_rows[f"{total.sheet.name}.{name}"], VALUE_COLUMN)

        return Live(formulas.figure_formula(total.figure, copy, PERIOD, sibling), stored_value(total.value))

    def _write_months(self) -> None:
        months = self.totals.period.months
        spans_years = months[0][0] != months[-1][0]
        labels = [f"{year}年{month}月" if spans_years else f"{month}月" for year, month in months]
        widths = (12, 18, *(12 if spans_years else 8 for _ in months), 10)
        page = self._page("分月", "各工作面分月情况", widths, HEADER_ROW)
        page.write_row(HEADER_ROW, 0, ("工作面", "事项", *labels, "合计"), self.styles["header"])
        lines = [(area, item) for area in self.totals.areas for item in area.by_month.rows]
        for row, (area, item) in enumerate(lines, start=FIRST_ROW):
            page.write_row(row, 0, (area.sheet.name, item), self.styles["text"])
            page.set_row(row, shown_height((area.sheet.name, item), widths[:2]))
            copy = self.copies.get(area.sheet.name)
            for column, (year, month) in enumerate(months, start=2):
                bounds = month_span(year, month).inside(DATE)
                formula = amounts(copy, bounds, {ITEM: (item,)}) if copy else None
                amount = area.by_month.cells.get((item, f"{year}-{month:02d}"), 0)
                write_live(page, row, column, Live(formula, amount), self.styles["amount"])
            total = Live(f"SUM({xl_range(row, 2, row, len(months) + 1)})", area.by_month.row_total(item))
            write_live(page, row, len(months) + 2, total, self.styles["number"])

    def _write_people(self) -> None:
        blocks = [(area, PERSON, area.by_person) for area in self.totals.areas]
        self._write_blocks("分人", "各工作面经办情况", blocks)

    def _write_breakdowns(self) -> None:
        blocks = [(area, name, table) for area in self.totals.areas for name, table in area.breakdowns.items()]
        self._write_blocks("分类", "各工作面分类情况", blocks)

    def _write_blocks(self, name: str, title: str, blocks: Sequence[tuple[SheetTotals, str, CrossTable]]) -> None:
        """Write areas by one of their columns, one table below the other."""
        most = max((len(table.columns) for _, _, table in blocks), default=0)
        widths = (20, *(9 for _ in range(max(most, 6) + 1)))
        page = self._page(name, title, widths, NOTE_ROW)
        row = HEADER_ROW
        for area, column, table in blocks:
            page.write_string(row, 0, f"{area.sheet.name}（按{column}）", self.styles["section"])
            headers = (column, *table.columns, "登记行数")
            page.write_row(row + 1, 0, headers, self.styles["header"])
            page.set_row(row + 1, shown_height(headers, widths[: len(headers)]))
            for line, value in enumerate(table.rows, start=row + 2):
                page.write_string(line, 0, value, self.styles["text"])
                page.set_row(line, shown_height((value,), widths[:1]))
            row = self._write_amounts(page, row + 2, area, column, table) + 1

    def _write_amounts(self, page: Worksheet, first: int, area: SheetTotals, what: str, table: CrossTable) -> int:
        """Write the numbers of a table with the sums below, and return the row behind it."""
        if not table.rows:
            page.write_string(first, 0, NOTHING, self.styles["note"])
            return first + 1
        copy, days, counts = self.copies.get(area.sheet.name), PERIOD.inside(DATE), _row_counts(area, what, self.totals)
        last = first + len(table.rows)
        for line, name in enumerate(table.rows, start=first):
            admitted = (name, "") if name == BLANK and what in area.breakdowns else (name,)
            for column, item in enumerate(table.columns, start=1):
                formula = amounts(copy, days, {what: admitted, ITEM: (item,)}) if copy else None
                live = Live(formula, table.cells.get((name, item), 0))
                write_live(page, line, column, live, self.styles["amount"])
            formula = row_count(copy, days, {what: admitted}) if copy else None
            write_live(page, line, len(table.columns) + 1, Live(formula, counts.get(name, 0)), self.styles["number"])
        page.write_string(last, 0, "合计", self.styles["strong"])
        sums = [sum(table.cells.get((name, item), 0) for name in table.rows) for item in table.columns]
        for column, value in enumerate((*sums, sum(counts.values())), start=1):
            live = Live(f"SUM({xl_range(first, column, last - 1, column)})", value)
            write_live(page, last, column, live, self.styles["number"])
        return last + 1

    def _write_tasks(self) -> None:
        widths = tuple(TASK_HEADER.values())
        page = self._page("任务", "年度任务完成情况", widths, HEADER_ROW)
        page.write_row(HEADER_ROW, 0, TASK_HEADER, self.styles["header"])
        if not self.totals.tasks:
            page.write_string(FIRST_ROW, 0, "没有任务清单", self.styles["note"])
        copy = next((each for each in self.copies.values() if each.sheet.role == "tasks"), None)
        for index, task in enumerate(self.totals.tasks):
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
            page.write_row(row, 0, texts, self.styles["text"])
            page.set_row(row, shown_height(texts, widths))
            page.write(row, 4, target, self.styles["number"])
            value, reached = (copy.cell(YEAR_TO_DATE, index), copy.cell(REACHED, index)) if copy else (None, None)
            shown = Live(value if task.figure else None, stored_value(task.value))
            write_live(page, row, 5, shown, self._value_style(task.unit))
            words = f'IF({reached}="","{NO_VALUE}",IF({reached}=1,"是","否"))' if reached else None
            write_live(page, row, 7, Live(words, _judgement(task)), self.styles["number"])

    def _write_sources(self) -> None:
        last = len(SOURCE_WIDTHS) - 1
        page = self._page("数据来源", "各指标的口径和来源", SOURCE_WIDTHS, HEADER_ROW)
        long = [name for name in self.totals.sheets if name not in self.copies]
        if long:
            told = f"{'、'.join(long)}的登记超过{LEDGER_COPY_ROWS}行，没有副本，有关的数是写定的，不是公式。"
            page.merge_range(NOTE_ROW, 0, NOTE_ROW, last, told, self.styles["核实"])
            page.set_row(NOTE_ROW, 24)
        self._write_source(page, HEADER_ROW, SOURCE_HEADER, "header")
        row = FIRST_ROW
        for total in self.totals.figures.values():
            value = Live(
                f"{SIGN_PAGE}!{xl_rowcol_to_cell(self.figure_rows[total.id], VALUE_COLUMN)}", self._live(total).value
            )
            told = (total.id, "", _unit(total), total.sheet.name, total.figure.definition)
            pieces = list(self._sources(total))
            for number, piece in enumerate(pieces):
                self._write_source(page, row + number, (*(told if number == 0 else [""] * len(told)), piece), "text")
            write_live(page, row, 1, value, self._value_style(total.figure.unit))
            row += len(pieces)
        row = write_balance(page, self.styles, self.totals, row + 1)
        write_excluded(page, self.styles, self.totals, row + 1, last)

    def _write_source(self, page: Worksheet, row: int, texts: Sequence[str], style: str) -> None:
        page.write_row(row, 0, texts[:-2], self.styles[style])
        widths = list(SOURCE_WIDTHS[: len(texts) - len(SPANS)])
        for (first, last), text in zip(SPANS, texts[-2:], strict=True):
            page.merge_range(row, first, row, last, text, self.styles[style])
            widths.append(sum(SOURCE_WIDTHS[first : last + 1]))
        page.set_row(row, shown_height(texts, widths))

    def _sources(self, total: FigureTotal) -> Iterator[str]:
        """Yield the rows of a figure in pieces that a cell can show."""
        for workbook, rows in self.totals.sources(total):
            named = f"{workbook}：" if self.totals.book.is_joined else ""
            yield from _pieces(named + row_ranges(rows), LONGEST_SOURCE)
        if not total.measured.rows:
            yield "无"

    def _write_copies(self) -> None:
        for name, copy in self.copies.items():
            totals = self.totals.sheets[name]
            page = self._page(copy.title, f"{totals.sheet.title}（参与统计的行）", column_widths(copy), HEADER_ROW)
            page.write_string(NOTE_ROW, 0, NOTE, self.styles["note"])
            tasks = list(task_cells(self.totals, copy, self.copies)) if copy.sheet.role == "tasks" else []
            write_copy(page, self.styles, copy, totals, tasks)

    def _page(
        self, name: str, title: str, widths: Sequence[float], header_row: int, *, is_landscape: bool = True
    ) -> Worksheet:
        """Add a sheet with its title, its columns and its print set-up; a draft says so on every page."""
        page = self.workbook.add_worksheet(name)
        shown = f"{title}（{DRAFT}）" if self.is_draft else title
        page.merge_range(0, 0, 0, len(widths) - 1, shown, self.styles["title"])
        page.set_row(0, 30)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(header_row + 1, 0)
        set_up_page(page, header_row, landscape=is_landscape)
        if self.is_draft:
            page.set_header(f"&R{DRAFT}")
        return page

    def _value_style(self, unit: str) -> Format:
        return self.styles["rate" if unit == "%" else "number"]


def _unit(total: FigureTotal) -> str:
    """Return the unit with the mark of a figure that is not settled, so that the number stays a number."""
    return total.figure.unit + (UNSETTLED if total.is_unsettled else "")


def _spoken(owner: Owner | None) -> str:
    if owner is None:
        return ""
    return f"{owner.name}（代{owner.acting_for}）" if owner.acting_for else owner.name


def _targets(targets: Sequence[float]) -> float | str:
    """Return the target of a figure; where several tasks aim at different numbers, all of them."""
    different = list(dict.fromkeys(targets))
    return different[0] if len(different) == 1 else "、".join(f"{target:.15g}" for target in different)


def _judgement(task: TaskResult) -> str:
    return NO_VALUE if task.reached is None else "是" if task.reached else "否"


def _row_counts(area: SheetTotals, column: str, totals: Totals) -> dict[str, int]:
    """Return how many rows of the period each value of a column has."""
    frame, window = area.entries.frame, totals.window
    dated = frame[(frame[DATE] >= str(window.start)) & (frame[DATE] <= str(window.end))]
    return {str(value): int(count) for value, count in dated[column].fillna(BLANK).value_counts().items()}


def _pieces(text: str, longest: int) -> Iterator[str]:
    """Cut a list of rows behind its commas."""
    while len(text) > longest:
        cut = text.rfind(",", 0, longest) + 1
        yield text[:cut]
        text = text[cut:]
    yield text
