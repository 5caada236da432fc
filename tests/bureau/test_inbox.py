"""What of an inbox is read, and what is passed over and told."""

import os
from pathlib import Path

import pytest

from batch.bureau.inbox import (
    HIDDEN,
    LINKS,
    LOCKS,
    MOST_OF_A_UNIT,
    OTHERS,
    OURS,
    ROSTER,
    collect,
    expanded,
    is_inbox,
    skipped_in_words,
)
from batch.errors import BatchError
from batch.publish.manifest import MANIFEST, build_manifest

SKIPPED: dict[str, tuple[str, str]] = {
    "~$台账.xlsx": (LOCKS, "~$台账.xlsx"),
    ".~台账.xlsx": (LOCKS, ".~台账.xlsx"),
    "一中/.隐藏.xlsx": (HIDDEN, "一中/.隐藏.xlsx"),
    ".隐藏/台账.xlsx": (HIDDEN, ".隐藏"),
    "说明.docx": (OTHERS, "说明.docx"),
    "台账.zip": (OTHERS, "台账.zip"),
    "没有扩展名": (OTHERS, "没有扩展名"),
    "台账.待修改/标注-台账.xlsx": (OURS, "台账.待修改"),
    "台账.旧版-20220101-080000/汇总表.xlsx": (OURS, "台账.旧版-20220101-080000"),
}


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_no_workbook_to_be_read_is_passed_over_and_told(tmp_path: Path, name: str) -> None:
    touch(tmp_path / "台账.xlsx")
    touch(tmp_path / name)
    inbox = collect([tmp_path])
    assert [each.label for each in inbox.workbooks] == ["台账.xlsx"]
    assert inbox.skipped == (SKIPPED[name],)


@pytest.mark.parametrize(
    "name", ["台账.XLSX", "台账.xlsm", "台账.xls", "台账.xlsb", "台账.ods", "台账.et", "深/更深/台账.xlsx"]
)
def test_a_workbook_of_any_kind_is_found_however_deep_it_lies(tmp_path: Path, name: str) -> None:
    touch(tmp_path / name)
    assert [each.label for each in collect([tmp_path]).workbooks] == [name]


def test_what_this_program_has_written_is_known_by_its_manifest(tmp_path: Path) -> None:
    touch(tmp_path / "台账.xlsx")
    for name in ("output/一中/汇总表.xlsx", "别人的/汇总表.xlsx", "output/.全市汇总.sqlite3"):
        touch(tmp_path / name)
    (tmp_path / "output/一中" / MANIFEST).write_bytes(build_manifest([], {}, {}, {}))
    (tmp_path / "别人的" / MANIFEST).write_text('{"name": "app"}', encoding="utf-8")
    inbox = collect([tmp_path])
    assert [each.label for each in inbox.workbooks] == ["别人的/汇总表.xlsx", "台账.xlsx"]
    assert set(inbox.skipped) == {(OURS, "output/一中"), (OTHERS, "别人的/manifest.json")}


def test_a_folder_of_reports_is_no_inbox(tmp_path: Path) -> None:
    book = touch(tmp_path / "台账.xlsx")
    touch(tmp_path / "output/一中.待修改/标注-一中.xlsx")
    assert collect([book, tmp_path / "output/一中.待修改"]).skipped == ((OURS, "一中.待修改"),)
    with pytest.raises(BatchError, match="本程序写出的文件夹不算"):
        collect([tmp_path / "output/一中.待修改"])


def test_the_roster_is_no_ledger_and_a_linked_folder_is_not_walked_through(tmp_path: Path) -> None:
    box = tmp_path / "收件箱"
    touch(box / "台账.xlsx")
    touch(box / "名单.xlsx")
    (box / "回到上面").symlink_to(tmp_path, target_is_directory=True)
    inbox = collect([box], roster=tmp_path / "收件箱" / ".." / "收件箱" / "名单.xlsx")
    assert [each.label for each in inbox.workbooks] == ["台账.xlsx"]
    assert set(inbox.skipped) == {(ROSTER, "名单.xlsx"), (LINKS, "回到上面")}


def test_a_file_that_is_given_by_its_name_is_a_workbook_and_each_counts_once(tmp_path: Path) -> None:
    book, hidden = touch(tmp_path / "台账.xlsx"), touch(tmp_path / ".台账.dat")
    link = tmp_path / "又一个名字.xlsx"
    os.link(book, link)
    inbox = collect([book, hidden, tmp_path, book])
    assert sorted(each.path.name for each in inbox.workbooks) == [".台账.dat", "台账.xlsx"]
    assert [label for _, label in inbox.skipped] == [".台账.dat"]


def test_a_pattern_replaced_by_the_shell_names_the_roster_and_locks_too(tmp_path: Path) -> None:
    names = ("台账.xlsx", "名单.xlsx", "~$台账.xlsx")
    inbox = collect([touch(tmp_path / name) for name in names], roster=tmp_path / "名单.xlsx")
    assert [each.label for each in inbox.workbooks] == ["台账.xlsx"]
    assert set(inbox.skipped) == {(ROSTER, "名单.xlsx"), (LOCKS, "~$台账.xlsx")}


def test_the_order_is_that_of_a_reader_whatever_is_given_first(tmp_path: Path) -> None:
    books = [touch(tmp_path / name) for name in ("第十中学.xlsx", "第二中学.xlsx", "第三中学.xlsx")]
    labels = ["第二中学.xlsx", "第三中学.xlsx", "第十中学.xlsx"]
    assert [each.label for each in collect(books).workbooks] == labels
    assert [each.label for each in collect([tmp_path]).workbooks] == labels


def test_a_pattern_is_what_it_matches_and_a_file_of_that_name_itself(tmp_path: Path) -> None:
    one, two = touch(tmp_path / "一/台账.xlsx"), touch(tmp_path / "二/台账.xlsx")
    odd = touch(tmp_path / "[旧]台账.xlsx")
    assert expanded([tmp_path / "*" / "*.xlsx"]) == [one, two]
    assert expanded([tmp_path / "**" / "台账.xlsx"]) == [one, two]
    assert expanded([odd]) == [odd]
    with pytest.raises(BatchError, match="没有与"):
        expanded([tmp_path / "*.ods"])


def test_a_folder_is_an_inbox_and_so_are_very_many_files(tmp_path: Path) -> None:
    book = touch(tmp_path / "台账.xlsx")
    assert not is_inbox([book] * MOST_OF_A_UNIT)
    assert is_inbox([book] * (MOST_OF_A_UNIT + 1))
    assert is_inbox([tmp_path])


@pytest.mark.parametrize("names", [(), ("说明.docx",)])
def test_an_inbox_without_a_workbook_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        touch(tmp_path / name)
    with pytest.raises(BatchError, match="没有找到工作簿"):
        collect([tmp_path])
    with pytest.raises(BatchError, match="找不到"):
        collect([tmp_path / "没有"])


def test_what_was_passed_over_is_told_in_one_line() -> None:
    skipped = [(OURS, "一"), (OTHERS, "1.txt"), (OURS, "二"), *((OTHERS, f"{number}.txt") for number in range(2, 6))]
    assert list(skipped_in_words(skipped)) == [
        "本程序写出的文件夹 2 个",
        "不是工作簿的文件 5 个（1.txt、2.txt、3.txt等）",
    ]
