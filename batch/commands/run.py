"""batch run: everything, for one unit or for each unit of an inbox and the city."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from batch.commands.exit_codes import DONE, HAS_ERRORS
from batch.options import Options
from batch.screen.options import (
    OUTPUT,
    AreasOption,
    ClusterOption,
    DraftOption,
    GivenOption,
    JobsOption,
    OutputOption,
    PeriodOption,
    PreviousOption,
    RosterOption,
    TemplatesOption,
    TodayOption,
    options_of,
)


def run(
    workbooks: GivenOption,
    output: OutputOption = OUTPUT,
    period: PeriodOption = "",
    today: TodayOption = "",
    areas: AreasOption = None,
    previous: PreviousOption = None,
    templates: TemplatesOption = None,
    roster: RosterOption = None,
    jobs: JobsOption = None,
    cluster: ClusterOption = "",
    *,
    draft: DraftOption = False,
) -> int:
    """检查、统计并生成全部报告。"""
    from batch.bureau.inbox import expanded, is_inbox
    from batch.ledger.book import SeveralUnits
    from batch.screen.folders import finish_interrupted

    finish_interrupted(workbooks, output)
    options = replace(
        options_of(period, today, areas, output), is_draft=draft, previous=tuple(previous or ()), templates=templates
    )
    found = expanded(workbooks)
    if roster is not None or jobs is not None or cluster or is_inbox(found):
        return _run_inbox(found, options, roster, jobs, cluster)
    try:
        return _run_unit(found, options)
    except SeveralUnits:
        return _run_inbox(found, options)


def _run_unit(workbooks: list[Path], options: Options) -> int:
    """Do everything for one unit."""
    from batch.pipeline import run_workbooks
    from batch.screen.console import console
    from batch.screen.folders import show_open
    from batch.screen.unit import progress, show_run
    from batch.system.open_files import open_elsewhere
    from batch.unit.checking import RUN_STEPS

    still_open = open_elsewhere([*workbooks, *options.previous])
    with progress("正在运行", RUN_STEPS) as told:
        outcome = run_workbooks(workbooks, options, told, datetime.now().astimezone())
    out = console()
    show_run(out, outcome)
    show_open(out, still_open)
    return HAS_ERRORS if outcome.checked.errors else DONE


def _run_inbox(
    arguments: list[Path], options: Options, roster: Path | None = None, jobs: int | None = None, cluster: str = ""
) -> int:
    """Do everything for each unit, and for the city."""
    from batch.bureau.run import Request, run_inbox
    from batch.screen.bureau import counting, show_inbox
    from batch.screen.console import console

    with counting() as told:
        request = Request(options, roster, jobs, cluster)
        outcome = run_inbox(arguments, request, told, datetime.now().astimezone())
    show_inbox(console(), outcome)
    return HAS_ERRORS if outcome.submissions.has_errors else DONE
