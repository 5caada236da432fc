"""The same input, options and today give the same bytes, whatever the clock, the machine, the order and the place."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from batch.areas.load import load_definitions
from batch.ledger.input_files import read_inputs
from batch.word.shipped import load_templates
from tests.books import LATER, SAMPLES, compared_with, edited, write_book
from tests.commands import Batch

TODAY = ("--today", LATER)


@dataclass(frozen=True)
class Circumstance:
    """How a command is started: before it, around it, and by which Python."""

    prefix: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    python: Sequence[str] = ()
    is_elsewhere: bool = False
    """Whether the inputs lie in other folders, saved at other times, and the command starts in another one."""


NOW_AND_HERE = Circumstance(environment={"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai"})
CIRCUMSTANCES = {
    "years later, in an eastern zone, by another account, in another place": Circumstance(
        prefix=("faketime", "2039-05-05 03:04:05", "sh", "-c", 'umask 077; exec "$@"', "sh"),
        environment={
            "TZ": "Pacific/Kiritimati",
            "PYTHONHASHSEED": "1",
            "LC_ALL": "C",
            "HOME": "/nonexistent",
            "USER": "zhang",
            "LOGNAME": "zhang",
            "HOSTNAME": "office",
        },
        is_elsewhere=True,
    ),
    "over a leap second of long ago, west of it, with Turkish letters, without assertions and docstrings": Circumstance(
        prefix=("faketime", "1998-12-31 20:29:59"),
        environment={
            "TZ": "right/America/St_Johns",
            "PYTHONHASHSEED": "2",
            "LC_ALL": "tr_TR.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONIOENCODING": "gb18030",
        },
        python=("-OO",),
    ),
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with faults, a chart and comments, last year's, a template, a further area."""
    folder = tmp_path_factory.mktemp("inputs")
    shutil.copytree(SAMPLES / "模板", folder / "模板")
    shutil.copytree(SAMPLES / "五个工作面" / "areas", folder / "areas")
    shutil.copyfile(SAMPLES / "上年台账.xlsx", folder / "上年台账.xlsx")
    ledger = shutil.copyfile(SAMPLES / "有错台账.xlsx", folder / "有错台账.xlsx")
    with edited(ledger) as book:
        page = book["办文"]
        page["B3"].comment, page["C4"].comment = Comment("自己的批注", "张三"), Comment("另一条", "李四")
        chart = BarChart()
        chart.add_data(Reference(page, min_col=1, min_row=3, max_row=9))
        chart.anchor = "AA3"
        page.add_chart(chart)
    return folder


