"""The reports as their readers see them: what they say, and what they never say."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from batch.check.checked import Checked
from batch.options import Options
from batch.unit.previous import find_previous
from tests.books import checked_of, write_book
from tests.office import converted
from tests.word_texts import documents_of, texts_of

SOURCES = "附：数据来源"
STRAY = re.compile(
    r"[，、；][。；，]|。。|：。|\b(?:None|nan|NaT|<NA>)\b|[0-9]\.0[^%0-9]|\b0(?:件|次|名|篇|份|个|人)|\{[{%]|[%}]\}"
)


@pytest.fixture(scope="module")
def reports(full_year: Checked) -> dict[str, str]:
    return texts_of(full_year)


DUTY = [
    "选派9名工作人员",
    "制发各类文件50余件",
    "收发电子公文130余件",
    "传阅来文40余件",
    "对50件来文",
    "报送各类材料50余件",
    "归档文件资料1000余件",
    "办理用印95人次",
    "请示5个",
    "专题党课5次",
    "专题讨论4次",
    "研判会4次",
    "专题学习12次",
    "交流研讨5次",
    "谈心谈话57人次",
    "主题党日活动36次",
    "为94名党员",
    "新发展党员3名",
    "发展对象4人",
    "入党积极分子6名",
    "7个方面",
    "25项量化任务",
    "校级外宣信息60余篇",
    "市级以上媒体刊发20余篇",
    "保密承诺书120余份",
]


@pytest.mark.parametrize("words", DUTY)
def test_the_duty_report_has_every_figure_in_a_sentence(reports: dict[str, str], words: str) -> None:
    assert words in reports["述职报告"]


def test_the_duty_report_has_all_twenty_five() -> None:
    assert len(DUTY) == 25


def test_the_duty_report_reads_as_it_should(reports: dict[str, str]) -> None:
    golden = Path(__file__).with_name("golden") / "述职报告.txt"
    assert reports["述职报告"].partition(SOURCES)[0] == golden.read_text(encoding="utf-8")


def test_exact_values_stand_in_the_appendix(reports: dict[str, str]) -> None:
    assert "办文.发文｜59件｜日期在统计期内、事项为“发文”的数量之和。｜办文：4, 8, 13, 18-19, " in reports["述职报告"]


def test_the_appendix_is_named_nowhere_before_it(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        assert text.count(SOURCES) == 1, name
        assert "数据来源" not in text.partition(SOURCES)[0], name


def test_reports_never_show_what_a_program_left_behind(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        assert STRAY.findall(text.partition(SOURCES)[0]) == [], name


def test_a_heading_is_not_parted_from_what_it_heads(full_year: Checked) -> None:
    document = docx.Document(io.BytesIO(documents_of(full_year)["汇总报告.docx"]))
    owners = [each for each in document.paragraphs if each.text.startswith("负责人：")]
    assert [each.paragraph_format.keep_with_next for each in owners] == [True] * 4


def test_no_bracket_stands_within_brackets_where_figures_are_marked(tmp_path: Path) -> None:
    rows = "| 事项 | 文种 | 数量 |\n| 发文 | 请示 | 3 |\n| 收文 | | 2 |"
    report = texts_of(checked_of(write_book(tmp_path / "台账.xlsx", {"办文": rows})))["汇总报告"]
    assert "制发文件3件（待核实），其中请示3个（待核实），接收来文2件（待核实）" in report
    assert not re.search("（[^）]*（", report.split(SOURCES)[0].split("五、")[0])


def test_a_sentence_names_long_tasks_in_short(tmp_path: Path) -> None:
    tasks = "\n".join(f"| {'学习' * 40}{number} | 宣传.宣传活动 | 9 |" for number in range(12))
    reports = texts_of(checked_of(write_book(tmp_path / "台账.xlsx", {"任务": f"| 任务 | 指标 | 目标值 |\n{tasks}"})))
    told = next(line for line in reports["汇总报告"].splitlines() if "未达到目标的有12项" in line)
    assert told.endswith("学习…等。")
    assert len(told) < 400
    assert f"“{'学习' * 15}…”等12项任务未达到目标" in reports["述职报告"]


def test_a_point_without_figures_asks_for_what_to_say(tmp_path: Path) -> None:
    book = write_book(tmp_path / "台账.xlsx", {"任务": "| 方面 |"})
    points = texts_of(checked_of(book, period="2021"))["述职报告"]
    for said in ("办文规范有序。【请补充：本期办文工作】", "重点落实。【请补充：本期党建重点工作】"):
        assert said in points
    assert "五是宣传保密并重。【请补充：本期宣传、保密工作】\n四、" in points


def test_an_office_that_did_little_gets_no_holes(tmp_path: Path) -> None:
    little = {"党建": "| 日期 | 事项 |\n| 2021-03-05 | 支委会 |", "任务": ""}
    for name, text in texts_of(checked_of(write_book(tmp_path / "台账.xlsx", little))).items():
        body = text.partition(SOURCES)[0]
        said = "\n".join(line for line in body.splitlines() if "｜" not in line)
        assert STRAY.findall(said) == [], name
        assert "专题党课" not in said, name


def test_what_the_ledger_shows_to_be_wanting_is_a_shortcoming(tmp_path: Path) -> None:
    tables = {
        "办文": "| 日期 | 事项 | 办理时限 | 办结日期 |\n| 2022-03-05 | 收文 | 2022-03-08 | 2022-03-20 |",
        "党建": "| 日期 | 事项 | 支部 |\n| 2022-03-05 | 支委会 | 一支部 |",
        "保密": "| 日期 | 事项 | 归还日期 |\n| 2022-03-05 | 涉密文件借出 | |",
        "任务": "| 任务 | 指标 | 目标值 |\n| 多写稿件 | 宣传.校级外宣 | 30 |",
    }
    report = texts_of(checked_of(write_book(tmp_path / "台账.xlsx", tables), with_frequencies=True))["述职报告"]
    points = report.partition("主要有以下几个方面。\n")[2].splitlines()[:6]
    assert points == [
        "一是办文时效还不够强，有1件未能按时办结。",
        "二是保密管理还需从严，借出未还的有1份。",
        "三是任务推进还不平衡，“多写稿件”未达到目标。",
        "四是党建制度落实还不够经常，支部党员大会、支委会、党小组会等没有达到规定的次数。",
        "五是保密制度落实还不够经常，保密检查没有达到规定的次数。",
        "六是【请补充：能力、作风等方面的不足】",
    ]
    assert "我将对逾期事项逐件催办、限期销号，对未了事项逐件核对、及时了结，对未达到目标的任务" in report


def test_an_unsettled_figure_is_marked_wherever_it_stands(tmp_path: Path) -> None:
    table = "| 事项 | 数量 |\n| 发文 | 20 |\n| 收文 | |"
    reports = texts_of(checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table})))
    assert "制发各类文件20件（待核实）" in reports["述职报告"]
    assert "制发文件20件（待核实）" in reports["张三"]
    assert "收文｜1件｜" in reports["汇总报告"]


def test_a_deputy_acts_while_the_holder_is_away(reports: dict[str, str]) -> None:
    assert "（A角赵雪晴离岗，由B角代行职责）" in reports["孙国栋"]


def test_an_owner_reads_of_the_own_sheets_alone(reports: dict[str, str]) -> None:
    assert "宣传主要指标" in reports["孙国栋"]
    assert "办文主要指标" not in reports["孙国栋"]


def test_a_report_says_how_figures_have_changed(tmp_path: Path) -> None:
    table = "| 日期 | 事项 |\n| 2022-07-05 | 用印 |\n| 2022-08-05 | 用印 |\n| 2022-08-06 | 用印 |"
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table}), period="2022-08")
    previous = find_previous(checked, Options(today=date(2023, 6, 30)))
    text = texts_of(replace(checked, previous=previous))["汇总报告"]
    assert "办文主要指标（环比，上期为2022年7月）" in text
    assert "用印｜2人次｜1｜+1｜+100.0%" in text
    assert "上期指2022年7月（环比）。" in text


def test_every_figure_of_a_report_carries_its_id(full_year: Checked) -> None:
    assert full_year.totals is not None
    for path, content in documents_of(full_year).items():
        body = docx.Document(io.BytesIO(content)).element.body
        tags = [each.get(qn("w:val")) for each in body.iter(qn("w:tag"))]
        numbers = [each.get(qn("w:val")) for each in body.iter(qn("w:id")) if each.getparent().tag == qn("w:sdtPr")]
        assert set(tags) <= set(full_year.totals.figures), path
        assert len(numbers) == len(set(numbers)) == len(tags), path
    assert {"办文.发文", "党建.专题党课", "任务.完成率"} <= set(tags) | set(full_year.totals.figures)


def test_months_are_drawn_where_there_is_a_course_to_see(full_year: Checked) -> None:
    names = zipfile.ZipFile(io.BytesIO(documents_of(full_year)["汇总报告.docx"])).namelist()
    assert len([name for name in names if name.startswith("word/charts/chart")]) == 5


def test_the_page_is_that_of_an_official_document(full_year: Checked) -> None:
    for path, content in documents_of(full_year).items():
        document = docx.Document(io.BytesIO(content))
        section = document.sections[0]
        sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
        assert [round((side or 0) / 36000) for side in sides] == [210, 297, 37, 28], path
        for table in document.tables:
            first = table.rows[0]._tr
            assert first.find(f".//{qn('w:tblHeader')}") is not None
            assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_the_same_totals_give_the_same_bytes(full_year: Checked) -> None:
    assert documents_of(full_year) == documents_of(full_year)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_full_page_of_the_duty_report_has_twenty_two_lines(full_year: Checked, tmp_path: Path) -> None:
    path = tmp_path / "述职报告.docx"
    path.write_bytes(documents_of(full_year)["述职报告.docx"])
    (printed,) = converted(tmp_path, "pdf", path)
    pdftotext = shutil.which("pdftotext") or "pdftotext"
    command = [pdftotext, "-layout", "-f", "2", "-l", "2", str(printed), "-"]
    page = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line for line in page.splitlines() if line.strip()]
    assert len(lines) == 22 + 1, "22 lines of text and the page number"
