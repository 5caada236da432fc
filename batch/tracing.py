"""The ledger rows behind a figure, as text for the screen."""

from typing import Final

from batch.areas.model import AMOUNT, SERIAL
from batch.finding import HIDDEN
from batch.report.list_tables import shown
from batch.total.totals import FigureTotal, Totals
from batch.values.rows import split_key

COLUMNS_SHOWN: Final = 7
"""What fits in 80 columns; the rest of a row is in the ledger itself."""


def traced_rows(totals: Totals, total: FigureTotal) -> list[tuple[str, ...]]:
    """Return a header and one row of text for each ledger row that the figure is made of.

    The columns that the figure reads come first; concealed texts of classified rows are not shown.
    """
    sheet = totals.sheets[total.sheet.name]
    ledger = sheet.entries.ledger
    columns = _columns(total)
    rows = [("行", *columns)]
    for key in total.measured.rows.tolist():
        workbook, row = split_key(key)
        place = f"{ledger.layouts[workbook].workbook} {row}" if totals.book.is_joined else str(row)
        hidden = {each.name for each in ledger.sheet.columns if each.concealed} if ledger.classified[key] else set()
        cells = (HIDDEN if name in hidden else shown(sheet.entries.frame.loc[key, name]) for name in columns)
        rows.append((place, *cells))
    return rows


def _columns(total: FigureTotal) -> list[str]:
    known = set(total.sheet.column_names)
    read = set(total.figure.reads)
    for name in total.figure.rests_on:
        read |= set(next(each for each in total.sheet.figures if each.name == name).reads)
    first = [name for name in total.sheet.column_names if name in read]
    others = [name for name in total.sheet.column_names if name not in read and name not in {SERIAL, AMOUNT}]
    preferred = [name for name in others if name in {"标题", "主题", "对象", "任务", "经办人"}]
    wanted = [*first, *preferred, *others][:COLUMNS_SHOWN]
    return [name for name in total.sheet.column_names if name in wanted and name in known]
