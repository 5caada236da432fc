"""batch verify: whether a folder is as it was written, and from which workbooks."""

from pathlib import Path
from typing import Annotated

import typer

from batch.commands.exit_codes import DONE, HAS_ERRORS


def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", readable=False, help="一次运行写出的文件夹，如 output/全年台账。")
    ],
    workbooks: Annotated[
        list[Path] | None,
        typer.Argument(metavar="工作簿", readable=False, help="给出时一并核对：是不是生成时用的那一份。"),
    ] = None,
) -> int:
    """核对一个文件夹是不是和写出时一样，由哪些工作簿生成。"""
    from batch.publish.verify import verify as verified_of
    from batch.screen.console import console
    from batch.screen.folders import finish_interrupted, show_verified

    finish_interrupted([folder, *(workbooks or [])])
    verified = verified_of(folder, workbooks or [])
    show_verified(console(), verified)
    return DONE if verified.is_sound else HAS_ERRORS