@pytest.fixture(scope="module")
def reference(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return drafted(inputs, tmp_path_factory.mktemp("reference"), NOW_AND_HERE)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_faketime")
@pytest.mark.parametrize("circumstance", CIRCUMSTANCES.values(), ids=CIRCUMSTANCES.keys())
def test_a_run_gives_the_same_bytes(
    tmp_path: Path, inputs: Path, reference: dict[str, bytes], circumstance: Circumstance
) -> None:
    here = moved(inputs, tmp_path / "a b") if circumstance.is_elsewhere else inputs
    assert differing(drafted(here, tmp_path, circumstance), reference) == []


@pytest.mark.usefixtures("needs_faketime")
def test_a_blank_workbook_is_the_same_bytes(tmp_path: Path) -> None:
    words = ("--year", "2022", "--unit", "测试学校")
    for name, circumstance in (("here", NOW_AND_HERE), ("there", next(iter(CIRCUMSTANCES.values())))):
        assert start(circumstance, ["template", tmp_path / f"{name}.xlsx", *words], tmp_path) == 0
    assert (tmp_path / "here.xlsx").read_bytes() == (tmp_path / "there.xlsx").read_bytes()


def test_no_entry_of_a_package_tells_time_or_system(reference: dict[str, bytes]) -> None:
    told = [
        (name, entry.filename, entry.date_time, entry.create_system)
        for name, content in reference.items()
        for entry in entries(name, content)
        if (entry.date_time, entry.create_system) != ((1980, 1, 1, 0, 0, 0), 0)
    ]
    assert told == [each for each in told if each[0].startswith("标注-")], "only the user's own parts are as they were"
    assert {name.rpartition(".")[2] for name in reference} == {"docx", "xlsx", "json"}


CLERKS = {
    "张三.xlsx": {"办文": "| 日期 | 事项 | 数量 |\n| 2022-03-05 | 用印 | 2 |\n| 2022年13月5日 | 用印 | 3 |"},
    "李四.xlsx": {"党建": "| 日期 | 事项 |\n| 2022-03-05 | 支委会 |", "任务": "| 方面 | 任务 |\n| 队伍建设 | 培训 |"},
    "第十支部.xlsx": {"宣传": "| 日期 | 事项 |\n| 2022-03-05 | 宣传活动 |"},
    "第二支部.xlsx": {"保密": "| 日期 | 事项 |\n| 2022-03-05 | 保密检查 |\n| 2022-03-05 | 保密检查 |"},
}
NO_AREAS = {"办文": "", "党建": "", "宣传": "", "保密": ""}


@pytest.fixture(scope="module")
def clerks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One workbook a clerk, whose covers differ where they may."""
    folder = tmp_path_factory.mktemp("clerks")
    return [
        write_book(folder / name, {**NO_AREAS, **tables}, cover={"填报人": name, "填报日期": f"2023-01-{day:02d}"})
        for day, (name, tables) in enumerate(CLERKS.items(), start=1)
    ]


@pytest.fixture(scope="module")
def last_year(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("last_year")
    tables = ({**NO_AREAS, "办文": "| 日期 |\n| 2021-03-05 |"}, {**NO_AREAS, "党建": "| 日期 |\n| 2021-03-05 |"})
    return [
        write_book(folder / f"{number}.xlsx", each, cover={"年度": 2021, "填报人": str(number)})
        for number, each in enumerate(tables)
    ]


@pytest.mark.slow
def test_joined_workbooks_give_the_same_bytes_in_any_order(
    batch: Batch, tmp_path: Path, clerks: list[Path], last_year: list[Path]
) -> None:
    one, two = last_year
    elsewhere = [copied(path, tmp_path / str(number)) for number, path in enumerate(clerks)]
    orders = ((clerks, one, two), (clerks[::-1], two, one), ([*elsewhere[2:], *elsewhere[:2]], two, one))
    folders = []
    for number, (paths, first, second) in enumerate(orders):
        words = (*paths, "--draft", "--previous", first, "--previous", second, *TODAY)
        assert batch("run", *words, "-o", f"out{number}").code == 1
        folders.append(files_in(tmp_path / f"out{number}"))
    assert {name for name in folders[0] if "标注-" in name} == {f"测试学校/标注-{name}" for name in CLERKS}
    assert [differing(each, folders[0]) for each in folders] == [[], [], []]


def test_every_order_is_read_in_that_of_the_names(tmp_path: Path, clerks: list[Path]) -> None:
    orders = [[file.name for file in read_inputs(order).files] for order in permutations(clerks)]
    assert orders == [["第二支部.xlsx", "第十支部.xlsx", "李四.xlsx", "张三.xlsx"]] * 24
    double = copied(clerks[0], tmp_path, "副本.xlsx")
    found = [read_inputs(order) for order in permutations([*clerks[:2], double])]
    assert {tuple(file.name for file in each.files) for each in found} == {("副本.xlsx", "李四.xlsx")}
    assert {each.copies for each in found} == {(("副本.xlsx", "张三.xlsx"),)}


def test_workbooks_of_one_name_give_the_same_bytes_in_any_order(
    batch: Batch, tmp_path: Path, clerks: list[Path]
) -> None:
    paths = [copied(path, tmp_path / str(number), "台账.xlsx") for number, path in enumerate(clerks[:2])]
    for name, order in (("one", paths), ("other", paths[::-1])):
        assert batch("check", *order, "-o", name, *TODAY).code == 1
    found = files_in(tmp_path / "one")
    assert differing(files_in(tmp_path / "other"), found) == []
    copies = {name.partition("/")[2] for name in found if "标注-" in name}
    assert copies == {"标注-台账.xlsx", "标注-台账-2.xlsx"}
    other = copied(paths[1], tmp_path / "2", "台账-2.xlsx")
    with edited(other) as book:
        book["封面"]["B3"] = "测试学校"
    names = [file.name for file in read_inputs([*paths, other]).files]
    assert sorted(names) == ["台账-2.xlsx", "台账-3.xlsx", "台账.xlsx"], "no name that another workbook has"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is never in another encoding")
def test_names_as_a_chinese_windows_packs_them_give_the_same_bytes(
    batch: Batch, tmp_path: Path, clerks: list[Path]
) -> None:
    words = ("--templates", copied(SAMPLES / "模板" / "工作小结.docx", tmp_path / "utf").parent, "--draft", *TODAY)
    in_gbk = ("--templates", copied(SAMPLES / "模板" / "工作小结.docx", tmp_path / "gbk", gbk("工作小结.docx")).parent)
    assert batch("run", *clerks, *words, "-o", "one").code == 1
    paths = [copied(path, tmp_path / "gbk", gbk(path.name)) for path in clerks]
    assert batch("run", *paths, *in_gbk, "--draft", *TODAY, "-o", "other").code == 1
    assert differing(files_in(tmp_path / "other"), files_in(tmp_path / "one")) == []


def test_earlier_workbooks_are_compared_alike_in_any_order(clerks: list[Path], last_year: list[Path]) -> None:
    copy = copied(last_year[0], last_year[0].parent / "again")
    one, two = last_year
    found = [compared_with(clerks[0], *order) for order in ((one, two, copy), (two, copy, one))]
    told = {each.notes for each in found if each is not None}
    assert len(told) == 1
    assert next(iter(told))[0] == "上期台账：“0.xlsx”给了两份，内容完全相同，只读了一份，请确认没有选错文件。"
    assert {tuple(file.name for file in each.totals.book.files) for each in found if each} == {("0.xlsx", "1.xlsx")}


def test_a_folder_may_list_its_files_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates, areas = tmp_path / "templates", tmp_path / "areas"
    for name in ("b.docx", "a.docx", "汇总报告.docx", "读我.txt"):
        copied(SAMPLES / "模板" / "工作小结.docx", templates, name)
    text = (SAMPLES / "五个工作面" / "areas" / "办会.toml").read_text(encoding="utf-8")
    areas.mkdir()
    for name, title in (("一", "会议登记"), ("二", "会务登记"), ("三", "来访登记")):
        (areas / f"{name}.toml").write_text(text.replace('title = "', f'title = "{title}', 1), encoding="utf-8")
    there = load_templates(templates), load_definitions(areas)
    listed = [path.name for path in templates.iterdir()]
    list_backwards(monkeypatch)
    assert [path.name for path in templates.iterdir()] == listed[::-1]
    back = load_templates(templates), load_definitions(areas)
    assert back == there
    assert [*back[0].digests] == [*there[0].digests] == ["a.docx", "b.docx", "汇总报告.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="names are never bytes on Windows")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_program_finds_its_files_whatever_the_locale_makes_of_their_names(locale: str) -> None:
    code = "from batch.areas.load import load_definitions; from batch.word.shipped import load_templates;"
    code += "print(ascii([*(each.name for each in load_definitions().areas), *load_templates(None).shipped]))"
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    reports = ["个人报告.docx", "全市汇总报告.docx", "汇总报告.docx", "述职报告.docx"]
    assert said.stdout.strip() == ascii(["办文", "党建", "宣传", "保密", *reports])


def list_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system list every folder from its last file to its first."""
    names, scan = os.listdir, os.scandir

    @contextmanager
    def scan_backwards(folder: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
        with scan(folder) as found:
            yield reversed([*found])

    monkeypatch.setattr(os, "listdir", lambda folder: names(folder)[::-1])
    monkeypatch.setattr(os, "scandir", scan_backwards)


def drafted(inputs: Path, folder: Path, circumstance: Circumstance) -> dict[str, bytes]:
    """Return the files of a draft written under these circumstances."""
    words = ("run", inputs / "有错台账.xlsx", "--previous", inputs / "上年台账.xlsx", "--templates", inputs / "模板")
    out = folder / "out"
    assert start(circumstance, [*words, "--areas", inputs / "areas", "--draft", "-o", out, *TODAY], folder) == 1
    return {name.partition("/")[2]: content for name, content in files_in(out).items()}


def start(circumstance: Circumstance, words: Iterable[str | Path], folder: Path) -> int:
    """Run a command in a folder, in a process of its own, and return its exit code."""
    command = [*circumstance.prefix, sys.executable, *circumstance.python, "-m", "batch", *map(str, words)]
    environment = {**os.environ, **circumstance.environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode


def moved(inputs: Path, folder: Path) -> Path:
    """Copy the inputs elsewhere, as if saved long ago and not to be changed."""
    shutil.copytree(inputs, folder)
    for path in folder.rglob("*.*"):
        os.utime(path, (10**9, 10**9))
        path.chmod(0o400)
    return folder


def copied(path: Path, folder: Path, name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    return shutil.copyfile(path, folder / (name or path.name))


def gbk(name: str) -> str:
    """Return how a file name that is kept in GBK is seen by Python."""
    return os.fsdecode(name.encode("gbk"))


def files_in(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def differing(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    """Return the files that differ or that only one of two folders has, with the parts of packages that differ."""
    names = [name for name in sorted({*found, *expected}) if found.get(name) != expected.get(name)]
    return [f"{name} {differing_parts(found.get(name, b''), expected.get(name, b''))}" for name in names]


def differing_parts(one: bytes, other: bytes) -> list[str]:
    """Return the parts in which two packages differ."""
    if not (zipfile.is_zipfile(io.BytesIO(one)) and zipfile.is_zipfile(io.BytesIO(other))):
        return []
    with zipfile.ZipFile(io.BytesIO(one)) as here, zipfile.ZipFile(io.BytesIO(other)) as there:
        common = [name for name in here.namelist() if name in there.namelist()]
        changed = [name for name in common if here.read(name) != there.read(name)]
        return [*changed, *sorted({*here.namelist()} ^ {*there.namelist()})]


def entries(name: str, content: bytes) -> Iterator[zipfile.ZipInfo]:
    """Yield the entries of a package and of those within it."""
    if not name.endswith((".docx", ".xlsx")):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            yield entry
            yield from entries(entry.filename, package.read(entry))
