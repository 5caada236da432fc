"""The story of a run: read -> check -> total -> report -> publish."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from batch.check.checked import Checked
from batch.checking import Progress, begin
from batch.errors import BatchError
from batch.ledger.given_files import read_given
from batch.making import Made, make, make_pending, ready
from batch.options import Options
from batch.outcome import PENDING, Outcome
from batch.outputs import folder_name
from batch.publish.folder import Published, numbered, publish, publish_beside, withdraw
from batch.system.disk import Content
from batch.workbook.user_copy.copies import mark_copies

RUN_STEPS: Final = 8
"""How many times a run tells what it is doing."""


class Placed(NamedTuple):
    """Where the files of a unit were written."""

    published: Published
    remains: tuple[Path, ...] = ()
    """Earlier folders of what was to be mended that are still there, because somebody worked in them."""


def run(paths: Sequence[Path], options: Options, progress: Progress, now: datetime) -> Outcome:
    """Do everything: write the reports, or, where the workbook has 错误, what is needed to mend it.

    Raises:
        BatchError: the run cannot be done; nothing was written.

    """
    setting = ready(options)
    begin(progress, "读取台账")
    made = make(read_given(paths), setting, progress)
    begin(progress, "写出文件夹")
    return _outcome(made, options, now)


def save_findings(checked: Checked, options: Options, now: datetime) -> Outcome:
    """Write what is needed to mend the workbook into its folder."""
    return _outcome(make_pending(checked, mark_copies(checked), options), options, now)


def _outcome(made: Made, options: Options, now: datetime) -> Outcome:
    folder = output_folder(made.checked, options)
    placed = place(folder, made.files, now, is_reported=made.is_reported, is_clean=not made.checked.errors)
    return Outcome(made.checked, placed.published, made.is_reported, made.told, placed.remains)


def place(folder: Path, files: Mapping[str, Content], now: datetime, *, is_reported: bool, is_clean: bool) -> Placed:
    """Write the reports of a unit as its folder, or what is to be mended beside it.

    What was to be mended before is withdrawn by a clean run. A list that is open in Excel on Windows stays, and the
    new one stands beside it.

    Raises:
        BatchError: the folder cannot be written.

    """
    pending = folder.with_name(folder.name + PENDING)
    if is_reported:
        published = publish(folder, files, now)
        return Placed(published, _withdraw(numbered(pending), now) if is_clean else ())
    published = publish_beside(pending, files, now)
    others = [each for each in numbered(pending) if each not in {published.folder, published.occupied}]
    return Placed(published, _withdraw(others, now))


def _withdraw(folders: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Remove what was to be mended, and return the folders that stay because somebody worked in them."""
    return tuple(each for each in folders if not withdraw(each, now))


def output_folder(checked: Checked, options: Options) -> Path:
    """Return where the reports of these workbooks go."""
    if options.output is None:
        message = "没有指定输出文件夹，请用 -o 指定。"
        raise BatchError(message)
    return options.output / folder_name(checked.book, options.period_text)
