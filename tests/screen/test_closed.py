"""A folder that may not be looked into or written is told as that: not empty, not elsewhere, no mistake of typing."""

import inspect
from pathlib import Path
from typing import Final, get_args, get_type_hints

import pytest
from typer.models import ParameterInfo

from batch.bureau.inbox import RECORD
from batch.bureau.record import open_record
from batch.bureau.work import Survey
from batch.cli import COMMANDS
from batch.errors import BatchError
from batch.publish.changes import Changes
from batch.publish.settle import KeptFolder
from batch.screen.folders import kept_sentence
from tests.books import LATER, write_book
from tests.closed import ALL, NAMES, THINGS, Calls, close
from tests.commands import Batch

TODAY: Final = ("--today", LATER)
BOOK: Final = "台账.xlsx"
REFUSED: Final = {
    "definitions, their names": (
        ("check", BOOK, "--areas", "夹"),
        NAMES,
        "文件夹“夹”打不开（没有权限），请检查 --areas 后面的位置。",
    ),
    "definitions, what they say": (
        ("check", BOOK, "--areas", "夹"),
        THINGS,
        "工作面定义“甲.toml”读不出来（没有权限），请检查这个文件。",
    ),
    "templates, their names": (
        ("run", BOOK, "--templates", "夹"),
        NAMES,
        "文件夹“夹”打不开（没有权限），请检查 --templates 后面的位置。",
    ),
    "templates, what they say": (
        ("run", BOOK, "--templates", "夹"),
        THINGS,
        "Word模板“甲.docx”读不出来（没有权限），请检查这个文件。",
    ),
    "a workbook": (
        ("run", "夹/甲.xlsx"),
        THINGS,
        "“夹/甲.xlsx”打不开（没有读取权限），请关闭正在使用它的程序后再试。",
    ),
    "an inbox, its names": (
        ("run", "夹"),
        NAMES,
        "“夹”里没有找到工作簿，文件夹“夹”打不开（没有权限），请检查位置。",
    ),
    "an inbox altogether": (
        ("run", "夹"),
        ALL,
        "“夹”里没有找到工作簿，文件夹“夹”打不开（没有权限），请检查位置。",
    ),
    "one of several workbooks": (
        ("run", BOOK, "夹/甲.xlsx", "--jobs", "1"),
        THINGS,
        "看不到“夹/甲.xlsx”（没有权限），请检查文件名和所在的文件夹。",
    ),
    "a pattern": (
        ("run", "夹/*.xlsx"),
        NAMES,
        "没有与“夹/*.xlsx”相符的文件，文件夹“夹”打不开（没有权限），请检查写法和所在的文件夹。",
    ),
    "a pattern in a folder that is not there": (
        ("run", "没有/*.xlsx"),
        NAMES,
        "没有与“没有/*.xlsx”相符的文件，文件夹“没有”打不开（这个位置不存在），请检查写法和所在的文件夹。",
    ),
    "a folder to be verified": (
        ("verify", "夹/台账"),
        THINGS,
        "文件夹“夹/台账”里的 manifest.json 读不出来（没有权限），请检查权限和磁盘。",
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_be_looked_into_is_told_in_one_sentence(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[tuple[str, ...], Calls, str]
) -> None:
    words, calls, sentence = case
    write_book(tmp_path / BOOK)
    folder = tmp_path / "夹"
    folder.mkdir()
    for name in ("甲.toml", "甲.docx", "甲.xlsx"):
        (folder / name).write_bytes(b"x")
    close(monkeypatch, folder, calls)
    assert batch(*words) == (2, "", f"{sentence}\n")


def test_of_an_inbox_the_folder_that_is_closed_is_told_and_the_rest_is_done(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("一中.xlsx", "关/二中.xlsx", "关/里/三中.xlsx"):
        (tmp_path / "箱" / name).parent.mkdir(exist_ok=True)
        write_book(tmp_path / "箱" / name)
    close(monkeypatch, tmp_path / "箱/关", THINGS)
    said = batch("run", "箱", "-o", "出", "--jobs", "1", *TODAY)
    assert "共 1 份工作簿，1 个单位。" in said.out
    assert "文件夹“关”打不开（没有权限），其中的文件没有读到。" in said.out


UNREAD: Final = {
    "a folder in it, its names": ("个人报告", NAMES, "个人报告"),
    "a folder in it, what lies there": ("个人报告", THINGS, "个人报告/张三.docx"),
    "its own names": ("", NAMES, "整个文件夹"),
}


@pytest.mark.parametrize("case", UNREAD.values(), ids=UNREAD.keys())
def test_what_cannot_be_read_of_a_folder_of_ours_is_told_and_not_missed(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[str, Calls, str]
) -> None:
    closed, calls, name = case
    write_book(tmp_path / BOOK)
    assert batch("run", BOOK, *TODAY).code == 0
    close(monkeypatch, tmp_path / "output/台账" / closed, calls)
    said = batch("verify", "output/台账")
    told = ["“台账”里有读不出来的，不知道和写出时是不是一样：", f"  未读  {name}（没有权限）"]
    assert (said.code, said.out.splitlines()[:2]) == (1, told)
    assert "缺少" not in said.out


def test_an_old_folder_of_which_something_cannot_be_read_is_kept_and_that_is_said() -> None:
    changes = Changes(closed=(("个人报告", "没有权限"),))
    sentence = "原来的文件夹里有读不出来的（个人报告），已另存为“台账.旧版-1”。"
    assert kept_sentence(KeptFolder(Path("台账.旧版-1"), changes)) == sentence


UNWRITABLE: Final = {
    "a workbook below a file": (
        ("template", "文件/台账.xlsx"),
        "“文件/台账.xlsx”写不出来（路径中有一段是文件，不是文件夹），请换一个有写入权限的位置。",
    ),
    "a workbook in a folder that is not there": (
        ("template", "没有/台账.xlsx"),
        "“没有/台账.xlsx”写不出来（这个位置不存在），请换一个有写入权限的位置。",
    ),
    "definitions into a file": (
        ("export", "areas", "文件"),
        "写不进文件夹“文件”（那里已有一个文件），请换一个有写入权限的位置。",
    ),
    "findings into a file": (
        ("check", BOOK, "-o", "文件"),
        "写不进文件夹“文件/台账.待修改”（那里已有一个文件），请用 -o 换一个可以写入的位置。",
    ),
    "a city below a file": (
        ("run", "箱", "-o", "文件/出"),
        "输出文件夹“文件/出”建不起来（路径中有一段是文件，不是文件夹），请用 -o 另选一个位置。",
    ),
    "a record where a folder stands": (
        ("run", "箱", "-o", "出"),
        "输出文件夹“出”写不进去，请检查空间和权限，或用 -o 另选一个位置。",
    ),
}


@pytest.mark.parametrize(("words", "sentence"), UNWRITABLE.values(), ids=UNWRITABLE.keys())
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(
    batch: Batch, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "文件").write_bytes(b"x")
    (tmp_path / "出" / RECORD).mkdir(parents=True)
    (tmp_path / "箱").mkdir()
    for path in (tmp_path / BOOK, tmp_path / "箱" / BOOK):
        write_book(path)
    assert batch(*words) == (2, "", f"{sentence}\n")


def test_a_record_that_is_full_is_told(tmp_path: Path) -> None:
    with open_record(tmp_path, "") as record:
        record._connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(BatchError, match="写不进去，请检查输出文件夹的空间和权限"):
            record.put("甲", Survey(unit="一" * 10_000, year=2022))


def test_why_a_path_cannot_be_read_is_left_to_whoever_reads_it() -> None:
    unlike = []
    for command in COMMANDS:
        hints = get_type_hints(command, include_extras=True)
        for name in inspect.signature(command).parameters:
            kind, *given = get_args(hints[name])[:2] or (hints[name],)
            infos = [each for each in given if isinstance(each, ParameterInfo)]
            unlike += [name for each in infos if "Path" in str(kind) and each.readable]
    assert unlike == []
