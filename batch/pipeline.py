"""The story of a run: read -> check -> total -> report -> publish."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.check.book import check_book
from batch.check.figures import check_figures
from batch.checked import Checked
from batch.documents import ready_templates, word_files
from batch.errors import BatchError
from batch.intake import read_book
from batch.mark.copies import Copies, mark_copies
from batch.options import Options
from batch.outputs import folder_name, pending_files, report_files
from batch.period import Window
from batch.posts import find_owners
from batch.previous import find_previous
from batch.publish.folder import Published, numbered, publish, publish_beside, withdraw
from batch.report.phrase import phrase
from batch.total.totals import FigureTotal, Totals, total_book

PENDING: Final = ".待修改"
"""What is put behind a folder's name where the workbook is to be mended first."""

Progress = Callable[[str], None]
"""Told what is being done, a few words at a time."""
CHECK_STEPS: Final = 3
RUN_STEPS: Final = 7
"""How many times a check and a run tell it."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the checked book, and the folder it wrote."""

    checked: Checked
    published: Published
    is_reported: bool
    """Whether reports were written, or only what is to be mended."""
    told: tuple[str, ...] = ()
    """What is to be known of the templates and the marked copies, in whole sentences."""
    remains: tuple[Path, ...] = ()
    """Earlier folders of what was to be mended that are still there, because somebody worked in them."""


def check(paths: Sequence[Path], options: Options, progress: Progress, *, is_whole: bool = False) -> Checked:
    """Read the workbooks and return every finding.

    Raises:
        BatchError: a definition is bad or a workbook cannot be read.

    """
    return _checked(paths, load_definitions(options.areas), options, progress, is_whole=is_whole)


def _checked(
    paths: Sequence[Path], definitions: Definitions, options: Options, progress: Progress, *, is_whole: bool
) -> Checked:
    progress("读取台账")
    book = read_book(paths, definitions)
    progress("逐格检查")
    findings = check_book(book, definitions, is_whole=is_whole, today=options.today, period=options.period)
    period = options.period or book.settings.period
    if period is None:
        return Checked(definitions, book, findings, None, {})
    progress("统计汇总")
    window = Window.over(period, options.today)
    totals = total_book(book, definitions, findings, period, window)
    findings = (*findings, *check_figures(totals, definitions))
    return Checked(definitions, book, findings, totals, find_owners(book, definitions, window.as_of))


def run(paths: Sequence[Path], options: Options, progress: Progress, now: datetime) -> Outcome:
    """Do everything: write the reports, or, where the workbook has 错误, what is needed to mend it.

    Raises:
        BatchError: the run cannot be done; nothing was written.

    """
    definitions = load_definitions(options.areas)
    templates = ready_templates(options, definitions)
    checked = _checked(paths, definitions, options, progress, is_whole=True)
    progress("与上期比较")
    checked = replace(checked, previous=find_previous(checked, options))
    folder = output_folder(checked, options)
    progress("标注副本")
    copies = mark_copies(checked)
    if checked.totals is None or (checked.errors and not options.is_draft):
        return _save_pending(checked, copies, options, now)
    progress("生成报告")
    documents = word_files(checked, checked.totals, templates)
    files = report_files(checked, checked.totals, copies, documents, options)
    progress("写出文件夹")
    published = publish(folder, files, now)
    remains = () if checked.errors else _withdraw(numbered(pending_folder(checked, options)), now)
    return Outcome(checked, published, is_reported=True, told=(*documents.told, *copies.told), remains=remains)


def save_findings(checked: Checked, options: Options, now: datetime) -> Outcome:
    """Write what is needed to mend the workbook into its folder."""
    return _save_pending(checked, mark_copies(checked), options, now)


def _save_pending(checked: Checked, copies: Copies, options: Options, now: datetime) -> Outcome:
    """Write what is to be mended; a list that is open in Excel on Windows stays, and the new one stands beside it."""
    pending = pending_folder(checked, options)
    published = publish_beside(pending, pending_files(checked, copies, options), now)
    others = [each for each in numbered(pending) if each not in {published.folder, published.occupied}]
    return Outcome(checked, published, is_reported=False, told=copies.told, remains=_withdraw(others, now))


def _withdraw(folders: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Remove what was to be mended, and return the folders that stay because somebody worked in them."""
    return tuple(each for each in folders if not withdraw(each, now))


def pending_folder(checked: Checked, options: Options) -> Path:
    """Return where what is to be mended goes."""
    folder = output_folder(checked, options)
    return folder.with_name(folder.name + PENDING)


def output_folder(checked: Checked, options: Options) -> Path:
    """Return where the reports of these workbooks go."""
    if options.output is None:
        message = "没有指定输出文件夹，请用 -o 指定。"
        raise BatchError(message)
    return options.output / folder_name(checked.book, options.period_text)


def find_figure(paths: Sequence[Path], figure: str, options: Options, progress: Progress) -> tuple[Totals, FigureTotal]:
    """Return the totals of the workbooks, and in them the figure with this id.

    Raises:
        BatchError: there is no such figure, or its sheet or the period is missing.

    """
    load_definitions(options.areas).figure(figure)
    checked = check(paths, options, progress)
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
    totals = check(paths, options, progress).totals
    if totals is None:
        raise BatchError(NO_PERIOD)
    return [
        (name, str(phrase(total).measured.marked), total.figure.definition) for name, total in totals.figures.items()
    ]


NO_PERIOD: Final = "封面没有填好年度，不知道统计哪个期间，请先改正封面，或用 --period 指定。"
