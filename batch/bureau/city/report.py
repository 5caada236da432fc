"""汇总报告.docx of the city: what stands for each name of its template."""

from collections.abc import Iterable
from typing import Final

from batch.bureau.city.figures import average
from batch.bureau.city.submissions import Status, Submissions, UnitLine
from batch.bureau.city.sums import City, CityArea, CityFigure
from batch.bureau.city.units import kind_name, named_units
from batch.bureau.city.workbook import ranks
from batch.bureau.units import CITY
from batch.finding import Severity
from batch.ledger.our_sheets import version_of
from batch.report import charts, figure_tables, source_tables
from batch.report.content import Blocks, Paragraph, Table
from batch.report.fields import Figures
from batch.report.heads import span
from batch.report.list_tables import FINDINGS, LEDGERS, listed_table
from batch.report.names import BY_ID
from batch.report.numerals import chinese_number
from batch.report.passage import sentences, spoken
from batch.report.phrase import phrase
from batch.total.measure import value_text
from batch.word.render.fill import Paper, fill
from batch.word.shipped import CITY as TEMPLATE
from batch.word.shipped import Templates
from batch.workbook.findings import WHOLE_BOOK

MOST_RANKED: Final = 10
"""Units that a ranking in the report names; the workbook ranks all of them."""
MOST_KINDS: Final = 15
"""Kinds of findings that the report lists."""


def city_report(submissions: Submissions, city: City, templates: Templates) -> bytes:
    """Return the Word file of the city."""
    title = f"{CITY}{city.period.title}工作台账汇总报告"
    paper = Paper(title=title, unit=CITY, is_draft=False)
    return fill(templates.shipped[TEMPLATE], city_fields(submissions, city), paper)


def city_fields(submissions: Submissions, city: City) -> dict[str, object]:
    """Return name -> content of the report."""
    apart = submissions.sums[1:]
    return {
        "年度": str(city.kind.year or ""),
        "期间": city.period.title,
        "期间起": city.window.start,
        "期间止": city.window.end,
        "截至日期": city.window.as_of,
        "统计说明": _statement(submissions, city),
        "主要指标": Blocks.of(figure_tables.headline_table(city.areas, None)),
        "登记图": Blocks.of(charts.entries_chart(city.ledgers, city)),
        "各工作面": [_area(area, city, number) for number, area in enumerate(city.ledgers, start=1)],
        "交报情况": "".join(_handed_in(submissions)),
        "交报表": Blocks.of(*_chasing(submissions)),
        "问题情况": "".join(_found(submissions)),
        "问题表": Blocks.of(_kinds(submissions)),
        "另列情况": "".join(_apart(city, apart)),
        "另列表": Blocks.of(_apart_table(apart)),
        "单位表": Blocks.of(_units(submissions, city)),
        "行数对账": Blocks.of(source_tables.reconciliation_table(city.areas)),
        **_figures(city),
    }


def _figures(city: City) -> dict[str, object]:
    """Return the figures of each sheet by name, and all of them by id."""
    sheets = {
        area.sheet.name: Figures({each.figure.name: phrase(each) for each in area.figures}) for area in city.areas
    }
    return {BY_ID: Figures({each.id: phrase(each) for area in city.areas for each in area.figures}), **sheets}


def _statement(submissions: Submissions, city: City) -> str:
    """Say which days and which units the report covers, and what a reader has to know of them."""
    read, counted = (sum(area.reconciliation.parts[part] for area in city.ledgers) for part in ("read", "counted"))
    told = [
        f"{span(city.window)}。本报告由{len(city.units)}个单位的台账汇总，共读入{read}行，计入本期{counted}行。",
        "全市数为各单位之和，百分率按各单位分子之和、分母之和计算。",
    ]
    left_out = [f"{len(found)}个单位{why}" for found, why in _left_out(submissions)]
    if left_out:
        told.append(f"没有并入的：{'、'.join(left_out)}。")
    if submissions.unread:
        told.append(f"另有{len(submissions.unread)}份文件读不出来。")
    ones = sum(area.assumed_ones for area in city.ledgers)
    if ones:
        told.append(f"计入的行中有{ones}行“数量”未填，按1计。")
    told.append(f"指标按定义版本统计：{version_of(submissions.definitions)}。")
    if city.unmarked:
        told.append(f"其中{city.unmarked}个单位的工作簿没有写明模板版本，按同一定义检查和统计。")
    return "".join(told)


def _left_out(submissions: Submissions) -> list[tuple[tuple[UnitLine, ...], str]]:
    found = [
        (submissions.of(Status.FAULTY), "台账有错误"),
        (submissions.of(Status.FAILED), "台账无法处理"),
        (submissions.apart, "期间或模板版本不同"),
    ]
    return [each for each in found if each[0]]


def _area(area: CityArea, city: City, number: int) -> dict[str, object]:
    name = area.sheet.name
    return {
        "序": chinese_number(number),
        "名称": name,
        "情况": Blocks((Paragraph(sentences(area) or f"本期“{name}”没有可报告的登记。"),)),
        "指标表": Blocks.of(_figure_table(area)),
        "分月图": Blocks.of(charts.area_chart(area, city)),
        "分月表": Blocks.of(*figure_tables.month_tables(area)),
        "分类表": Blocks.of(*figure_tables.breakdown_tables(area)),
        "单位表": Blocks.of(_ranking(area)),
    }


def _figure_table(area: CityArea) -> Table | None:
    """Return all figures of an area: the city, how many units have any, their average, and who has the most."""
    if not any(each.total.value for each in area.members):
        return None
    rows = tuple((each.total.figure.name, (spoken(each.total),), *_spread(each)) for each in area.members)
    header = ("指标", "全市", "有数单位", "单位平均", "最多的单位")
    return Table(f"{area.sheet.name}主要指标", header, rows, (0.26, 0.2, 0.12, 0.13, 0.29), is_dense=True)


