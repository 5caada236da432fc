"""What every round through an inbox works with: the setup of the run, its record, its workers."""

import hashlib
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from batch.bureau.confined import Failed
from batch.bureau.crew import Crew
from batch.bureau.record import Record
from batch.bureau.units import UnitWorkbook, digest
from batch.bureau.work import Job
from batch.errors import BatchError
from batch.publish.manifest import program_versions
from batch.read.file import bytes_of
from batch.system.child import Limits
from batch.unit.files import RunSetup

Counting = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is of it."""
CHANGED: Final = "在运行当中改动过，没有用上，请再运行一次。"


@dataclass(frozen=True)
class Rounds:
    """What the rounds have in common."""

    setup: RunSetup
    record: Record
    crew: Crew
    limits: Limits
    output: Path
    counting: Counting
    now: datetime

    @cached_property
    def base(self) -> str:
        """Return the digest of all but the workbooks and the day that the files follow from."""
        options = self.setup.options
        return digest(
            [
                program_versions(),
                dict(self.setup.definitions.digests),
                self.setup.templates.digests,
                options.period_text,
                options.is_draft,
            ]
        )

    def job(self, workbooks: Sequence[UnitWorkbook]) -> Job | Failed:
        """Return a job with the bytes of the workbooks, unless one of them is no longer as it was."""
        files = []
        for each in workbooks:
            try:
                content = bytes_of(each.file.path)
            except BatchError as error:
                return Failed(str(error))
            if hashlib.sha256(content).hexdigest() != each.sha256:
                return Failed(f"“{each.file.label}”{CHANGED}")
            files.append((each.name, content))
        return Job(tuple(files), self._packed, program_versions())

    @cached_property
    def _packed(self) -> bytes:
        """Return the setup as every job carries it; where this machine keeps files is of no use elsewhere."""
        options = replace(self.setup.options, output=None, areas=None, templates=None)
        return pickle.dumps(replace(self.setup, options=options))
