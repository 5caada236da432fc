"""What nobody should send: it ends in sentences and an exit code, soon, and never in a report."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from batch.errors import BatchError
from batch.read import limits
from tests.books import checked_of, write_book
from tests.packages import SHEET, cell, sheet_of, write_ods, write_package
from tests.rested import rested

LONGEST = 20.0
"""Seconds within which a file is refused."""
MOST_MEMORY = 2 << 20
"""KiB that refusing a file may take."""

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMB = f"<!DOCTYPE x [{LAUGHS}]>"
FILE = '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

Make = Callable[[Path], object]


def of(**options: str) -> Make:
    return lambda path: write_package(path, {"办文": sheet_of(**options)})


def with_row(row: str) -> Make:
    return lambda path: write_package(path, {"办文": sheet_of(row)})


def holding(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def zipped(*names: str) -> Make:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as package:
            for name in names:
                package.writestr(name, "x")

    return make


def half_of_one(path: Path) -> None:
    write_package(path, {"办文": sheet_of()})
    path.write_bytes(path.read_bytes()[:700])


def with_wrong_checksum(path: Path) -> None:
    with zipfile.ZipFile(write_package(path, {"办文": sheet_of()})) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
    content = bytearray(path.read_bytes())
    content[at] ^= 0x55
    path.write_bytes(bytes(content))


def unpacking_to(size: int) -> Make:
    def pieces() -> Iterator[str]:
        yield sheet_of().removesuffix("</worksheet>")
        yield from (" " * (1 << 20) for _ in range(size >> 20))
        yield "</worksheet>"

    return lambda path: write_package(path, {"办文": pieces()})


def with_texts(texts: str, before: str = "") -> Make:
    sheet = sheet_of('<row r="3"><c r="A3" t="s"><v>0</v></c></row>')
    return lambda path: write_package(path, {"办文": sheet}, f'{before}<sst xmlns="{SHEET}">{texts}</sst>')


def repeating(rows: int, columns: int) -> Make:
    row = f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float"'
    row += f' office:value="1" table:number-columns-repeated="{columns}"/></table:table-row>'
    return lambda path: write_ods(path, f'<table:table table:name="办文">{row}</table:table>')


MERGES = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(3, 250_003))

REFUSED: dict[str, tuple[str, Make, str]] = {
    "nothing": ("空.xlsx", holding(b""), "空文件"),
    "zeros": ("零.xlsx", holding(b"\x00" * 5000), "不是Excel工作簿"),
    "a lock file": ("~$台账.xlsx", holding(b"x" * 165), "临时锁文件"),
    "a web page": ("网页.xls", holding(b"<html><table><tr><td>1</td></tr></table></html>"), "网页"),
    "a csv": ("表.csv", holding("日期,事项\n".encode()), "文本文件"),
    "a csv in GBK, renamed": ("表.xlsx", holding("日期,事项\n".encode("gbk")), "文本文件"),
    "an xml table": (
        "表.xls",
        holding(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
        "XML表格",
    ),
    "a pdf": ("文件.xlsx", holding(b"%PDF-1.7"), "PDF"),
    "a document": ("文档.xlsx", zipped("[Content_Types].xml", "word/document.xml"), "Word文档"),
    "an archive": ("压缩.xlsx", zipped("a.txt", "b.txt"), "请先解压"),
    "a password": ("密.xlsx", holding(OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")), "取消密码"),
    "an old document": ("旧.xls", holding(OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le")), "Word文档"),
    "noise in a container": ("旧.xls", holding(OLE + os.urandom(100_000)), "已损坏"),
    "half a file": ("半.xlsx", half_of_one, "已损坏"),
    "a wrong checksum": ("错.xlsx", with_wrong_checksum, "已损坏"),
    "no workbook part": ("缺.xlsx", zipped("[Content_Types].xml", "xl/worksheets/sheet1.xml"), "缺少工作簿的主要部件"),
    "two parts of one name": ("重.xlsx", zipped("xl/workbook.xml", "XL/WORKBOOK.xml"), "已损坏"),
    "20,000 parts": ("多.xlsx", zipped(*(f"p{number}.xml" for number in range(20_000))), "上限 10000 个"),
    "5,000 sheets": (
        "多表.xlsx",
        lambda path: write_package(path, dict.fromkeys((f"表{number}" for number in range(5000)), sheet_of())),
        "上限 500 张",
    ),
    "entities in a sheet": ("笑.xlsx", of(before=BOMB), "已损坏"),
    "entities in the texts": ("笑.xlsx", with_texts("<si><t>&l9;</t></si>", BOMB), "已损坏"),
    "entities in the workbook": (
        "笑.xlsx",
        lambda path: write_package(path, {"办文": sheet_of()}, before=BOMB),
        "已损坏",
    ),
    "an entity from a file": ("外.xlsx", with_texts("<si><t>&l9;</t></si>", FILE), "已损坏"),
    "600 MB in one": ("炸.xlsx", unpacking_to(600 << 20), "上限 150 倍"),
    "half a pair of surrogates": ("半.xlsx", with_row(f"<row r='3'>{cell('A3', chr(0xD800))}</row>"), "已损坏"),
    "half a pair, as a reference": ("半.xlsx", with_row(f"<row r='3'>{cell('A3', '&#xD800;')}</row>"), "已损坏"),
    "a row beyond the last": (
        "远.xlsx",
        with_row('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
        "最多 1048576 行",
    ),
    "a row of 20 digits": ("远.xlsx", with_row(f'<row r="{"9" * 20}"/>'), "已损坏"),
    "a column beyond the last": ("远.xlsx", with_row('<row r="3"><c r="XFE3"><v>1</v></c></row>'), "16384 列"),
    "250,000 merges": ("并.xlsx", of(tail=f"<mergeCells>{MERGES}</mergeCells>"), "上限 200000 处"),
    "cells within cells": ("深.xlsx", with_row(f"<row>{'<c>' * 9999}{'</c>' * 9999}</row>"), "已损坏"),
    "17,179,869,184 cells of one": ("炸.ods", repeating(1_048_576, 16_384), "上限"),
    "a row a billion times": ("炸.ods", repeating(10**12, 1), "上限"),
    "a locked ods": ("锁.ods", zipped("mimetype", "content.xml"), "已损坏"),
}


@pytest.mark.parametrize(("name", "make", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_soon_in_one_sentence(tmp_path: Path, name: str, make: Make, told: str) -> None:
    path = tmp_path / name
    make(path)
    rested(path)
    start = time.monotonic()
    with pytest.raises(BatchError, match=told) as refusal:
        checked_of(path)
    assert time.monotonic() - start < LONGEST
    sentence = str(refusal.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux does")
def test_the_worst_of_them_take_little_memory_and_leave_nothing_behind(tmp_path: Path) -> None:
    heavy = ("600 MB in one", "250,000 merges", "entities in a sheet", "20,000 parts", "17,179,869,184 cells of one")
    for number, (name, make, _) in enumerate(REFUSED[each] for each in heavy):
        make(tmp_path / f"{number}{name}")
    words = [sys.executable, "-c", RUN_EACH, str(tmp_path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True)
    codes, memory = said.stdout.split(";")
    assert codes == "2" * len(heavy)
    assert int(memory) < MOST_MEMORY
    assert said.stderr.count("。\n") == len(heavy)
    assert not (tmp_path / "output").exists()


RUN_EACH = """
import resource, sys
from pathlib import Path
from batch.cli import main
codes = ""
for path in sorted(Path(sys.argv[1]).iterdir()):
    sys.argv[1:] = ["run", str(path), "-o", str(path.parent / "output")]
    try:
        main()
    except SystemExit as leaving:
        codes += str(leaving.code)
