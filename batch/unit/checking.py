"""Reading, checking and totalling: what every command with a workbook begins with."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.check.book import check_book
from batch.check.checked import Checked
from batch.check.figures import check_figures
from batch.ledger.book import join_book
from batch.ledger.input_files import InputFiles, read_inputs
from batch.ledger.posts import find_owners
from batch.options import Options
from batch.period import Window
from batch.system.process import give_back
from batch.total.totals import total_book

Progress = Callable[[str], None]
"""Told what is being done, a few words at a time."""
CHECK_STEPS: Final = 3
"""How many times a check tells it."""


def begin(progress: Progress, stage: str) -> None:
    """Tell what is done next; the memory that was needed for what is done goes back first."""
    give_back()
    progress(stage)


def check(paths: Sequence[Path], options: Options, progress: Progress, *, is_whole: bool = False) -> Checked:
    """Read the workbooks and return every finding.

    Raises:
        BatchError: a definition is bad or a workbook cannot be read.

    """
    definitions = load_definitions(options.areas)
    begin(progress, "读取台账")
    return check_given(read_inputs(paths), definitions, options, progress, is_whole=is_whole)


def check_given(
    given: InputFiles, definitions: Definitions, options: Options, progress: Progress, *, is_whole: bool
) -> Checked:
    """Return every finding of the opened workbooks by these definitions, and the totals where the period is known.

    Raises:
        BatchError: a workbook cannot be read.

    """
    book = join_book(given, definitions)
    begin(progress, "逐格检查")
    findings = check_book(book, definitions, is_whole=is_whole, today=options.today, period=options.period)
    period = options.period or book.settings.period
    if period is None:
        return Checked(definitions, book, findings, None, {})
    begin(progress, "统计汇总")
    window = Window.over(period, options.today)
    totals = total_book(book, definitions, findings, period, window)
    findings = (*findings, *check_figures(totals, definitions))
    return Checked(definitions, book, findings, totals, find_owners(book, definitions, window.as_of))
