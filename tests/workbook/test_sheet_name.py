import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from batch.workbook.sheet_name import LONGEST, sheet_name


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("张三", [], "张三"),
        ("张三", ["张三"], "张三-2"),
        ("abc", ["ABC", "abc-2"], "abc-3"),
        ("[张]三:*?/\\", [], "_张_三_____"),
        ("'张三'", [], "张三"),
        ("张'三", [], "张'三"),
        ("History", [], "History-2"),
        ("", [], "_"),
        (" ' ", [], "_"),
        ("王\u202e五\n六\x00", [], "王五 六"),
        ("张" * 40, [], "张" * 31),
        ("张" * 40, ["张" * 31], "张" * 29 + "-2"),
        ("😀" * 20, [], "😀" * 15),
        ("张" * 30 + "'三", [], "张" * 30),
    ],
)
def test_a_text_becomes_a_name_that_excel_takes(text: str, taken: list[str], name: str) -> None:
    assert sheet_name(text, taken) == name


@given(st.lists(st.text() | st.text(st.sampled_from("'History[]:历史记录😀 \n-2")), max_size=8))
def test_any_texts_can_be_sheets_of_one_workbook(texts: list[str]) -> None:
    with xlsxwriter.Workbook(io.BytesIO()) as book:
        for text in texts:
            name = sheet_name(text, [page.get_name() for page in book.worksheets()])
            assert len(name.encode("utf-16-le")) <= 2 * LONGEST
            assert name.casefold() not in {"history", "历史记录"}
            book.add_worksheet(name)
