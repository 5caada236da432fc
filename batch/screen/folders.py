"""What the clerk sees of folders: what was kept, what was put in order, whether one is as it was written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from batch.publish.changes import Changes
from batch.publish.folder import Finished, Published, finish
from batch.publish.manifest import Manifest
from batch.publish.settle import KeptFolder
from batch.publish.verify import Origin, Verified
from batch.screen.options import OUTPUT

_SHOWN: Final = 3
"""Changed files named in one sentence."""
_ORIGINS: Final = {
    Origin.SAME: "就是生成时用的那一份",
    Origin.OTHER_CONTENT: "和生成时用的不一样，后来改动过",
    Origin.UNKNOWN: "不是生成时用的工作簿",
}


def show_published(out: Console, published: Published) -> None:
    """Say what became of an earlier folder, where there is something to know of it."""
    for sentence in published_sentences(published):
        out.print(Text(sentence))


def published_sentences(published: Published) -> Iterator[str]:
    """Yield what is to be known of an earlier folder."""
    if published.occupied is not None:
        where = f"新的写在“{published.folder.name}”"
        yield f"“{published.occupied.name}”里有文件正打开着，没有替换，{where}。"
    yield from map(kept_sentence, published.kept)
    if published.still_open:
        names = _listed(published.still_open)
        yield f"{names}还打开着，显示的是原来的内容，请关闭（不要保存）后重新打开。"


def kept_sentence(kept: KeptFolder) -> str:
    """Return where an old folder was kept, and why."""
    what = "改动过" if kept.changes.are_certain else "里有读不出来的"
    return f"原来的文件夹{what}（{_listed(kept.changes.names)}），已另存为“{kept.folder.name}”。"


def finish_interrupted(paths: Sequence[Path], output: Path | None = None) -> None:
    """Put in order what an interrupted command has left where this one reads or writes, and say so."""
    parents = [output or OUTPUT, *(parent for path in paths for parent in (path.parent, path.absolute().parent.parent))]
    for sentence in finished_sentences(finish(parents, datetime.now().astimezone())):
        typer.echo(sentence, err=True)


def finished_sentences(folders: Iterable[Finished]) -> Iterator[str]:
    """Yield what is to be known of folders at which an earlier command was interrupted."""
    for finished in folders:
        state = "这个文件夹现在是完整的" if finished.folder.exists() else "没有写成"
        yield f"上次运行在写出“{finished.folder.name}”时中断，{state}。"
        yield from map(kept_sentence, finished.kept)


def show_open(out: Console, paths: Sequence[Path]) -> None:
    """Say which workbooks another program has open: what was not saved there was not read."""
    for path in paths:
        out.print(Text(f"提醒：“{path.name}”正在Excel、WPS等程序里打开着，没有保存的改动没有读到。"))


def show_verified(out: Console, verified: Verified) -> None:
    """Say whether a folder is as it was written, and from which workbooks."""
    name, manifest = verified.folder.resolve().name, verified.manifest
    if verified.changes:
        what = "和写出时不一样" if verified.changes.are_certain else "里有读不出来的，不知道和写出时是不是一样"
        out.print(Text(f"“{name}”{what}：", style="bold red"))
        _show_changes(out, verified.changes)
    else:
        out.print(
            Text(f"“{name}”和写出时一样：{len(manifest.outputs)} 个文件，没有改动、增加和缺少。", style="bold green")
        )
    _show_source(out, manifest)
    for workbook, origin in verified.origins:
        style = "green" if origin is Origin.SAME else "red"
        out.print(Text(f"“{workbook}”{_ORIGINS[origin]}。", style=style), soft_wrap=True)


def _show_changes(out: Console, changes: Changes) -> None:
    for word, names in (("改动", changes.edited), ("增加", changes.added), ("缺少", changes.missing)):
        for name in names:
            out.print(Text(f"  {word}  {name}"), soft_wrap=True)
    for name, why in changes.closed:
        out.print(Text(f"  未读  {name}（{why}）"), soft_wrap=True)


def _show_source(out: Console, manifest: Manifest) -> None:
    """Print what the manifest says the folder was made from."""
    period = "—".join(manifest.period) if manifest.period else ""
    facts = (
        ("单位", manifest.unit),
        ("统计期间", period),
        ("数据截至", manifest.as_of or ""),
        ("程序", f"{manifest.program.name} {manifest.program.version}"),
    )
    out.print(Text("，".join(f"{word} {fact}" for word, fact in facts if fact) + "。"), soft_wrap=True)
    sources = (("由这些工作簿生成：", manifest.inputs), ("与这些比较：", manifest.previous or ()))
    for title, files in sources:
        if files:
            out.print(title)
        for each in files:
            out.print(Text(f"  {each.name}"), soft_wrap=True)
            out.print(Text(f"    sha256 {each.sha256}", style="dim"), soft_wrap=True)


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
