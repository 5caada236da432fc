"""batch template: the standard workbook, blank."""

from pathlib import Path
from typing import Annotated

import typer

from batch.commands.exit_codes import DONE
from batch.screen.options import AreasOption


def template(
    out: Annotated[Path, typer.Argument(metavar="文件", readable=False, help="写到哪个文件，如 台账.xlsx。")],
    year: Annotated[int | None, typer.Option("--year", metavar="年度", help="填进封面的年度。")] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="填进封面的单位名称。")] = "",
    areas: AreasOption = None,
) -> int:
    """写出空白的标准工作簿。"""
    from batch.areas.load import load_definitions
    from batch.workbook.template import save_template

    save_template(out, load_definitions(areas), year, unit)
    typer.echo(f"空白工作簿已写到：{out}")
    return DONE
