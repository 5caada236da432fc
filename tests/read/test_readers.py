"""Every reader gives the same cells: the vectorised one, the exact one, and those of the other formats."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from batch.errors import BatchError
from batch.read.context import Context
from batch.read.exact import read_exactly
from batch.read.file import read_file
from batch.read.grid import Odd
from batch.read.quick.plain import read_plain
from batch.read.styles import CellFormats, read_styles
from batch.read.texts import SharedTexts
from batch.values.cell import CellValue, ErrorValue, Unstored
from tests.books import figures_and_findings, figures_of, findings_of, write_book
from tests.grids import cells_of, rows_of
from tests.office import converted
from tests.packages import SHEET, cell, repacked_with, sheet_of, write_ods, write_package

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument"
    b"/relationships",
}
LEDGER = {
    "办文": """
| 日期       | 事项 | 数量 |
| 2022-03-05 | 用印 | 3    |
| 2022-11-30 | 用印 | 1200 |
| 2021-12-31 | 用印 | 9    |
"""
}
BARE = Context(SharedTexts(()), CellFormats(), is_1904=False)
"""A workbook without texts or styles."""
Change = Callable[[bytes], bytes]


def strict(part: bytes) -> bytes:
    for transitional, other in STRICT.items():
        part = part.replace(transitional, other)
    return part


def prefixed(part: bytes) -> bytes:
    named = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", part)
    return named.replace(b'xmlns="' + SHEET.encode(), b'xmlns:x="' + SHEET.encode())


def in_utf_16(part: bytes) -> bytes:
    text = re.sub(r"^<\?xml[^>]*\?>", "", part.decode())
    return f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def claiming(dimension: bytes) -> Change:
    return lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + dimension + b'"', part)


def spelt_in_references(part: bytes) -> bytes:
    return re.sub(rb"<v>([0-9])", lambda found: b"<v>&#%d;" % found[1][0], part)


def shifted_to_1904(part: bytes) -> bytes:
    return re.sub(rb"<v>(4[45][0-9]{3})</v>", lambda found: b"<v>%d</v>" % (int(found[1]) - 1462), part)


def without_formats(part: bytes) -> bytes:
    return re.sub(rb' s="[0-9]+"', b"", part)


WAYS: dict[str, Change] = {
    "as it is": lambda part: part,
    "single quotes": lambda part: part.replace(b'"', b"'"),
    "prefixes": prefixed,
    "UTF-16": in_utf_16,
    "a byte order mark": lambda part: b"\xef\xbb\xbf" + part,
    "a dimension of one cell": claiming(b"A1"),
    "a dimension that is none": claiming(b"1:2137"),
    "a dimension of everything": claiming(b"A1:XFD1048576"),
    "no dimension": lambda part: re.sub(rb"<dimension[^>]*>", b"", part),
    "rows and cells without addresses": lambda part: part.replace(b'<row r="1"', b"<row").replace(b'<c r="A1"', b"<c"),
    "numbers in references": spelt_in_references,
    "comments in cells": lambda part: part.replace(b"<v>", b"<v><!-- x -->"),
    "texts in CDATA": lambda part: re.sub(rb"<t>([^<&]*)</t>", rb"<t><![CDATA[\1]]></t>", part),
    "an instruction": lambda part: part.replace(b"<sheetData>", b"<?x y?><sheetData>"),
    "no formats": without_formats,
}


@pytest.fixture(scope="module")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, object]:
    """Return the figures and the findings of the ledger as it is."""
    return figures_and_findings(write_book(tmp_path_factory.mktemp("clean") / "台账.xlsx", LEDGER))


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS.keys())
def test_whatever_the_xml_looks_like_the_figures_are_the_same(
    tmp_path: Path, change: Change, as_written: tuple[object, object]
) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    content = repacked_with(path.read_bytes(), lambda name, part: change(part) if is_sheet(name) else part)
    path.write_bytes(content)
    assert figures_and_findings(path) == as_written


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    figures = figures_of(path)
    path.write_bytes(repacked_with(path.read_bytes(), lambda _, part: strict(part)))
    assert figures_of(path) == figures


@pytest.mark.parametrize("further", [lambda part: part, without_formats], ids=["dates", "bare numbers"])
def test_a_workbook_of_the_1904_date_system_gives_the_same_days(tmp_path: Path, further: Change) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    figures = figures_of(path)

    def change(name: str, part: bytes) -> bytes:
        if is_sheet(name):
            return further(shifted_to_1904(part))
        return part.replace(b"<workbookPr", b'<workbookPr date1904="1"') if name == "xl/workbook.xml" else part

    path.write_bytes(repacked_with(path.read_bytes(), change))
    assert figures_of(path) == figures


@pytest.mark.parametrize("entry", ["../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "xl/../../evil.xml"])
def test_an_entry_with_a_path_out_of_the_package_goes_nowhere(tmp_path: Path, entry: str) -> None:
    path = write_package(tmp_path / "台账.xlsx", {"办文": sheet_of()})
    before = {each.name for each in tmp_path.parent.iterdir()}
    path.write_bytes(with_entry(path.read_bytes(), entry))
    assert rows_of(read_file(path).read("办文"))[2][2] == 3
    assert {each.name for each in tmp_path.parent.iterdir()} == before


def with_entry(content: bytes, entry: str) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(entry, "x")
    return stream.getvalue()


def is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/sheet")


CELLS: dict[str, tuple[str, CellValue]] = {
    "an error": ('<c r="A3" t="e"><v>#REF!</v></c>', ErrorValue("#REF!")),
    "an error of a formula": ('<c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
    "an error of an empty word": ('<c r="A3" t="e"><v></v></c>', ErrorValue("#N/A")),
    "an error without a word": ('<c r="A3" t="e"/>', ErrorValue("#N/A")),
    "a formula without a result": ('<c r="A3"><f>1+1</f></c>', Unstored("=1+1")),
    "a formula with an empty result": ('<c r="A3"><f>1+1</f><v></v></c>', Unstored("=1+1")),
    "a shared formula without a result": ('<c r="A3"><f t="shared" si="0"/></c>', Unstored("=")),
    "a formula with a result": ('<c r="A3"><f>1+1</f><v>2</v></c>', 2),
    "a formula with an empty text": ('<c r="A3" t="str"><f>""</f><v></v></c>', None),
    "a formula with a text": ('<c r="A3" t="str"><f>B1&amp;"x"</f><v>a&amp;b</v></c>', "a&b"),
    "a whole number": ('<c r="A3"><v>3.0</v></c>', 3),
    "a number in letters": ('<c r="A3"><v>1E2</v></c>', 100),
    "no number": ('<c r="A3"><v>NaN</v></c>', "nan"),
    "a truth value": ('<c r="A3" t="b"><v>1</v></c>', "TRUE"),
    "a day in ISO": ('<c r="A3" t="d"><v>2022-03-05T00:00:00</v></c>', datetime(2022, 3, 5)),  # noqa: DTZ001
    "runs": ('<c r="A3" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', "甲乙"),
    "a reading aid": ('<c r="A3" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>', "甲"),
    "an escape": (cell("A3", "a_x000D__x0041_"), "a\rA"),
    "spaces alone": (cell("A3", " "), None),
    "an error's look": (cell("A3", ' t="e"'), ' t="e"'),
}


@pytest.mark.parametrize(("xml", "value"), CELLS.values(), ids=CELLS.keys())
@pytest.mark.parametrize("odd", ["", "<!-- read element by element -->"], ids=["fast", "exact"])
def test_both_readers_know_every_kind_of_cell(tmp_path: Path, xml: str, value: CellValue, odd: str) -> None:
    sheet = sheet_of(f'<row r="3">{xml}<c r="B3"><v>7</v></c></row>', tail=odd)
    row = rows_of(read_file(write_package(tmp_path / "a.xlsx", {"办文": sheet})).read("办文"))[3]
    assert (as_moment(row[0]), row[1]) == (as_moment(value), 7)


def as_moment(value: CellValue) -> CellValue:
    """Return a day as its midnight: the readers may say the one or the other."""
    return datetime(value.year, value.month, value.day) if type(value) is date else value  # noqa: DTZ001


def test_both_readers_see_what_is_hidden_and_merged_and_styled() -> None:
    columns = '<cols><col min="3" max="4" hidden="1" width="9"/></cols>'
    sheet = sheet_of(
        '<row r="3" hidden="1"><c r="A3" s="1"><v>0.95</v></c><c r="AB3" s="2"><v>44625</v></c></row>',
        tail='<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>',
    ).replace("<sheetData>", f"{columns}<sheetData>")
    formats = '<numFmts><numFmt numFmtId="164" formatCode="[DBNum1]yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    xfs = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="57"/></cellXfs>'
    styles = read_styles(f'<styleSheet xmlns="{SHEET}">{formats}{xfs}</styleSheet>'.encode())
    assert [set(each) for each in (styles.dates, styles.percents)] == [{2, 3}, {1}]
    for read in (read_plain, read_exactly):
        grid = read("办文", [sheet.encode()], Context(SharedTexts(()), styles, is_1904=False))
        assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({3}, {2, 3})
        assert [tuple(merge) for merge in grid.merges] == [(2, 1, 3, 1)]
        assert {3: "95%", 27: datetime(2022, 3, 5)}.items() >= {  # noqa: DTZ001
            column + 3 * (column == 0): value for (row, column), value in cells_of(grid).items() if row == 3
        }.items()


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_the_pieces_in_which_a_part_comes_change_nothing(size: int) -> None:
    rows = [f'<row r="{row}"><c r="A{row}" t="e"><v>#N/A</v></c><c r="B{row}"><f>1</f></c></row>' for row in (3, 4, 9)]
    content = sheet_of(*rows, tail='<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="C2:C3"/></mergeCells>').encode()
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    whole, grid = read_plain("办文", [content], BARE), read_plain("办文", pieces, BARE)
    assert (cells_of(grid), grid.merges) == (cells_of(whole), whole.merges)
    assert len(grid.merges) == 2
    assert cells_of(grid).items() >= {(9, 0): ErrorValue("#N/A"), (9, 1): Unstored("=1")}.items()


@pytest.mark.parametrize("end", [0.3, 0.6, 0.99])
def test_a_part_that_breaks_off_is_never_read_as_a_shorter_one(tmp_path: Path, end: float) -> None:
    rows = [f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(3, 90)]
    sheet = sheet_of(*rows, tail='<mergeCells><mergeCell ref="B2:B3"/></mergeCells>')
    path = write_package(tmp_path / "a.xlsx", {"办文": sheet[: int(len(sheet) * end)]})
    with pytest.raises(BatchError, match="已损坏"):
        read_file(path).read("办文")


def test_an_ods_is_read_with_repeats_merges_and_errors(tmp_path: Path) -> None:
    number = '<table:table-cell office:value-type="float" office:value="{}" table:number-columns-repeated="{}"/>'
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>',
        f'<table:table-row table:number-rows-repeated="2">{number.format(5, 2)}</table:table-row>',
        (
            '<table:table-row table:visibility="filter"><table:table-cell table:number-columns-repeated="3"/>'
            '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
            '<text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙</text:p></table:table-cell></table:table-row>'
        ),
        (
            '<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="string">'
            "<text:p>#DIV/0!</text:p></table:table-cell>"
            '<table:table-cell table:formula="of:=1+1"/>'
            '<table:table-cell office:value-type="percentage" office:value="0.95"/>'
            '<table:table-cell office:value-type="date" office:date-value="2022-03-05"/></table:table-row>'
        ),
        '<table:table-row table:number-rows-repeated="1048569"><table:table-cell/></table:table-row>',
    )
    path = write_ods(tmp_path / "台账.ods", f'<table:table table:name="办文">{"".join(rows)}</table:table>')
    grid = read_file(path).read("办文")
    assert rows_of(grid) == {
        3: [5, 5],
        4: [5, 5],
        5: [None, None, None, "甲  乙\n丙"],
        6: [ErrorValue("#DIV/0!"), Unstored("=1+1"), "95%", datetime(2022, 3, 5)],  # noqa: DTZ001
    }
    assert (set(grid.hidden_rows), [tuple(merge) for merge in grid.merges]) == ({5}, [(5, 3, 6, 3)])


FAULTY = {"办文": "| 日期 | 事项 | 数量 |\n| 2022-03-05 | 用印 | 3 |\n| 2022-03-06 | 用印 | =1/0 |"}


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
@pytest.mark.parametrize("extension", ["xls", "et", "ods", "xlsm", "xlsx"])
def test_what_another_program_has_saved_gives_the_same(tmp_path: Path, extension: str) -> None:
    path = write_book(tmp_path / "原件.xlsx", LEDGER)
    figures = figures_of(path)
    faulty = write_book(tmp_path / "有错.xlsx", FAULTY)
    kind = "xls" if extension == "et" else extension
    saved, saved_faulty = converted(tmp_path / "新", kind, path, faulty)
    if kind != extension:
        shutil.move(saved, saved.with_suffix(f".{extension}"))
        saved = saved.with_suffix(f".{extension}")
    assert figures_of(saved) == figures
    assert findings_of(saved_faulty) == [("错误", "error-cell", "办文!L4")]


def test_a_large_sheet_of_another_make_is_read_to_its_end() -> None:
    rows = [f'<row r="{row}">{cell(f"A{row}", f"第{row}条")}</row>' for row in range(3, 60_003)]
    content = prefixed(sheet_of(*rows).encode())
    pieces = [content[at : at + (1 << 20)] for at in range(0, len(content), 1 << 20)]
    with pytest.raises(Odd):
        read_plain("办文", pieces, BARE)
    assert read_exactly("办文", pieces, BARE).numbers.tolist() == list(range(1, 60_003))


def test_a_damaged_sheet_that_nobody_needs_stops_nothing(tmp_path: Path) -> None:
    path = write_package(tmp_path / "台账.xlsx", {"办文": sheet_of(), "草稿": sheet_of()})
    content = path.read_bytes()
    lost = repacked_with(content, lambda name, part: None if name == "xl/worksheets/sheet2.xml" else part)
    path.write_bytes(lost)
    assert ("提示", "unknown-sheet", None) in findings_of(path)
