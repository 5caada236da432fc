import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.system.file_name import LONGEST, LONGEST_BYTES, cut_to_size, file_name, file_names, legible_name

DEVICES = (
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"),
    *(f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"),
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("张三", "张三"),
        ("张三/李四", "张三_李四"),
        ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i"),
        ("张三／李四：王五？", "张三／李四：王五？"),
        ("张三\n", "张三_"),
        (" 张三. ", "张三"),
        ("\u3000张三\u3000", "张三"),
        ("张三 . .", "张三"),
        (".张三", "张三"),
        ("~$张三", "_~$张三"),
        ("~张三", "~张三"),
        ("CON", "_CON"),
        ("CON .x", "_CON .x"),
        ("nul.docx", "_nul.docx"),
        ("Com¹.tar.gz", "_Com¹.tar.gz"),
        ("COM1", "_COM1"),
        ("conin$", "_conin$"),
        ("CONTENT", "CONTENT"),
        ("COM10", "COM10"),
        ("COM٣", "COM٣"),
        ("CON" + " " * 70 + "x", "_CON"),
        ("...", "_"),
        ("", "_"),
        ("\u202e\ufeff", "_"),
        ("王五\u202e", "王五"),
        ("王\u200b五\ud800", "王五"),
        ("王\x00五\x85六\u2028七\uffff", "王_五_六_七_"),
        ("王\ue000五", "王\ue000五"),
        ("e\u0301", "é"),
        ("张" * 100, "张" * LONGEST),
        ("a" * 59 + "e\u0301\u0301", "a" * 59),
        ("𠀀" * 60, "𠀀" * 45),
        ("🇨🇳" * 60, "🇨🇳" * 22),
        ("👍🏽" * 60, "👍🏽" * 22),
        ("a" + "\u0301" * 100, "_"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(name: str, safe: str) -> None:
    assert file_name(name) == safe


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("behind", ["", ".", " ", ".txt", " .x", ".a.b"])
def test_no_name_is_a_device(device: str, behind: str) -> None:
    assert file_name(device + behind) == f"_{device}{behind}".rstrip(" .")
    assert file_name(device.lower() + behind).startswith("_")


ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("CONPRcon1¹$~. 　\u202e/张a\u0301🇨\ud800")
)


@given(ANY_TEXT)
def test_any_name_can_be_a_file(name: str) -> None:
    safe = file_name(name)
    assert 0 < len(safe) <= LONGEST
    assert len(safe.encode()) <= LONGEST_BYTES
    assert safe == re.sub(r"^[\s.]+|[\s.]+$", "", safe)
    assert not set(safe) & set('\\/:*?"<>|')
    assert not {unicodedata.category(each) for each in safe} & {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
    assert not safe.startswith("~$")
    assert safe.partition(".")[0].rstrip().upper() not in DEVICES
    assert unicodedata.is_normalized("NFC", safe)
    assert file_name(safe) == safe


@given(st.lists(ANY_TEXT, max_size=12) | st.lists(st.sampled_from(["a", "A", "ａ", "a.", "a-2", "A-2", "CON", "con"])))
def test_distinct_names_get_distinct_files(names: list[str]) -> None:
    chosen = file_names(names)
    assert list(chosen) == list(dict.fromkeys(names))
    assert all(file_name(safe) == safe for safe in chosen.values())
    folded = [unicodedata.normalize("NFKC", safe).casefold() for safe in chosen.values()]
    assert len(set(folded)) == len(chosen)
    assert file_names(names) == chosen


def test_names_that_come_out_alike_are_numbered() -> None:
    assert file_names(["A", "a", "ａ", "李/四", "李:四", "张" * 300, "张" * 301]) == {
        "A": "A",
        "a": "a-2",
        "ａ": "ａ-3",
        "李/四": "李_四",
        "李:四": "李_四-2",
        "张" * 300: "张" * 60,
        "张" * 301: "张" * 58 + "-2",
    }


@given(ANY_TEXT)
def test_a_name_can_be_written_here(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("names")
    path = folder / f"{file_name(name)}.docx"
    path.write_bytes(b"")
    assert list(folder.iterdir()) == [Path(path)]


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_text_is_cut_at_its_beginning_alone(text: str, characters: int, size: int) -> None:
    cut = cut_to_size(text, characters, size)
    assert text.startswith(cut)
    assert len(cut) <= characters
    assert len(cut.encode("utf-8", "surrogatepass")) <= size


@pytest.mark.skipif(os.name == "nt", reason="names are never bytes on Windows")
@pytest.mark.parametrize(
    ("kept", "name"),
    [
        ("台账.xlsx".encode(), "台账.xlsx"),
        ("台账.xlsx".encode("gbk"), "台账.xlsx"),
        ("𠮷台账.xlsx".encode("gb18030"), "𠮷台账.xlsx"),
        (b"\xff.xlsx", "\ufffd.xlsx"),
    ],
)
def test_a_name_kept_in_another_encoding_is_legible(kept: bytes, name: str) -> None:
    assert legible_name(os.fsdecode(kept)) == name
