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

    books: tuple[Path, ...]
    options: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return (*map(str, self.books), *self.options)


@pytest.fixture(params=CASES)
def planted(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planted:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    books = CASES[request.param](tmp_path / "in" / "台账.xlsx")
    areas = tmp_path / "in" / "定义"
    own = ("--areas", str(areas)) if areas.is_dir() else ()
    return Planted(tuple(books), ("--today", LATER, *own))


def said(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """Run a command, and return all that it says."""
    monkeypatch.setattr(sys, "argv", ["batch", *words])
    screen = io.StringIO()
    with redirect_stdout(screen), redirect_stderr(screen), pytest.raises(SystemExit):
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


def test_no_command_shows_or_writes_a_secret(planted: Planted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    screens = {" ".join(command): said(monkeypatch, *command, *planted.words) for command in COMMANDS}
    assert list(tmp_path.glob("output/draft/*/figures.json")), "the reports were written"
    assert [line for command, screen in screens.items() for line in shown(command, screen)] == []
    assert outputs(tmp_path / "output") == []


@pytest.mark.parametrize("planted", ["faulty"], indirect=True)
def test_nor_does_any_other_command(planted: Planted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("batch.screen.watch.time.sleep", interrupt)
    screens = {" ".join(command): said(monkeypatch, *command, *planted.words) for command in FURTHER_COMMANDS}
    assert len(list(tmp_path.glob("output/quarter/*/figures.json"))) == 1
    assert [line for command, screen in screens.items() for line in shown(command, screen)] == []
    assert outputs(tmp_path / "output") == []


def test_the_city_shows_no_secret_of_its_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, plant in (("sound", plant_sound), ("faulty", plant_faulty)):
        (tmp_path / "inbox" / folder).mkdir(parents=True)
        with edited(plant(tmp_path / "inbox" / folder / "台账.xlsx")) as book:
            (unit,) = (row for row in book["封面"].iter_rows() if row[0].value == "单位名称")
            book["封面"].cell(unit[0].row or 0, 2, f"{folder}学校")
    screen = said(monkeypatch, "run", "inbox", "--today", LATER)
    assert (tmp_path / "output/全市汇总/figures.json").exists()
    assert (tmp_path / "output/全市汇总/问题清单.xlsx").exists()
    assert shown("run", screen) == []
    assert outputs(tmp_path / "output") == []


@pytest.mark.slow
def test_a_comparison_with_the_year_before_shows_no_secret_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, plant in (("this", plant_sound), ("faulty", plant_faulty), ("last", plant_sound)):
        (tmp_path / folder).mkdir()
        plant(tmp_path / folder / "台账.xlsx")
    with edited(tmp_path / "last" / "台账.xlsx") as book:
        (year,) = (row for row in book["封面"].iter_rows() if row[0].value == "年度")
        book["封面"].cell(year[0].row or 0, 2, 2021)
    screens = {
        folder: said(
            monkeypatch,
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


def test_a_marked_copy_holds_a_secret_only_where_the_workbook_does(
    planted: Planted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said(monkeypatch, "check", *planted.words, "-o", "checked")
    for book in planted.books:
        (copy,) = tmp_path.glob(f"checked/*/{COPY_PREFIX}{book.name}")
        before, after = (+occurrences("", path.read_bytes(), SECRETS) for path in (book, copy))
        assert after == before
        assert before.total() > 0


def test_no_figure_is_traced_to_a_secret(planted: Planted, tmp_path: Path) -> None:
    areas = tmp_path / "in" / "定义"
    totals = checked_of(*planted.books, areas=areas if areas.is_dir() else None).totals
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
