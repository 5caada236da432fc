"""Workbooks, templates and definitions are data: whatever they ask for, nothing is run, fetched or reached by it."""

import html
import io
import os
import re
import socket
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import docx
import pytest

from tests import hostile_files as hostile
from tests.books import LATER, write_book
from tests.commands import Said
from tests.documents import document_of, template_of, texts
from tests.formulas import formulas_in
from tests.hostile_cases import BOOK, CASES, OUTPUT, TAMPERED, Desk
from tests.watched import NETWORK, Watched, Words, run_watched

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and such names are made where there are any")

CANARY: Final = "鼋鼍龘隐"
"""What a file outside holds; it is to come into no output."""


@dataclass(frozen=True)
class Handled:
    """What came of all cases."""

    desk: Desk
    seen: Watched
    commands: tuple[Words, ...]
    before: dict[Path, bytes]
    after: dict[Path, bytes]

    def outputs(self, case: str) -> dict[str, bytes]:
        """Return the files that a case has written, by their path below the folder that it was to write in."""
        top = self.desk.folder / OUTPUT / str(list(CASES).index(case))
        return {
            path.relative_to(top).as_posix(): content for path, content in self.after.items() if top in path.parents
        }

    def said(self, case: str) -> Said:
        return self.seen.said[list(CASES).index(case)]


def files_below(folder: Path, but: Path | None = None) -> dict[Path, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in found if but not in path.parents}


@pytest.fixture(scope="module")
def handled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handled]:
    """Run a command on each of the cases, all in one process that is watched."""
    top = tmp_path_factory.mktemp("top")
    folder = top / "a" / "b" / "办公"
    (folder / OUTPUT).mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        desk = Desk(folder, f"http://127.0.0.1:{server.getsockname()[1]}")
        desk.secret.parent.mkdir()
        desk.secret.write_text(f"<x>{CANARY}</x>", encoding="utf-8")
        write_book(folder / BOOK)
        made = [make(desk) for make, _, _ in CASES.values()]
        commands = tuple((*each, "-o", f"{OUTPUT}/{number}", "--today", LATER) for number, each in enumerate(made))
        before = files_below(top, but=folder / OUTPUT)
        seen = run_watched(folder, *commands)
        yield Handled(desk, seen, commands, before, files_below(top))
        with pytest.raises(BlockingIOError):  # nobody has knocked
            server.accept()


@pytest.mark.parametrize("case", CASES)
def test_it_ends_as_data_does(handled: Handled, case: str) -> None:
    _, code, told = CASES[case]
    said = handled.said(case)
    assert (said.code, told in said.out + said.err, "Traceback" in said.err) == (code, True, False), said


def test_nothing_was_written_but_where_each_command_was_told_to(handled: Handled) -> None:
    desk = handled.desk.folder
    assert handled.seen.named(*NETWORK, "subprocess.", "os.system", "os.exec", "os.posix_spawn") == []
    assert {path for path in handled.seen.changed_paths(desk) if not path.is_relative_to(desk / OUTPUT)} == set()
    kept = {path: content for path, content in handled.after.items() if (desk / OUTPUT) not in path.parents}
    log = next(path for path in kept if path.name == "log")
    assert {path for path in kept if log.parent not in path.parents} == set(handled.before)
    assert all(handled.after[path] == content for path, content in handled.before.items())


def test_no_file_outside_came_into_an_output_or_was_opened_by_a_name_that_leads_there(handled: Handled) -> None:
    folder = handled.desk.folder
    written = {path: content for path, content in handled.after.items() if (folder / OUTPUT) in path.parents}
    found = [path for path, content in written.items() if any(CANARY in each for each in texts_of(content))]
    assert [path for path in found if "旧版" not in str(path)] == [], "what was put into a folder itself stays there"
    opened = [path for each in handled.seen.named("open") for path in each.paths]
    assert [path for path in opened if Path(os.path.normpath(folder / path)) == handled.desk.secret] == []
    assert any(path.endswith(BOOK) for path in opened), "what is opened is seen"


