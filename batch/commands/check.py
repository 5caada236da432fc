"""batch check: the findings alone, once or after every save."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from batch.commands.exit_codes import CANNOT_RUN, DONE, HAS_ERRORS
from batch.errors import BatchError
from batch.options import Options
from batch.screen.options import (
    AreasOption,
    Format,
    ListOption,
    PeriodOption,
    TodayOption,
    Workbooks,
    options_of,
)

if TYPE_CHECKING:
    from batch.check.checked import Checked
    from batch.unit.outcome import Outcome

ON_SCREEN_ONLY = "--watch 只在屏幕上列出问题，不能与 -o 或 --format json 同时使用，请去掉其中一个。"


def check(
    workbooks: Workbooks,
    output: ListOption = None,
    form: Annotated[Format, typer.Option("--format", metavar="格式", help="text 或 json。")] = Format.TEXT,
    period: PeriodOption = "",
    today: TodayOption = "",
    areas: AreasOption = None,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="每次保存后重新检查，按 Ctrl+C 结束。")] = False,
) -> int:
    """只检查，列出全部问题。"""
    if watch:
        if output is not None or form is Format.JSON:
            raise BatchError(ON_SCREEN_ONLY)
        return _watch(workbooks, period, today, areas)
    from batch.screen.console import console
    from batch.screen.folders import finish_interrupted, show_open
    from batch.screen.unit import BY_OPTION, IN_LIST, findings_as_json, progress, show_check, show_saved
    from batch.system.open_files import open_elsewhere
    from batch.unit.checking import CHECK_STEPS, check_workbooks

    finish_interrupted(workbooks, output)
    still_open = open_elsewhere(workbooks)
    options = options_of(period, today, areas, output)
    with progress("正在检查", CHECK_STEPS) as told:
        checked = check_workbooks(workbooks, options, told)
        saved = _saved(checked, options) if output else None
    if form is Format.JSON:
        typer.echo(findings_as_json(checked))
    else:
        out = console()
        show_check(out, checked, rest=BY_OPTION if saved is None else IN_LIST)
        if saved is not None:
            show_saved(out, saved)
        show_open(out, still_open)
    return HAS_ERRORS if checked.errors else DONE


def _saved(checked: "Checked", options: Options) -> "Outcome":
    """Write what is needed to mend the workbooks; a check that writes nothing need not load what writes."""
    from batch.pipeline import save_findings

    return save_findings(checked, options, datetime.now().astimezone())


def _watch(workbooks: list[Path], period: str, today: str, areas: Path | None) -> int:
    """Check again on every save, and return the exit code of the last round."""
    from batch.areas.load import load_definitions
    from batch.screen.console import console
    from batch.screen.unit import progress
    from batch.screen.watch import watch
    from batch.unit.checking import CHECK_STEPS, check_workbooks

    def check_now() -> "Checked":
        with progress("正在检查", CHECK_STEPS) as told:
            return check_workbooks(workbooks, options_of(period, today, areas), told)

    options_of(period, today, areas)
    load_definitions(areas)  # no save of a workbook mends a bad option or definition: it ends the command
    last = watch(workbooks, check_now, console())
    if last is None:
        return CANNOT_RUN
    return HAS_ERRORS if last.errors else DONE
