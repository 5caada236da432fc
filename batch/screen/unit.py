"""What the clerk sees on the screen: short tables and lists, at 80 columns, in any console."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from batch.check.checked import Checked
from batch.finding import Finding, Severity, count
from batch.report.phrase import phrase
from batch.screen.folders import show_published
from batch.total.totals import FigureTotal, Totals
from batch.unit.checking import Progress, Step
from batch.unit.outcome import PENDING, Outcome
from batch.values.widths import wrapped

SHOWN: Final = 20
"""Findings listed on the screen."""
IN_LIST: Final = "见问题清单"
BY_OPTION: Final = "用 -o 写出问题清单可看全部"
AFTER_MENDING: Final = "改好上面的并保存，会接着列出"
"""Where the clerk sees the findings that the screen does not list."""
SHOWN_AFTER: Final = 1.0
"""Seconds after which it is shown how far a command has come: what is done sooner needs no bar."""
STYLES: Final = {Severity.ERROR: "bold red", Severity.VERIFY: "yellow", Severity.HINT: "cyan"}


@contextmanager
def progress(what: str, steps: Sequence[Step]) -> Iterator[Progress]:
    """Show on a terminal how many of the steps are done, if they take a while; say nothing in a pipe."""
    errors = Console(stderr=True, highlight=False)
    if not errors.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 a pipe needs no bar
    from rich.progress import Progress as ProgressBar  # noqa: PLC0415

    bar = ProgressBar(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=errors, transient=True
    )
    task = bar.add_task(what, total=len(steps))
    later = Timer(SHOWN_AFTER, bar.start)
    later.start()
    try:
        yield lambda step: bar.update(task, description=f"{what}：{step}", completed=steps.index(step))
    finally:
        later.cancel()
        later.join()
        bar.stop()


def show_findings(out: Console, findings: Sequence[Finding], *, several: bool, rest: str) -> None:
    """List the findings by severity and sheet, the first :data:`SHOWN` of them, what to mend first on top."""
    still_open = [finding for finding in findings if not finding.settled]
    room = SHOWN
    for severity in Severity:
        own = [finding for finding in still_open if finding.severity is severity]
        if own:
            out.print(Text(f"{severity.value} {len(own)} 处", style=STYLES[severity]))
            show_by_sheet(out, own, room, several=several)
            room = max(0, room - len(own))
    if len(still_open) > SHOWN:
        out.print(f"另有 {len(still_open) - SHOWN} 处，{rest}。")
    settled = len(findings) - len(still_open)
    if settled:
        out.print(f"已在核实说明中说明的 {settled} 处，不再列出。")


def show_by_sheet(out: Console, findings: Sequence[Finding], room: int, *, several: bool) -> None:
    """List the first ``room`` findings, under the names of their sheets where there are several to tell apart."""
    sheets: dict[str, list[Finding]] = {}
    for finding in findings:
        title = finding.sheet or "整个工作簿"
        workbook = f"（{finding.workbook}）" if several and finding.workbook else ""
        sheets.setdefault(title + workbook, []).append(finding)
    is_titled = several or len(sheets) > 1
    for title, own in sheets.items():
        if is_titled and room > 0:
            out.print(Text(f"  {title} {len(own)} 处"), soft_wrap=True)
        for finding in own[:room]:
            show_finding(out, finding, indent=4 if is_titled else 2)
        room = max(0, room - len(own))


def show_finding(out: Console, finding: Finding, indent: int) -> None:
    """Print a finding as one sentence, its place in the colour of its severity."""
    first, *others = wrapped(finding.message, out.width, indent)
    line = Text(first)
    if finding.place and first.startswith(finding.place, indent):
        line.stylize(STYLES[finding.severity], indent, indent + len(finding.place))
    for each in (line, *map(Text, others)):
        out.print(each, soft_wrap=True)


def show_table(out: Console, table: Table) -> None:
    """Print a table, in a pipe without the blanks that rich pads its lines with."""
    if out.is_terminal:
        out.print(table)
        return
    with out.capture() as captured:
        out.print(table)
    for line in captured.get().splitlines():
        out.print(Text(line.rstrip()), soft_wrap=True)


def show_sheets(out: Console, checked: Checked) -> None:
    """Print a row for each sheet: who owns it, where its rows have gone, how many findings it has."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("工作表", "负责人"):
        table.add_column(name)
    for name in ("读入", "计入", "期外", "剔除", "错误", "核实", "提示"):
        table.add_column(name, justify="right")
    for name, sheet in checked.totals.sheets.items() if checked.totals else ():
        each = sheet.reconciliation
        own = [finding for finding in checked.findings if finding.sheet == name and not finding.settled]
        numbers = (each.read, each.counted, each.outside, each.excluded, *(count(own, one) for one in Severity))
        table.add_row(name, checked.owner_names.get(name, ""), *map(str, numbers))
    show_table(out, table)


def show_check(out: Console, checked: Checked, *, rest: str) -> None:
    """Print the result of a check; ``rest`` says where the findings are that have no room."""
    several = checked.book.is_joined
    if checked.totals is not None:
        show_sheets(out, checked)
    if not checked.findings:
        out.print("没有发现问题。")
    show_findings(out, checked.findings, several=several, rest=rest)


