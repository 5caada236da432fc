"""A folder appears whole; what somebody changed is kept; what is not ours is left alone."""

import os
import sys
from pathlib import Path

import pytest

from batch.errors import BatchError
from batch.publish.folder import finish, publish, withdraw
from batch.publish.lock import locked
from batch.publish.manifest import MANIFEST
from batch.publish.settle import changes_of, settle
from batch.system.site import site_of
from tests.books import LATER, write_book
from tests.commands import Batch
from tests.promises import content
from tests.publishing_job import NOW, whole
from tests.strace import Traced

FILES = {"汇总报告.docx": b"one", "个人报告/张三.docx": b"two"}


def test_a_folder_appears_whole_and_alone(tmp_path: Path) -> None:
    published = publish(tmp_path / "新建" / "台账", whole(FILES), NOW)
    assert content(published.folder) == whole(FILES)
    assert [path.name for path in (tmp_path / "新建").iterdir()] == ["台账"]


def test_an_untouched_folder_gives_way(tmp_path: Path) -> None:
    publish(tmp_path / "台账", whole(FILES), NOW)
    later = whole({"汇总报告.docx": b"later"})
    assert publish(tmp_path / "台账", later, NOW).kept == ()
    assert content(tmp_path / "台账") == later
    assert [path.name for path in tmp_path.iterdir()] == ["台账"]


def edit(folder: Path) -> None:
    (folder / "汇总报告.docx").write_bytes(b"edited")


def add(folder: Path) -> None:
    (folder / "批示.txt").write_bytes(b"added")


def remove(folder: Path) -> None:
    (folder / "个人报告" / "张三.docx").unlink()


CHANGES = {"edited": (edit, "汇总报告.docx"), "added": (add, "批示.txt"), "removed": (remove, "个人报告/张三.docx")}


@pytest.mark.parametrize("what", CHANGES)
def test_a_folder_somebody_worked_in_is_kept(tmp_path: Path, what: str) -> None:
    change, name = CHANGES[what]
    publish(tmp_path / "台账", whole(FILES), NOW)
    change(tmp_path / "台账")
    worked_in = content(tmp_path / "台账")
    published = publish(tmp_path / "台账", whole(FILES), NOW)
    (kept,) = published.kept
    assert kept.folder == tmp_path / "台账.旧版-20221231-153005"
    assert kept.changes.names == (name,)
    assert content(kept.folder) == worked_in
    assert content(tmp_path / "台账") == whole(FILES)


def test_two_folders_kept_in_one_second_get_two_names(tmp_path: Path) -> None:
    for _ in range(3):
        publish(tmp_path / "台账", whole(FILES), NOW)
        edit(tmp_path / "台账")
    assert len(list(tmp_path.glob("台账.旧版-*"))) == 2


def test_the_lock_file_of_an_open_report_is_no_change(tmp_path: Path) -> None:
    publish(tmp_path / "台账", whole(FILES), NOW)
    (tmp_path / "台账" / "~$汇总报告.docx").write_bytes(b"")
    assert not changes_of(tmp_path / "台账")


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"program": {"name": "batch", "version": "\\ud800"}, "inputs": [], "outputs": {}}',
    ],
    ids=["none", "empty", "list", "bare", "binary", "half a character"],
)
def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path, manifest: bytes | None) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "照片.jpg").write_bytes(b"photo")
    if manifest is not None:
        (folder / MANIFEST).write_bytes(manifest)
    before = content(folder)
    with pytest.raises(BatchError, match="不是本程序写出的"):
        publish(folder, whole(FILES), NOW)
    assert content(folder) == before


def test_a_file_in_the_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "台账").write_bytes(b"")
    with pytest.raises(BatchError, match="是一个文件"):
        publish(tmp_path / "台账", whole(FILES), NOW)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(BatchError, match="写不进文件夹"):
        publish(tmp_path / "文件" / "台账", whole(FILES), NOW)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [("长" * 100, "路径太长"), ("/".join(["很长的文件夹名称"] * 250), "路径太长"), ("台账.xlsx", "那里已有一个文件")],
    ids=["a long name", "a long path", "a file"],
)
def test_an_output_that_cannot_be_is_told_in_one_sentence(
    batch: Batch, tmp_path: Path, place: str, sentence: str
) -> None:
    write_book(tmp_path / "台账.xlsx")
    said = batch("run", "台账.xlsx", "-o", place, "--today", LATER)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert sentence in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_a_link_to_itself_is_told(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "台账").symlink_to("台账")
    said = batch("run", "台账.xlsx", "--today", LATER)
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_only_an_untouched_folder_is_withdrawn(tmp_path: Path) -> None:
    folder = tmp_path / "台账.待修改"
    assert withdraw(folder, NOW)
    publish(folder, whole(FILES), NOW)
    edit(folder)
    assert not withdraw(folder, NOW)
    assert folder.exists()
    publish(folder, whole(FILES), NOW)
    assert withdraw(folder, NOW)
    assert not folder.exists()


def test_a_folder_in_which_somebody_works_is_not_withdrawn_though_he_began_that_instant(tmp_path: Path) -> None:
    place = site_of(tmp_path / "台账.待修改")
    publish(place.folder, whole(FILES), NOW)
    place.folder.rename(place.withdrawn)
    edit(place.withdrawn)
    with locked(place, 0):
        settle(place, NOW)
    assert (place.folder / "汇总报告.docx").read_bytes() == b"edited"


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    publish(tmp_path / "别处" / "台账", whole(FILES), NOW)
    (tmp_path / "台账").symlink_to(tmp_path / "别处" / "台账")
    later = whole({"汇总报告.docx": b"later"})
    publish(tmp_path / "台账", later, NOW)
    assert (tmp_path / "台账").is_symlink()
    assert content(tmp_path / "别处" / "台账") == later


