"""汇总表.xlsx: stored values are right, formulas give the same, and a changed row changes its total."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from batch.checked import Checked
from batch.workbook.summary import build_summary
from tests.books import SAMPLES, checked_of, write_book
from tests.office import converted

SIGN_PAGE = "指标签字页"


def summary_of(checked: Checked) -> bytes:
    assert checked.totals is not None
    return build_summary(checked.totals, checked.owners, "工作指标", is_draft=False)


def figures_in(book: Workbook) -> dict[str, object]:
    rows = book[SIGN_PAGE].iter_rows(min_row=5, max_col=3, values_only=True)
    return {f"{area}.{name}": value for area, name, value in rows if name}


def recalculated(path: Path) -> Workbook:
    """Return the workbook as LibreOffice computes it: saved by openpyxl it has no stored values to lean on."""
    (saved,) = converted(path.parent / "out", "xlsx", path)
    return load_workbook(saved, data_only=True)


def expected(checked: Checked) -> dict[str, object]:
    assert checked.totals is not None
    return {name: "—" if each.value is None else each.value for name, each in checked.totals.figures.items()}


def test_stored_values_are_those_of_the_totals(full_year: Checked) -> None:
    book = load_workbook(io.BytesIO(summary_of(full_year)), data_only=True)
    assert figures_in(book) == expected(full_year)


def test_every_figure_is_a_formula(full_year: Checked) -> None:
    book = load_workbook(io.BytesIO(summary_of(full_year)))
    assert [name for name, value in figures_in(book).items() if not str(value).startswith("=")] == []


def test_the_same_totals_give_the_same_bytes(full_year: Checked) -> None:
    assert summary_of(full_year) == summary_of(full_year)


BOOKS = {
    "the full year": None,
    "hardly anything": {"党建": "| 日期 | 事项 |\n| 2021-01-01 | 支委会 |", "任务": ""},
    "strange words": {"宣传": "| 标题 | 数量 |\n| =1+1* | 2 |\n| ~?甲 | 3 |", "任务": "| 方面 |\n| =甲* |\n| 乙? |"},
}


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
@pytest.mark.parametrize("what", BOOKS)
def test_formulas_give_the_same_in_another_program(tmp_path: Path, what: str) -> None:
    tables = BOOKS[what]
    path = SAMPLES / "全年台账.xlsx" if tables is None else write_book(tmp_path / "台账.xlsx", tables)
    checked = checked_of(path)
    book = load_workbook(io.BytesIO(summary_of(checked)))
    book.save(tmp_path / "汇总表.xlsx")
    assert figures_in(recalculated(tmp_path / "汇总表.xlsx")) == expected(checked)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_changed_row_changes_its_total(full_year: Checked, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(summary_of(full_year)))
    page = book["台账-办文"]
    names = next(row for row in page.iter_rows(max_row=5, values_only=True) if "事项" in row)
    item, amount = names.index("事项"), names.index("数量")
    filed = next(row for row in page.iter_rows(min_row=5) if row[item].value == "归档")
    page[filed[amount].coordinate] = int(str(filed[amount].value)) + 1000
    book.save(tmp_path / "汇总表.xlsx")
    assert figures_in(recalculated(tmp_path / "汇总表.xlsx"))["办文.归档"] == 1071 + 1000
