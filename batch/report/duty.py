"""述职报告: the year-end duty report, every figure filled in."""

from collections.abc import Iterator
from typing import Final

from batch.areas.figures import Due, Outstanding
from batch.checked import Checked
from batch.finding import Finding
from batch.report import parts
from batch.report.content import Heading, Report, chinese_number
from batch.report.heads import DEPARTMENT, office, written_on
from batch.report.outline import Figures, outline_text, render_outline
from batch.report.passage import sentence
from batch.report.phrase import phrase
from batch.total.totals import Totals

NAMED_IN_OUTLINE: Final = ("办文", "党建", "宣传", "保密", "任务")
"""Sheets whose figures the outline names; any further area gets a paragraph of its own passages."""
FIXED_POINTS: Final = 5
"""一是 to 五是 of the third part stand in the outline."""
REPORTER: Final = "述职人"
TO_WRITE: Final = "【请补充：述职人姓名】"


def duty_report(checked: Checked, totals: Totals, *, is_draft: bool) -> Report:
    """Return the duty report; what no ledger can tell is left as a marked slot for the author."""
    settings = checked.book.settings
    reporter = settings.text(REPORTER) or TO_WRITE
    figures = {
        name: Figures({each.figure.name: phrase(each) for each in totals.sheets[name].figures})
        if name in totals.sheets
        else Figures()
        for name in NAMED_IN_OUTLINE
    }
    values = {
        **figures,
        "期间": totals.period.title,
        "部门": settings.text(DEPARTMENT),
        "党组织": settings.text("党组织名称") or "学校党组织",
        "上级党组织": settings.text("上级党组织"),
        "岗位": _posts(checked),
        "其他工作面": list(_other_areas(totals)),
        "不足": _shortcomings(totals, checked.findings),
        "打算": _next_steps(totals),
    }
    return Report(
        title=f"{totals.period.title}述职报告",
        byline=f"{office(checked)}　{reporter}",
        body=render_outline(outline_text(), values),
        signature=(f"述职人：{reporter}", written_on(checked, totals)),
        appendix=(Heading(1, "附：数据来源"), parts.source_table(totals.figures.values(), totals)),
        unit=settings.unit,
        is_draft=is_draft,
    )


def _posts(checked: Checked) -> str:
    posts = [f"{area}由{owner.acting_for or owner.name}任A角" for area, owner in checked.owners.items()]
    acting = [
        f"{area}A角{each.acting_for}离岗期间由{each.name}代行职责"
        for area, each in checked.owners.items()
        if each.acting_for
    ]
    return "，".join((*posts, *acting))


def _other_areas(totals: Totals) -> Iterator[dict[str, str]]:
    others = [each for each in totals.areas if each.sheet.name not in NAMED_IN_OUTLINE]
    for number, each in enumerate(others, start=FIXED_POINTS + 1):
        told = "".join(text for passage in each.sheet.passages if (text := sentence(passage, each)))
        if told:
            yield {"序": chinese_number(number), "名称": each.sheet.name, "情况": told}


def _shortcomings(totals: Totals, findings: tuple[Finding, ...]) -> str:
    """Name what the ledger itself shows to be wanting, then leave room for what it cannot show."""
    found = [*_late(totals), *_missed(totals)]
    if any(finding.code == "empty-sheet" for finding in findings):
        found.append("个别工作面台账登记不及时")
    points = [f"{chinese_number(number)}是{text}" for number, text in enumerate(found, start=1)]
    return "；".join((*points, "【请补充：能力、作风等方面的不足】")) + "。"


def _late(totals: Totals) -> Iterator[str]:
    for each in totals.figures.values():
        is_late = isinstance(each.figure, Due) and each.figure.outcome == "late"
        if each.value and is_late:
            yield f"办理时效还不够强，有{phrase(each).measured.marked}公文未能按时办结"
        elif each.value and isinstance(each.figure, Outstanding):
            yield f"涉密文件借阅管理还需从严，有{phrase(each).measured.marked}借出后尚未归还"


def _missed(totals: Totals) -> Iterator[str]:
    missed = [task for task in totals.tasks if task.is_missed]
    if missed:
        named = "、".join(f"“{task.task}”" for task in missed[:3])
        yield f"任务推进还不平衡，{named}{'等' if len(missed) > len(missed[:3]) else ''}{len(missed)}项任务未达到目标"


def _next_steps(totals: Totals) -> str:
    steps = []
    if any(True for _ in _late(totals)):
        steps.append("对逾期和未了事项逐件催办、限期销号")
    if any(True for _ in _missed(totals)):
        steps.append("对未达到目标的任务逐项分析原因、补齐进度")
    steps.append("坚持台账日清月结，用准确的数据支撑工作")
    return "我将" + "，".join(steps) + "。【请补充：下一步工作打算】"
