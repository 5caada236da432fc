"""The commands: options to arguments, values to screen. Imports wait until a command needs them."""

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from batch.errors import BatchError
from batch.options import Options
from batch.period import parse_period, parse_today
from batch.screen import options as given
from batch.screen.words import ChineseCommand, ChineseGroup, complaint
from batch.system.open_files import open_elsewhere
from batch.system.process import set_up
from batch.values.cell import legible

if TYPE_CHECKING:
    from batch.check.checked import Checked
    from batch.unit.outcome import Outcome

CANNOT_RUN = 2
HAS_ERRORS = 1
OUTPUT = Path("output")
"""Where a run writes unless told otherwise."""
INTERRUPTED = 130
"""What typer makes of Ctrl+C."""
ON_SCREEN_ONLY = "--watch 只在屏幕上列出问题，不能与 -o 或 --format json 同时使用，请去掉其中一个。"

app = typer.Typer(
    cls=ChineseGroup,
    help="台账批处理：填好标准工作簿，检查、统计并生成报告。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command(cls=ChineseCommand)
def template(
    out: Annotated[Path, typer.Argument(metavar="文件", help="写到哪个文件，如 台账.xlsx。")],
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="填进封面的年度。")] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="填进封面的单位名称。")] = "",
    areas: given.AreasOption = None,
) -> int:
    """写出空白的标准工作簿。"""
    from batch.areas.load import load_definitions
    from batch.workbook.template import save_template

    save_template(out, load_definitions(areas), year, unit)
    typer.echo(f"空白工作簿已写到：{out}")
    return 0


@app.command(cls=ChineseCommand)
def check(
    workbooks: given.Workbooks,
    output: given.ListOption = None,
    form: Annotated[given.Format, typer.Option("--format", metavar="格式", help="text 或 json。")] = given.Format.TEXT,
    period: given.PeriodOption = "",
    today: given.TodayOption = "",
    areas: given.AreasOption = None,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="每次保存后重新检查，按 Ctrl+C 结束。")] = False,
) -> int:
    """只检查，列出全部问题。"""
    if watch:
        if output is not None or form is given.Format.JSON:
            raise BatchError(ON_SCREEN_ONLY)
        return _watch(workbooks, period, today, areas)
    from batch.screen import folders as screen_folders
    from batch.screen import unit as screen
    from batch.screen.console import console
    from batch.unit import checking

    _finish_interrupted(workbooks, output)
    still_open = open_elsewhere(workbooks)
    options = _options(period, today, areas, output)
    with screen.progress("正在检查", checking.CHECK_STEPS) as progress:
        checked = checking.check(workbooks, options, progress)
        saved = _saved(checked, options) if output else None
    if form is given.Format.JSON:
        typer.echo(screen.findings_as_json(checked))
    else:
        out = console()
        screen.show_check(out, checked, rest=screen.BY_OPTION if saved is None else screen.IN_LIST)
        if saved is not None:
            screen.show_saved(out, saved)
        screen_folders.show_open(out, still_open)
    return HAS_ERRORS if checked.errors else 0


@app.command(cls=ChineseCommand)
def run(
    workbooks: given.GivenOption,
    output: given.OutputOption = OUTPUT,
    period: given.PeriodOption = "",
    today: given.TodayOption = "",
    areas: given.AreasOption = None,
    previous: given.PreviousOption = None,
    templates: given.TemplatesOption = None,
    roster: given.RosterOption = None,
    jobs: given.JobsOption = None,
    cluster: given.ClusterOption = "",
    *,
    draft: given.DraftOption = False,
) -> int:
    """检查、统计并生成全部报告。"""
    from batch import pipeline
    from batch.bureau.inbox import expanded, is_inbox
    from batch.screen import folders as screen_folders
    from batch.screen import unit as screen
    from batch.screen.console import console

    _finish_interrupted(workbooks, output)
    options = replace(
        _options(period, today, areas, output), is_draft=draft, previous=tuple(previous or ()), templates=templates
    )
    found = expanded(workbooks)
    if roster is not None or jobs is not None or cluster or is_inbox(found):
        return _run_inbox(found, options, roster, jobs, cluster)
    still_open = open_elsewhere([*found, *options.previous])
    try:
        with screen.progress("正在运行", pipeline.RUN_STEPS) as progress:
            outcome = pipeline.run(found, options, progress, datetime.now().astimezone())
    except BatchError:
        if not _are_of_several_units(found, areas):
            raise
        return _run_inbox(found, options)
    out = console()
    screen.show_run(out, outcome)
    screen_folders.show_open(out, still_open)
    return HAS_ERRORS if outcome.checked.errors else 0


@app.command(cls=ChineseCommand)
def trace(
    workbooks: given.Workbooks,
    figure: Annotated[str, typer.Argument(metavar="指标", help="指标编号，如 办文.发文。")],
    period: given.PeriodOption = "",
    today: given.TodayOption = "",
    areas: given.AreasOption = None,
) -> int:
    """列出一个指标由台账的哪些行得来。"""
    from batch.screen import unit as screen
    from batch.screen.console import console
    from batch.unit.checking import CHECK_STEPS
    from batch.unit.figures import find_figure, traced_rows

    _finish_interrupted(workbooks)
    options = _options(period, today, areas, None)
    with screen.progress("正在追溯", CHECK_STEPS) as progress:
        totals, total = find_figure(workbooks, figure, options, progress)
    screen.show_trace(console(), totals, total, traced_rows(totals, total))
    return 0


