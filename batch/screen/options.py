"""The options of the commands, each declared once."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from batch.options import Options
from batch.period import parse_period, parse_today

OUTPUT: Final = Path("output")
"""Where a run writes unless told otherwise."""

# readable=False: why a file or folder cannot be read is said by whoever reads it, not called a mistake of typing

Workbooks: TypeAlias = Annotated[
    list[Path],
    typer.Argument(metavar="工作簿", readable=False, help="填好的台账工作簿；同一单位、同一年度的几份可一起给出。"),
]
PeriodOption: TypeAlias = Annotated[
    str, typer.Option("--period", metavar="期间", help="统计期间，如 2022、2022H1、2022Q3、2022-09、2022-01..2022-09。")
]
TodayOption: TypeAlias = Annotated[
    str, typer.Option("--today", metavar="日期", help="把今天当作这一天，如 2022-12-31。")
]
AreasOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--areas", metavar="文件夹", readable=False, help="另加或替换工作面定义（*.toml）的文件夹。"),
]
OutputOption: TypeAlias = Annotated[
    Path, typer.Option("-o", "--output", metavar="文件夹", readable=False, help="报告写到哪个文件夹。")
]
GivenOption: TypeAlias = Annotated[
    list[Path],
    typer.Argument(metavar="工作簿", readable=False, help="填好的台账工作簿；收齐的许多份可给出文件夹，另出全市汇总。"),
]
ListOption: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="文件夹", readable=False, help="把问题清单也写成文件。")
]
DraftOption: TypeAlias = Annotated[bool, typer.Option("--draft", help="有错误也生成报告，每页标明草稿。")]
PreviousOption: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--previous", metavar="工作簿", readable=False, help="与这份上年台账比较；分几份填的，写几次本选项。"),
]
TemplatesOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--templates", metavar="文件夹", readable=False, help="Word模板的文件夹：改过的报告模板，和要填数字的其他文件。"
    ),
]
RosterOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--roster", metavar="名单", readable=False, help="应交单位的名单（单位名称、联系人），列出谁没有交。"),
]
JobsOption: TypeAlias = Annotated[
    int | None, typer.Option("--jobs", metavar="个数", help="许多份时几个进程同时做；默认是处理器的个数。")
]
ClusterOption: TypeAlias = Annotated[
    str, typer.Option("--cluster", metavar="地址", help="许多份时交给Dask集群做，如 tcp://10.0.0.5:8786。")
]


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


class Exported(StrEnum):
    """What can be copied out."""

    AREAS = "areas"
    TEMPLATES = "templates"


def options_of(period: str, today: str, areas: Path | None, output: Path | None = None) -> Options:
    """Return what was typed as the options of a run; the clock is read here.

    Raises:
        BatchError: a period or a date is not written as one.

    """
    return Options(
        today=parse_today(today) if today else datetime.now().astimezone().date(),
        period=parse_period(period) if period else None,
        period_text=period.strip(),
        areas=areas,
        output=output,
    )
