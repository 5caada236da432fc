"""What stands for each name of a Word template in one report."""

from collections.abc import Mapping
from dataclasses import replace

from batch.areas.contract import CLERK, DEPARTMENT, PARTY, PARTY_ABOVE, REPORTER, YEAR
from batch.report import charts, duty, figure_tables, sections, source_tables
from batch.report.content import Blocks
from batch.report.heads import SIGNATURE_ROOM, TITLE_ROOM, office, office_lines, period_line, written_on
from batch.report.names import BY_ID, PERSON
from batch.report.phrase import NO_PHRASE, Phrase, phrase
from batch.report.scope import Scope
from batch.total.compare import Previous
from batch.total.totals import FigureTotal


class Figures(dict[str, Phrase]):
    """Figures by name; one that could not be totalled has nothing to say."""

    def __missing__(self, name: str) -> Phrase:
        """Return the phrase that is left out."""
        return NO_PHRASE


def fields_of(scope: Scope, figures: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return name -> content of a report: of the whole office, or of the scope's person.

    ``figures`` are those of :func:`figures_of`, which are the same in every scope, where they are at hand.
    """
    own = {PERSON: scope.person} if scope.person is not None else {}
    figures = figures_of(scope) if figures is None else figures
    return {**_settings(scope), **_sections(scope), **_duty(scope), **own, **figures}


def _settings(scope: Scope) -> dict[str, object]:
    settings, totals, previous = scope.checked.book.settings, scope.totals, scope.previous
    return {
        "单位名称": settings.unit,
        "部门": settings.text(DEPARTMENT),
        "落款": office(scope.checked),
        "标题单位": office_lines(scope.checked, TITLE_ROOM),
        "标题期间": period_line(totals, scope.person),
        "署名": office_lines(scope.checked, SIGNATURE_ROOM),
        "年度": settings.text(YEAR),
        "党组织": settings.text(PARTY) or "学校党组织",
        "上级党组织": settings.text(PARTY_ABOVE),
        "述职人": settings.text(REPORTER) or "【请补充：述职人姓名】",
        "填报人": settings.text(CLERK),
        "期间": totals.period.title,
        "期间起": totals.window.start,
        "期间止": totals.window.end,
        "截至日期": totals.window.as_of,
        "成文日期": written_on(scope.checked, totals),
        "比较": previous.label if previous else "",
        "上期": previous.title if previous else "",
    }


def _sections(scope: Scope) -> dict[str, object]:
    overdue, overdue_tables = sections.overdue(scope)
    return {
        "统计说明": sections.statement(scope),
        "主要指标": Blocks.of(figure_tables.headline_table(scope.sheets, scope.previous)),
        "登记图": Blocks.of(charts.entries_chart(scope.areas, scope.totals)),
        "各工作面": sections.area_sections(scope),
        "任务情况": sections.task_statement(scope),
        "任务表": sections.task_table(scope),
        "逾期情况": overdue,
        "逾期表": overdue_tables,
        "问题情况": sections.finding_statement(scope),
        "问题表": sections.finding_tables(scope),
        "数据来源": Blocks.of(source_tables.source_table(_figures(scope), scope.totals)),
        "行数对账": Blocks.of(source_tables.reconciliation_table(scope.sheets)),
    }


def _duty(scope: Scope) -> dict[str, object]:
    wanting = duty.shortcomings(scope)
    return {
        "岗位分工": duty.posts(scope),
        "其他工作面": duty.other_areas(scope),
        "不足": duty.shortcoming_points(wanting),
        "不足序": duty.following_number(wanting),
        "打算": duty.next_steps(wanting),
    }


def figures_of(scope: Scope) -> dict[str, object]:
    """Return the figures of each sheet by name, and all of them by id."""
    sheets = {
        sheet.name: Figures(
            {total.figure.name: _compared(total, scope.previous) for total in scope.totals.sheets[sheet.name].figures}
            if sheet.name in scope.totals.sheets
            else {}
        )
        for sheet in (*scope.checked.definitions.areas, scope.checked.definitions.tasks)
    }
    by_id = {f"{sheet}.{name}": each for sheet, figures in sheets.items() for name, each in figures.items()}
    return {BY_ID: Figures(by_id), **sheets}


def _compared(total: FigureTotal, previous: Previous | None) -> Phrase:
    """Return a figure with that of the period before."""
    if previous is None or previous.value(total) is None:
        return phrase(total)
    return replace(phrase(total), previous=phrase(previous.totals.figures[total.id]))


def _figures(scope: Scope) -> tuple[FigureTotal, ...]:
    return tuple(total for sheet in scope.sheets for total in sheet.figures)
