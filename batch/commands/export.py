"""batch export: the shipped definitions or Word templates, copied out to be edited and given back."""

from pathlib import Path
from typing import Annotated

import typer

from batch.commands.exit_codes import DONE
from batch.screen.options import Exported


def export(
    what: Annotated[Exported, typer.Argument(metavar="内容", help="areas：工作面定义；templates：Word模板。")],
    folder: Annotated[Path, typer.Argument(metavar="文件夹", readable=False, help="写到哪个文件夹。")],
) -> int:
    """写出随程序提供的工作面定义或Word模板，改好后用 --areas、--templates 交回。"""
    from batch.areas.load import export_definitions
    from batch.screen.console import console
    from batch.screen.unit import show_written
    from batch.word.shipped import export_templates

    written = export_definitions(folder) if what is Exported.AREAS else export_templates(folder)
    show_written(console(), written)
    return DONE
