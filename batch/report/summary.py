"""汇总报告: the summary for the head of the office."""

from collections.abc import Iterator

from batch.checked import Checked
from batch.finding import Severity
from batch.report import parts
from batch.report.content import Block, Heading, Paragraph, Report, chinese_number
from batch.report.heads import report_title, signed, span
from batch.total.totals import SheetTotals, Totals


def summary_report(checked: Checked, totals: Totals, *, is_draft: bool) -> Report:
    """Return the summary of all areas."""
    sections = (_overall, _areas, _tasks, _overdue, _findings)
    body = [
        block
        for number, section in enumerate(sections, start=1)
        for block in section(checked, totals, chinese_number(number))
    ]
    return Report(
        title=report_title(checked, totals, "工作台账汇总报告"),
        byline="",
        body=tuple(body),
        signature=signed(checked, totals),
        appendix=(
            Heading(1, "附：数据来源"),
            parts.source_table(totals.figures.values(), totals),
            parts.reconciliation_table(totals.sheets.values()),
        ),
        unit=checked.book.settings.unit,
        is_draft=is_draft,
    )


def _overall(checked: Checked, totals: Totals, number: str) -> Iterator[Block]:
    yield Heading(1, f"{number}、总体情况")
    areas = totals.areas
    read = sum(each.reconciliation.read for each in areas)
    counted = sum(each.reconciliation.counted for each in areas)
    left_out = sum(each.reconciliation.excluded for each in areas)
    ones = sum(each.assumed_ones for each in areas)
    window = totals.window
    told = [f"{span(window)}。"]
    told.append(
        f"{'、'.join(each.sheet.name for each in areas)}{len(areas)}个工作面共读入台账{read}行，计入{counted}行。"
    )
    if left_out:
        told.append(f"因有错误未计入{left_out}行，详见“需要改正和核实的问题”。")
    if ones:
        told.append(f"其中{ones}行“数量”未填，按1计。")
    if checked.book.is_joined:
        told.append(
            f"台账由{len(checked.book.files)}份工作簿合并：{'、'.join(file.name for file in checked.book.files)}。"
        )
    yield Paragraph("".join(told))


def _areas(checked: Checked, totals: Totals, number: str) -> Iterator[Block]:
    yield Heading(1, f"{number}、各工作面情况")
    for index, sheet in enumerate(totals.areas, start=1):
        yield Heading(2, f"（{chinese_number(index)}）{sheet.sheet.name}")
        yield Paragraph(f"{parts.owner_line(sheet.sheet.name, checked.owners)}。")
        yield from parts.passages(sheet)
        yield parts.figure_table(sheet)
        yield from _tables(sheet)


def _tables(sheet: SheetTotals) -> Iterator[Block]:
    tables = (parts.month_table(sheet), parts.person_table(sheet), *parts.breakdown_tables(sheet))
    yield from (table for table in tables if table is not None)


def _tasks(checked: Checked, totals: Totals, number: str) -> Iterator[Block]:
    yield Heading(1, f"{number}、任务完成情况")
    tasks = totals.sheets.get(checked.definitions.tasks.name)
    table = parts.task_table(totals.tasks, "任务与目标")
    if tasks is None or table is None:
        yield Paragraph("任务清单没有填写。")
        return
    yield from parts.passages(tasks)
    missed = [task for task in totals.tasks if task.is_missed]
    if missed:
        yield Paragraph(f"未达到目标的有{len(missed)}项：{'；'.join(task.task for task in missed)}。")
    yield table


def _overdue(checked: Checked, totals: Totals, number: str) -> Iterator[Block]:
    del checked
    yield Heading(1, f"{number}、逾期和未了事项")
    tables: list[Block] = [table for sheet in totals.areas for table in parts.detail_tables(sheet, totals)]
    yield from tables or [Paragraph("没有逾期或未了的事项。")]


def _findings(checked: Checked, totals: Totals, number: str) -> Iterator[Block]:
    yield Heading(1, f"{number}、需要改正和核实的问题")
    counts = "、".join(f"{each}{len(parts.of_severity(checked.findings, each))}处" for each in Severity)
    yield Paragraph(
        f"共有{counts}。全部问题见问题清单.xlsx。" if checked.findings else "没有发现需要改正或核实的问题。"
    )
    serious = parts.of_severity(checked.findings, Severity.ERROR, Severity.VERIFY)
    tables = (
        parts.finding_table(serious, "待改正和核实"),
        parts.excluded_table(totals.sheets.values()),
        parts.settled_table(checked.findings),
        parts.finding_table(parts.of_severity(checked.findings, Severity.HINT), "提示"),
    )
    yield from (table for table in tables if table is not None)
