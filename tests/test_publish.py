"""A folder appears whole; what somebody changed is kept; what is not ours is left alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from batch.errors import BatchError
from batch.manifest import MANIFEST, build_manifest
from batch.publish import changed_files, publish, withdraw

NOW = datetime(2022, 12, 31, 15, 30, 5, tzinfo=UTC)
FILES = {"汇总报告.docx": b"one", "个人报告/张三.docx": b"two"}


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, MANIFEST: build_manifest([], {}, {}, files)}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_appears_whole_and_alone(tmp_path: Path) -> None:
    published = publish(tmp_path / "新建" / "台账", whole(FILES), NOW)
    assert content(published.folder) == whole(FILES)
    assert [path.name for path in (tmp_path / "新建").iterdir()] == ["台账"]


def test_an_untouched_folder_gives_way(tmp_path: Path) -> None:
    publish(tmp_path / "台账", whole(FILES), NOW)
    later = whole({"汇总报告.docx": b"later"})
    assert publish(tmp_path / "台账", later, NOW).kept is None
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
    assert published.kept == tmp_path / "台账.旧版-20221231-153005"
    assert published.changes == (name,)
    assert content(published.kept) == worked_in
    assert content(tmp_path / "台账") == whole(FILES)


def test_two_folders_kept_in_one_second_get_two_names(tmp_path: Path) -> None:
    for _ in range(3):
        publish(tmp_path / "台账", whole(FILES), NOW)
        edit(tmp_path / "台账")
    assert len(list(tmp_path.glob("台账.旧版-*"))) == 2


def test_the_lock_file_of_an_open_report_is_no_change(tmp_path: Path) -> None:
    publish(tmp_path / "台账", whole(FILES), NOW)
    (tmp_path / "台账" / "~$汇总报告.docx").write_bytes(b"")
    assert changed_files(tmp_path / "台账") == ()


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[]", b"{}", b"\xff"], ids=["none", "empty", "list", "bare", "binary"]
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


def test_only_an_untouched_folder_is_withdrawn(tmp_path: Path) -> None:
    folder = tmp_path / "台账.待修改"
    assert withdraw(folder)
    publish(folder, whole(FILES), NOW)
    edit(folder)
    assert not withdraw(folder)
    assert folder.exists()
    publish(folder, whole(FILES), NOW)
    assert withdraw(folder)
    assert not folder.exists()
