"""The sample workbooks: sound where they should be, faulty where faults were planted, rewritten to the byte."""

from collections import Counter

import openpyxl
import pytest

from batch.check.checked import Checked
from batch.finding import Severity
from sample_workbooks.faults import FAULTS, locate_faults
from sample_workbooks.make_samples import build_samples
from tests.books import LATER, SAMPLES, checked_of, compared_with
from tests.commands import Batch

KNOWN = {
    "办文.发文": 59,
    "办文.收文": 118,
    "办文.电子公文": 133,
    "办文.传阅": 47,
    "办文.拟办": 50,
    "办文.报送材料": 51,
    "办文.归档": 1071,
    "办文.用印": 95,
    "办文.请示": 5,
    "办文.应办结": 49,
    "办文.按时办结率": 87.8,
    "党建.谈心谈话": 57,
    "党建.平均到会率": 94.0,
    "宣传.校级外宣": 69,
    "宣传.市级以上外宣": 22,
    "保密.承诺书": 126,
    "保密.在管涉密文件": 12,
    "保密.借出未还": 1,
    "任务.方面": 7,
    "任务.完成率": 81.0,
}


def test_a_sound_year_gives_neither_errors_nor_doubts(full_year: Checked) -> None:
    assert {finding.severity for finding in full_year.findings} <= {Severity.HINT}


@pytest.mark.parametrize("figure", KNOWN)
def test_the_figures_of_the_year_are_those_counted_by_hand(full_year: Checked, figure: str) -> None:
    assert full_year.totals is not None
    assert full_year.totals.figures[figure].value == KNOWN[figure]


def test_the_year_before_is_sound_and_leads_into_the_year() -> None:
    before = checked_of(SAMPLES / "上年台账.xlsx")
    assert {finding.severity for finding in before.findings} <= {Severity.HINT}
    assert before.totals is not None
    figures = ("办文.发文", "办文.归档", "党建.新发展党员", "宣传.校级外宣", "保密.在管涉密文件")
    assert [before.totals.figures[name].value for name in figures] == [44, 805, 4, 60, 10]
    previous = compared_with(SAMPLES / "全年台账.xlsx", SAMPLES / "上年台账.xlsx")
    assert previous is not None
    assert (previous.label, previous.title, previous.notes) == ("同比", "2021年", ())


def test_planted_faults_are_found_at_their_cells_and_nothing_else() -> None:
    found = [each for each in checked_of(SAMPLES / "有错台账.xlsx").findings if each.severity is not Severity.HINT]
    planted = locate_faults(openpyxl.load_workbook(SAMPLES / "全年台账.xlsx"))
    assert len(FAULTS) == 42
    assert Counter((each.cell, each.code, each.severity.value) for each in found) == Counter(
        (cell, fault.code, str(fault.severity)) for cell, fault in planted.items()
    )


def test_the_fifth_area_is_checked_and_totalled() -> None:
    folder = SAMPLES / "五个工作面"
    checked = checked_of(folder / "台账.xlsx", areas=folder / "areas", today=LATER)
    assert checked.totals is not None
    assert checked.errors == 0
    assert checked.totals.sheets["办会"].reconciliation.counted == 40


@pytest.mark.slow
def test_of_the_schools_in_the_inbox_two_are_sound_one_is_sent_back_and_one_is_missing(batch: Batch) -> None:
    inbox = SAMPLES / "收件箱"
    said = batch("run", inbox, "--roster", inbox / "名单.xlsx", "--today", LATER)
    assert said.code == 1
    assert "名单应交 4 个单位：未交 1，有错误 1，无错误 2。" in said.out
    assert "东湖职业学校（错误 1 处）" in said.out
    assert "北岭中学（沈建民）" in said.out
    assert "全市2022年第一季度汇总已生成" in said.out


@pytest.mark.slow
def test_the_script_gives_the_samples_as_they_are_here() -> None:
    assert [path.name for path, content in build_samples().items() if path.read_bytes() != content] == []
