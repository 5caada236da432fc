"""Titles and signatures: broken where their sense allows."""

from pathlib import Path

import pytest

from batch.report.heads import SIGNATURE_ROOM, TITLE_ROOM, office_lines, period_line
from tests.books import checked_of, totals_of, write_book
from tests.word_texts import texts_of

LONG = "新疆维吾尔自治区某某地区某某市第一中等职业技术学校"


@pytest.mark.parametrize(
    ("unit", "department", "room", "lines"),
    [
        ("测试学校", "党建办", TITLE_ROOM, ["测试学校党建办"]),
        ("青岭职业技术学校", "党政综合办公室", SIGNATURE_ROOM, ["青岭职业技术学校", "党政综合办公室"]),
        (LONG, "党建办", TITLE_ROOM, ["新疆维吾尔自治区某某地区某", "某市第一中等职业技术学校", "党建办"]),
    ],
)
def test_a_long_name_is_broken_before_the_department(
    tmp_path: Path, unit: str, department: str, room: int, lines: list[str]
) -> None:
    checked = checked_of(write_book(tmp_path / "台账.xlsx", cover={"单位名称": unit, "部门": department}))
    assert office_lines(checked, room).split("\n") == lines


@pytest.mark.parametrize(
    ("period", "person", "line"),
    [
        ("2022Q3", None, "2022年第三季度"),
        ("2021-06..2022-12", None, "2021年6月—2022年12月"),
        ("2021-11-15..2022-10-31", None, "2021年11月15日至2022年10月31日\n"),
        ("2022Q3", "张三", "2022年第三季度张三"),
        ("2022Q3", "买买提艾力江·阿卜杜热", "2022年第三季度\n买买提艾力江·阿卜杜热"),
        ("2022", "迪丽热巴·买买提艾力江·阿卜杜", "2022年迪丽热巴·买买提艾力江·阿卜杜\n"),
    ],
)
def test_a_long_period_has_a_line_of_the_title_to_itself(
    tmp_path: Path, period: str, person: str | None, line: str
) -> None:
    totals = totals_of(write_book(tmp_path / "台账.xlsx"), period=period)
    assert period_line(totals, person) == line


def test_titles_and_signatures_keep_their_line_breaks(tmp_path: Path) -> None:
    book = write_book(tmp_path / "台账.xlsx", cover={"单位名称": LONG})
    report = texts_of(checked_of(book, period="2021-11-15..2022-10-31"))["汇总报告"]
    assert report.split("一、")[0].split() == [
        *("新疆维吾尔自治区某某地区某", "某市第一中等职业技术学校", "党建办"),
        *("2021年11月15日至2022年10月31日", "工作台账汇总报告"),
    ]
    assert "特此报告。\n新疆维吾尔自治区某某地区某\n某市第一中等职业技术学校\n党建办\n2022年10月31日" in report
