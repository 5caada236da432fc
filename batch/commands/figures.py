"""batch figures and batch trace: the figures with their definitions and values, and the ledger rows behind one."""

from pathlib import Path
from typing import Annotated

import typer

from batch.commands.exit_codes import DONE
from batch.screen.options import AreasOption, PeriodOption, TodayOption, Workbooks, options_of


def trace(
    workbooks: Workbooks,
    figure: Annotated[str, typer.Argument(metavar="指标", help="指标编号，如 办文.发文。")],
    period: PeriodOption = "",
    today: TodayOption = "",
    areas: AreasOption = None,
) -> int:
    """列出一个指标由台账的哪些行得来。"""
    from batch.screen.console import console
    from batch.screen.folders import finish_interrupted
    from batch.screen.unit import progress, show_trace
    from batch.unit.checking import CHECK_STEPS
    from batch.unit.figures import find_figure, traced_rows

    finish_interrupted(workbooks)
    options = options_of(period, today, areas)
    with progress("正在追溯", CHECK_STEPS) as told:
        totals, total = find_figure(workbooks, figure, options, told)
    show_trace(console(), totals, total, traced_rows(totals, total))
    return DONE


def figures(
    workbooks: Annotated[
        list[Path] | None, typer.Argument(metavar="工作簿", readable=False, help="给出时连同数值列出。")
    ] = None,
    period: PeriodOption = "",
    today: TodayOption = "",
    areas: AreasOption = None,
) -> int:
    """列出全部指标及其口径。"""
    from batch.screen.console import console
    from batch.screen.folders import finish_interrupted
    from batch.screen.unit import progress, show_figures
    from batch.unit.checking import CHECK_STEPS
    from batch.unit.figures import list_figures

    finish_interrupted(workbooks or [])
    options = options_of(period, today, areas)
    with progress("正在统计", CHECK_STEPS) as told:
        rows = list_figures(workbooks or [], options, told)
    show_figures(console(), rows)
    return DONE
