"""Lines of a screen: no wider than it, broken where a reader of Chinese expects it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.values.widths import display_width, wrapped

CASES: dict[str, tuple[str, list[str]]] = {
    "what fits stays whole": ("办文!B3必填", ["  办文!B3必填"]),
    "later lines hang": ("一二三四五六七八九十", ["  一二三四五六七八九", "    十"]),
    "no line begins with a closing mark": ("一二三四五六七八九，十", ["  一二三四五六七八", "    九，十"]),
    "no line ends with an opening mark": ("一二三四五六七八“九”", ["  一二三四五六七八", "    “九”"]),
    "a date stays whole": ("请写成一个日期2022-03-05。", ["  请写成一个日期", "    2022-03-05。"]),
    "a long word is cut": ("https://example.org/page", ["  https://example.or", "    g/page"]),
    "line breaks and control characters go": ("一\n二\x1b[2J三", ["  一 二[2J三"]),
    "nothing is one empty line": ("", [""]),
}


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES.keys())
def test_text_is_wrapped(text: str, lines: list[str]) -> None:
    assert wrapped(text, 20, 2) == lines


@given(st.text(alphabet="一“”，。a1 -!\n（）", max_size=80))
def test_nothing_is_lost(text: str) -> None:
    lines = wrapped(text, 40, 2)
    assert all(line == line.rstrip() for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="一“”，。a1 -\n（）", max_size=80))
def test_no_line_is_too_wide(text: str) -> None:
    assert all(display_width(line) <= 40 for line in wrapped(text, 40, 2))
