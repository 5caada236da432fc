"""Which formats show a number as a day, a span, a percentage: held against openpyxl, which knows the files best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.escape import unescape

from batch.read.styles import CellFormats, read_styles, shows_day, shows_span
from batch.read.texts import with_characters
from batch.values.xml_text import quoted
from tests.packages import SHEET

BUILT_IN = 164
"""Below this number a file need not spell out its formats."""
CHINESE = {*range(27, 37), *range(50, 59)}
"""Days in Chinese Excel and WPS; in others there are no such formats."""
CODES = (
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日"',
    "[DBNum1][$-804]yyyy年m月",
    "[$-F800]dddd, mmmm dd, yyyy",
    "[h]:mm",
    "[HH]:MM:SS",
    "[HH]",
    "[mm]:ss.00",
    "[ss]",
    "[ſ]",
    '"[h]"0',
    "[Red]0",
    "0_d",
    r"0\d",
    "0.0%",
    "0;yyyy",
    "yyyy;0",
    '"day "0',
    '"day',
    "General",
    "@",
    "",
)


def formats(numbers: list[int], spelled_out: dict[int, str]) -> CellFormats:
    codes = "".join(f'<numFmt numFmtId="{each}" formatCode={quoted(code)}/>' for each, code in spelled_out.items())
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    part = f'<styleSheet xmlns="{SHEET}"><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
    return read_styles(part.encode())


def expected(codes: list[str | None]) -> CellFormats:
    dates = {style for style, code in enumerate(codes) if is_date_format(code)}
    spans = {style for style in dates if is_timedelta_format(codes[style])}
    percents = {style for style, code in enumerate(codes) if "%" in (code or "") and style not in dates}
    return CellFormats(frozenset(dates - spans), frozenset(spans), frozenset(percents))


def test_formats_that_no_file_spells_out_are_known() -> None:
    codes = ["yyyy" if number in CHINESE else BUILTIN_FORMATS.get(number) for number in range(BUILT_IN)]
    assert formats([*range(BUILT_IN)], {}) == expected(codes)


@pytest.mark.parametrize("number", [14, 27, 46, 164])
def test_what_a_file_spells_out_counts(number: int) -> None:
    for code in CODES:
        assert formats([0, number], {number: code}) == expected([None, code]), code


@given(code=st.one_of(st.sampled_from(CODES), st.text('dmhysDMHYS[]";_\\0#.%$-:年 ', max_size=12)))
def test_a_format_is_understood_as_by_openpyxl(code: str) -> None:
    assert (shows_day(code), shows_span(code)) == (is_date_format(code), is_timedelta_format(code))


@given(text=st.one_of(st.text("_xX0DdaF9年\n", max_size=24), st.just("甲_x000D_乙_x5F_x0041__x00e9_")))
def test_characters_written_by_their_numbers_are_understood_as_by_openpyxl(text: str) -> None:
    assert with_characters(text) == unescape(text)
