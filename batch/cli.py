"""The command line: which commands there are, and how each of them ends."""

import os
import sys
from datetime import datetime
from traceback import walk_tb
from typing import Annotated, Final

import typer
from typer.exceptions import TyperException

from batch import __version__
from batch.commands.check import check
from batch.commands.exit_codes import CANNOT_RUN, DONE, INTERRUPTED
from batch.commands.export import export
from batch.commands.figures import figures, trace
from batch.commands.run import run
from batch.commands.template import template
from batch.commands.verify import verify
from batch.errors import BatchError, in_words
from batch.screen.words import ChineseCommand, ChineseGroup, complaint
from batch.system.process import set_up
from batch.values.cell import legible

COMMANDS: Final = (template, check, run, trace, figures, export, verify)
"""In the order in which the help lists them."""
STOPPED: Final = "已中断，没有留下写到一半的文件。"
PRINTING: Final = ("batch.cli", "batch.commands", "batch.screen")
"""The modules that print, and touch no file: what the system refuses them is the screen."""

app = typer.Typer(
    cls=ChineseGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command(cls=ChineseCommand)(command)


def _show_version(*, is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"batch {__version__}")
        raise typer.Exit


@app.callback()
def group(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda is_asked: _show_version(is_asked=is_asked), is_eager=True, help="显示版本。"
        ),
    ] = False,
) -> None:
    """台账批处理：填好标准工作簿，检查、统计并生成报告。"""


def main() -> None:
    """Run the command line and exit: 0 done, 1 the workbook has 错误, 2 cannot run."""
    set_up()
    sys.exit(_code_of_command())


def _code_of_command() -> int:
    """Do what was typed and return its exit code; whatever ends it early is told in one sentence."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return _refused(STOPPED)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error))
            return DONE
        return _refused(complaint(error))
    except (BatchError, MemoryError, UnicodeEncodeError) as error:
        return _refused(complaint(error))
    except OSError as error:
        return _refused(_told_of_system(error))
    except Exception as error:  # noqa: BLE001 a mistake of this program
        return _refused(_mistake(error))
    return _refused(STOPPED) if code == INTERRUPTED else int(code or 0)


def _told_of_system(error: OSError) -> str:
    """Say what the system refused: the screen, a file by its name, or something that no command expects."""
    modules = (frame.f_globals["__name__"] for frame, _ in walk_tb(error.__traceback__))
    own = [name for name in modules if name.startswith("batch.")]
    if own[-1].startswith(PRINTING):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left of it is not tried again
        return f"屏幕上的内容写不出去（{in_words(error)}），请检查输出转到的文件或程序。"
    if error.filename is None:
        return _mistake(error)
    return f"“{os.fsdecode(error.filename)}”读写不了（{in_words(error)}），请检查这个位置和磁盘。"


def _mistake(error: Exception) -> str:
    from batch.screen.mistakes import mistake_sentence  # noqa: PLC0415 rarely needed

    return mistake_sentence(error, datetime.now().astimezone())


def _refused(sentence: str) -> int:
    typer.echo(legible(sentence), err=True)  # a file may have any name
    return CANNOT_RUN
