"""What a 密级 conceals appears nowhere: not in a file, not on the screen, not in a name."""

import io
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from rich.console import Console

from batch import cli
from batch.screen.unit import show_trace
from batch.total.totals import FigureTotal, Totals
from batch.unit.figures import traced_rows
from batch.workbook.user_copy.copies import COPY_PREFIX
from tests.books import LATER, checked_of, edited
from tests.leaks import leaks, leaks_in_folder, occurrences
from tests.secret_ledgers import (
    SECRETS,
    plant_faulty,
    plant_in_own_area,
    plant_in_two_workbooks,
    plant_sound,
    plant_under_aliases,
)

ON_THE_DAY: Final = ("--today", LATER)


CASES: Final[Mapping[str, Callable[[Path], Sequence[Path]]]] = {
    "sound": lambda path: [plant_sound(path)],
    "faulty": lambda path: [plant_faulty(path)],
    "other headers": lambda path: [plant_under_aliases(path)],
    "joined": plant_in_two_workbooks,
    "own area": lambda path: [plant_in_own_area(path)],
}


class Planted(NamedTuple):
    """Workbooks with secrets in them, and the words that follow them on the command line."""

    folder: Path
    books: tuple[Path, ...]
    areas: Path | None

    @property
    def words(self) -> tuple[str, ...]:
        own = ("--areas", str(self.areas)) if self.areas else ()
        return (*map(str, self.books), "--today", LATER, *own)


@pytest.fixture(scope="module", params=CASES)
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    (folder / "in").mkdir()
    books = CASES[request.param](folder / "in" / "台账.xlsx")
    areas = folder / "in" / "定义"
    return Planted(folder, tuple(books), areas if areas.is_dir() else None)


@pytest.fixture(scope="module")
def screens(planted: Planted) -> Mapping[str, str]:
    """Return what each command says; what it writes lies in the folder of the workbooks."""
    return {" ".join(command): said(planted.folder, *command, *planted.words) for command in COMMANDS}


def said(folder: Path, *words: str) -> str:
    """Run a command in a folder, and return all that it says."""
    screen = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(screen), redirect_stderr(screen):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["batch", *words])
        with pytest.raises(SystemExit):
            cli.main()
    return screen.getvalue()


def shown(name: str, text: str) -> list[str]:
    """Return the lines of a screen in which a secret stands, and the name alone where it is broken over lines."""
    lines = [f"{name}: {line.strip()}" for line in text.splitlines() if leaks("", line.encode(), SECRETS)]
    return lines or leaks(name, text.encode(), SECRETS)


def outputs(folder: Path) -> list[str]:
    """Return where a secret stands in a folder that a command wrote, the marked copies left aside."""
    return [place for place in leaks_in_folder(folder, SECRETS) if COPY_PREFIX not in place]


COMMANDS: Final = (
    ("run", "--draft", "-o", "output/draft"),
    ("check", "--format", "json"),
    ("check", "-o", "output/checked"),
)
FURTHER_COMMANDS: Final = (
    ("run",),
    ("run", "--draft", "--period", "2022Q1", "-o", "output/quarter"),
    ("check",),
    ("check", "--watch"),
    ("figures",),
)
"""What shows and writes the same by other ways; held to one workbook that has every kind of finding."""


def test_no_command_shows_or_writes_a_secret(planted: Planted, screens: Mapping[str, str]) -> None:
    assert list(planted.folder.glob("output/draft/*/figures.json")), "the reports were written"
    assert [line for command, screen in screens.items() for line in shown(command, screen)] == []
    assert outputs(planted.folder / "output") == []


