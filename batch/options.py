"""What a run was asked for, as one value."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from batch.period import Period


@dataclass(frozen=True, slots=True)
class Options:
    """The options of ``check`` and ``run``; the clock is read by the command line alone."""

    today: date
    period: Period | None = None
    period_text: str = ""
    """The ``--period`` as given; part of the folder's name."""
    areas: Path | None = None
    output: Path | None = None
    is_draft: bool = False
    previous: tuple[Path, ...] = ()
    """The workbooks of the earlier year that is compared with."""
    templates: Path | None = None
    """A folder of Word templates of the office's own."""
