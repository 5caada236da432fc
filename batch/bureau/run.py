"""The story of a run over an inbox: collect -> survey -> each unit -> the city."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from batch.bureau.city.files import city_files
from batch.bureau.city.submissions import Submissions, UnitLine
from batch.bureau.city.sums import add_up
from batch.bureau.confined import LIMITS
from batch.bureau.crew import Crew, cluster_crew, local_crew
from batch.bureau.inbox import RECORD, InboxFile, collect
from batch.bureau.record import Record, open_record
from batch.bureau.roster import read_roster
from batch.bureau.rounds import Counting, Rounds
from batch.bureau.survey_round import look_through
from batch.bureau.unit_result import UnitResult
from batch.bureau.unit_round import FinishedUnit, go_through, record_of
from batch.bureau.units import CITY_FOLDER, Unit, group
from batch.errors import BatchError, in_words
from batch.options import Options
from batch.publish.folder import refuse_foreign
from batch.system.child import Limits
from batch.system.disk import scratch_folder
from batch.system.open_files import is_open_elsewhere
from batch.unit.files import read_setup
from batch.unit.folder import WrittenFolder, write_unit_folder
from batch.unit.outputs import with_period

SUMMING: Final = "汇总全市"
WRITING: Final = "生成全市汇总"
NO_JOBS: Final = "--jobs 后面要写 1 以上的整数。"
NOT_FOR_MANY: Final = "--previous 只能用于一个单位的台账，请去掉后再运行。"


@dataclass(frozen=True)
class Request:
    """What a run over an inbox was asked for, beside the options of every run."""

    options: Options
    roster: Path | None = None
    jobs: int | None = None
    """Processes of this machine; None: one for each processor."""
    cluster: str = ""
    """The address of a Dask scheduler; empty: this machine does the work."""
    limits: Limits = LIMITS


@dataclass(frozen=True)
class BureauOutcome:
    """What a run over an inbox came to, and where the city was written."""

    submissions: Submissions
    written: WrittenFolder
    still_open: tuple[InboxFile, ...]
    """The workbooks that another program had open: what was not saved there was not read."""


def run_inbox(arguments: Sequence[Path], request: Request, counting: Counting, now: datetime) -> BureauOutcome:
    """Do everything for each unit of an inbox, and for the city.

    Raises:
        BatchError: nothing can be done: no workbook, a bad option or definition, no place to write to.

    """
    options = request.options
    if options.previous:
        raise BatchError(NOT_FOR_MANY)
    if request.jobs is not None and request.jobs < 1:
        raise BatchError(NO_JOBS)
    setup = read_setup(options)
    roster = read_roster(request.roster) if request.roster is not None else None
    inbox = collect(arguments, request.roster)
    still_open = tuple(each for each in inbox.workbooks if is_open_elsewhere(each.path))
    output = options.output or Path()
    folder = output / with_period(CITY_FOLDER, options.period_text)
    refuse_foreign(folder)  # not after hours
    with open_record(output, options.period_text) as record:
        with _crew(request) as crew:
            rounds = Rounds(setup, record, crew, request.limits, output, counting, now)
            surveys = look_through(inbox.workbooks, rounds)
            done = _finished_units(group(surveys.found, options.period_text), rounds)
        record.keep_only({*surveys.keys, *(each.key for each in done)})
        counting(SUMMING, 0, 0)
        submissions = Submissions(
            definitions=setup.definitions,
            inbox=inbox,
            lines=tuple(UnitLine.of(each, record_of(record, each), setup.definitions) for each in done),
            unread=tuple((given.label, why) for given, why in surveys.failed),
            sums=add_up((result for _, result in _results(done, record)), setup.definitions),
            roster=roster,
            results=partial(_results, done, record),
        )
        counting(WRITING, 0, 0)
        with _scratch(output) as scratch:
            files = city_files(submissions, setup, scratch)
            written = write_unit_folder(folder, files, now, is_reported=submissions.city is not None, is_clean=True)
        return BureauOutcome(submissions, written, still_open)


@contextmanager
def _scratch(output: Path) -> Iterator[Path]:
    """Let there be a folder in the output for what is in the making; nothing is written anywhere else."""
    try:
        with scratch_folder(output / f"{RECORD}.tmp") as folder:
            yield folder
    except OSError as error:
        message = f"输出文件夹“{output}”写不进去（{in_words(error)}），请检查空间和权限。"
        raise BatchError(message) from error


def _finished_units(units: Sequence[Unit], rounds: Rounds) -> list[FinishedUnit]:
    """Return the units once all are done, in their order."""
    places = {unit: place for place, unit in enumerate(units)}
    return sorted(go_through(units, rounds), key=lambda each: places[each.unit])


def _results(done: Sequence[FinishedUnit], record: Record) -> Iterator[tuple[Unit, UnitResult]]:
    for each in done:
        result = record_of(record, each).result
        if result is not None:
            yield each.unit, result


def _crew(request: Request) -> AbstractContextManager[Crew]:
    if request.cluster:
        return cluster_crew(request.cluster)
    return local_crew(request.jobs or os.cpu_count() or 1)
