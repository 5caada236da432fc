"""A run over an inbox gone through before: only what has changed is done, and the result is that of a full run."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from batch.bureau.inbox import RECORD
from tests.books import edited
from tests.commands import Batch
from tests.inboxes import TODAY, files_below, hand_in

SAME = "沿用上次的结果"


class FirstRun(NamedTuple):
    """An inbox and what its first run came to."""

    folder: Path
    code: int
    out: str

    @property
    def files(self) -> dict[str, bytes]:
        return files_below(self.folder / "output")


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    folder = tmp_path_factory.mktemp("first")
    for number, unit in enumerate(("第一中学", "第二中学", "第三中学"), start=1):
        hand_in(folder / f"箱/{unit}.xlsx", unit, number)
    hand_in(folder / "箱/第四中学.xlsx", "第四中学", tables={"办文": "| 日期 | 事项 |\n| 哪天 | 用印 |"})
    (folder / "箱/坏.xlsx").write_text("不是工作簿", encoding="utf-8")
    command = [sys.executable, "-m", "batch", "run", "箱", "--jobs", "1", *TODAY]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return FirstRun(folder, done.returncode, done.stdout)


@pytest.fixture
def inbox(first_run: FirstRun, tmp_path: Path) -> Path:
    """An inbox that nothing has been made of yet."""
    return shutil.copytree(first_run.folder / "箱", tmp_path / "箱")


@pytest.fixture
def seen(first_run: FirstRun, inbox: Path, tmp_path: Path) -> Path:
    """An inbox gone through before."""
    shutil.copytree(first_run.folder / "output", tmp_path / "output")
    return inbox


def full_run(batch: Batch, *words: str) -> dict[str, bytes]:
    """Return what a run comes to that knows nothing of an earlier one."""
    shutil.rmtree("全部", ignore_errors=True)
    batch("run", "箱", "-o", "全部", *words)
    return files_below(Path("全部"))


def redone(out: str) -> int:
    """Return how many of the four units were gone through anew."""
    return 4 - int(out.partition("其中 ")[2].partition(" 个没有变化")[0] or 0)


@pytest.mark.usefixtures("seen")
def test_nothing_is_done_twice(batch: Batch, first_run: FirstRun) -> None:
    before = {path: path.stat().st_ino for path in Path("output").glob("第*")}
    second = batch("run", "箱", *TODAY)
    assert (redone(first_run.out), redone(second.out)) == (4, 0)
    assert (first_run.code, second.code) == (1, 1)
    assert {path: path.stat().st_ino for path in Path("output").glob("第*")} == before
    assert files_below(Path("output")) == first_run.files
    assert "“坏.xlsx”" in second.out, "what cannot be read is told again"


@pytest.mark.slow
def test_only_the_workbook_that_changed_is_read(batch: Batch, seen: Path) -> None:
    hand_in(seen / "第四中学.xlsx", "第四中学", 9)
    said = batch("run", "箱", *TODAY)
    assert redone(said.out) == 1
    assert files_below(Path("output")) == full_run(batch, *TODAY)


@pytest.mark.slow
def test_a_workbook_that_is_gone_is_gone_from_the_city(batch: Batch, seen: Path) -> None:
    (seen / "第一中学.xlsx").unlink()
    batch("run", "箱", *TODAY)
    city = {name: content for name, content in files_below(Path("output")).items() if name.startswith("全市汇总")}
    assert city.items() <= full_run(batch, *TODAY).items()
    assert Path("output/第一中学").is_dir(), "what was handed out is not taken away"


@pytest.mark.usefixtures("seen")
def test_a_report_that_was_edited_is_kept_and_one_that_is_gone_written_again(batch: Batch, first_run: FirstRun) -> None:
    Path("output/第一中学/汇总报告.docx").write_bytes(b"edited")
    shutil.rmtree("output/第二中学")
    said = batch("run", "箱", *TODAY)
    assert redone(said.out) == 2
    assert "已另存为“第一中学.旧版-" in "".join(said.out.split())
    written = {name: each for name, each in files_below(Path("output")).items() if ".旧版-" not in name}
    assert written == first_run.files


@pytest.mark.slow
@pytest.mark.usefixtures("inbox")
def test_another_day_changes_only_what_speaks_of_the_day(batch: Batch, inbox: Path) -> None:
    hand_in(inbox / "第五中学.xlsx", "第五中学", tables={"办文": "| 日期 | 事项 |\n| 2023-07-01 | 用印 |"})
    batch("run", "箱", "--today", "2023-06-30")
    said = batch("run", "箱", "--today", "2023-07-02")
    assert "其中 4 个没有变化" in said.out, "one has a row that lay ahead"
    assert files_below(Path("output")) == full_run(batch, "--today", "2023-07-02")
    said = batch("run", "箱", "--today", "2022-10-01")
    assert SAME not in said.out
    assert files_below(Path("output")) == full_run(batch, "--today", "2022-10-01")


@pytest.mark.slow
@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize("words", [("--period", "2022H1"), ("--draft",), ("--areas", "定义")])
def test_other_options_are_another_run(batch: Batch, words: tuple[str, ...]) -> None:
    batch("export", "areas", "定义")
    area = Path("定义/办文.toml")
    area.write_text(area.read_text(encoding="utf-8") + "\n# 改过\n", encoding="utf-8")
    batch("run", "箱", *TODAY)
    assert SAME not in batch("run", "箱", *words, *TODAY).out
    assert redone(batch("run", "箱", *words, *TODAY).out) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("inbox")
def test_periods_do_not_forget_each_other(batch: Batch) -> None:
    for period in ("2022H1", "2022H2"):
        batch("run", "箱", "--period", period, *TODAY)
    assert redone(batch("run", "箱", "--period", "2022H1", *TODAY).out) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("content", [b"", b"no record of ours", b"SQLite format 3\0" + bytes(4000)])
def test_without_its_record_everything_is_done_again(batch: Batch, content: bytes, first_run: FirstRun) -> None:
    (Path("output") / RECORD).write_bytes(content)
    said = batch("run", "箱", *TODAY)
    assert redone(said.out) == 4
    assert files_below(Path("output")) == first_run.files
    assert redone(batch("run", "箱", *TODAY).out) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("seen")
def test_a_record_that_is_damaged_inside_is_begun_anew(batch: Batch) -> None:
    record = Path("output") / RECORD
    content = record.read_bytes()
    record.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])  # one page, which opening does not read
    said = batch("run", "箱", *TODAY)
    assert (said.code, said.err) == (1, "")
    assert redone(said.out) == 4
    assert redone(batch("run", "箱", *TODAY).out) == 0


@pytest.mark.slow
@pytest.mark.usefixtures("inbox")
def test_neither_the_number_of_processes_nor_the_order_matters(batch: Batch, tmp_path: Path) -> None:
    written = []
    for number, words in enumerate(
        (("箱", "--jobs", "1"), ("箱", "--jobs", "3"), sorted((tmp_path / "箱").iterdir(), reverse=True))
    ):
        batch("run", *words, *(() if number < 2 else ("--jobs", "2")), "-o", str(number), *TODAY)
        written.append(files_below(Path(str(number))))
    assert written[0] == written[1] == written[2]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="killed by a signal")
@pytest.mark.parametrize("after", [1, 3])
def test_a_run_that_was_killed_goes_on_where_it_stopped(batch: Batch, tmp_path: Path, after: int) -> None:
    for number in range(8):
        hand_in(tmp_path / f"箱/{number}中.xlsx", f"第{number}中学", number + 1)
    command = [sys.executable, "-m", "batch", "run", "箱", "--jobs", "1", *TODAY]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and len([*Path("output").glob("第*")]) < after:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len([*Path("output").glob("第*")])
    assert after <= done < 8
    said = batch("run", "箱", *TODAY)
    same = int(said.out.partition("其中 ")[2].partition(" 个没有变化")[0] or 0)
    assert done - 1 <= same <= done
    assert files_below(Path("output")) == full_run(batch, *TODAY)


@pytest.mark.slow
@pytest.mark.usefixtures("inbox")
def test_the_workbooks_are_never_touched(batch: Batch, inbox: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.iterdir()}
    batch("run", "箱", *TODAY)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.iterdir()} == before


@pytest.mark.slow
def test_the_output_may_lie_in_the_inbox(batch: Batch, inbox: Path) -> None:
    batch("run", "箱", "-o", "箱/output", *TODAY)
    with edited(inbox / "第一中学.xlsx"):
        pass
    said = batch("run", "箱", "-o", "箱/output", *TODAY)
    assert "没有读的：本程序写出的文件夹 5 个。" in said.out
    assert "共 5 份工作簿，4 个单位。" in said.out
