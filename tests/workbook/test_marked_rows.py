"""Rows as programs may write them: whatever their make, the wanted cells are coloured and all others stay."""

import re
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils import get_column_letter

from batch.finding import Severity
from batch.read.file import read_file
from batch.read.parts import CHUNK
from batch.workbook.user_copy.marked_copy import mark_copy
from batch.workbook.user_copy.marks import Cell, MarkedSheet
from batch.workbook.user_copy.outline import read_outline
from batch.workbook.user_copy.rows import RowPatch
from batch.workbook.user_copy.stylesheet import Stylesheet
from tests.marked import finding_at, parts_of
from tests.packages import SHEET, sheet_of, write_package

Addresses = set[tuple[int, int]]
spots = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 6)), max_size=20)


def address(spot: tuple[int, int]) -> str:
    return f"{get_column_letter(spot[1])}{spot[0]}"


def sheet_xml(cells: Addresses, make: str) -> str:
    """Write the cells as a program of this make would."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        rows.setdefault(row, []).append(column)
    if make == "bare":  # neither rows nor cells say where they stand: every one before them must be there
        last = max(rows, default=0)
        rows = {row: list(range(1, max(rows.get(row, [0])) + 1)) for row in range(1, last + 1)}
    prefix = "x:" if make == "prefixed" else ""
    quote = "'" if make == "single" else '"'
    body = []
    for row, columns in rows.items():
        where = "" if make == "bare" else f" r={quote}{row}{quote} spans={quote}1:2{quote}"
        inner = [
            f"<{prefix}c{'' if make == 'bare' else f' r={quote}{address((row, column))}{quote}'}>"
            f"<{prefix}v>{row * 100 + column}</{prefix}v></{prefix}c>"
            for column in columns
        ]
        comment = "<!-- <row r='1'><c r='A1'/></row> -->" if make == "commented" else ""
        body.append(
            f"<{prefix}row{where}>{comment}{''.join(inner)}</{prefix}row>" if inner else f"<{prefix}row{where}/>"
        )
    space = "xmlns:x" if prefix else "xmlns"
    data = f"<{prefix}sheetData>{''.join(body)}</{prefix}sheetData>" if body else f"<{prefix}sheetData />"
    return f'<?xml version="1.0" encoding="UTF-8"?><{prefix}worksheet {space}="{SHEET}">{data}</{prefix}worksheet>'


def cells_in(content: bytes) -> dict[str, tuple[str, bool]]:
    """Return address -> (value, whether the cell has a style)."""
    found: dict[str, tuple[str, bool]] = {}
    row = 0
    for line in etree.fromstring(content).iter("{*}row"):
        row = int(line.get("r") or row + 1)
        column = 0
        for cell in line.iterchildren("{*}c"):
            column += 1
            own = cell.get("r") or address((row, column))
            column = next(number for number in range(1, 30) if address((row, number)) == own)
            found[own] = ("".join(cell.itertext()), cell.get("s") is not None)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("make", ["plain", "prefixed", "single", "bare", "commented"])
@given(cells=spots, wanted=spots)
def test_wanted_cells_are_coloured_and_all_others_stay(make: str, cells: Addresses, wanted: Addresses) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_package(Path(folder) / "台账.xlsx", {"办文": sheet_xml(cells, make)})
        before = cells_in(parts_of(path)["xl/worksheets/sheet1.xml"])
        findings = [finding_at("办文", address(spot), Severity.ERROR) for spot in sorted(wanted)]
        copy = mark_copy(read_file(path), findings, {"办文": MarkedSheet("办文")}, {}).content
        assert copy is not None
        path.write_bytes(copy)
        after = cells_in(parts_of(path)["xl/worksheets/sheet1.xml"])
        marked = {address(spot) for spot in wanted}
        assert after == {
            **{key: (value, key in marked) for key, (value, _) in before.items()},
            **{key: ("", True) for key in marked if key not in before},
        }
        assert list(after) == sorted(after, key=lambda each: (int(each[1:]), each[0]))


def test_a_sheet_that_is_unpacked_in_pieces_is_marked_throughout(tmp_path: Path) -> None:
    rows = {row: f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"/></row>' for row in range(1, 100_001)}
    del rows[77_777]
    path = write_package(tmp_path / "台账.xlsx", {"办文": sheet_of(*list(rows.values())[2:])})
    assert len(parts_of(path)["xl/worksheets/sheet1.xml"]) > CHUNK
    wanted = [f"B{row}" for row in range(3, 100_001, 999)] + ["B77777", "C100003"]
    findings = [finding_at("办文", each, Severity.ERROR) for each in sorted(wanted)]
    copy = mark_copy(read_file(path), findings, {"办文": MarkedSheet("办文")}, {}).content
    assert copy is not None
    path.write_bytes(copy)
    cells = parts_of(path)["xl/worksheets/sheet1.xml"]
    assert sorted(re.findall(r'<c r="([A-Z]+[0-9]+)" s="1"/>', cells.decode())) == sorted(wanted)
    assert re.findall(rb'<row r="([0-9]+)"', cells)[-2:] == [b"100000", b"100003"]
    assert read_file(path).read("办文").row(-1)[0] == 100_000


def test_rows_that_no_number_finds_take_no_longer_the_more_are_wanted_in_a_piece() -> None:
    def seconds(count: int) -> float:
        rows = b"".join(b"<row r='%d'><c r='A%d'/></row>" % (row, row) for row in range(1, count + 1))
        chunks = [b"<worksheet><sheetData>", rows, b"</sheetData></worksheet>"]
        outline = read_outline(chunks)
        assert outline is not None
        styles = Stylesheet(etree.fromstring("<styleSheet xmlns='urn:x'/>"))
        colours = {Cell(row, 1): Severity.ERROR for row in range(1, count + 1)}
        start = time.process_time()
        patched = b"".join(RowPatch(outline, colours, styles).patched(chunks))
        assert patched.count(b" s=") == count
        return time.process_time() - start

    assert seconds(20_000) < 8 * min(seconds(5_000) for _ in range(3))
