import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.file_name import LONGEST, file_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("张三", "张三"),
        ("张三/李四", "张三_李四"),
        ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i"),
        ("张三\n", "张三_"),
        (" 张三. ", "张三"),
        ("CON", "_CON"),
        ("nul.docx", "_nul.docx"),
        ("COM1", "_COM1"),
        ("CONTENT", "CONTENT"),
        ("...", "_"),
        ("", "_"),
        ("张" * 100, "张" * LONGEST),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(name: str, safe: str) -> None:
    assert file_name(name) == safe


@given(st.text())
def test_any_name_can_be_a_file(name: str) -> None:
    safe = file_name(name)
    assert safe.strip(" .") == safe
    assert 0 < len(safe) <= LONGEST + 1
    assert not set(safe) & {*'\\/:*?"<>|', *map(chr, range(32))}
    assert file_name(safe) == safe
