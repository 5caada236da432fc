"""What a command that writes a folder has come to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from batch.check.checked import Checked
from batch.publish.folder import Published

PENDING: Final = ".待修改"
"""What is put behind a folder's name where the workbook is to be mended first."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the checked book, and the folder it wrote."""

    checked: Checked
    published: Published
    is_reported: bool
    """Whether reports were written, or only what is to be mended."""
    notes: tuple[str, ...] = ()
    """What is to be known of the templates and the marked copies, in whole sentences."""
    remains: tuple[Path, ...] = ()
    """Earlier folders of what was to be mended that are still there, because somebody worked in them."""
