"""How a command ends that something unforeseen befalls: one sentence, exit code 2, never a traceback."""

import re
import tempfile
from pathlib import Path

import pytest

from batch import __version__, pipeline
from batch.screen.mistakes import details
from tests.books import LATER, write_book
from tests.commands import Batch

TITLE = "某秘密工程"


@pytest.fixture
def ending(batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Run a command on a sound workbook, with a folder of its own for the details of a mistake."""
    (tmp_path / "details").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "details"))
    write_book(tmp_path / "台账.xlsx")
    return batch


def raising(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let a run end in an error that nobody expects, behind one that it came from."""

    def fail(*_: object) -> None:
        try:
            {}[TITLE]  # type: ignore[index] # the mistake
        except KeyError as cause:
            raise error from cause

    monkeypatch.setattr(pipeline, "make_files", fail)


def test_a_mistake_of_the_program_is_one_sentence_and_a_file_with_the_details(
    ending: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(monkeypatch, ValueError(TITLE))
    said = ending("run", "台账.xlsx", "--today", LATER)
    (file,) = (tmp_path / "details").iterdir()
    assert said.code == 2
    assert said.err == f"程序出错（ValueError），没有完成，详细情况写在“{file}”里，请把它交给程序的维护者。\n"
    told = file.read_text(encoding="utf-8").splitlines()
    assert told[:2] == [f"batch {__version__}", "ValueError"]
    assert "KeyError" in told, "what had caused it is told too"
    assert any(re.fullmatch(r"batch/pipeline\.py:\d+ run_workbooks", line) for line in told)
    assert TITLE not in "\n".join(told), "what an error says may quote a ledger"
    assert str(Path(__file__).parents[2]) not in "\n".join(told)


def test_where_no_file_can_be_written_the_sentence_itself_says_where_it_happened(
    ending: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(monkeypatch, ValueError(TITLE))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    said = ending("run", "台账.xlsx", "--today", LATER)
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert said.err.startswith("程序出错（ValueError < ")
    assert TITLE not in said.err


REFUSED: dict[str, tuple[OSError, str]] = {
    "a file": (PermissionError(13, "no", "封面.toml"), "“封面.toml”读写不了（没有权限），请检查这个位置和磁盘。\n"),
    "a full disk": (OSError(28, "no", "a.docx"), "“a.docx”读写不了（磁盘已满），请检查这个位置和磁盘。\n"),
}


@pytest.mark.parametrize(("error", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_the_system_refuses_is_told_as_what_it_is(
    ending: Batch, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    raising(monkeypatch, error)
    assert ending("run", "台账.xlsx", "--today", LATER) == (2, "", sentence)


def test_an_error_of_the_system_that_names_no_file_is_a_mistake(ending: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, OSError(5, "no"))
    assert ending("run", "台账.xlsx", "--today", LATER).err.startswith("程序出错（OSError）")


def test_details_end_where_an_error_has_no_cause() -> None:
    assert details(ValueError()) == f"batch {__version__}\nValueError\n"


def test_the_version_and_a_short_word_for_help(batch: Batch) -> None:
    assert batch("--version") == (0, f"batch {__version__}\n", "")
    assert batch("run", "-h") == batch("run", "--help")
    assert batch("-h").out == batch("--help").out == batch().out
