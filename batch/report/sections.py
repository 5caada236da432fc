"""The sections of a report within its scope: what was read, each area, tasks, what is overdue, what is to be mended."""

from collections.abc import Iterable
from typing import Final, TypeAlias

from batch.areas.figures import Due
from batch.finding import Finding, Severity
from batch.report import charts, figure_tables, list_tables
from batch.report.content import Blocks, Paragraph
from batch.report.heads import span
from batch.report.numerals import chinese_number
from batch.report.passage import sentences
from batch.report.scope import Scope
from batch.total.totals import SheetTotals
from batch.values.cell import shortened

MOST_NAMED: Final = 8
"""Tasks that a sentence names; the table has all of them."""
AreaFields: TypeAlias = dict[str, str | Blocks]
"""Name -> content of one area, as a template's loop over 各工作面 sees it."""


def statement(scope: Scope) -> str:
    """Say which days the report covers, how many rows were read, and what the reader has to know of them."""
    areas = scope.areas
    names = "、".join(each.sheet.name for each in areas)
    read, counted, left_out = (
        sum(getattr(each.reconciliation, part) for each in areas) for part in ("read", "counted", "excluded")
    )
    whose = f"本报告反映{scope.person}负责的{names}工作，" if scope.person else ""
    what = "" if scope.person else f"{names}{len(areas)}个工作面"
    told = [f"{whose}{span(scope.totals.window)}。", f"{what}共读入台账{read}行，计入本期{counted}行。"]
    if left_out:
        told.append(f"因有错误未计入{left_out}行，见“需要改正和核实的问题”。")
    ones = sum(each.assumed_ones for each in areas)
    if ones:
        told.append(f"计入的行中有{ones}行“数量”未填，按1计。")
    files = scope.checked.book.files
    if scope.checked.book.is_joined and not scope.person:
        told.append(f"台账由{len(files)}份工作簿合并：{'、'.join(file.name for file in files)}。")
    if scope.previous is not None:
        told.append(f"上期指{scope.previous.title}（{scope.previous.label}）。")
        told += [f"{each.rstrip('。')}。" for each in scope.previous.notes]
    return "".join(told)


def area_sections(scope: Scope) -> list[AreaFields]:
    """Return each area's content, in order."""
    return [_area(scope, sheet, number) for number, sheet in enumerate(scope.areas, start=1)]


def _area(scope: Scope, sheet: SheetTotals, number: int) -> AreaFields:
    name = sheet.sheet.name
    nothing = f"本期“{name}”没有可报告的登记。"
    return {
        "序": chinese_number(number),
        "名称": name,
        "负责人": owner_line(scope, name),
        "情况": Blocks((Paragraph(sentences(sheet) or nothing),)),
        "指标表": Blocks.of(figure_tables.figure_table(sheet, scope.previous)),
        "分月图": Blocks.of(charts.area_chart(sheet, scope.totals)),
        "分月表": Blocks.of(*figure_tables.month_tables(sheet)),
        "分人表": Blocks.of(figure_tables.person_table(sheet)),
        "分类表": Blocks.of(*figure_tables.breakdown_tables(sheet)),
    }


def owner_line(scope: Scope, area: str) -> str:
    """Say who answers for an area, and for whom a deputy stands in."""
    owner = scope.checked.owners.get(area)
    if owner is None:
        return "未登记负责人"
    return f"负责人：{owner.name}" + (f"（A角{owner.acting_for}离岗，由B角代行职责）" if owner.acting_for else "")


def task_statement(scope: Scope) -> Blocks:
    """Say how many tasks there are, how many have reached their targets, and which have not."""
    tasks, sheet = scope.tasks, scope.totals.sheets.get(scope.checked.definitions.tasks.name)
    if not tasks or sheet is None:
        whose = "任务清单中没有列入本人或本人工作面的任务。" if scope.person else "任务清单没有填写。"
        return Blocks((Paragraph(whose),))
    judged = [task for task in tasks if task.reached is not None]
    missed = [task for task in tasks if task.is_missed]
    counted = f"涉及任务{len(tasks)}项，其中" if scope.person else "其中"
    told = f"{counted}设有目标的{len(judged)}项，已达到{sum(bool(task.reached) for task in judged)}项。"
    if missed:
        names = "；".join(shortened(task.task, list_tables.LONGEST_NAME) for task in missed[:MOST_NAMED])
        told += f"未达到目标的有{len(missed)}项：{names}{'等' if len(missed) > MOST_NAMED else ''}。"
    return Blocks((Paragraph((*(() if scope.person else sentences(sheet)), told)),))


def task_table(scope: Scope) -> Blocks:
    """Return the tasks with their targets."""
    return Blocks.of(list_tables.task_table(scope.tasks, "任务与目标"))


def overdue(scope: Scope) -> tuple[str, Blocks]:
    """Say how much is overdue or not settled, and return a table for each list of the definitions."""
    lists = [(sheet, *each) for sheet in scope.areas for each in list_tables.detail_rows(sheet, scope.totals)]
    if not lists:
        return "没有逾期或未了的事项。", Blocks(())
    still_open = sum(cells[-1] == Due.OPEN for _, _, rows in lists for cells in rows)
    told = f"逾期和未了的登记共{sum(len(rows) for _, _, rows in lists)}行"
    told += f"，其中{still_open}行还没有办结。" if still_open else "。"
    return told, Blocks(tuple(list_tables.detail_table(detail, rows, sheet) for sheet, detail, rows in lists))


def finding_statement(scope: Scope) -> str:
    """Say how many findings of each severity there are."""
    if not scope.findings:
        return "没有发现需要改正或核实的问题。"
    counts = "、".join(f"{each}{len(found)}处" for each in Severity if (found := _of(scope.findings, each)))
    return f"{'本人负责的工作表' if scope.person else ''}共有{counts}。全部问题和改法见问题清单。"


def finding_tables(scope: Scope) -> Blocks:
    """Return what is to be mended, what was left out, what was explained, and what is worth knowing."""
    serious, hints = _of(scope.findings, Severity.ERROR, Severity.VERIFY), _of(scope.findings, Severity.HINT)
    return Blocks.of(
        list_tables.finding_table(serious, "待改正和核实"),
        list_tables.excluded_table(scope.sheets),
        list_tables.settled_table(scope.findings),
        list_tables.finding_table(hints, "提示"),
    )


def _of(findings: Iterable[Finding], *severities: Severity) -> list[Finding]:
    return [finding for finding in findings if finding.severity in severities]
