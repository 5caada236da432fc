"""The story of a run: read -> check -> total -> report -> publish."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from batch.check.checked import Checked
from batch.ledger.input_files import read_inputs
from batch.options import Options
from batch.unit.checking import Progress, Step, begin, in_silence
from batch.unit.files import UnitFiles, make_files, make_pending_files, read_setup
from batch.unit.folder import output_folder, write_unit_folder
from batch.unit.outcome import Outcome
from batch.workbook.user_copy.copies import mark_copies


def run_workbooks(
    paths: Iterable[str | Path], options: Options, progress: Progress = in_silence, now: datetime | None = None
) -> Outcome:
    """Do everything: write the reports of one unit, or, where its workbooks have 错误, what is needed to mend them.

    ``now`` names an earlier folder that is kept because somebody had changed it.

    Raises:
        BatchError: the run cannot be done; nothing was written.

    """
    setup = read_setup(options)
    begin(progress, Step.READ)
    made = make_files(read_inputs([*map(Path, paths)]), setup, progress)
    begin(progress, Step.WRITE)
    return _outcome(made, options, now or datetime.now().astimezone())


def save_findings(checked: Checked, options: Options, now: datetime) -> Outcome:
    """Write what is needed to mend the workbook into its folder."""
    return _outcome(make_pending_files(checked, mark_copies(checked), options), options, now)


def _outcome(made: UnitFiles, options: Options, now: datetime) -> Outcome:
    folder = output_folder(made.checked, options)
    written = write_unit_folder(folder, made.files, now, is_reported=made.is_reported, is_clean=not made.checked.errors)
    return Outcome(made.checked, written.published, made.is_reported, made.notes, written.remains)
