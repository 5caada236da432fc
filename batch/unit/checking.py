"""Reading, checking and totalling: what every command with a workbook begins with."""

from collections.abc import Callable, Iterable
from enum import StrEnum
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


class Step(StrEnum):
    """What a run does, step by step, in the words in which it is told."""

    READ = "读取台账"
    CHECK = "逐格检查"
    TOTAL = "统计汇总"
    COMPARE = "与上期比较"
    MARK = "标注副本"
    REPORT = "生成报告"
    LIST = "生成汇总表和清单"
    WRITE = "写出文件夹"


RUN_STEPS: Final = tuple(Step)
CHECK_STEPS: Final = (Step.READ, Step.CHECK, Step.TOTAL)
Progress = Callable[[Step], None]
"""Told which step is begun."""


def begin(progress: Progress, step: Step) -> None:
    """Tell what is done next; the memory that was needed for what is done goes back first."""
    give_back()
    progress(step)


def in_silence(_: Step) -> None:
    """Tell nobody."""


def check_workbooks(
    paths: Iterable[str | Path], options: Options, progress: Progress = in_silence, *, is_whole: bool = False
) -> Checked:
    """Read the workbooks of one unit and return every finding, with the totals where the period is known.

    ``is_whole`` asks for all areas, as a run does.

    Raises:
        BatchError: a definition is bad or a workbook cannot be read.

    """
    definitions = load_definitions(options.areas)
    begin(progress, Step.READ)
    return check_given(read_inputs([*map(Path, paths)]), definitions, options, progress, is_whole=is_whole)


def check_given(
    given: InputFiles, definitions: Definitions, options: Options, progress: Progress, *, is_whole: bool
) -> Checked:
    """Return every finding of the opened workbooks by these definitions, and the totals where the period is known.

    Raises:
        BatchError: a workbook cannot be read.

    """
    book = join_book(given, definitions)
    begin(progress, Step.CHECK)
    findings = check_book(book, definitions, is_whole=is_whole, today=options.today, period=options.period)
    period = options.period or book.settings.period
    if period is None:
        return Checked(definitions, book, findings, None, {})
    begin(progress, Step.TOTAL)
    window = Window.over(period, options.today)
    totals = total_book(book, definitions, findings, period, window)
    findings = (*findings, *check_figures(totals, definitions))
    return Checked(definitions, book, findings, totals, find_owners(book, definitions, window.as_of))
