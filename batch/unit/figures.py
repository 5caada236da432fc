"""The figures of a unit's workbooks: all of them listed, one of them found, and the ledger rows behind it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from batch.areas.contract import AMOUNT, MEMBER, PERSON, SERIAL, TASK, TITLE, TOPIC
from batch.areas.load import load_definitions
from batch.errors import BatchError
from batch.finding import HIDDEN
from batch.options import Options
from batch.report.list_tables import shown
from batch.report.phrase import phrase
from batch.total.totals import FigureTotal, Totals
from batch.unit.checking import Progress, check_workbooks
from batch.values.rows import split_key

NO_PERIOD: Final = "封面没有填好年度，不知道统计哪个期间，请先改正封面，或用 --period 指定。"
COLUMNS_SHOWN: Final = 7
"""What fits in 80 columns; the rest of a row is in the ledger itself."""


def find_figure(paths: Sequence[Path], figure: str, options: Options, progress: Progress) -> tuple[Totals, FigureTotal]:
    """Return the totals of the workbooks, and in them the figure with this id.

    Raises:
        BatchError: there is no such figure, or its sheet or the period is missing.

    """
    load_definitions(options.areas).figure(figure)
    checked = check_workbooks(paths, options, progress)
    if checked.totals is None:
        raise BatchError(NO_PERIOD)
    if figure not in checked.totals.figures:
        message = f"“{figure}”所在的工作表没有读到，请先用 batch check 检查工作簿。"
        raise BatchError(message)
    return checked.totals, checked.totals.figures[figure]


def list_figures(paths: Sequence[Path], options: Options, progress: Progress) -> list[tuple[str, str, str]]:
    """Return (id, unit, definition) of every figure, with its value before the unit where workbooks are given.

    Raises:
        BatchError: a workbook cannot be read, or the period is missing.

    """
    if not paths:
        definitions = load_definitions(options.areas)
        return [(name, figure.unit, figure.definition) for name, _, figure in definitions.figures]
    totals = check_workbooks(paths, options, progress).totals
    if totals is None:
        raise BatchError(NO_PERIOD)
    return [
        (name, str(phrase(total).measured.marked), total.figure.definition) for name, total in totals.figures.items()
    ]


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
    preferred = [name for name in others if name in {TITLE, TOPIC, MEMBER, TASK, PERSON}]
    wanted = [*first, *preferred, *others][:COLUMNS_SHOWN]
    return [name for name in total.sheet.column_names if name in wanted and name in known]
