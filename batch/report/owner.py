"""个人报告: one report per sheet owner, holding all sheets that this person owns."""

from collections.abc import Iterator

from batch.checked import Checked
from batch.finding import Severity
from batch.report import parts
from batch.report.content import Block, Heading, Paragraph, Report, chinese_number
from batch.report.heads import report_title, signed, span
from batch.total.totals import SheetTotals, Totals


def owner_report(checked: Checked, totals: Totals, name: str, *, is_draft: bool) -> Report:
    """Return the report of one owner."""
    own = [each for each in totals.areas if checked.owner_names.get(each.sheet.name) == name]
    body: list[Block] = [Paragraph(_opening(checked, totals, name, own))]
    for number, sheet in enumerate(own, start=1):
        body.append(Heading(1, f"{chinese_number(number)}、{sheet.sheet.name}工作"))
        body += _area(checked, totals, sheet)
    body += _tasks(totals, name, own, len(own) + 1)
    body += _findings(checked, own, len(own) + 2)
    return Report(
        title=report_title(checked, totals, f"{name}工作台账报告"),
        byline="",
        body=tuple(body),
        signature=signed(checked, totals),
        appendix=(
            Heading(1, "附：数据来源"),
            parts.source_table((figure for sheet in own for figure in sheet.figures), totals),
            parts.reconciliation_table(own),
        ),
        unit=checked.book.settings.unit,
        is_draft=is_draft,
    )


def _opening(checked: Checked, totals: Totals, name: str, own: list[SheetTotals]) -> str:
    areas = "、".join(each.sheet.name for each in own)
    read = sum(each.reconciliation.read for each in own)
    counted = sum(each.reconciliation.counted for each in own)
    window = totals.window
    acting = [
        f"{area}A角{owner.acting_for}离岗，由{name}代行职责"
        for area, owner in checked.owners.items()
        if owner.name == name and owner.acting_for and area in areas
    ]
    return f"本报告反映{name}负责的{areas}工作。{span(window)}。共读入台账{read}行，计入本期{counted}行。" + "".join(
        f"{each}。" for each in acting
    )


def _area(checked: Checked, totals: Totals, sheet: SheetTotals) -> Iterator[Block]:
    yield Paragraph(f"{parts.owner_line(sheet.sheet.name, checked.owners)}。")
    yield from parts.passages(sheet)
    yield parts.figure_table(sheet)
    tables = (parts.month_table(sheet), parts.person_table(sheet), *parts.breakdown_tables(sheet))
    yield from (table for table in tables if table is not None)
    yield from parts.detail_tables(sheet, totals)


def _tasks(totals: Totals, name: str, own: list[SheetTotals], number: int) -> Iterator[Block]:
    areas = {each.sheet.name for each in own}
    tasks = [task for task in totals.tasks if task.area in areas or task.person == name]
    yield Heading(1, f"{chinese_number(number)}、任务完成情况")
    table = parts.task_table(tasks, "任务与目标")
    if table is None:
        yield Paragraph("任务清单中没有列入本人或本人工作面的任务。")
        return
    judged = [task for task in tasks if task.reached is not None]
    reached = sum(bool(task.reached) for task in judged)
    yield Paragraph(f"涉及任务{len(tasks)}项，其中设有目标的{len(judged)}项，已达到{reached}项。")
    yield table


def _findings(checked: Checked, own: list[SheetTotals], number: int) -> Iterator[Block]:
    areas = {each.sheet.name for each in own}
    findings = [finding for finding in checked.findings if finding.sheet in areas]
    yield Heading(1, f"{chinese_number(number)}、需要改正和核实的问题")
    table = parts.finding_table(findings, "问题清单")
    counts = "、".join(f"{severity}{len(parts.of_severity(findings, severity))}处" for severity in Severity)
    yield Paragraph(f"本人负责的工作表共有{counts}。" if findings else "没有发现需要改正或核实的问题。")
    if table is not None:
        yield table
    excluded, settled = parts.excluded_table(own), parts.settled_table(findings)
    yield from (each for each in (excluded, settled) if each is not None)