def _spread(figure: CityFigure) -> tuple[str, str, str]:
    having, is_percentage = figure.having, figure.total.figure.is_percentage
    mean = "" if is_percentage or not figure.ranked else f"{average(figure):.1f}"
    most = f"{having[0].unit} {value_text(having[0].value, is_percentage=is_percentage)}" if having else ""
    return str(len(having)), mean, most


def _ranking(area: CityArea) -> Table | None:
    """Return the units with the most rows."""
    rows = {unit: sum(months) for unit, months in area.unit_rows.items()}
    places = dict(zip(rows, ranks(list(rows.values())), strict=True))
    ordered = sorted(filter(rows.get, rows), key=lambda unit: -rows[unit])[:MOST_RANKED]
    if len(ordered) <= 1:
        return None
    lines = tuple((str(places[unit]), unit, str(rows[unit])) for unit in ordered)
    more = f"（前{MOST_RANKED}名，全部见汇总表）" if len(rows) > MOST_RANKED else ""
    return Table(f"{area.sheet.name}登记行数名次{more}", ("名次", "单位", "登记行数"), lines, is_dense=True)


def _handed_in(submissions: Submissions) -> Iterable[str]:
    """Say who has handed in, and how that was."""
    counts = "，".join(f"{each}{len(submissions.of(each))}个" for each in (Status.CLEAN, Status.FAULTY, Status.FAILED))
    yield f"共收到{sum(len(line.unit.workbooks) for line in submissions.lines) + len(submissions.unread)}份工作簿，"
    yield f"分属{len(submissions.lines)}个单位：{counts}。"
    if submissions.roster is not None:
        missing = [each.unit for each in submissions.roster_lines if each.status is Status.MISSING]
        yield f"按名单应交{len(submissions.roster_lines)}个单位，未交{len(missing)}个"
        yield f"，名单外{len(submissions.strangers)}个。" if submissions.strangers else "。"


def _chasing(submissions: Submissions) -> Iterable[Table | None]:
    """Return tables of those who have not handed in, who have to mend, and who are not on the roster."""
    missing = [(each.unit, each.contact) for each in submissions.roster_lines if each.status is Status.MISSING]
    contacts = {each.unit: each.contact for each in submissions.roster_lines}
    place = submissions.roster.place if submissions.roster is not None else lambda name: name
    named = ("联系人",) if submissions.roster is not None else ()
    faulty = [
        (
            line.unit.name,
            *(contacts.get(place(line.unit.name) or "", "") for _ in named),
            *(str(line.counts[each]) for each in Severity),
        )
        for line in submissions.of(Status.FAULTY)
    ]
    failed = [
        *((line.unit.name, why) for line in submissions.lines for _, why in line.failed),
        *submissions.unread,
        *((label, f"文件夹打不开（{why}）。") for label, why in submissions.inbox.closed),
    ]
    strangers = [(unit, near or "没有") for unit, near in submissions.strangers]
    for caption, header, rows in (
        ("未交的单位", ("单位", "联系人"), missing),
        ("有错误、已退回改正的单位", ("单位", *named, *Severity), faulty),
        ("无法处理的文件", ("单位或文件", "原因"), failed),
        ("名单外的单位", ("单位", "名单中相近的"), strangers),
    ):
        yield listed_table(f"{caption}（{len(rows)}个）", header, rows, LEDGERS) if rows else None


def _found(submissions: Submissions) -> Iterable[str]:
    counts = {each: sum(line.counts.get(each, 0) for line in submissions.lines) for each in Severity}
    if not any(counts.values()):
        yield "没有发现需要改正或核实的问题。"
        return
    yield f"各单位共有{'、'.join(f'{each}{number}处' for each, number in counts.items() if number)}。"
    yield "全部问题和改法见问题清单，各单位文件夹里有各自的清单和标注的工作簿。"


def _kinds(submissions: Submissions) -> Table | None:
    """Return the kinds of findings that most units have, those to be mended first on top."""
    shown = submissions.kinds[:MOST_KINDS]
    rows = tuple(
        (str(each.severity), each.sheet or WHOLE_BOOK, str(each.findings), str(each.units), each.problem, each.remedy)
        for each in shown
    )
    more = f"（前{MOST_KINDS}类，全部见{FINDINGS}）" if len(submissions.kinds) > MOST_KINDS else ""
    header = ("类别", "工作面", "处数", "单位数", "问题（一例）", "怎么改")
    return Table(f"各类问题{more}", header, rows, is_dense=True) if rows else None


def _apart(city: City, others: tuple[City, ...]) -> Iterable[str]:
    if others:
        yield f"全市数只含{kind_name(city.kind)}的单位。以下单位没有错误，但期间或模板版本不同，"
        yield "没有并入，其指标另列在汇总表的“另列”页。"


def _apart_table(others: tuple[City, ...]) -> Table | None:
    rows = tuple((kind_name(each.kind), named_units(each)) for each in others)
    return Table("没有并入的单位", ("期间和版本", "单位"), rows, (0.4, 0.6), is_dense=True) if rows else None


def _units(submissions: Submissions, city: City) -> Table:
    """Return each unit with how far it has come, its rows by area, and its findings."""
    names = [area.sheet.name for area in city.ledgers]
    rows = [
        (
            line.unit.name,
            str(line.status),
            *(str(line.rows.get(name, "")) for name in names),
            *(str(line.counts.get(each, "")) for each in Severity),
        )
        for line in submissions.lines
    ]
    return listed_table("各单位计入行数和问题处数", ("单位", "状态", *names, *Severity), rows, LEDGERS)