@app.command(cls=ChineseCommand)
def figures(
    workbooks: Annotated[list[Path] | None, typer.Argument(metavar="工作簿", help="给出时连同数值列出。")] = None,
    period: given.PeriodOption = "",
    today: given.TodayOption = "",
    areas: given.AreasOption = None,
) -> int:
    """列出全部指标及其口径。"""
    from batch.screen import unit as screen
    from batch.screen.console import console
    from batch.unit.checking import CHECK_STEPS
    from batch.unit.figures import list_figures

    _finish_interrupted(workbooks or [])
    options = _options(period, today, areas, None)
    with screen.progress("正在统计", CHECK_STEPS) as progress:
        rows = list_figures(workbooks or [], options, progress)
    screen.show_figures(console(), rows)
    return 0


@app.command(cls=ChineseCommand)
def export(
    what: Annotated[given.Exported, typer.Argument(metavar="内容", help="areas：工作面定义；templates：Word模板。")],
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="写到哪个文件夹。")],
) -> int:
    """写出随程序提供的工作面定义或Word模板，改好后用 --areas、--templates 交回。"""
    from batch.areas.load import export_definitions
    from batch.screen import unit as screen
    from batch.screen.console import console
    from batch.word.shipped import export_templates

    written = export_definitions(folder) if what is given.Exported.AREAS else export_templates(folder)
    screen.show_written(console(), written)
    return 0


@app.command(cls=ChineseCommand)
def verify(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="一次运行写出的文件夹，如 output/全年台账。")],
    workbooks: Annotated[
        list[Path] | None, typer.Argument(metavar="工作簿", help="给出时一并核对：是不是生成时用的那一份。")
    ] = None,
) -> int:
    """核对一个文件夹是不是和写出时一样，由哪些工作簿生成。"""
    from batch.publish.verify import verify as verified_of
    from batch.screen import folders as screen_folders
    from batch.screen.console import console

    _finish_interrupted([folder, *(workbooks or [])])
    verified = verified_of(folder, workbooks or [])
    screen_folders.show_verified(console(), verified)
    return 0 if verified.is_sound else HAS_ERRORS


def main() -> None:
    """Run the command line and exit: 0 done, 1 the workbook has 错误, 2 cannot run."""
    set_up()
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except (BatchError, TyperException, MemoryError, UnicodeEncodeError) as error:
        code = _refused(complaint(error))
    except OSError as error:  # files and folders have been told: it is where the screen's output goes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left of it is not tried again
        code = _refused(complaint(error))
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    if code == INTERRUPTED:
        code = _refused("已中断，没有留下写到一半的文件。")
    sys.exit(code if isinstance(code, int) else 0)


def _finish_interrupted(paths: list[Path], output: Path | None = None) -> None:
    """Put in order what an interrupted command has left where this one reads or writes, and say so."""
    from batch.publish.folder import finish
    from batch.screen.folders import finished_sentences

    parents = [output or OUTPUT, *(parent for path in paths for parent in (path.parent, path.absolute().parent.parent))]
    for sentence in finished_sentences(finish(parents, datetime.now().astimezone())):
        typer.echo(sentence, err=True)


def _saved(checked: "Checked", options: Options) -> "Outcome":
    """Write what is needed to mend the workbooks; a check that writes nothing need not load what writes."""
    from batch.pipeline import save_findings

    return save_findings(checked, options, datetime.now().astimezone())


def _are_of_several_units(workbooks: list[Path], areas: Path | None) -> bool:
    """Say whether what cannot be done for one unit is to be done for several."""
    from batch.areas.load import load_definitions
    from batch.bureau.survey_round import are_of_several_units

    return len(workbooks) > 1 and are_of_several_units(workbooks, load_definitions(areas))


def _run_inbox(
    arguments: list[Path], options: Options, roster: Path | None = None, jobs: int | None = None, cluster: str = ""
) -> int:
    """Do everything for each unit, and for the city."""
    from batch.bureau.run import Request, run_inbox
    from batch.screen import bureau as screen_bureau
    from batch.screen.console import console

    with screen_bureau.counting() as counting:
        request = Request(options, roster, jobs, cluster)
        outcome = run_inbox(arguments, request, counting, datetime.now().astimezone())
    screen_bureau.show_inbox(console(), outcome)
    return HAS_ERRORS if outcome.submissions.has_errors else 0


def _watch(workbooks: list[Path], period: str, today: str, areas: Path | None) -> int:
    """Check again on every save, and return the exit code of the last round."""
    from batch.areas.load import load_definitions
    from batch.screen import unit as screen
    from batch.screen.console import console
    from batch.screen.watch import watch
    from batch.unit import checking

    def check_now() -> "Checked":
        with screen.progress("正在检查", checking.CHECK_STEPS) as progress:
            return checking.check(workbooks, _options(period, today, areas, None), progress)

    _options(period, today, areas, None)
    load_definitions(areas)  # no save of a workbook mends a bad option or definition: it ends the command
    last = watch(workbooks, check_now, console())
    if last is None:
        return CANNOT_RUN
    return HAS_ERRORS if last.errors else 0


def _refused(sentence: str) -> int:
    typer.echo(legible(sentence), err=True)  # a file may have any name
    return CANNOT_RUN


def _options(period: str, today: str, areas: Path | None, output: Path | None) -> Options:
    return Options(
        today=parse_today(today) if today else datetime.now().astimezone().date(),
        period=parse_period(period) if period else None,
        period_text=period.strip(),
        areas=areas,
        output=output,
    )