def findings_as_json(checked: Checked) -> str:
    """Return the findings as other programs read them."""
    found = [finding.as_dict(with_workbook=checked.book.is_joined) for finding in checked.findings]
    return json.dumps({"findings": found}, ensure_ascii=False, indent=2)


def show_round(out: Console, now: datetime, names: Sequence[str]) -> None:
    """Begin a new list in the place of the last one: when it was made, and of which workbooks."""
    if out.is_terminal:
        out.clear()
    out.print(Text(f"{now:%H:%M:%S} {'、'.join(names)}", style="bold"), soft_wrap=True)


def show_refusal(out: Console, sentence: str) -> None:
    """Print why a round could not read the workbooks."""
    out.print(Text(sentence, style=STYLES[Severity.ERROR]), soft_wrap=True)


def show_change(out: Console, mended: int, new: int) -> None:
    """Say how many findings are gone and how many are new since the last list."""
    counts = (("已改好", mended), ("新出现", new))
    told = [f"{words} {number} 处" for words, number in counts if number]
    out.print("，".join(told or ["问题与上次相同"]) + "。", style="bold")


def show_clean(out: Console, *, is_whole: bool) -> None:
    """Say that nothing is left to mend or to explain, and what is to be done next."""
    next_step = "可以" if is_whole else "补齐缺少的工作表就可以"
    out.print(f"没有错误，也没有待核实的，{next_step}运行 batch run 了。", style="bold green")


def show_waiting(out: Console) -> None:
    """Say that the list is complete and what is waited for."""
    out.print("正在等待保存……按 Ctrl+C 结束。", style="dim", end="\n" if out.is_terminal else "\n\n")


def show_stopped(out: Console) -> None:
    """Say that the watching has ended, below the ^C that a terminal shows."""
    if out.is_terminal:
        out.print()
    out.print("已结束，不再检查。")


def show_run(out: Console, outcome: Outcome) -> None:
    """Print the result of a run: the table, what is to be mended, and where the folder is."""
    checked, folder = outcome.checked, outcome.published.folder
    if outcome.is_reported and checked.totals is not None:
        out.print(
            f"{checked.book.settings.unit} {checked.totals.period.title}（数据截至 {checked.totals.window.as_of}）"
        )
        show_compared(out, checked)
    show_check(out, checked, rest=IN_LIST)
    if not outcome.is_reported:
        out.print(
            f"有错误 {checked.errors} 处，没有生成报告。请改正后重新运行；问题清单和标注的工作簿在：", style="bold"
        )
    elif checked.errors:
        out.print(f"草稿已生成（有错误 {checked.errors} 处，有错误的行没有计入），在：", style="bold")
    else:
        out.print("报告已生成，在：", style="bold")
    out.print(Text(str(folder)), soft_wrap=True)
    show_published(out, outcome.published)
    show_told(out, outcome)
    for remains in outcome.remains:
        out.print(Text(f"“{remains.name}”里有改动过的内容，没有删除。"))


def show_compared(out: Console, checked: Checked) -> None:
    """Say which earlier period the figures are compared with, and what is to be known of it."""
    if checked.previous is None:
        return
    out.print(Text(f"{checked.previous.label}：上期为{checked.previous.title}。"))
    for sentence in checked.previous.notes:
        out.print(Text(sentence))


def show_told(out: Console, outcome: Outcome) -> None:
    """Say what is to be known of the marked copies."""
    for sentence in outcome.notes:
        out.print(Text(sentence))


def show_saved(out: Console, outcome: Outcome) -> None:
    """Say where the findings were written."""
    out.print(f"问题清单和标注的工作簿在（{PENDING.lstrip('.')}）：")
    out.print(Text(str(outcome.published.folder)), soft_wrap=True)
    show_published(out, outcome.published)
    show_told(out, outcome)


def show_written(out: Console, paths: Sequence[Path]) -> None:
    """Say which files were written."""
    out.print(f"已写出 {len(paths)} 个文件：")
    for path in paths:
        out.print(Text(f"  {path}"), soft_wrap=True)


def show_trace(out: Console, totals: Totals, total: FigureTotal, rows: Sequence[Sequence[str]]) -> None:
    """Print the ledger rows that make up a figure, header first."""
    out.print(Text(f"{total.id} = {phrase(total).measured.marked}"))
    out.print(Text(f"口径：{total.figure.definition}"))
    for workbook, numbers in totals.sources(total):
        named = f"{workbook} " if totals.book.is_joined else ""
        out.print(Text(f"来源：{named}{total.sheet.name} 第 {numbers} 行"))
    header, *body = rows
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for cells in body:
        table.add_row(*map(Text, cells))
    show_table(out, table)


def show_figures(out: Console, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print id, value or unit, and definition of every figure."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, justify in (("指标", "left"), ("数值", "right"), ("口径", "left")):
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    for cells in rows:
        table.add_row(*map(Text, cells))
    show_table(out, table)
