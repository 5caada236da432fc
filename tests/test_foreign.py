"""Workbooks of other makers, from public test suites: each is read alike by both readers, or refused in a sentence."""

from datetime import date, time
from pathlib import Path

import pytest

from batch.cell import CellValue
from batch.errors import BatchError
from batch.read.exact import read_exactly
from batch.read.fast import read_fast
from batch.read.file import read_file
from batch.read.grid import Grid
from batch.read.scan import scan_sheet
from batch.read.xlsx import Workbook
from tests.books import checked_of

FOREIGN = Path(__file__).resolve().parents[2] / "shared" / "workbooks"
EXCEL_BEGINS = 1900


def foreign(*endings: str) -> list[Path]:
    return sorted(path for path in FOREIGN.glob("*/*") if path.suffix in endings)


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="needs the foreign workbooks beside the project")
@pytest.mark.parametrize("path", foreign(".xlsx", ".xlsm"), ids=lambda path: path.name)
def test_where_the_scan_trusts_the_fast_reader_the_exact_one_agrees(path: Path) -> None:
    try:
        file = read_file(path)
    except BatchError:
        return
    workbook = file.sheets.read.__self__  # type: ignore[attr-defined]
    assert isinstance(workbook, Workbook)
    for head in file.heads:
        part = workbook.parts[head.title]
        scan = scan_sheet(workbook.package.chunks(part), workbook.styles)
        if not workbook.can_be_fast(scan) or "xlmmacro" in path.name:
            continue
        fast = read_fast(workbook.fast_reader, head.title, scan, workbook.styles, is_1904=workbook.is_1904)
        exact = read_exactly(head.title, workbook.package.chunks(part), workbook.context)
        assert cells_of(fast) == cells_of(exact)
        assert (fast.merges, fast.hidden_rows, fast.hidden_columns) == (
            exact.merges,
            exact.hidden_rows,
            exact.hidden_columns,
        )


def cells_of(grid: Grid) -> dict[tuple[int, int], CellValue]:
    found: dict[tuple[int, int], CellValue] = {}
    for row, values in grid.rows:
        for column, value in enumerate(values):
            if value is not None:
                found[row, column] = comparable(value)
    return found


def comparable(value: CellValue) -> CellValue:
    """Return the value without what the readers may differ in: spaces, last bits, what Excel calls before 1900."""
    if isinstance(value, str):
        return "\n".join(value.split())
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, date):
        return str(value)[:10] if value.year >= EXCEL_BEGINS else "before 1900"
    return "before 1900" if isinstance(value, time) else value


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="needs the foreign workbooks beside the project")
@pytest.mark.parametrize("path", foreign(".xls", ".xlsb", ".ods", ".xlsx", ".xlsm"), ids=lambda path: path.name)
def test_a_foreign_workbook_is_read_or_refused_in_a_sentence(path: Path) -> None:
    sentence = "。"
    try:
        checked_of(path)
    except BatchError as error:
        sentence = str(error)
    assert sentence.endswith("。")


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="needs the foreign workbooks beside the project")
def test_an_old_workbook_with_a_document_within_it_is_a_workbook(tmp_path: Path) -> None:
    (source,) = FOREIGN.glob("*/*group.xls")
    path = tmp_path / "台账.xls"
    path.write_bytes(source.read_bytes() + "WordDocument".encode("utf-16-le") + bytes(488))
    assert read_file(path).heads == read_file(source).heads
