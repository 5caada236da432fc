"""Checking again on every save: when it is done, what is shown, and how it ends."""

import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from batch.check.checked import Checked
from batch.errors import BatchError
from batch.screen.watch import watch
from batch.system.saves import saves
from tests.books import LATER, SAMPLES, checked_of, edited, write_book

Step = Callable[[], object]


def still() -> None:
    """Let time pass in which nobody does anything."""


def waiting(steps: Sequence[Step]) -> Callable[[], None]:
    """Return a wait in each of which the next step happens, and after the last Ctrl+C."""
    left: Iterator[Step] = iter(steps)

    def wait() -> None:
        step = next(left, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    return wait


def told(path: Path, *steps: Step) -> int:
    """Return how many saves are told while the steps happen, the first reading among them."""
    times = 0
    with suppress(KeyboardInterrupt):
        for _ in saves([path], waiting(steps)):
            times += 1
    return times


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")
    return path


def test_nothing_is_told_while_nothing_happens(book: Path) -> None:
    assert told(book, still, still, still) == 1


def test_a_save_is_told_once_and_only_at_rest(book: Path) -> None:
    def save() -> None:
        book.write_bytes(b"newer")

    assert told(book, save) == 1
    assert told(book, lambda: book.write_bytes(b"half"), lambda: book.write_bytes(b"the whole")) == 1
    assert told(book, lambda: book.write_bytes(b"other"), still, still, still) == 2


def test_a_save_by_renaming_is_told_though_the_name_is_gone_for_a_moment(book: Path) -> None:
    other = book.with_name("other")
    other.write_bytes(b"new")
    os.utime(other, ns=(book.stat().st_atime_ns, book.stat().st_mtime_ns))
    assert told(book, book.unlink, still, still, lambda: other.replace(book), still, still) == 2


def test_a_locked_file_is_told_when_it_is_free(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert told(book, still, still, monkeypatch.undo, still) == 2


def test_a_save_during_the_reading_is_told_too(book: Path) -> None:
    moments = saves([book], waiting([still, still]))
    next(moments)
    book.write_bytes(b"saved while it was checked")
    next(moments)
    with pytest.raises(KeyboardInterrupt):
        next(moments)


def watched(path: Path, *steps: Step, is_terminal: bool = False) -> tuple[Checked | None, str]:
    """Return what watching the workbook returns and shows while the steps happen."""
    written = StringIO()
    out = Console(file=written, width=80, highlight=False, markup=False, force_terminal=is_terminal)
    last = watch(
        [path],
        lambda: checked_of(path, is_whole=False),
        out,
        wait=waiting(steps),
        clock=lambda: datetime(2023, 6, 30, 14, 3, 22).astimezone(),
    )
    return last, written.getvalue()


def test_each_list_says_what_has_changed_and_when_nothing_is_left(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |\n| '差 | 用印 |"})

    def mend_one() -> None:
        with edited(path) as workbook:
            workbook["办文"]["B3"] = datetime(2022, 3, 5)  # noqa: DTZ001 a date in Excel has no zone
            workbook["党建"]["B3"] = "不知道"

    last, text = watched(
        path, mend_one, still, lambda: path.write_bytes(b"PK\3\4half"), still, lambda: write_book(path), still, still
    )
    rounds = text.split("14:03:22 台账.xlsx\n")[1:]
    assert [each.count("正在等待保存……按 Ctrl+C 结束。") for each in rounds] == [1, 1, 1, 1]
    assert ("错误 2 处" in rounds[0], "已改好" in rounds[0]) == (True, False)
    assert "已改好 1 处，新出现 1 处。" in rounds[1]
    assert "“台账.xlsx”已损坏或不完整" in rounds[2]
    assert "已改好 2 处。\n没有错误，也没有待核实的，可以运行 batch run 了。" in rounds[3]
    assert text.endswith("\n已结束，不再检查。\n")
    assert last is not None
    assert last.errors == 0


def test_a_clerks_own_file_is_not_sent_to_a_run_alone(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"党建": ""})
    _, text = watched(path)
    assert "没有错误，也没有待核实的，补齐缺少的工作表就可以运行 batch run 了。" in text


def test_the_screen_is_cleared_on_a_terminal_only(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    assert "\x1b[2J" in watched(path, is_terminal=True)[1]
    assert "\x1b" not in watched(path)[1]


def test_ctrl_c_during_a_round_ends_with_the_round_before(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    checked = checked_of(path, is_whole=False)
    found = iter([checked])

    def check() -> Checked:
        for each in found:
            return each
        raise KeyboardInterrupt

    out = Console(file=StringIO(), width=80)
    assert watch([path], check, out, wait=waiting([lambda: write_book(path), still, still])) is checked


def test_what_a_round_leaves_does_not_pile_up(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    checked = checked_of(path, is_whole=False)
    left: list[weakref.ref[Exception]] = []

    def check() -> Checked:
        knot = BatchError("")
        knot.__cause__ = knot
        left.append(weakref.ref(knot))
        return checked

    watch([path], check, Console(file=StringIO(), width=80), wait=waiting([still, still]))
    assert [each() for each in left] == [None]


def test_a_missing_file_ends_it_and_an_unreadable_one_does_not(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="找不到文件"):
        watched(tmp_path / "没有.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4half")
    last, text = watched(tmp_path / "坏.xlsx", still)
    assert (last, text.count("已损坏")) == (None, 1)


@contextmanager
def started(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `batch check --watch`, and never leave it behind."""
    # Python leaves Ctrl+C ignored where whoever started the tests had it ignored.
    script = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from batch.cli import main; main()"
    )
    words = ["check", "--watch", str(path), "--today", LATER]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def next_list(process: subprocess.Popen[str]) -> str:
    """Return what is shown up to the line that says what is waited for."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("正在等待保存"):
            break
    return "".join(lines)


@pytest.mark.skipif(os.name == "nt", reason="no Ctrl+C can be sent to one process there")
def test_a_clerk_mends_saves_and_stops(tmp_path: Path) -> None:
    path, other = tmp_path / "台账.xlsx", tmp_path / "~台账.tmp"
    path.write_bytes((SAMPLES / "有错台账.xlsx").read_bytes())
    other.write_bytes((SAMPLES / "全年台账.xlsx").read_bytes())
    with started(path) as process:
        first = next_list(process)
        other.replace(path)
        second = next_list(process)
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=10)
    assert "处，改好上面的并保存，会接着列出。" in first
    assert "可以运行 batch run 了" in second
    assert not [line for line in (first + second).splitlines() if line != line.rstrip()]
    # An interrupt that comes while rich is still writing makes it write the line once more.
    assert (rest.splitlines()[-1], complaints, process.returncode) == ("已结束，不再检查。", "", 0)
