"""Reports as values and as Word files: what they say, and what they never say."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from batch.checked import Checked
from batch.report.content import Report
from batch.report.duty import duty_report
from batch.report.owner import owner_report
from batch.report.phrase import NOTHING, Phrase
from batch.report.summary import summary_report
from batch.report.word import write_word
from tests.books import checked_of, write_book
from tests.office import converted

STRAY = re.compile(r"[，、；][。；，]|。。|：。|\b(?:None|nan|NaT|<NA>)\b|[0-9]\.0[^%0-9]|\b0(?:件|次|名|篇|份|个|人)")


def reports_of(checked: Checked) -> dict[str, Report]:
    totals = checked.totals
    assert totals is not None
    named = {owner.name: owner_report(checked, totals, owner.name, is_draft=False) for owner in checked.owners.values()}
    return {
        "述职报告": duty_report(checked, totals, is_draft=False),
        "汇总报告": summary_report(checked, totals, is_draft=False),
        **named,
    }


@pytest.fixture(scope="module")
def reports(full_year: Checked) -> dict[str, Report]:
    return reports_of(full_year)


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
def test_the_duty_report_has_every_figure_in_a_sentence(reports: dict[str, Report], words: str) -> None:
    assert words in reports["述职报告"].text


def test_the_duty_report_has_all_twenty_five() -> None:
    assert len(DUTY) == 25


def test_exact_values_stand_in_the_appendix(reports: dict[str, Report]) -> None:
    assert "办文.发文｜59件｜日期在统计期内、事项为“发文”的数量之和。｜办文：" in reports["述职报告"].text


def test_reports_never_show_what_a_program_left_behind(reports: dict[str, Report]) -> None:
    for name, report in reports.items():
        body = replace(report, appendix=()).text
        assert STRAY.findall(body) == [], name


def test_an_office_that_did_little_gets_no_holes(tmp_path: Path) -> None:
    little = {"党建": "| 日期 | 事项 |\n| 2021-03-05 | 支委会 |", "任务": ""}
    for name, report in reports_of(checked_of(write_book(tmp_path / "台账.xlsx", little))).items():
        body = report.text.split("附：数据来源")[0].split("主要指标")[0]
        assert STRAY.findall(body) == [], name
    assert "专题党课" not in report.text.split("主要指标")[0]


@pytest.mark.parametrize(
    ("value", "exact", "words"),
    [
        (9, False, "9"),
        (10, False, "10"),
        (56, False, "50余"),
        (260, False, "260"),
        (999, False, "990余"),
        (1000, False, "1000"),
        (1071, False, "1000余"),
        (1071, True, "1071"),
        (87.8, False, "87.8"),
    ],
)
def test_counts_are_rounded_down_with_a_suffix(value: float, *, exact: bool, words: str) -> None:
    unit = "%" if isinstance(value, float) else "件"
    spoken = Phrase("", value, unit, is_exact=exact, is_unsettled=False)
    assert str(spoken.rough) == words


def test_a_figure_without_a_value_is_false() -> None:
    assert not NOTHING


def test_an_unsettled_figure_is_marked_wherever_it_stands(tmp_path: Path) -> None:
    table = "| 事项 | 数量 |\n| 发文 | 20 |\n| 收文 | |"
    reports = reports_of(checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table})))
    assert "制发各类文件20件（待核实）" in reports["述职报告"].text
    assert "制发文件20件（待核实）" in reports["张三"].text
    assert "收文｜1件｜" in reports["汇总报告"].text


SECRETS = {
    "标题": "绝密标题甲",
    "文号": "密发乙号",
    "往来单位": "机要局丙",
    "备注": "备注内容丁",
    "核实说明": "说明的内容戊己",
}


def test_nothing_of_a_classified_row_leaves_the_program(tmp_path: Path) -> None:
    header = "| 日期 | 事项 | 密级 | 载体 | 办理方式 | 数量 | 办理时限 | " + " | ".join(SECRETS)
    row = "| 2022-03-05 | 收文 | 机密 | 纸质 | 拟办 | 3 | 2022-03-08 | " + " | ".join(SECRETS.values())
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": f"{header} |\n{row} |\n{row} |"}))
    told = "".join(report.text for report in reports_of(checked).values())
    told += "".join(f"{each.message}{each.value}{each.explanation}" for each in checked.findings)
    assert [secret for secret in SECRETS.values() if secret in told] == []
    assert "涉密，不显示" in told
    assert "逾期办理情况（2行）" in told


def test_a_deputy_acts_while_the_holder_is_away(reports: dict[str, Report]) -> None:
    assert "（A角赵雪晴离岗，由B角代行职责）" in reports["孙国栋"].text


def test_the_page_is_that_of_an_official_document(reports: dict[str, Report]) -> None:
    document = docx.Document(io.BytesIO(write_word(reports["汇总报告"])))
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round((side or 0) / 36000) for side in sides] == [210, 297, 37, 28]
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    for table in document.tables:
        first = table.rows[0]._tr
        assert first.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_the_same_report_gives_the_same_bytes(reports: dict[str, Report]) -> None:
    assert write_word(reports["述职报告"]) == write_word(reports["述职报告"])


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_full_page_has_twenty_two_lines(reports: dict[str, Report], tmp_path: Path) -> None:
    path = tmp_path / "述职报告.docx"
    path.write_bytes(write_word(reports["述职报告"]))
    (printed,) = converted(tmp_path, "pdf", path)
    pdftotext = shutil.which("pdftotext") or "pdftotext"
    command = [pdftotext, "-layout", "-f", "2", "-l", "2", str(printed), "-"]
    page = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line for line in page.splitlines() if line.strip()]
    assert len(lines) == 22 + 1, "22 lines of text and the page number"
