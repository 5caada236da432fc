"""One bad file never stops the rest: what hangs, eats memory or ends its worker is told, and all others finish."""

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from batch.bureau.city.submissions import Status
from batch.bureau.confined import LIMITS
from batch.bureau.run import BureauOutcome, Request, run_inbox
from batch.options import Options
from batch.system.child import Limits
from tests.benchmark.inbox import children_of
from tests.books import LATER
from tests.closed import refusing
from tests.commands import Batch
from tests.inboxes import TODAY, files_below, hand_in

NOW = datetime(2023, 6, 30, 8).astimezone()
HANGS = """
[[rules]]
kind = "pattern"
code = "text-form"
column = "备注"
pattern = "(a+)+b"
example = "b"
severity = "提示"
"""
"""A pattern that takes longer than anybody waits on a long row of the letter a."""
ENDLESS = "| 事项 | 备注 |\n| 用印 | " + "a" * 60 + " |"


def run(folder: Path, *, limits: Limits = LIMITS, areas: Path | None = None, jobs: int = 2) -> BureauOutcome:
    options = Options(today=date.fromisoformat(LATER), output=folder / "output", areas=areas)
    request = Request(options, jobs=jobs, limits=limits)
    return run_inbox([folder / "箱"], request, lambda _what, _done, _total: None, NOW)


@pytest.fixture
def hanging(batch: Batch, tmp_path: Path) -> Path:
    """Return a folder of definitions by which the check of a row in 办文 hangs."""
    batch("export", "areas", "定义")
    area = tmp_path / "定义/办文.toml"
    area.write_text(area.read_text(encoding="utf-8") + HANGS, encoding="utf-8")
    return tmp_path / "定义"


@pytest.mark.slow
def test_a_workbook_that_hangs_is_told_and_the_others_finish(tmp_path: Path, hanging: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", tables={"办文": ENDLESS})
    hand_in(tmp_path / "箱/三中.xlsx", "第三中学", 4)
    submissions = run(tmp_path, limits=LIMITS._replace(seconds=6), areas=hanging).submissions
    assert [(line.unit.name, line.status) for line in submissions.lines] == [
        ("第一中学", Status.CLEAN),
        ("第二中学", Status.FAILED),
        ("第三中学", Status.CLEAN),
    ]
    ((name, why),) = submissions.lines[1].failed
    assert name == "二中.xlsx"
    assert why.startswith("“二中.xlsx”处理了 6 秒还没有完成")
    assert submissions.has_errors
    assert submissions.city is not None
    assert submissions.city.units == ("第一中学", "第三中学")


def test_where_no_process_can_be_started_the_run_ends_with_that(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    monkeypatch.setattr(subprocess, "Popen", refusing(errno.ENOMEM))
    said = batch("run", "箱", *TODAY)
    assert (said.code, said.err) == (2, "开不了新的进程（内存不足），请关闭一些程序后再运行。\n")


def test_where_the_disk_is_full_while_the_city_is_written_that_is_told(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    monkeypatch.setattr(tempfile, "mkstemp", refusing(errno.ENOSPC))
    said = batch("run", "箱", "--jobs", "1", *TODAY)
    assert (said.code, said.err) == (2, "输出文件夹“output”写不进去（磁盘已满），请检查空间和权限。\n")
    assert [path.name for path in Path("output").iterdir() if path.is_dir()] == ["第一中学"]


@pytest.mark.slow
def test_of_a_unit_only_the_workbook_that_hangs_is_left_out(tmp_path: Path, hanging: Path) -> None:
    hand_in(tmp_path / "箱/张三.xlsx", "第一中学", tables={"办文": ENDLESS, "党建": "", "宣传": "", "保密": ""})
    hand_in(tmp_path / "箱/李四.xlsx", "第一中学", tables={"办文": ""})
    (line,) = run(tmp_path, limits=LIMITS._replace(seconds=6), areas=hanging).submissions.lines
    assert [name for name, _ in line.failed] == ["张三.xlsx"]
    assert line.status is Status.FAULTY, "its area is missing"
    assert "标注-李四.xlsx" in files_below(tmp_path / "output/第一中学.待修改")


@pytest.mark.slow
def test_a_workbook_that_eats_memory_is_told_and_the_others_finish(tmp_path: Path) -> None:
    texts = (random.Random(number).randbytes(15_000).hex() for number in range(1500))  # noqa: S311
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    rows = "".join(f"\n| 用印 | {text} |" for text in texts)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", tables={"办文": f"| 事项 | 备注 |{rows}"})
    least = next(
        memory
        for memory in (each << 20 for each in range(400, 2000, 40))
        if run_alone(tmp_path, memory) is Status.CLEAN
    )
    submissions = run(tmp_path, limits=LIMITS._replace(memory=least), jobs=1).submissions
    assert [line.status for line in submissions.lines] == [Status.CLEAN, Status.FAILED]
    assert "内存" in submissions.lines[1].failed[0][1] or "意外中止" in submissions.lines[1].failed[0][1]


def run_alone(folder: Path, memory: int) -> Status | None:
    """Return how the small workbook comes out with so much memory."""
    options = Options(today=date.fromisoformat(LATER), output=folder / f"alone-{memory}")
    request = Request(options, jobs=1, limits=LIMITS._replace(memory=memory))
    lines = run_inbox([folder / "箱/一中.xlsx"], request, lambda _what, _done, _total: None, NOW).submissions.lines
    return lines[0].status if lines else None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the system does not say which processes are ours")
def test_workers_that_are_killed_cost_their_workbooks_alone_and_those_are_done_next_time(tmp_path: Path) -> None:
    for number in range(6):
        hand_in(tmp_path / f"箱/{number}中.xlsx", f"第{number}中学", number + 1)
    killed = threading.Event()

    def kill_when_busy() -> None:
        while not any((tmp_path / "output").glob("第*")):
            time.sleep(0.01)
        for child in filter(is_worker, children_of(os.getpid())):
            os.kill(child, signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill_when_busy)
    killer.start()
    submissions = run(tmp_path).submissions
    killer.join()
    assert killed.is_set()
    failed = submissions.of(Status.FAILED)
    assert 1 <= len(failed) <= 2
    assert all("意外中止" in why for line in failed for _, why in line.failed)
    again = run(tmp_path).submissions
    assert not again.has_errors
    assert [line.unit.name for line in again.lines if line.is_new] == [line.unit.name for line in failed]


def is_worker(process: int) -> bool:
    try:
        return b"batch.system.child" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def test_a_folder_of_somebody_else_in_its_place_costs_one_unit(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", 4)
    Path("output/第一中学").mkdir(parents=True)
    Path("output/第一中学/别人的.txt").write_text("别人的", encoding="utf-8")
    said = batch("run", "箱", *TODAY)
    assert said.code == 1
    assert "不是本程序写出的" in "".join(said.out.split())
    assert Path("output/第二中学/汇总报告.docx").exists()
    assert files_below(Path("output/第一中学")).keys() == {"别人的.txt"}
    Path("output/第一中学/别人的.txt").unlink()
    Path("output/第一中学").rmdir()
    assert batch("run", "箱", *TODAY).code == 0
    assert Path("output/第一中学/汇总报告.docx").exists()
