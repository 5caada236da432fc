"""Nothing leaves the machine, and nothing is touched but what the command names: watched from outside."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Final

import pytest

from tests.binary_books import write_xls, write_xlsb
from tests.books import LATER, SAMPLES, write_book
from tests.inboxes import hand_in, write_roster
from tests.packages import write_ods
from tests.watched import NETWORK, Words, run_watched, start

Done = tuple[Words, int]
ON_THE_DAY: Final = ("--today", LATER)
RUN: Final[Words] = (
    *("run", "台账.xlsx", "--previous", "上年.xlsx", "--templates", "模板", "--areas", "定义", "-o", "写出/报告"),
    *ON_THE_DAY,
)
OLD: Final[Sequence[Done]] = ((("check", "旧.xls", "-o", "写出/旧"), 1), (("check", "旧.xlsb", "-o", "写出/新"), 1))
"""Read by processes of their own; they lack a cover."""
INBOX: Final[Words] = ("run", "箱", "-o", "写出/全市", "--roster", "名单.xlsx", "--jobs", "1", *ON_THE_DAY)
EVERYTHING: Final[Sequence[Done]] = (
    (RUN, 0),
    (("check", "台账.xlsx", "--areas", "定义", "-o", "写出/问题", *ON_THE_DAY), 0),
    (("check", "台账.xlsx", "--format", "json"), 0),
    (("template", "写出/空白.xlsx", "--year", "2022", "--unit", "测试学校"), 0),
    (("trace", "台账.xlsx", "办文.用印"), 0),
    (("figures", "台账.xlsx"), 0),
    (("export", "areas", "写出/定义"), 0),
    (("export", "templates", "写出/模板"), 0),
    *OLD,
    (("check", "表.ods"), 1),
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with workbooks of every kind, templates and a definition."""
    folder = tmp_path / "办公"
    folder.mkdir()
    write_book(folder / "台账.xlsx", {"办文": "| 事项 | 数量 |\n| 用印 | 5 |\n| 发文 | 1 |\n| 收文 | 1 |"})
    write_book(folder / "上年.xlsx", cover={"年度": 2021})
    write_xls(folder / "旧.xls", "办文")
    write_xlsb(folder / "旧.xlsb", "办文")
    row = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("日期", "事项"))
    write_ods(
        folder / "表.ods", f'<table:table table:name="办文"><table:table-row>{row}</table:table-row></table:table>'
    )
    shutil.copytree(SAMPLES / "模板", folder / "模板")
    (folder / "定义").mkdir()
    definition = (resources.files("batch.areas") / "宣传.toml").read_bytes()
    (folder / "定义" / "宣传.toml").write_bytes(definition)
    for unit in ("第一中学", "第二中学"):
        hand_in(folder / f"箱/{unit}.xlsx", unit)
    write_roster(folder / "名单.xlsx", ("第一中学", "王芳"))
    (folder / "写出").mkdir()
    return folder


@pytest.mark.slow
def test_every_command_works_without_a_network_and_touches_only_what_it_is_told_to_write(desk: Path) -> None:
    seen = run_watched(desk, *(words for words, _ in EVERYTHING))
    assert [(said.code, said.err) for said in seen.said] == [(code, "") for _, code in EVERYTHING]
    assert seen.named(*NETWORK) == []
    assert {path.relative_to(desk).parts[0] for path in seen.changed_paths(desk)} == {"写出"}
    assert seen.named("os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile", "pty.") == []
    assert [each.arguments[0] for each in seen.named("subprocess.Popen")] == [sys.executable] * len(OLD)
    assert len({each.process for each in seen.events}) == 1 + len(OLD), "the children were watched too"
    loaded = [path for each in seen.named("ctypes.dlopen", "import") for path in each.arguments[:2] if path]
    assert [path for path in loaded if str(desk) in path] == []


def test_a_use_of_the_network_or_a_file_written_elsewhere_would_be_seen(desk: Path) -> None:
    """A watcher that sees nothing would let everything above pass."""
    program = "import socket, os; open('a', 'w').close(); os.rename('a', '../b'); socket.create_connection(('::1', 9))"
    done = start(desk, [sys.executable, "-c", program], desk.parent / "watch")
    assert done.returncode == 1
    assert done.stderr.startswith("socket.")
    log = (desk.parent / "watch" / "log").read_text(encoding="utf-8")
    assert '"os.rename", ["a", "../b"' in log


