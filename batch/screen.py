"""What the clerk sees on the screen: short tables and lists, at 80 columns, in any console."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from batch.checked import Checked
from batch.finding import Finding, Severity, count
from batch.pipeline import PENDING, Outcome, Progress
from batch.place import row_ranges
from batch.publish import Published
from batch.report.phrase import phrase
from batch.total.totals import FigureTotal, Totals

SHOWN: Final = 20
"""Findings listed on the screen; the rest are in 问题清单.xlsx."""
STYLES: Final = {Severity.ERROR: "bold red", Severity.VERIFY: "yellow", Severity.HINT: "cyan"}


def console() -> Console:
    """Return the console for results; rich itself obeys NO_COLOR and leaves colour out in a pipe."""
    return Console(highlight=False, markup=False, emoji=False)


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Show what is being done on a terminal; say nothing in a pipe."""
    errors = Console(stderr=True, highlight=False)
    if not errors.is_terminal:
        yield lambda _: None
        return
    with errors.status(what) as status:
        yield lambda now: status.update(f"{what}：{now}")


def show_findings(out: Console, findings: Sequence[Finding], *, several: bool) -> None:
    """List the findings by severity, the first :data:`SHOWN` of them, what to mend first on top."""
    still_open = [finding for finding in findings if not finding.settled]
    room = SHOWN
    for severity in Severity:
        own = [finding for finding in still_open if finding.severity is severity]
        if not own:
            continue
        out.print(Text(f"{severity.value} {len(own)} 处", style=STYLES[severity]))
        for finding in own[:room]:
            workbook = f"{finding.workbook} " if several and finding.workbook else ""
            out.print(Padding(Text(f"{workbook}{finding.message}"), (0, 0, 0, 2)))
        room = max(0, room - len(own))
    if len(still_open) > SHOWN:
        out.print(f"另有 {len(still_open) - SHOWN} 处，见问题清单。")
    settled = len(findings) - len(still_open)
    if settled:
        out.print(f"已在核实说明中说明的 {settled} 处，不再列出。")


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
    out.print(table)


def show_check(out: Console, checked: Checked) -> None:
    """Print the result of a check."""
    several = checked.book.is_joined
    if checked.totals is not None:
        show_sheets(out, checked)
    if not checked.findings:
        out.print("没有发现问题。")
    show_findings(out, checked.findings, several=several)


def show_run(out: Console, outcome: Outcome) -> None:
    """Print the result of a run: the table, what is to be mended, and where the folder is."""
    checked, folder = outcome.checked, outcome.published.folder
    if outcome.is_reported and checked.totals is not None:
        out.print(
            f"{checked.book.settings.unit} {checked.totals.period.title}（数据截至 {checked.totals.window.as_of}）"
        )
    show_check(out, checked)
    if not outcome.is_reported:
        out.print(
            f"有错误 {checked.errors} 处，没有生成报告。请改正后重新运行；问题清单和标注的工作簿在：", style="bold"
        )
    elif checked.errors:
        out.print(f"草稿已生成（有错误 {checked.errors} 处，有错误的行没有计入），在：", style="bold")
    else:
        out.print("报告已生成，在：", style="bold")
    out.print(Text(str(folder)), soft_wrap=True)
    show_kept(out, outcome.published)
    show_told(out, outcome)
    if outcome.remains is not None:
        out.print(Text(f"“{outcome.remains.name}”里有改动过的内容，没有删除。"))


def show_told(out: Console, outcome: Outcome) -> None:
    """Say what is to be known of the marked copies."""
    for sentence in outcome.told:
        out.print(Text(sentence))


def show_kept(out: Console, published: Published) -> None:
    """Say where an earlier folder was kept, and why."""
    if published.kept is not None:
        names = "、".join(published.changes[:3]) + ("等" if len(published.changes) > len(published.changes[:3]) else "")
        out.print(Text(f"原来的文件夹改动过（{names}），已另存为“{published.kept.name}”。"))


def show_saved(out: Console, outcome: Outcome) -> None:
    """Say where the findings were written."""
    out.print(f"问题清单和标注的工作簿在（{PENDING.lstrip('.')}）：")
    out.print(Text(str(outcome.published.folder)), soft_wrap=True)
    show_kept(out, outcome.published)
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
        out.print(Text(f"来源：{named}{total.sheet.name} 第 {row_ranges(numbers)} 行"))
    header, *body = rows
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for cells in body:
        table.add_row(*map(Text, cells))
    out.print(table)


def show_figures(out: Console, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print id, value or unit, and definition of every figure."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, justify in (("指标", "left"), ("数值", "right"), ("口径", "left")):
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    for cells in rows:
        table.add_row(*map(Text, cells))
    out.print(table)
