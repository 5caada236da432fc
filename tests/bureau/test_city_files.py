"""The files of the city: every formula gives its stored value in another program, every page and name is there."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell

from batch.areas.load import load_definitions
from batch.bureau.city.report import city_fields
from batch.bureau.run import Request, run_inbox
from batch.options import Options
from batch.period import parse_today
from batch.report.names import CITY_BLOCKS, CITY_FIELDS, CITY_LISTS
from tests.books import edited
from tests.commands import Batch
from tests.documents import template_of
from tests.formulas import compared_cells, formulas, opened, recalculated
from tests.inboxes import TODAY, hand_in, write_roster
from tests.word_texts import text_of

MEETING = "| 日期 | 事项 | 应到 | 实到 |\n| 2022-{month}-05 | 专题学习 | {due} | {came} |"
PIECES = (
    "| 日期 | 事项 | 平台 | 级别 |\n| 2022-03-05 | 外宣信息 | 微信 | 校级 |\n| 2022-04-05 | 外宣信息 | 报纸 | 市级 |"
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the city of an inbox in which there is one of everything."""
    folder = tmp_path_factory.mktemp("city")
    box = folder / "箱"
    for number, unit in enumerate(("甲校", "乙校", "丙校", "'=丁校"), start=1):
        meeting = MEETING.format(month=f"{number:02d}", due=10 * number, came=9 * number + 1)
        hand_in(box / f"{number}.xlsx", unit, 2 * number, {"党建": meeting, "宣传": PIECES})
    hand_in(box / "错.xlsx", "有错校", tables={"办文": "| 日期 | 事项 |\n| 哪天 | 用印 |"})
    hand_in(box / "半年.xlsx", "半年校", 50, cover={"统计截止日期": "2022-06-30"})
    with edited(hand_in(box / "无版本.xlsx", "无版本校", 8)) as book:
        del book["填写说明"]
    (box / "坏.xlsx").write_text("不是工作簿", encoding="utf-8")
    write_roster(folder / "名单.xlsx", ("甲校", "王芳"), ("戊校", "李军"))
    command = [sys.executable, "-m", "batch", "run", "箱", "--roster", "名单.xlsx", *TODAY]
    assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 1
    return folder / "output/全市汇总"


def book_of(folder: Path) -> tuple[Workbook, bytes]:
    content = (folder / "汇总表.xlsx").read_bytes()
    return opened(content), content


def test_the_workbook_has_every_page(city: Path) -> None:
    pages = "全市指标 单位一览 交报情况 分月 图表 分类 另列 对账 单位指标 单位分月"
    assert book_of(city)[0].sheetnames == pages.split()
    pages = "单位统计 交报情况 问题类型 无法处理 全部问题"
    assert opened((city / "问题清单.xlsx").read_bytes()).sheetnames == pages.split()


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_every_formula_gives_its_stored_value_in_another_program(city: Path, tmp_path: Path) -> None:
    book, content = book_of(city)
    again = recalculated(tmp_path, {"全市": book})["全市"]
    cells = list(compared_cells(book, content, again))
    assert len(cells) > 500
    assert [each for each in cells if each[1] != each[2]] == []


