"""Where each figure comes from, and where every row has gone: the appendix of every report."""

from collections.abc import Iterable
from typing import Final

from batch.report.content import Table
from batch.report.passage import spoken
from batch.total.tabled import Tabled
from batch.total.totals import FigureTotal, Totals

LONGEST_SOURCE: Final = 120
"""Characters of a list of source rows in Word; the whole of it is in 汇总表.xlsx and figures.json."""
CUT: Final = "…"
"""What a list ends in that is not whole."""


def source_table(figures: Iterable[FigureTotal], book: Totals) -> Table:
    """Return where each figure comes from: id, value, definition, sheet and rows."""
    rows = tuple((total.id, (spoken(total),), total.figure.definition, _rows(total, book)) for total in figures)
    note = "（以“…”结尾的，全部来源见汇总表）" if any(cells[-1].endswith(CUT) for cells in rows) else ""
    header = ("指标", "数值", "口径", "来源（工作表和行号）")
    return Table(f"各指标的口径和来源{note}", header, rows, is_dense=True)


def _rows(total: FigureTotal, book: Totals) -> str:
    """Return the rows of a figure as far as a cell has room; a line ends behind a blank, not within a number."""
    named, sheet = book.book.is_joined, total.sheet.name
    beginnings = ((workbook, rows[: LONGEST_SOURCE + 1]) for workbook, rows in book.sources(total))
    parts = [f"{f'{workbook} ' if named else ''}{sheet}：{rows}" for workbook, rows in beginnings]
    text = "；".join(parts).replace(",", ", ") or "无"
    return text if len(text) <= LONGEST_SOURCE else f"{text[:LONGEST_SOURCE].rpartition(',')[0]}{CUT}"


def reconciliation_table(sheets: Iterable[Tabled]) -> Table:
    """Return where every row that was read has gone."""
    header = ("工作面", "读入", "计入", "期外", "剔除", "合计行", "空行")
    rows = tuple((each.sheet.name, *map(str, each.reconciliation.parts.values())) for each in sheets)
    return Table(
        "台账行数对账（读入＝计入＋期外＋剔除＋合计行＋空行）", header, rows, (0.22, *(0.13,) * 6), is_dense=True
    )
