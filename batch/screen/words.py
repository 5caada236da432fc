"""The command line in Chinese: the few words that typer itself prints, and its complaints as one sentence."""

import re
from typing import Final

import typer
from typer.core import TyperCommand, TyperGroup

from batch.errors import BatchError
from batch.values.names import did_you_mean

_WORDS: Final = (
    ("Usage: ", "用法："),
    ("\nOptions:", "\n选项："),
    ("\nArguments:", "\n参数："),
    ("\nCommands:", "\n命令："),
    ("Show this message and exit.", "显示这段说明。"),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
    ("[required]", "[必填]"),
    ("[default: ", "[默认："),
)

_BRACES: Final = re.compile(r"\{([^{}]+)\}")
_TYPE: Final = re.compile(r" <[A-Za-z\[\]|]+>")
_UNKNOWN_COMMAND: Final = re.compile(r"No such command '(.*)'\.")


def in_chinese(text: str) -> str:
    """Return a help text with typer's own words in Chinese."""
    for english, chinese in _WORDS:
        text = text.replace(english, chinese)
    return _TYPE.sub("", _BRACES.sub(r"\1", text)).replace("...", "…")


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # typer's context is click's
        """Return the help text."""
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # typer's context is click's
        """Return the help text."""
        return in_chinese(super().get_help(ctx))


def complaint(error: Exception) -> str:
    """Return why a command could not be done as one Chinese sentence."""
    match error:
        case BatchError():
            return str(error)
        case MemoryError():
            return "内存不足，请关闭其他程序后再试。"
        case UnicodeEncodeError():
            return "系统的文件名编码不能写中文，请把环境变量 LC_ALL 设为 C.UTF-8（或去掉 PYTHONUTF8=0）后再运行。"
    return _complaint_of_words(error)


def _complaint_of_words(error: Exception) -> str:
    kind = type(error).__name__
    command = getattr(getattr(error, "ctx", None), "command", None)
    unknown = _UNKNOWN_COMMAND.match(getattr(error, "message", ""))
    if unknown is not None:
        near = did_you_mean(unknown[1], getattr(command, "commands", ()))
        return f"没有“{unknown[1]}”这个命令{near}，请用 batch --help 查看全部命令。"
    option = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    name = getattr(param, "metavar", None) or getattr(param, "name", None) or ""
    match kind:
        case "NoSuchOption":
            options = [name for each in getattr(command, "params", ()) for name in each.opts if name.startswith("--")]
            return f"没有“{option}”这个选项{did_you_mean(option, options)}，请用 --help 查看可用的选项。"
        case "MissingParameter":
            return f"缺少“{name}”，请用 --help 查看用法。"
        case "BadOptionUsage":
            return f"选项“{option}”后面缺少内容，请用 --help 查看用法。"
        case "BadParameter":
            return f"“{name}”的内容不对，请用 --help 查看用法。"
        case _:
            return "命令写得不对，请用 --help 查看用法。"
