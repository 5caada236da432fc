"""Checking again on every save, so that a clerk mends with the list beside Excel."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console

from batch.check.checked import Checked
from batch.errors import BatchError
from batch.finding import Code, Finding, Severity
from batch.screen import unit as screen
from batch.system.process import clear_up
from batch.system.saves import look, saves

SECONDS: Final = 1.0
"""Between two looks at the files."""


def watch(
    paths: Sequence[Path],
    check: Callable[[], Checked],
    out: Console,
    *,
    wait: Callable[[], None] = lambda: time.sleep(SECONDS),
    clock: Callable[[], datetime] = datetime.now,
) -> Checked | None:
    """Show what a check finds, now and after every save, until Ctrl+C.

    Returns what the last round found, None where it could not read.

    Raises:
        BatchError: a file is not there to begin with.

    """
    latest: Checked | BatchError | None = None
    readable: Checked | None = None
    try:
        for _ in saves(paths, wait):
            result = _result(check)
            if latest is None and isinstance(result, BatchError) and None in look(paths):
                raise result
            latest = result
            screen.show_round(out, clock(), [path.name for path in paths])
            if isinstance(result, Checked):
                _show(out, result, readable)
                readable = result
            else:
                screen.show_refusal(out, str(result))
            screen.show_waiting(out)
            clear_up()
    except KeyboardInterrupt:
        screen.show_stopped(out)
    return latest if isinstance(latest, Checked) else None


def _result(check: Callable[[], Checked]) -> Checked | BatchError:
    """Return what the check found, or why it could not be done."""
    try:
        return check()
    except BatchError as error:
        return error


def _show(out: Console, checked: Checked, earlier: Checked | None) -> None:
    screen.show_check(out, checked, rest=screen.AFTER_MENDING)
    if earlier is not None:
        screen.show_change(out, *compare(earlier, checked))
    if not any(_is_to_be_done(finding) for finding in checked.findings):
        screen.show_clean(out, is_whole=not _lacks_sheets(checked))


def _is_to_be_done(finding: Finding) -> bool:
    return finding.severity is not Severity.HINT and not finding.settled


def _lacks_sheets(checked: Checked) -> bool:
    """Say whether a run would refuse what a check lets pass: a clerk's own file may lack the others' sheets."""
    tasks = checked.definitions.tasks.name
    return any(
        each.code == Code.MISSING_SHEET or (each.code == Code.EMPTY_SHEET and each.sheet != tasks)
        for each in checked.findings
    )


def compare(earlier: Checked, later: Checked) -> tuple[int, int]:
    """Return how many findings are gone and how many are new; one whose row is now explained is gone."""
    before, after = _places(earlier), _places(later)
    return (before - after).total(), (after - before).total()


def _places(checked: Checked) -> Counter[tuple[str | None, ...]]:
    """Count the open findings by what makes two of them the same."""
    return Counter(
        (each.code, each.workbook, each.sheet, each.column, each.cell) for each in checked.findings if not each.settled
    )