def texts_of(content: bytes) -> Iterator[str]:
    """Yield the text of a file, or of each part of a package."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield content.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        yield from (html.unescape(package.read(name).decode("utf-8", "replace")) for name in package.namelist())


FETCHING: Final = re.compile("WEBSERVICE|HYPERLINK|DDE|cmd|SUM\\(1|1\\+1|7\\*7", re.IGNORECASE)
_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')


def fetching(content: bytes) -> list[str]:
    """Return the formulas of a workbook that would fetch or run something, texts within them left aside."""
    return [each for each in formulas_in(content) if FETCHING.search(_TEXT.sub("", each))]


@pytest.mark.parametrize("case", ["a workbook with everything", "an item like a formula"])
def test_what_was_typed_as_text_is_text_in_every_workbook(handled: Handled, case: str) -> None:
    books = {name: content for name, content in handled.outputs(case).items() if name.endswith((".xlsx", ".xlsm"))}
    ours = {name for name in books if "标注-" not in name}
    assert {name.rpartition("/")[2] for name in ours} == {"汇总表.xlsx", "问题清单.xlsx"}
    assert [each for name in ours for each in fetching(books[name])] == []
    (source,) = handled.commands[list(CASES).index(case)][1:2]
    (copy,) = books.keys() - ours
    assert fetching(books[copy]) == fetching((handled.desk.folder / source).read_bytes())


def test_texts_like_formulas_and_placeholders_are_written_as_they_were_typed(handled: Handled) -> None:
    outputs = handled.outputs("a workbook with everything")
    (name,) = (name for name in outputs if name.endswith("小结.docx"))
    written = "\n".join(texts(docx.Document(io.BytesIO(outputs[name]))))
    assert "=1+1学校@SUM(1)" in written
    assert [text for text in hostile.PLAIN_TEXTS if text not in written] == []


def test_a_macro_and_links_stay_in_the_users_own_copy_alone(handled: Handled) -> None:
    carrying = set()
    for name, content in handled.outputs("a workbook with everything").items():
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                parts = package.namelist()
                related = b"".join(package.read(part) for part in parts if part.endswith(".rels"))
            if b"//127.0.0.1" in related or {"xl/vbaProject.bin", "xl/connections.xml"} & set(parts):
                carrying.add(name.rpartition("/")[2])
    assert carrying == {"标注-全部.xlsm"}


def test_every_document_type_and_every_tag_is_told(handled: Handled) -> None:
    told = handled.said("document types in templates").err
    parts = hostile.xml_parts(template_of(document_of("发文")).content)
    assert [number for number in range(len(parts)) if f"“{number}.docx”里有文档类型声明" not in told] == []
    lines = handled.said("tags").err.splitlines()
    assert [number for number, _ in enumerate(hostile.TAGS, start=1) if f"正文第{number}段" not in "".join(lines)] == []


def test_what_a_template_fetches_is_told_and_its_own_template_is_taken_off(handled: Handled) -> None:
    said = handled.said("a template that fetches").out
    kinds = ("链接的图片", "插入的文件", "邮件合并的数据源", "INCLUDETEXT域", "INCLUDEPICTURE域", "DDEAUTO域")
    assert [kind for kind in kinds if kind not in "".join(said.split())] == []
    (content,) = (each for name, each in handled.outputs("a template that fetches").items() if name.endswith("取.docx"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not any(b"evil.dotm" in package.read(name) for name in package.namelist())


def test_a_folder_that_was_tampered_with_is_kept_as_it_was(handled: Handled) -> None:
    top = handled.desk.folder / OUTPUT / str(list(CASES).index(TAMPERED))
    (kept,) = top.glob("台账.旧版-*")
    assert (kept / "汇总报告.docx").is_symlink()
    assert (kept / "个人报告").is_symlink()
    assert not any(path.is_symlink() for path in (top / "台账").rglob("*"))
