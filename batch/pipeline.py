"""The story of a run: read -> check -> total -> report -> publish."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from batch.areas.load import load_definitions
from batch.checked import Checked
from batch.checking import Progress, begin, checked_book
from batch.documents import ready_templates, word_files
from batch.errors import BatchError
from batch.mark.copies import Copies, mark_copies
from batch.options import Options
from batch.outcome import PENDING, Outcome
from batch.outputs import folder_name, pending_files, report_files
from batch.previous import find_previous
from batch.publish.folder import numbered, publish, publish_beside, withdraw

RUN_STEPS: Final = 8
"""How many times a run tells what it is doing."""


def run(paths: Sequence[Path], options: Options, progress: Progress, now: datetime) -> Outcome:
    """Do everything: write the reports, or, where the workbook has 错误, what is needed to mend it.

    Raises:
        BatchError: the run cannot be done; nothing was written.

    """
    definitions = load_definitions(options.areas)
    templates = ready_templates(options, definitions)
    checked = checked_book(paths, definitions, options, progress, is_whole=True)
    begin(progress, "与上期比较")
    checked = replace(checked, previous=find_previous(checked, options))
    folder = output_folder(checked, options)
    begin(progress, "标注副本")
    copies = mark_copies(checked)
    if checked.totals is None or (checked.errors and not options.is_draft):
        return _save_pending(checked, copies, options, now)
    begin(progress, "生成报告")
    documents = word_files(checked, checked.totals, templates)
    begin(progress, "生成汇总表和清单")
    files = report_files(checked, checked.totals, copies, documents, options)
    begin(progress, "写出文件夹")
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
