"""What a worker does: say whose a workbook is, and make everything of a unit; it reads and writes no file.

The bytes of the workbooks come with the job and those of the reports go back with the answer, so that a worker may
be a process of this machine or of any other.
"""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from batch.areas.frozen import Frozen
from batch.bureau.confined import Failed, Succeeded, confined
from batch.bureau.unit_result import UnitResult, result_of
from batch.ledger.book import read_settings
from batch.ledger.input_files import each_once
from batch.publish.manifest import program_versions
from batch.read.file import open_content
from batch.system.child import Limits, Result
from batch.unit.files import RunSetup, make_files

OTHER_PROGRAM: Final = "这台工作机上的程序、Python或组件的版本和本机不同，请装成一样的再运行。"


class Job(NamedTuple):
    """What a worker is given."""

    files: tuple[tuple[str, bytes], ...]
    """(name, content) of the workbooks of one unit, or of one workbook."""
    setup: bytes
    """The :class:`~batch.unit.files.RunSetup`, packed once for all jobs."""
    versions: Mapping[str, Any]
    """Those of the program that asks: with others the bytes would be others."""


class Survey(Frozen):
    """Whose a workbook is."""

    unit: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker has made of the workbooks of a unit."""

    result: UnitResult | None
    files: Mapping[str, bytes]
    """Those of the unit's folder, by their paths."""
    failed: tuple[tuple[str, Failed], ...] = ()
    """(name of a workbook, why it was left out)."""

    @property
    def is_final(self) -> bool:
        """Say whether the same workbooks would come to the same again."""
        return all(failed.is_final for _, failed in self.failed)


def do_survey(job: Job, limits: Limits) -> Survey | Failed:
    """Return whose the workbook of a job is."""
    answer = _confined(survey, job, limits)
    return answer.of(job.files[0][0]) if isinstance(answer, Failed) else answer.result


def do_unit(job: Job, limits: Limits) -> Answer:
    """Return what the workbooks of a unit come to; one that ends the work on it is left out, and told."""
    answer = _confined(work, job, limits)
    if not isinstance(answer, Failed):
        return answer.result
    names = [name for name, _ in job.files]
    if answer.is_final or len(names) == 1:
        return Answer(None, {}, ((names[0], answer.of(names[0])),))
    alone = ((each, confined(work, job._replace(files=(each,)), limits)) for each in job.files)
    faulty = [(each, found) for each, found in alone if isinstance(found, Failed) and not found.is_final]
    rest = tuple(each for each in job.files if each not in [file for file, _ in faulty])
    failed = tuple((name, found.of(name)) for (name, _), found in faulty)
    if not rest or not faulty:  # each is well by itself: what they come to together is at fault
        together = "”和“".join(names)
        return Answer(None, {}, failed or ((names[0], answer.of(together)),))
    others = do_unit(job._replace(files=rest), limits)
    return replace(others, failed=(*failed, *others.failed))


def _confined(function: Callable[[Job], Result], job: Job, limits: Limits) -> Succeeded[Result] | Failed:
    """Do a job in a child, unless this is another program than the one that asks: a worker may have joined late."""
    return confined(function, job, limits) if job.versions == program_versions() else Failed(OTHER_PROGRAM)


def survey(job: Job) -> Survey:
    """Read the cover of a workbook.

    Raises:
        BatchError: it is no workbook, or none with a sheet that is known.

    """
    ((name, content),) = job.files
    settings = read_settings(open_content(Path(name), content), _setup(job.setup).definitions)
    return Survey(unit=settings.unit, year=settings.year)


def work(job: Job) -> Answer:
    """Make everything of a unit.

    Raises:
        BatchError: a workbook cannot be read, or a template cannot be filled.

    """
    setup = _setup(job.setup)
    given = each_once([open_content(Path(name), content) for name, content in job.files])
    made = make_files(given, setup, lambda _: None)
    return Answer(result_of(made, setup.options.today), made.files)


@lru_cache(maxsize=1)
def _setup(packed: bytes) -> RunSetup:
    unpacked: RunSetup = pickle.loads(packed)  # noqa: S301 packed by the program that asks
    return unpacked
