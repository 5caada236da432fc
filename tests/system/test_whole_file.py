"""What is given is read whole, as one save left it, and never touched."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.errors import BatchError
from batch.system.open_files import is_open_elsewhere
from batch.system.whole_file import PATIENCE, PAUSE, read_whole
from batch.word.shipped import Templates, load_templates
from tests.books import SAMPLES, write_book
from tests.commands import Batch
from tests.rested import rested

AT_ONCE = PAUSE / 2
BUSY = "“台账.xlsx”正在被保存，读不到完整的内容，请等保存完再运行。"
OLD, NEW = b"A" * 300_000, b"B" * 300_000
LONGER = b"C" * 500_000

Save = Callable[[Path, bytes], None]


@pytest.fixture(autouse=True)
def hasty() -> None:
    """Wait as users do."""


def pieces(content: bytes, number: int = 10) -> Iterator[bytes]:
    size = len(content) // number + 1
    return (content[start : start + size] for start in range(0, len(content), size))


def save_in_place(path: Path, content: bytes) -> None:
    with path.open("wb", buffering=0) as stream:
        for piece in pieces(content):
            stream.write(piece)
            time.sleep(0.02)


def save_by_renaming(path: Path, content: bytes) -> None:
    other = path.with_name("~new.tmp")
    save_in_place(other, content)
    other.replace(path)


def save_with_a_gap(path: Path, content: bytes) -> None:
    other = path.with_name("~new.tmp")
    save_in_place(other, content)
    path.unlink()
    time.sleep(0.1)
    other.rename(path)


def append(path: Path, content: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(content)


@contextmanager
def meanwhile(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Let the work be done beside the test, and tell it when it is time to end."""
    is_over = threading.Event()
    worker = threading.Thread(target=work, args=(is_over,))
    worker.start()
    try:
        yield
    finally:
        is_over.set()
        worker.join()


SAVES: dict[str, Save] = {
    "in place": save_in_place,
    "by renaming": save_by_renaming,
    "by removing and renaming": save_with_a_gap,
}


@pytest.mark.slow
@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_a_file_saved_again_and_again_is_read_as_one_of_its_versions(tmp_path: Path, save: Save) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(OLD)

    def keep_saving(is_over: threading.Event) -> None:
        for version, rest in cycle(((NEW, 0.2), (LONGER, 0.9), (OLD, 0.1), (NEW, 0.6))):
            save(path, version)
            if is_over.wait(rest):
                return

    seen = set()
    with meanwhile(keep_saving):
        until = time.monotonic() + 4
        while time.monotonic() < until:
            seen.add(version_of(path))
            time.sleep(0.01)
    assert seen <= {"A", "B", "C", BUSY}
    assert seen != {BUSY}


def version_of(path: Path) -> str:
    """Return the letter that the version read is made of, all letters of a mixed one, or the refusal."""
    try:
        content = read_whole(path).decode()
    except BatchError as error:
        return str(error)
    whole = {OLD, NEW, LONGER}
    return content[0] if content.encode() in whole else f"{len(content)} of {sorted(set(content))}"