def test_the_sum_of_each_figure_is_a_formula_over_a_row_for_each_unit(city: Path) -> None:
    book, _ = book_of(city)
    rows = [[cell.value for cell in row] for row in book["全市指标"].iter_rows(min_row=4)]
    figures = json.loads((city / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert [f"{row[0]}.{row[1]}" for row in rows] == list(figures)
    assert all(str(row[2]).startswith("=") for row in rows)
    lines = [[cell.value for cell in row] for row in book["单位指标"].iter_rows(min_row=4)]
    assert len(lines) == 5 * len(figures)
    seals = [(line[2], line[3]) for line in lines if line[1] == "用印"]
    assert dict(seals) == {"甲校": 2, "乙校": 4, "丙校": 6, "=丁校": 8, "无版本校": 8}
    assert figures["办文.用印"]["value"] == sum(int(str(value)) for _, value in seals)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_units_are_ranked_equals_alike_and_a_changed_value_changes_the_sum(city: Path, tmp_path: Path) -> None:
    book, _ = book_of(city)
    page = book["单位指标"]
    (row,) = (row for row in page.iter_rows(min_row=4) if (row[1].value, row[2].value) == ("用印", "甲校"))
    row[3].value = 100
    again = recalculated(tmp_path, {"改": book})["改"]
    ranks = {line[2]: line[7] for line in again["单位指标"].iter_rows(min_row=4, values_only=True) if line[1] == "用印"}
    assert ranks == {"甲校": 1, "=丁校": 2, "无版本校": 2, "丙校": 4, "乙校": 5}
    (total,) = (line for line in again["全市指标"].iter_rows(min_row=4, values_only=True) if line[1] == "用印")
    assert total[2:9] == (126, "人次", 5, 25.2, 100, "甲校", 4)


def test_no_name_of_a_unit_becomes_a_formula(city: Path) -> None:
    book, _ = book_of(city)
    assert [place for place, text in formulas(book).items() if "丁校" in text] == []
    assert "=丁校" in {row[0].value for row in book["单位一览"].iter_rows(min_row=4)}


def test_a_unit_has_a_link_to_its_folder_and_a_finding_to_its_cell(city: Path) -> None:
    book, _ = book_of(city)
    (faulty,) = (row for row in book["单位一览"].iter_rows(min_row=4) if row[0].value == "有错校")
    assert linked(faulty[14]) == ("../有错校.待修改", None)
    assert (city / "../有错校.待修改").is_dir()
    found = opened((city / "问题清单.xlsx").read_bytes())["全部问题"]
    (bad,) = (row for row in found.iter_rows(min_row=3) if row[10].value == "bad-date")
    assert linked(bad[5]) == ("../有错校.待修改/标注-错.xlsx", "'办文'!B3")
    assert (city / "../有错校.待修改/标注-错.xlsx").is_file()


def linked(cell: Cell | MergedCell) -> tuple[str, str | None]:
    """Return what a cell leads to; the library writes the path as Excel does on Windows, which all programs take."""
    assert cell.hyperlink is not None
    return str(cell.hyperlink.target).replace("\\", "/"), cell.hyperlink.location


def test_the_rows_are_accounted_for(city: Path) -> None:
    book, _ = book_of(city)
    for row in book["对账"].iter_rows(min_row=4, max_col=7):
        read, *parts = [int(str(cell.value)) for cell in row[1:]]
        assert read == sum(parts) > 0


def test_the_report_says_who_is_in_it_and_who_is_not(city: Path) -> None:
    text = text_of((city / "汇总报告.docx").read_bytes())
    for sentence in (
        "全市2022年工作台账汇总报告",
        "本报告由5个单位的台账汇总",
        "没有并入的：1个单位台账有错误、1个单位期间或模板版本不同。另有1份文件读不出来。",
        "其中1个单位的工作簿没有写明模板版本",
        "按名单应交2个单位，未交1个",
        "戊校｜李军",
        "有错校｜",
        "坏.xlsx｜",
        "2022年度，2022年上半年，截至2022-06-30｜1个：半年校",
        "用印｜28人次｜5｜5.6｜=丁校 8",
    ):
        assert sentence in text


def test_the_names_of_the_template_are_those_that_have_a_value(city: Path) -> None:
    options = Options(today=parse_today(TODAY[1]), output=city.parent)
    outcome = run_inbox([city.parents[1] / "箱"], Request(options), lambda *_: None, datetime.now().astimezone())
    submissions = outcome.submissions
    assert submissions.city is not None
    fields = city_fields(submissions, submissions.city)
    areas = {area.name for area in load_definitions().areas} | {"任务", "指标"}
    assert fields.keys() - areas == CITY_FIELDS | CITY_BLOCKS
    (items,) = CITY_LISTS.values()
    assert all(each.keys() == items for each in fields["各工作面"])  # type: ignore[attr-defined]


@pytest.mark.slow
def test_the_bureau_may_have_a_template_of_its_own(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", 4)
    (tmp_path / "模板").mkdir()
    given = tmp_path / "模板/全市汇总报告.docx"
    given.write_bytes(
        template_of("全市用印{{ 办文.用印|单位 }}，{% for 面 in 各工作面 %}{{ 面.名称 }}、{% endfor %}").content
    )
    assert batch("run", "箱", "--templates", "模板", *TODAY).code == 0
    text = text_of(Path("output/全市汇总/汇总报告.docx").read_bytes())
    assert text.strip() == "全市用印7人次，办文、党建、宣传、保密、"
    given.write_bytes(template_of("{{ 交报情形 }}").content)
    said = batch("run", "箱", "--templates", "模板", *TODAY)
    assert said.code == 2
    assert "是不是“交报情况”" in said.err