print(codes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, sep=";")
"""


READ: dict[str, Make] = {
    "a cell in the last corner": with_row('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a claim of 10^18 cells": of(dimension="A1:ZZZZZZZZ99999999999"),
    "a claim of the last corner": of(dimension="A1:XFD1048576"),
    "a merge of everything": of(tail='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'),
    "16,384 columns": with_row(f'<row r="3">{"".join("<c><v>1</v></c>" for _ in range(16_384))}</row>'),
    "a text of 32,767 characters": with_row(f'<row r="3">{cell("D3", "长" * 32_767)}</row>'),
    "control characters": with_row(f'<row r="3">{cell("D3", "张_x0007__xD800__xFFFF_三")}</row>'),
    "a formula that asks for a file": with_row('<row r="3"><c r="C3"><f>\'file:///etc/[passwd]a\'!A1</f></c></row>'),
}


@pytest.mark.parametrize("make", READ.values(), ids=READ.keys())
def test_it_is_read_soon_and_told_in_sentences(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "台账.xlsx"
    make(path)
    rested(path)
    start = time.monotonic()
    checked = checked_of(path)
    assert time.monotonic() - start < LONGEST
    assert checked.book.ledgers["办文"].frame.loc[2, "数量"] == 3
    assert all(finding.message.endswith("。") for finding in checked.findings)


@pytest.mark.parametrize(("path", "told"), [(os.devnull, "不是普通文件"), (".", "是文件夹"), ("a\0b.xlsx", "改名")])
def test_what_is_no_file_is_refused(path: str, told: str) -> None:
    with pytest.raises(BatchError, match=told):
        checked_of(Path(path))


def test_the_limits_are_those_that_the_page_on_reading_tells() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "读台账.md").read_text(encoding="utf-8")
    told = (
        f"{limits.LARGEST_FILE >> 20} MB / {limits.LARGEST_UNPACKED >> 30} GB",
        f"（{limits.RATIO_FREE >> 20} MB 以上的部件） | {limits.HIGHEST_RATIO} 倍",
        f"{limits.MOST_PARTS:,}、{limits.MOST_SHEETS:,}",
        f"{limits.LAST_ROW:,}、{limits.LAST_COLUMN:,}",
        f"{limits.MOST_MERGES:,}、{limits.MOST_CELLS:,}",
        f"{limits.LONGEST_TEXT:,} 字",
        f"一行的内容（解压后） | {limits.LONGEST_ROW >> 20} MB",
        f"解压后 {limits.LARGEST_EXACT >> 20} MB",
    )
    assert [words for words in told if words not in page] == []


@pytest.mark.parametrize("text", ["核实" * 5000 + "因", "关" + " " * 9000 + "于", "第1号" * 3000 + "批"])
def test_a_text_that_can_be_read_in_many_ways_is_judged_soon(tmp_path: Path, text: str) -> None:
    table = f"|事项|标题|数量|核实说明|\n|发文|'{text}|7|'{text}|"
    path = write_book(tmp_path / "台账.xlsx", {"办文": table})
    start = time.monotonic()
    assert {each.code for each in checked_of(path).findings} >= {"more-than-one", "document-type-title"}
    assert time.monotonic() - start < LONGEST / 4