def test_who_waits_in_vain_is_told_whom_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batch.publish.folder.PATIENCE", 0.1)
    place = site_of(tmp_path / "台账")
    publish(place.folder, whole(FILES), NOW)
    with locked(place, 0), pytest.raises(BatchError, match=rf"另一个 batch（进程 {os.getpid()}）正在写“台账”"):
        publish(place.folder, whole(FILES), NOW)
    assert list(finish([tmp_path], NOW)) == []
    publish(place.folder, whole(FILES), NOW)


def test_the_lock_of_a_process_that_is_gone_does_not_block(tmp_path: Path) -> None:
    place = site_of(tmp_path / "台账")
    place.lock.write_bytes(b"")
    place.holder.write_text('{"process": 1, "computer": "别的"}', encoding="utf-8")
    publish(place.folder, whole(FILES), NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["台账"]


def test_an_interruption_while_writing_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    publish(tmp_path / "台账", whole(FILES), NOW)
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path / "台账", whole({"汇总报告.docx": b"later"}), NOW)
    assert content(tmp_path / "台账") == whole(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["台账"]


def test_a_folder_that_may_only_be_read_gives_way_too(tmp_path: Path) -> None:
    publish(tmp_path / "台账", whole(FILES), NOW)
    for path in (tmp_path / "台账" / "个人报告" / "张三.docx", tmp_path / "台账" / "个人报告", tmp_path / "台账"):
        path.chmod(0o555)
    publish(tmp_path / "台账", whole({"汇总报告.docx": b"later"}), NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["台账"]


@pytest.mark.slow
@pytest.mark.usefixtures("needs_strace")
def test_a_list_that_cannot_be_moved_gets_a_number_and_is_gone_when_all_is_mended(batch: Batch, tmp_path: Path) -> None:
    output, pending = tmp_path / "output", tmp_path / "output" / "台账.待修改"
    words = ("run", "台账.xlsx", "-o", output, "--today", LATER)
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 |\n| '坏 |"})
    assert batch(*words).code == 1
    before = content(pending)
    held = Traced((sys.executable, "-m", "batch", *words), output)
    done = held.run(frozenset({str(pending)}), "rename:error=EACCES", "renameat2:error=EACCES")
    assert (done.returncode, done.stderr) == (1, "")
    assert "“台账.待修改”里有文件正打开着，没有替换，新的写在“台账.待修改-2”。" in done.stdout
    assert content(pending) == before == content(output / "台账.待修改-2")

    assert batch(*words).code == 1
    assert [path.name for path in output.iterdir()] == ["台账.待修改"]

    held.run(frozenset({str(pending)}), "rename:error=EACCES", "renameat2:error=EACCES")
    write_book(tmp_path / "台账.xlsx")
    assert batch(*words).code == 0
    assert [path.name for path in output.iterdir()] == ["台账"]


@pytest.mark.slow
@pytest.mark.usefixtures("needs_strace")
def test_a_report_that_is_open_on_windows_is_named(batch: Batch, tmp_path: Path) -> None:
    output, folder = tmp_path / "output", tmp_path / "output" / "台账"
    words = ("run", "台账.xlsx", "-o", output, "--today", LATER)
    write_book(tmp_path / "台账.xlsx")
    assert batch(*words).code == 0
    (folder / "~$汇总报告.docx").write_bytes(b"")
    before = content(folder)
    held = Traced((sys.executable, "-m", "batch", *words), output)
    done = held.run(frozenset({str(folder)}), "rename:error=EACCES", "renameat2:error=EACCES")
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"文件夹“{folder}”里的“汇总报告.docx”正开着，没有替换，原来的内容没有动，请关闭后再运行。\n",
    )
    assert content(folder) == before
    assert [path.name for path in output.iterdir()] == ["台账"]


def test_the_next_command_puts_in_order_what_was_interrupted_and_says_so(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    assert batch("run", "台账.xlsx", "--today", LATER).code == 0
    place = site_of(tmp_path / "output" / "台账")
    new = content(place.folder)
    edit(place.folder)
    place.folder.rename(place.old)
    for name, each in new.items():
        (place.new / name).parent.mkdir(parents=True, exist_ok=True)
        (place.new / name).write_bytes(each)
    said = batch("verify", "output/台账")
    assert said.code == 0
    first, second = said.err.splitlines()
    assert first == "上次运行在写出“台账”时中断，这个文件夹现在是完整的。"
    assert second.startswith("原来的文件夹改动过（汇总报告.docx），已另存为“台账.旧版-")
    assert content(place.folder) == new
    assert batch("verify", "output/台账").err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("check", "台账.xlsx", "--format", "json"),
        ("trace", "台账.xlsx", "办文.用印"),
        ("figures", "台账.xlsx"),
        ("check", "output/台账/标注-台账.xlsx"),
    ],
    ids=lambda words: words[0],
)
def test_any_command_that_reads_workbooks_is_a_next_command(
    batch: Batch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    write_book(tmp_path / "台账.xlsx")
    assert batch("run", "台账.xlsx", "--today", LATER).code == 0
    place = site_of(tmp_path / "output" / "台账")
    place.folder.rename(place.old)
    said = batch(*words)
    assert said.code == 0
    assert said.err == "上次运行在写出“台账”时中断，这个文件夹现在是完整的。\n"
    assert place.folder.is_dir()
