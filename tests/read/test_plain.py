"""The vectorised reader against the exact one, on whatever the office programs write and on what they do not."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.read.context import Context
from batch.read.exact import read_exactly
from batch.read.grid import Damaged, Odd, TooMuch, columns_of
from batch.read.quick.octets import Octets
from batch.read.quick.plain import read_plain
from batch.read.styles import CellFormats
from batch.read.texts import SharedTexts
from batch.values.cell import CellValue
from batch.values.coded import Coded
from tests.grids import cells_of, rows_of
from tests.packages import SHEET, sheet_of

TEXTS = ("发文", "关于做好第12号事项的通知", " 前后有空格 ", "", "12", "a&b<c", "换\n行", "_x0041_")
STYLES = CellFormats(dates=frozenset({1}), spans=frozenset({3}), percents=frozenset({2}))

NUMBERS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.floats(-1e9, 1e12, allow_nan=False).map(repr),
    st.sampled_from(
        ["0", "007", "44625", "44625.5", "1E2", "-3", "+3", " 3 ", "3.0", "99999999", "100000000", "NaN", "x"]
    ),
)
STYLE = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="12"'])
INNER = st.text(st.sampled_from("发文12 ()（）〔〕"), max_size=6)
FORMULA = st.sampled_from(["", "<f>A1+1</f>", '<f t="shared" si="0"/>', "<f/>", "<f>B1&amp;1</f>"])


@st.composite
def cells(draw: st.DrawFn) -> str:
    """Draw what stands behind the address of a cell, as Excel, WPS, LibreOffice, openpyxl and XlsxWriter write it."""
    style, formula = draw(STYLE), draw(FORMULA)
    match draw(
        st.sampled_from(["number", "typed", "shared", "inline", "text", "error", "truth", "day", "empty", "closed"])
    ):
        case "number":
            return f"{style}>{formula}<v>{draw(NUMBERS)}</v></c>"
        case "typed":
            return f'{style} t="n">{formula}<v>{draw(NUMBERS)}</v></c>'
        case "shared":
            return f'{style} t="s"><v>{draw(st.integers(0, len(TEXTS) - 1))}</v></c>'
        case "inline":
            return f'{style} t="inlineStr"><is><t xml:space="preserve">{draw(INNER)}</t></is></c>'
        case "text":
            return f'{style} t="str">{formula}<v>{draw(INNER)}</v></c>'
        case "error":
            return f'{style} t="e">{formula}<v>{draw(st.sampled_from(["#REF!", "#N/A", ""]))}</v></c>'
        case "truth":
            return f'{style} t="b">{formula}<v>{draw(st.sampled_from("01"))}</v></c>'
        case "day":
            return f'{style} t="d"><v>2022-03-05T00:00:00</v></c>'
        case "empty":
            return f"{style}>{formula}{draw(st.sampled_from(['', '<v></v>', '<v/>', '<v> </v>']))}</c>"
    return f"{style}/>"


COLUMNS = ("A", "B", "Z", "AA", "XFD")


@st.composite
def rows(draw: st.DrawFn) -> list[str]:
    """Draw the rows of a sheet, rising."""
    numbers = sorted(draw(st.sets(st.sampled_from([1, 2, 9, 10, 99, 100, 1048576]), min_size=1, max_size=4)))
    drawn: list[str] = []
    for number in numbers:
        columns = sorted(draw(st.sets(st.integers(0, len(COLUMNS) - 1), max_size=4)))
        inside = "".join(f'<c r="{COLUMNS[column]}{number}"{draw(cells())}' for column in columns)
        attributes = draw(st.sampled_from(["", ' spans="1:3"', ' hidden="1"', ' ht="15" customHeight="1"']))
        drawn.append(f'<row r="{number}"{attributes}>{inside}</row>' if columns else f'<row r="{number}"{attributes}/>')
    return drawn


@given(drawn=rows(), size=st.integers(20, 400))
def test_what_office_programs_write_is_read_as_a_parser_reads_it(drawn: list[str], size: int) -> None:
    content = f'<worksheet xmlns="{SHEET}"><sheetData>{"".join(drawn)}</sheetData></worksheet>'.encode()
    context = Context(shared(), STYLES, is_1904=False)
    plain = read_plain("办文", [content[at : at + size] for at in range(0, len(content), size)], context)
    exact = read_exactly("办文", [content], context)
    assert cells_of(plain) == cells_of(exact)
    assert plain.numbers.tolist() == exact.numbers.tolist()
    assert plain.hidden_rows == exact.hidden_rows


def shared() -> SharedTexts:
    items = "".join(f"<si><t>{text.replace('&', '&amp;').replace('<', '&lt;')}</t></si>" for text in TEXTS)
    return SharedTexts.read([f'<sst xmlns="{SHEET}">{items}</sst>'.encode()])


ODD = {
    "a comment": '<row r="3"><!-- x --><c r="A3"><v>1</v></c></row>',
    "a section of characters": '<row r="3"><c r="A3" t="str"><v><![CDATA[x]]></v></c></row>',
    "a row without a number": '<row><c r="A3"><v>1</v></c></row>',
    "a cell without an address": '<row r="3"><c><v>1</v></c></row>',
    "the address not first": '<row r="3"><c s="1" r="A3"><v>1</v></c></row>',
    "a cell of another row": '<row r="3"><c r="A4"><v>1</v></c></row>',
    "a cell of a longer row": '<row r="3"><c r="A33"><v>1</v></c></row>',
    "a cell before the last": '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>',
    "a cell twice": '<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>',
    "a row before the last": '<row r="3"/><row r="2"/>',
    "a row twice": '<row r="3"/><row r="3"/>',
    "runs": '<row r="3"><c r="A3" t="inlineStr"><is><r><t>甲</t></r></is></c></row>',
    "single quotation marks": "<row r='3'><c r='A3'><v>1</v></c></row>",
    "a column beyond the last": '<row r="3"><c r="XFE3"><v>1</v></c></row>',
    "small letters": '<row r="3"><c r="a3"><v>1</v></c></row>',
    "> within a text": '<row r="3"><c r="A3" t="str"><v>a>b</v></c></row>',
    "a value without a cell": '<row r="3"><v>1</v></row>',
    "another element": '<row r="3"><c r="A3"><v>1</v><extLst/></c></row>',
}


@pytest.mark.parametrize("row", ODD.values(), ids=ODD.keys())
def test_what_is_written_otherwise_is_left_to_the_exact_reader(row: str) -> None:
    with pytest.raises(Odd):
        read_plain("办文", [sheet_of(row).encode()], Context(shared(), STYLES, is_1904=False))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (sheet_of('<row r="1048577"/>'), TooMuch),
        (sheet_of('<row r="3"><c r="A3" t="s"><v>8</v></c></row>'), Damaged),
        (sheet_of('<row r="3"><c r="A3" t="str"><v>&nbsp;</v></c></row>'), Damaged),
        (sheet_of('<row r="3"/>')[:-20], Damaged),
        (sheet_of('<row r="3"/>').replace("worksheet ", "x:worksheet "), Odd),
        (f'<?xml version="1.0" encoding="gb2312"?>{sheet_of()}', Odd),
    ],
)
def test_what_no_reader_can_take_is_said(content: str, reason: type[Exception]) -> None:
    with pytest.raises(reason):
        read_plain("办文", [content.encode()], Context(shared(), STYLES, is_1904=False))


SHARED = {
    "as XlsxWriter writes them": "<si><t>甲</t></si><si><t>乙</t></si>",
    "with spaces kept": '<si><t>甲</t></si><si><t xml:space="preserve">乙</t></si>',
    "as Chinese Excel writes them": '<si><t>甲</t><phoneticPr fontId="1" type="noConversion"/></si><si><t>乙</t></si>',
    "in runs": "<si><r><t>甲</t></r></si><si><r><t/></r><r><rPr><b/></rPr><t>乙</t></r></si>",
    "on lines of their own": "\n  <si><t>甲</t></si>\n  <si><t>乙</t></si>\n",
    "with a reading aid": "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si><si><t>乙</t></si>",
    "with an attribute": '<si a="1"><t>甲</t></si><si><t>乙</t></si>',
    "with a comment": "<si><t>甲</t></si><!-- <si><t>丙</t></si> --><si><t>乙</t></si>",
    "with an entity": "<si><t>&#30002;</t></si><si><t>乙</t></si>",
}


@pytest.mark.parametrize("items", SHARED.values(), ids=SHARED.keys())
@pytest.mark.parametrize("prefix", ["", "x:"], ids=["bare", "prefixed"])
def test_shared_texts_are_the_same_however_they_are_written(items: str, prefix: str) -> None:
    part = f'<sst xmlns="{SHEET}">{items}</sst>'
    if prefix:
        names = ("sst", "si", "t", "r", "rPr", "b", "phoneticPr", "rPh")
        part = part.replace("xmlns=", f"xmlns:{prefix[:-1]}=")
        for name in names:
            for before, after in ((f"<{name}>", f"<{prefix}{name}>"), (f"<{name} ", f"<{prefix}{name} ")):
                part = part.replace(before, after)
            part = part.replace(f"</{name}>", f"</{prefix}{name}>").replace(f"<{name}/>", f"<{prefix}{name}/>")
    texts = SharedTexts.read([part.encode()])
    assert (len(texts), texts.several([0, 1, 1])) == (2, ["甲", "乙", "乙"])


@given(numbers=st.lists(st.one_of(st.integers(0, 10**9).map(str), st.sampled_from(["", "1a", "１２", "-1", "0x1"]))))
def test_whole_numbers_are_found_wherever_they_stand(numbers: list[str]) -> None:
    block = "".join(f"<{each}>" for each in numbers).encode()
    octets = Octets(block)
    starts, ends = octets.places(ord("<")) + 1, octets.places(ord(">"))
    found, are_whole = octets.whole_numbers(starts, ends - starts)
    told = [int(number) if is_whole else None for number, is_whole in zip(found, are_whole, strict=True)]
    assert told == [int(each) if each.isascii() and each.isdigit() and len(each) <= 8 else None for each in numbers]


@given(
    table=st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["", "甲", "1"])), max_size=4), max_size=6
    )
)
def test_rows_become_columns_and_rows_again(table: Sequence[Sequence[CellValue]]) -> None:
    numbers, columns = columns_of(enumerate(table, start=1))
    again: dict[int, dict[int, CellValue]] = {number: {} for number in numbers.tolist()}
    for column, coded in columns.items():
        for number, value in zip(numbers.tolist(), coded, strict=True):
            if value is not None:
                again[number][column] = value
    filled = {
        number: {column: value for column, value in enumerate(row) if value is not None}
        for number, row in enumerate(table, start=1)
    }
    assert again == {number: row for number, row in filled.items() if row}


def test_a_column_keeps_apart_what_is_not_the_same() -> None:
    cells = [None, 1, "1", 1, None, "甲", "1"]
    coded = Coded.of(cells)
    assert ([*coded], list(coded.values)) == (cells, [1, "1", "甲"])
    assert coded.where(lambda value: value == "1").tolist() == [False, False, True, False, False, False, True]
    assert [*coded.replaced({0: "乙", 2: None})] == ["乙", 1, None, 1, None, "甲", "1"]
    assert [*coded.take(slice(1, 3))] == [1, "1"]


def test_a_grid_tells_its_rows() -> None:
    grid = read_plain(
        "办文", [sheet_of('<row r="9"><c r="C9"><v>7</v></c></row>').encode()], Context(shared(), STYLES, is_1904=False)
    )
    assert rows_of(grid)[9] == [None, None, 7]
