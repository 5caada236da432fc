"""What the bureau sees of a run over an inbox: what was passed over, how each unit stands, whom to chase."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from batch.bureau.city.submissions import Status, Submissions
from batch.bureau.city.units import kind_name
from batch.bureau.inbox import skipped_in_words
from batch.bureau.rounds import Counting
from batch.bureau.run import BureauOutcome
from batch.finding import Severity
from batch.screen.folders import published_sentences, show_published
from batch.screen.unit import STYLES, show_table
from batch.values.widths import wrapped

SHOWN: Final = 20
"""Units of one kind listed on the screen."""
FINDINGS: Final = "问题清单"
STATUS_STYLES: Final = {
    Status.MISSING: STYLES[Severity.ERROR],
    Status.FAILED: STYLES[Severity.ERROR],
    Status.FAULTY: STYLES[Severity.VERIFY],
    Status.CLEAN: "green",
}


@contextmanager
def counting() -> Iterator[Counting]:
    """Show on a terminal how much is done, how fast, and how long the rest will take; say nothing in a pipe."""
    errors = Console(stderr=True, highlight=False)
    if not errors.is_terminal:
        yield lambda _what, _done, _total: None
        return
    from rich.progress import BarColumn, Progress, TaskID, TextColumn  # noqa: PLC0415 a pipe needs no bar

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), TextColumn("{task.fields[pace]}"))
    with Progress(*columns, console=errors, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def count(what: str, done: int, total: int) -> None:
            if what not in tasks:
                for earlier in tasks.values():
                    bar.update(earlier, visible=False)
                tasks[what] = bar.add_task(what, total=total or None, pace="")
            bar.update(tasks[what], completed=done)
            task = next(each for each in bar.tasks if each.id == tasks[what])
            bar.update(tasks[what], pace=_how_far(done, total, task.speed))

        yield count


def _how_far(done: int, total: int, speed: float | None) -> str:
    """Say how much is done, how fast, and how long the rest will take.

    >>> _how_far(300, 2000, 4.0)
    '300/2000，每秒 4.0 个，约剩 7 分 5 秒'
    """
    if not total:
        return ""
    if not speed:
        return f"{done}/{total}"
    minutes, seconds = divmod(round((total - done) / speed), 60)
    hours, minutes = divmod(minutes, 60)
    left = f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"
    return f"{done}/{total}，每秒 {speed:.1f} 个，约剩 {left}"


def show_inbox(out: Console, outcome: BureauOutcome) -> None:
    """Print the result of a run over an inbox."""
    submissions = outcome.submissions
    _say(out, _summary(submissions))
    skipped = "，".join(skipped_in_words(submissions.inbox.skipped))
    if skipped:
        _say(out, f"没有读的：{skipped}。")
    _show_counts(out, submissions)
    faulty = [f"{line.unit.name}（错误 {line.counts[Severity.ERROR]} 处）" for line in submissions.of(Status.FAULTY)]
    _show_list(out, "有错误的单位，清单和标注的工作簿在各自的“.待修改”文件夹里：", faulty, FINDINGS)
    _show_list(out, "无法处理的：", list(_failures(submissions)), FINDINGS)
    _show_roster(out, submissions)
    _show_apart(out, submissions)
    _show_list(out, "需要知道的：", list(dict.fromkeys(_to_be_known(submissions))))
    _show_list(out, "正在别的程序里打开着，没有保存的改动没有读到：", [each.label for each in outcome.still_open])
    _show_city(out, outcome)


def _to_be_known(submissions: Submissions) -> Iterator[str]:
    """Yield what is to be known of the folders and of the marked copies of units."""
    for line in submissions.lines:
        if line.written is not None:
            yield from published_sentences(line.written.published)
            yield from (f"“{each.name}”里有改动过的内容，没有删除。" for each in line.written.remains)
        yield from line.notes


def _summary(submissions: Submissions) -> str:
    files, units = len(submissions.inbox.workbooks), len(submissions.lines)
    same = sum(not line.is_new for line in submissions.lines)
    unchanged = f"其中 {same} 个没有变化，沿用上次的结果。" if same else ""
    return f"共 {files} 份工作簿，{units} 个单位。{unchanged}"


def _show_counts(out: Console, submissions: Submissions) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("状态")
    for name in ("单位", *Severity):
        table.add_column(name, justify="right")
    for status in (Status.CLEAN, Status.FAULTY, Status.FAILED):
        lines = submissions.of(status)
        counts = (sum(line.counts.get(each, 0) for line in lines) for each in Severity)
        if lines:
            table.add_row(Text(status, style=STATUS_STYLES[status]), str(len(lines)), *map(str, counts))
    if submissions.lines:
        show_table(out, table)


def _failures(submissions: Submissions) -> Iterator[str]:
    for label, why in submissions.unread:
        yield why if label in why else f"{label}：{why}"
    for line in submissions.lines:
        yield from (f"{line.unit.name}：{why}" for _, why in line.failed)
    yield from (f"文件夹“{label}”打不开（{why}），其中的文件没有读到。" for label, why in submissions.inbox.closed)


def _show_roster(out: Console, submissions: Submissions) -> None:
    if submissions.roster is None:
        return
    counts = "，".join(
        f"{status} {number}"
        for status in Status
        if (number := sum(each.status is status for each in submissions.roster_lines))
    )
    _say(out, f"名单应交 {len(submissions.roster_lines)} 个单位：{counts}。")
    missing = [
        f"{each.unit}（{each.contact}）" if each.contact else each.unit
        for each in submissions.roster_lines
        if each.status is Status.MISSING
    ]
    _show_list(out, "没有交的：", missing, FINDINGS)
    strangers = [f"{unit}，是不是“{near}”" if near else unit for unit, near in submissions.strangers]
    _show_list(out, "名单上没有的：", strangers, FINDINGS)
    for sentence in submissions.roster.notes:
        _say(out, sentence)


def _show_apart(out: Console, submissions: Submissions) -> None:
    for other in submissions.sums[1:]:
        _show_list(out, f"没有并入全市、另列的（{kind_name(other.kind)}）：", other.units, FINDINGS)


def _show_city(out: Console, outcome: BureauOutcome) -> None:
    submissions, city = outcome.submissions, outcome.submissions.city
    if city is None:
        out.print("没有可以并入全市的单位，没有生成全市汇总；全部问题的清单在：", style="bold")
    else:
        left = len(submissions.lines) - len(city.units)
        without = f"，{left} 个没有并入" if left else ""
        out.print(
            f"全市{city.period.title}汇总已生成（截至 {city.kind.as_of}，{len(city.units)} 个单位{without}），在：",
            style="bold",
            soft_wrap=True,
        )
    out.print(Text(str(outcome.written.published.folder)), soft_wrap=True)
    show_published(out, outcome.written.published)
    for remains in outcome.written.remains:
        _say(out, f"“{remains.name}”里有改动过的内容，没有删除。")


def _show_list(out: Console, title: str, entries: Sequence[str], whole: str = "") -> None:
    if not entries:
        return
    out.print(Text(title, style="bold"), soft_wrap=True)
    for entry in entries[:SHOWN]:
        _say(out, entry, indent=2)
    if len(entries) > SHOWN:
        _say(out, f"另有 {len(entries) - SHOWN} 个{f'，见全市汇总的{whole}' if whole else ''}。", indent=2)


def _say(out: Console, sentence: str, indent: int = 0) -> None:
    for line in wrapped(sentence, out.width, indent):
        out.print(Text(line), soft_wrap=True)
