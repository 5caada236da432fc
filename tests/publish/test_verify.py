"""`batch verify`: whether a folder is as it was written, and from which input."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from batch import Options, run_workbooks
from batch.publish.manifest import MANIFEST
from tests.books import LATER, edited, write_book
from tests.commands import Batch

FOLDER = Path("output/台账")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook and, in ``output``, the folder that was written from it."""
    folder = tmp_path_factory.mktemp("desk")
    book = write_book(folder / "台账.xlsx")
    outcome = run_workbooks([book], Options(today=date.fromisoformat(LATER), output=folder / "output"))
    assert outcome.is_reported
    return folder


@pytest.fixture
def written(desk: Path, tmp_path: Path) -> Path:
    shutil.copytree(desk, tmp_path, dirs_exist_ok=True)
    return tmp_path / FOLDER


def test_a_folder_as_it_was_written_names_its_input(batch: Batch, written: Path, tmp_path: Path) -> None:
    said = batch("verify", FOLDER)
    assert (said.code, said.err) == (0, "")
    assert "“台账”和写出时一样：7 个文件，没有改动、增加和缺少。" in said.out
    assert "单位 测试学校，统计期间 2022-01-01—2022-12-31，数据截至 2022-12-31" in said.out
    assert f"  台账.xlsx\n    sha256 {hashlib.sha256((tmp_path / '台账.xlsx').read_bytes()).hexdigest()}\n" in said.out
    assert len([path for path in written.rglob("*") if path.is_file()]) == 8, "seven files and the manifest"


def edit(folder: Path) -> None:
    (folder / "汇总报告.docx").write_bytes(b"edited")


def cut(folder: Path) -> None:
    (folder / "figures.json").write_bytes((folder / "figures.json").read_bytes()[:-1])


def edit_manifest(folder: Path) -> None:
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    content["inputs"][0]["sha256"] = "0" * 64
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


def add(folder: Path) -> None:
    (folder / "个人报告" / "批示.txt").write_bytes(b"")


def add_folder(folder: Path) -> None:
    (folder / "已签").mkdir()


def take_away(folder: Path) -> None:
    (folder / "汇总表.xlsx").unlink()


def put_a_link(folder: Path) -> None:
    (folder / "汇总表.xlsx").rename(folder.parent / "别处.xlsx")
    (folder / "汇总表.xlsx").symlink_to(folder.parent / "别处.xlsx")


def put_a_folder(folder: Path) -> None:
    (folder / "汇总表.xlsx").unlink()
    (folder / "汇总表.xlsx").mkdir()


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "edited": (edit, "  改动  汇总报告.docx"),
    "cut": (cut, "  改动  figures.json"),
    "its manifest edited": (edit_manifest, "  改动  manifest.json"),
    "a file added": (add, "  增加  个人报告/批示.txt"),
    "a folder added": (add_folder, "  增加  已签"),
    "a file taken away": (take_away, "  缺少  汇总表.xlsx"),
    "a link in the place of a file": (put_a_link, "  改动  汇总表.xlsx"),
    "a folder in the place of a file": (put_a_folder, "  改动  汇总表.xlsx"),
}


@pytest.mark.parametrize(("change", "line"), CHANGES.values(), ids=CHANGES.keys())
def test_every_change_is_told_and_keeps_the_folder(
    batch: Batch, written: Path, change: Callable[[Path], None], line: str
) -> None:
    change(written)
    said = batch("verify", FOLDER)
    assert said.code == 1
    assert said.out.splitlines()[:2] == ["“台账”和写出时不一样：", line]
    kept = batch("run", "台账.xlsx", "--today", LATER)
    assert f"原来的文件夹改动过（{line.rsplit('  ', 1)[-1]}），已另存为“台账.旧版-" in kept.out
    assert batch("verify", FOLDER).code == 0


def test_what_programs_lay_into_a_folder_by_themselves_is_no_change(batch: Batch, written: Path) -> None:
    for name in (
        "~$汇总报告.docx",
        ".~汇总报告.docx",
        ".~lock.汇总报告.docx#",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
    ):
        (written / name).write_bytes(b"x")
    assert batch("verify", FOLDER).code == 0
    said = batch("run", "台账.xlsx", "--today", LATER)
    assert "旧版" not in said.out
    assert "汇总报告.docx还打开着，显示的是原来的内容，请关闭（不要保存）后重新打开。" in said.out.replace("\n", "")


def test_workbooks_are_held_against_those_it_was_made_from(batch: Batch, written: Path, tmp_path: Path) -> None:
    shutil.copy("台账.xlsx", "改名.xlsx")
    write_book(tmp_path / "别的.xlsx", cover={"单位名称": "别的学校"})
    same = batch("verify", FOLDER, "台账.xlsx", "改名.xlsx")
    assert same.code == 0
    assert "“台账.xlsx”就是生成时用的那一份。\n“改名.xlsx”就是生成时用的那一份。" in same.out
    with edited(tmp_path / "台账.xlsx") as book:
        book["封面"]["B9"] = "李四"
    other = batch("verify", FOLDER, "台账.xlsx", "别的.xlsx")
    assert other.code == 1
    assert "“台账.xlsx”和生成时用的不一样，后来改动过。\n“别的.xlsx”不是生成时用的工作簿。" in other.out
    assert written.is_dir()


def test_a_folder_that_was_moved_or_kept_can_still_be_verified(batch: Batch, written: Path) -> None:
    shutil.copytree(written, "U盘/台账副本")
    assert batch("verify", "U盘/台账副本").code == 0


REFUSED = {
    "a folder of folders": ("output", "请写出其中的一个，如“output/台账”"),
    "a workbook": ("台账.xlsx", "是一个文件，请写出它所在的文件夹"),
    "nothing": ("没有", "不存在，请检查写法"),
    "a folder of somebody else": ("别人的", "不是本程序写出的"),
}


@pytest.mark.parametrize(("path", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_verified_is_told(batch: Batch, written: Path, path: str, sentence: str) -> None:
    (written.parent.parent / "别人的").mkdir()
    (written.parent.parent / "别人的" / MANIFEST).write_text('{"name": "extension", "outputs": {}}', encoding="utf-8")
    said = batch("verify", path)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert sentence in said.err
