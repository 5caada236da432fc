"""Workbooks of other makers, from public test suites: each is read alike by both readers, or refused in a sentence."""

from pathlib import Path

import pytest

from batch.errors import BatchError
from batch.read.exact import read_exactly
from batch.read.file import read_file
from batch.read.grid import Odd
from batch.read.quick.plain import read_plain
from batch.read.xlsx import Workbook
from tests.books import checked_of
from tests.grids import cells_of

FOREIGN = Path(__file__).resolve().parents[3] / "shared" / "workbooks"


def foreign(*endings: str) -> list[Path]:
    return sorted(path for path in FOREIGN.glob("*/*") if path.suffix in endings)


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="needs the foreign workbooks beside the project")
@pytest.mark.parametrize("path", foreign(".xlsx", ".xlsm"), ids=lambda path: path.name)
def test_what_the_vectorised_reader_takes_the_exact_one_reads_alike(path: Path) -> None:
    try:
        file = read_file(path)
    except BatchError:
        return
    workbook = file.sheets.read.__self__  # type: ignore[attr-defined]
    assert isinstance(workbook, Workbook)
    for head in file.heads:
        part = workbook.parts[head.title]
        try:
            plain = read_plain(head.title, workbook.package.chunks(part), workbook.context)
        except Odd:
            continue
        exact = read_exactly(head.title, workbook.package.chunks(part), workbook.context)
        assert cells_of(plain) == cells_of(exact)
        assert (plain.merges, plain.hidden_rows, plain.hidden_columns) == (
            exact.merges,
            exact.hidden_rows,
            exact.hidden_columns,
        )


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
