"""How the program's speed compares with its peers': ratios with room to spare, so that only a real loss is told."""

from pathlib import Path

import pytest

from batch.areas.load import load_definitions
from batch.finding import Severity
from tests.benchmark.ledgers import BAD_SHARE, write_areas, write_workbook
from tests.benchmark.measures import batch, peer, python, run
from tests.books import checked_of
from tests.rested import rested

ROWS = 1_000
"""On each of the four sheets; the benchmark proper has twenty times and 250 times as many."""


def cost(*command: str) -> float:
    """Return the seconds of the processors that a command takes: what else the machine does adds none."""
    return run(command).cpu


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rested(write_workbook(tmp_path_factory.mktemp("speed") / "台账.xlsx", ROWS))


@pytest.mark.slow
def test_the_help_takes_little_more_than_its_library() -> None:
    assert cost(*batch("--help")) < 4 * cost(*python("import typer"))


@pytest.mark.slow
def test_the_main_job_takes_less_than_a_plain_script(workbook: Path, tmp_path: Path) -> None:
    ours = cost(*batch("run", "--draft", workbook, "-o", tmp_path / "ours"))
    imports = cost(*python("import pandas, openpyxl, docx, jinja2"))
    script = cost(*peer("office_script", workbook, tmp_path / "script"))
    assert ours - imports < 3 * (script - imports), "all checks, sources and reports against three tables"
    assert ours < 10 * imports


@pytest.mark.slow
def test_ten_times_the_rows_take_no_more_than_ten_times_as_long(workbook: Path, tmp_path: Path) -> None:
    larger = rested(write_workbook(tmp_path / "大.xlsx", 10 * ROWS))
    few, many = (run(batch("check", book)) for book in (workbook, larger))
    assert many.cpu < 10 * few.cpu


def test_the_workbooks_of_the_benchmark_have_their_share_of_bad_cells_and_no_other_fault(workbook: Path) -> None:
    checked = checked_of(workbook)
    told = [each for each in checked.findings if each.severity is not Severity.HINT]
    assert {each.code for each in told} == {"bad-date", "bad-number", "not-in-list"}
    cells = sum(int(ledger.filled.sum().sum()) for ledger in checked.book.ledgers.values())
    assert len(told) == pytest.approx(BAD_SHARE * cells, rel=0.4)


def test_further_areas_are_like_the_first(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()
    areas = write_areas(tmp_path / "areas", 3)
    definitions = load_definitions(areas)
    assert [each.name for each in definitions.areas][-3:] == ["宣传1组", "宣传2组", "宣传3组"]
    assert len({each.order for each in definitions.areas}) == len(definitions.areas)


@pytest.mark.parametrize("command", [python("raise SystemExit(1)"), python("x"), batch("check", "没有.xlsx")])
def test_what_does_not_do_its_work_is_not_measured(command: tuple[str, ...]) -> None:
    with pytest.raises(RuntimeError):
        run(command)
