"""From a party-affairs office's ledger workbook to its checked, traceable reports.

What a program may use, with the same values as the commands; nothing is printed, and nothing ends the program::

    from datetime import date
    from pathlib import Path

    from batch import BatchError, Options, Severity, check_workbooks, run_workbooks

    options = Options(today=date(2022, 12, 31), output=Path("output"))
    checked = check_workbooks(["台账.xlsx"], options)
    errors = [finding for finding in checked.findings if finding.severity is Severity.ERROR]
    outcome = run_workbooks(["台账.xlsx"], options)
    print(outcome.published.folder, outcome.is_reported)

:class:`BatchError` is raised where nothing can be done; its text is one Chinese sentence.
"""

from typing import TYPE_CHECKING

from batch.errors import BatchError
from batch.finding import Finding, Severity
from batch.options import Options
from batch.publish.version import VERSION

__version__ = VERSION

if TYPE_CHECKING:
    from batch.pipeline import run_workbooks
    from batch.unit.checking import check_workbooks

__all__ = ["BatchError", "Finding", "Options", "Severity", "__version__", "check_workbooks", "run_workbooks"]


def __getattr__(name: str) -> object:
    """Return what needs the libraries; who starts the command line for its help does not wait for them."""
    if name == "check_workbooks":
        from batch.unit.checking import check_workbooks  # noqa: PLC0415

        return check_workbooks
    if name == "run_workbooks":
        from batch.pipeline import run_workbooks  # noqa: PLC0415

        return run_workbooks
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
