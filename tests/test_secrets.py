"""What a 密级 conceals appears nowhere: not in a file, not on the screen, not in a name."""

import io
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from batch import cli
from batch.areas.load import load_definitions
from batch.mark.copies import COPY_PREFIX
from tests.books import LATER
from tests.leaks import leaks, leaks_in_folder, occurrences
from tests.secret_ledgers import SECRETS, plant_faulty, plant_sound, plant_under_aliases

ON_THE_DAY: Final = ("--today", LATER)


class Case(NamedTuple):
    """Workbooks with secrets in them, and the options they are read with."""

    plant: Callable[[Path], Sequence[Path]]
    options: Callable[[Path], tuple[str, ...]] = lambda _: ()


CASES: Final = {
    "sound": Case(lambda folder: [plant_sound(folder / "台账.xlsx")]),
    "faulty": Case(lambda folder: [plant_faulty(folder / "台账.xlsx")]),
    "aliases": Case(lambda folder: [plant_under_aliases(folder / "台账.xlsx")]),
}


@pytest.fixture(params=CASES)
def planted(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Return the words that name the workbooks of a case on the command line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    case = CASES[request.param]
    paths = case.plant(tmp_path / "in")
    return *(str(path.relative_to(tmp_path)) for path in paths), *case.options(tmp_path), *ON_THE_DAY


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


def test_no_command_shows_a_secret(planted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    commands = [("run",), ("run", "--draft", "-o", "draft"), ("check",), ("check", "--format", "json")]
    commands += [("check", "-o", "checked"), ("figures",)]
    found = [line for command in commands for line in shown(" ".join(command), said(monkeypatch, *command, *planted))]
    assert found == []


def test_no_file_holds_a_secret(planted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said(monkeypatch, "run", *planted, "-o", "out")
    said(monkeypatch, "run", "--draft", *planted, "-o", "draft")
    said(monkeypatch, "check", *planted, "-o", "checked")
    assert list(tmp_path.glob("draft/*/figures.json")), "the reports were written"
    assert [place for name in ("out", "draft", "checked") for place in outputs(tmp_path / name)] == []


def test_a_marked_copy_holds_a_secret_only_where_the_workbook_does(
    planted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said(monkeypatch, "check", *planted, "-o", "checked")
    copies = sorted(tmp_path.glob(f"checked/*/{COPY_PREFIX}*"))
    assert len(copies) == len(list((tmp_path / "in").glob("*.xlsx")))
    for copy in copies:
        name = copy.name.removeprefix(COPY_PREFIX)
        before, after = (+occurrences("", path.read_bytes(), SECRETS) for path in (tmp_path / "in" / name, copy))
        assert after == before
        assert before.total() > 0


def test_no_figure_is_traced_to_a_secret(planted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for name, _, _ in load_definitions().figures]
    assert [
        line for name in names for line in shown(name, said(monkeypatch, "trace", planted[0], name, *planted[1:]))
    ] == []