@pytest.mark.parametrize("planted", ["faulty"], indirect=True)
def test_nor_does_any_other_command(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("batch.screen.watch.time.sleep", interrupt)
    screens = {" ".join(command): said(planted.folder, *command, *planted.words) for command in FURTHER_COMMANDS}
    assert len(list(planted.folder.glob("output/quarter/*/figures.json"))) == 1
    assert [line for command, screen in screens.items() for line in shown(command, screen)] == []
    assert outputs(planted.folder / "output") == []


def test_the_city_shows_no_secret_of_its_units(tmp_path: Path) -> None:
    for folder, plant in (("sound", plant_sound), ("faulty", plant_faulty)):
        (tmp_path / "inbox" / folder).mkdir(parents=True)
        with edited(plant(tmp_path / "inbox" / folder / "台账.xlsx")) as book:
            (unit,) = (row for row in book["封面"].iter_rows() if row[0].value == "单位名称")
            book["封面"].cell(unit[0].row or 0, 2, f"{folder}学校")
    screen = said(tmp_path, "run", "inbox", "--today", LATER)
    assert (tmp_path / "output/全市汇总/figures.json").exists()
    assert (tmp_path / "output/全市汇总/问题清单.xlsx").exists()
    assert shown("run", screen) == []
    assert outputs(tmp_path / "output") == []


@pytest.mark.slow
def test_a_comparison_with_the_year_before_shows_no_secret_of_it(tmp_path: Path) -> None:
    for folder, plant in (("this", plant_sound), ("faulty", plant_faulty), ("last", plant_sound)):
        (tmp_path / folder).mkdir()
        plant(tmp_path / folder / "台账.xlsx")
    with edited(tmp_path / "last" / "台账.xlsx") as book:
        (year,) = (row for row in book["封面"].iter_rows() if row[0].value == "年度")
        book["封面"].cell(year[0].row or 0, 2, 2021)
    screens = {
        folder: said(
            tmp_path,
            "run",
            f"{folder}/台账.xlsx",
            "--draft",
            "--previous",
            "last/台账.xlsx",
            *("-o", f"out/{folder}"),
        )
        for folder in ("this", "faulty")
    }
    assert len(list(tmp_path.glob("out/*/*/汇总报告.docx"))) == len(screens)
    assert [line for folder, screen in screens.items() for line in shown(folder, screen)] == []
    assert outputs(tmp_path / "out") == []


@pytest.mark.usefixtures("screens")
def test_a_marked_copy_holds_a_secret_only_where_the_workbook_does(planted: Planted) -> None:
    for book in planted.books:
        (copy,) = planted.folder.glob(f"output/checked/*/{COPY_PREFIX}{book.name}")
        before, after = (+occurrences("", path.read_bytes(), SECRETS) for path in (book, copy))
        assert after == before
        assert before.total() > 0


def test_no_figure_is_traced_to_a_secret(planted: Planted) -> None:
    totals = checked_of(*planted.books, areas=planted.areas).totals
    assert totals is not None
    screens = {total.id: traced(totals, total) for total in totals.figures.values()}
    assert all(f"{name} = " in screen for name, screen in screens.items())
    assert [line for name, screen in screens.items() for line in shown(name, screen)] == []


def traced(totals: Totals, total: FigureTotal) -> str:
    """Return what `batch trace` shows of a figure."""
    screen = io.StringIO()
    show_trace(Console(file=screen, width=80), totals, total, traced_rows(totals, total))
    return screen.getvalue()


def test_the_search_finds_a_word_in_every_guise() -> None:
    """A search that finds nothing would let everything above pass."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<w:t>鼋</w:t></w:r><w:r><w:t>鼍龘</w:t>")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/embeddings/1.xlsx", packed.getvalue())
        package.writestr("鼋鼍龘.bin", b"")
    guises = (
        "鼋鼍龘",
        "&#x9f0b;&#40717;&#x9f98;",
        "\\u9f0b\\u9f0d\\u9f98",
        "%E9%BC%8B%E9%BC%8D%E9%BE%98",
        "鼋\n 鼍龘",
        "ZQXJKVW",
    )
    assert [guise for guise in guises if not leaks("", guise.encode(), SECRETS)] == []
    assert leaks("", "鼋鼍龘".encode("utf-16-le"), SECRETS) == [""]
    assert leaks("", "鼋鼍龘".encode("gb18030"), SECRETS) == [""]
    assert {":xl/embeddings/1.xlsx:word/document.xml", ":鼋鼍龘.bin"} <= set(leaks("", outer.getvalue(), SECRETS))
    assert leaks("", "鼋和鼍龘".encode(), SECRETS) == []