@pytest.mark.slow
def test_a_run_over_an_inbox_starts_its_own_program_alone_and_writes_where_it_is_told_to(desk: Path) -> None:
    seen = run_watched(desk, INBOX)
    assert [(said.code, said.err) for said in seen.said] == [(0, "")]
    assert seen.named(*NETWORK) == []
    assert {path.relative_to(desk).parts[0] for path in seen.changed_paths(desk)} == {"写出"}
    assert [each.arguments[0] for each in seen.named("subprocess.Popen")] == [sys.executable]
    assert len({each.process for each in seen.events}) == 2, "the child was watched too"


@pytest.mark.slow
@pytest.mark.usefixtures("needs_strace")
@pytest.mark.parametrize("done", [((RUN, 0), *OLD), ((INBOX, 0),)], ids=["one unit", "an inbox"])
def test_nor_do_the_libraries_below_open_a_socket_start_a_program_or_write_elsewhere(
    desk: Path, done: Sequence[Done]
) -> None:
    log = desk.parent / "calls"
    traced = "trace=network,execve,execveat,openat,creat,mkdir,rename,renameat,renameat2,symlink,link"
    strace = ("strace", "-f", "-qq", "--seccomp-bpf", "-o", log, "-e", traced)
    seen = run_watched(desk, *(words for words, _ in done), before=strace)
    assert [said.code for said in seen.said] == [code for _, code in done]
    calls = [(match[1], literal_path(match[2]), match[3]) for match in map(_CALL.match, log_lines(log)) if match]
    assert {path for name, path, _ in calls if name.startswith("exec")} == {sys.executable}
    written = {path for name, path, rest in calls if name in _MAKING or (name == "openat" and _WRITES.search(rest))}
    assert any("写出" in path for path in written), "what is written is seen"
    elsewhere = {path for path in written if not (desk / path).is_relative_to(desk / "写出")}
    assert elsewhere <= {os.devnull, str(desk.parent / "办公.watcher" / "log")}
    assert {name for name, _, _ in calls} <= {"execve", "openat"} | _MAKING


_CALL: Final = re.compile(r'[0-9]+ +([a-z0-9]+)\((?:AT_FDCWD, )?(?:"((?:[^"\\]|\\.)*)")?(.*)')
_WRITES: Final = re.compile("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_MAKING: Final = frozenset({"creat", "mkdir", "rename", "renameat", "renameat2", "symlink", "link"})
"""Every other call that is traced has to do with a network."""


def log_lines(log: Path) -> list[str]:
    return [line for line in log.read_text(encoding="utf-8").splitlines() if " --- SIG" not in line]


def literal_path(written: str | None) -> str:
    """Return a path as it is, where strace spells bytes in octal digits."""
    return (written or "").encode().decode("unicode_escape").encode("latin-1").decode()


PLANTED: Final = (
    *("sitecustomize", "usercustomize", "json", "pickle", "hashlib", "zipfile", "pandas", "xlrd", "lxml", "typer"),
    *("jinja2", "openpyxl", "docx", "python_calamine", "numpy", "resource", "tomllib"),
)
"""Names under which a module of somebody else would be imported, were its folder a place to import from."""


@pytest.mark.parametrize("how", ["batch", "python -m batch"])
def test_a_module_beside_the_workbooks_is_never_imported(desk: Path, how: str) -> None:
    for name in PLANTED:
        for folder in (desk, desk / "模板", desk / "定义"):
            (folder / f"{name}.py").write_text("open('imported', 'a').write(__name__)\nraise SystemExit(__name__)\n")
    script = [Path(sys.executable).with_name("batch")] if how == "batch" else [sys.executable, "-m", "batch"]
    words = [*map(str, script), "check", "旧.xls", "--areas", "定义", "-o", "写出"]
    done = subprocess.run(words, cwd=desk, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "")
    assert list(desk.glob("写出/*/问题清单.xlsx")) != []
    assert not (desk / "imported").exists()