NOW = 1_000_000_000
STAMPS: dict[str, tuple[Callable[[], int], str]] = {
    "where times are coarse": (lambda: time.time_ns() // NOW * NOW, ""),
    "by a clock that is ahead": (lambda: time.time_ns() + 3600 * NOW + 1, ""),
    "by a clock that is behind, in a program": (lambda: time.time_ns() - 3600 * NOW + 1, ".~lock.台账.xlsx#"),
}


@pytest.mark.parametrize(("stamp", "lock"), STAMPS.values(), ids=STAMPS.keys())
def test_a_save_that_leaves_size_and_time_alone_is_noticed(tmp_path: Path, stamp: Callable[[], int], lock: str) -> None:
    path = tmp_path / "台账.xlsx"
    half = len(NEW) // 2
    at = stamp()
    path.write_bytes(NEW[:half] + OLD[half:])
    os.utime(path, ns=(at, at))
    if lock:
        (tmp_path / lock).write_bytes(b"")

    def finish(_: threading.Event) -> None:
        time.sleep(AT_ONCE)
        with path.open("r+b") as stream:
            stream.seek(half)
            stream.write(NEW[half:])
        os.utime(path, ns=(at, at))

    with meanwhile(finish):
        assert version_of(path) == "B"


RESTING: dict[str, tuple[int, float]] = {
    "a minute old": (60, AT_ONCE),
    "ten seconds old, where times are coarse": (10, AT_ONCE),
    "from before there were computers": (1_795_000_000, AT_ONCE),
    "from next year": (-31_536_000, 2 * PAUSE),
    "just saved": (0, 2 * PAUSE),
}


@pytest.mark.parametrize(("age", "most"), RESTING.values(), ids=RESTING.keys())
def test_a_file_at_rest_is_read_at_once_whatever_the_clock_says(tmp_path: Path, age: int, most: float) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(OLD)
    saved = max(0, int(time.time()) - age)
    os.utime(path, (saved, saved))
    start = time.monotonic()
    assert version_of(path) == "A"
    assert time.monotonic() - start < most


def test_a_file_that_is_gone_for_a_moment_is_read_when_it_is_back(batch: Batch, tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    other = path.rename(tmp_path / "~new.tmp")

    def bring_back(_: threading.Event) -> None:
        time.sleep(AT_ONCE)
        other.rename(path)

    load_definitions()
    with meanwhile(bring_back):
        assert len(read_whole(path)) > 0
    assert batch("check", path).code == 0


def test_a_file_that_is_not_there_is_refused_soon(batch: Batch) -> None:
    batch("figures")
    start = time.monotonic()
    said = batch("figures", "没有.xlsx")
    assert (said.code, said.err) == (2, "找不到文件“没有.xlsx”，请检查文件名和所在的文件夹。\n")
    assert time.monotonic() - start < 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the administrator")
def test_a_file_that_may_not_be_read_is_refused_soon(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx").chmod(0)
    batch("figures")
    start = time.monotonic()
    said = batch("figures", "台账.xlsx")
    assert (said.code, said.err) == (2, "“台账.xlsx”打不开（没有读取权限），请关闭正在使用它的程序后再试。\n")
    assert time.monotonic() - start < 1.5


def test_a_check_waits_for_a_save_that_ends(batch: Batch, tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '旧 | 用印 |"})
    newer = write_book(tmp_path / "新.xlsx", {"办文": "| 日期 | 事项 |\n| '新 | 用印 |"}).read_bytes()
    batch("figures")

    def save(_: threading.Event) -> None:
        with path.open("wb", buffering=0) as stream:
            has_begun.set()
            for piece in pieces(newer):
                time.sleep(0.1)
                stream.write(piece)

    has_begun = threading.Event()
    with meanwhile(save):
        has_begun.wait()
        said = batch("check", path)
    assert said.code == 1
    assert "“新”" in said.out
    assert "“旧”" not in said.out


@pytest.mark.slow
def test_a_save_that_never_ends_is_refused_in_a_sentence(batch: Batch, tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    batch("figures")

    def grow(is_over: threading.Event) -> None:
        while not is_over.wait(0.05):
            append(path, b"more")

    append(path, b"more")
    start = time.monotonic()
    with meanwhile(grow):
        assert batch("check", path) == (2, "", BUSY + "\n")
    assert time.monotonic() - start < PATIENCE + 3 * PAUSE


LOADED: dict[str, tuple[Callable[[Path], Definitions | Templates], str, bytes]] = {
    "a definition": (load_definitions, "办会.toml", (SAMPLES / "五个工作面/areas/办会.toml").read_bytes()),
    "a template": (load_templates, "工作小结.docx", (SAMPLES / "模板/工作小结.docx").read_bytes()),
    "the layout": (load_templates, "版式.toml", b"# our layout\npage_number = 'centre'\nline_spacing = 28\n"),
}


@pytest.mark.parametrize(("load", "name", "content"), LOADED.values(), ids=LOADED.keys())
def test_what_an_office_edits_is_read_whole_and_its_digest_is_of_the_bytes_used(
    tmp_path: Path, load: Callable[[Path], Definitions | Templates], name: str, content: bytes
) -> None:
    file = tmp_path / name
    begun, *rest = pieces(content)
    file.write_bytes(begun)

    def go_on(_: threading.Event) -> None:
        for piece in rest:
            time.sleep(0.05)
            append(file, piece)

    with meanwhile(go_on):
        loaded = load(tmp_path)
    append(file, b"# changed since")
    assert loaded.digests[name] == hashlib.sha256(content).hexdigest()


LOCKS: dict[str, tuple[str, Sequence[str], bool]] = {
    "by nobody": ("台账.xlsx", (), False),
    "in Excel": ("台账.xlsx", ("~$台账.xlsx",), True),
    "in Excel, a long name": ("二〇二二年全年台账.xlsx", ("~$二〇二二年全年台账.xlsx",), True),
    "in WPS": ("台账.et", ("~$台账.et",), True),
    "in WPS on Linux": ("台账.xlsx", (".~台账.xlsx",), True),
    "in LibreOffice": ("台账.ods", (".~lock.台账.ods#",), True),
    "in Word, a long name": ("二〇二二年工作小结.docx", ("~$二二年工作小结.docx",), True),
    "in Word, seven letters": ("述职报告二〇二.docx", ("~$职报告二〇二.docx",), True),
    "in WPS on Linux, a long name": ("二〇二二年全年台账.xlsx", (".~二二年全年台账.xlsx",), True),
    "the lock of a neighbour": ("全年台账.xlsx", ("~$台账.xlsx",), False),
    "the lock of a neighbour whose name is its end": (
        "二〇二二年全年台账.xlsx",
        ("~$二二年全年台账.xlsx", "二二年全年台账.xlsx"),
        False,
    ),
    "a name as long as can be": ("长" * 83 + ".xlsx", (), False),
}


@pytest.mark.parametrize(("name", "beside", "is_open"), LOCKS.values(), ids=LOCKS.keys())
def test_a_file_that_is_open_elsewhere_is_known_by_what_lies_beside_it(
    tmp_path: Path, name: str, beside: Sequence[str], *, is_open: bool
) -> None:
    for each in (name, *beside):
        (tmp_path / each).write_bytes(b"")
    assert is_open_elsewhere(tmp_path / name) is is_open


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check", "{book}", "--areas", "{areas}", "-o", "out"),
    ("trace", "{book}", "办文.发文", "--areas", "{areas}"),
    ("figures", "{book}", "--areas", "{areas}"),
    ("template", "空白.xlsx", "--areas", "{areas}"),
    ("run", "{book}", "--areas", "{areas}", "--templates", "{templates}", "--previous", "{previous}", "-o", "out"),
)
LISTENING = """
import json, os, sys
told = []
def listen(event, given):
    names = [os.fsdecode(each) for each in given if isinstance(each, (str, bytes, os.PathLike))]
    if any(os.sep + "inputs" + os.sep in os.path.abspath(each) + os.sep for each in names if len(each) < 999):
        told.append([event, os.path.basename(names[0]), *(each for each in given[1:] if isinstance(each, int))])
sys.addaudithook(listen)
from batch.cli import main
codes = []
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        main()
    except SystemExit as leaving:
        codes.append(leaving.code)
json.dump([codes, told], sys.stderr)
"""
LOOKING = {"os.listdir", "os.scandir", "pathlib.Path.glob", "glob.glob", "glob.glob/2"}


@pytest.mark.slow
def test_no_command_does_more_to_its_input_than_read_it(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    places = {name: str(inputs / name) for name in ("areas", "templates")}
    shutil.copytree(SAMPLES / "五个工作面/areas", places["areas"])
    shutil.copytree(SAMPLES / "模板", places["templates"])
    (inputs / "templates/版式.toml").write_text("line_spacing = 28\n", encoding="utf-8")
    for name, sample in (("book", "五个工作面/台账.xlsx"), ("previous", "上年台账.xlsx")):
        places[name] = shutil.copy(SAMPLES / sample, str(inputs / f"{name}.xlsx"))
    files = [rested(path) for path in sorted(inputs.rglob("*")) if path.is_file()]
    for path in (*files, *(each.parent for each in files)):
        path.chmod(0o444 if path.is_file() else 0o555)
    before = [state_of(path) for path in files]
    words = [[word.format(**places) for word in command] for command in COMMANDS]
    command = [sys.executable, "-X", "utf8", "-c", LISTENING, json.dumps(words)]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path)
    codes, told = json.loads(said.stderr)
    assert codes == [0] * len(COMMANDS)
    assert [each for each in told if each[0] not in LOOKING and not is_reading(*each)] == []
    assert {each[1] for each in told if each[0] == "open"} == {path.name for path in files}
    assert [state_of(path) for path in files] == before
    assert sorted(path for path in inputs.rglob("*") if path.is_file()) == files
    for path in {each.parent for each in files}:
        path.chmod(0o755)


def state_of(path: Path) -> tuple[bytes, int, int]:
    status = path.stat()
    return path.read_bytes(), status.st_mtime_ns, status.st_mode


def is_reading(event: str, _: str, flags: int) -> bool:
    return event == "open" and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND) == 0
