"""The story of a run: read -> check -> total -> report -> publish."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from batch.check.checked import Checked
from batch.ledger.input_files import read_inputs
from batch.options import Options
from batch.unit.checking import Progress, begin
from batch.unit.files import UnitFiles, make_files, make_pending_files, read_setup
from batch.unit.folder import output_folder, place
from batch.unit.outcome import Outcome
from batch.workbook.user_copy.copies import mark_copies

RUN_STEPS: Final = 8
"""How many times a run tells what it is doing."""


def run(paths: Sequence[Path], options: Options, progress: Progress, now: datetime) -> Outcome:
    """Do everything: write the reports, or, where the workbook has 错误, what is needed to mend it.

    Raises:
        BatchError: the run cannot be done; nothing was written.

    """
    setup = read_setup(options)
    begin(progress, "读取台账")
    made = make_files(read_inputs(paths), setup, progress)
    begin(progress, "写出文件夹")
    return _outcome(made, options, now)


def save_findings(checked: Checked, options: Options, now: datetime) -> Outcome:
    """Write what is needed to mend the workbook into its folder."""
    return _outcome(make_pending_files(checked, mark_copies(checked), options), options, now)


def _outcome(made: UnitFiles, options: Options, now: datetime) -> Outcome:
    folder = output_folder(made.checked, options)
    placed = place(folder, made.files, now, is_reported=made.is_reported, is_clean=not made.checked.errors)
    return Outcome(made.checked, placed.published, made.is_reported, made.notes, placed.remains)
