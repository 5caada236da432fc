"""The pages of units: what each has come to, who has not handed in, and who is not added up with the others."""

from typing import Final

from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from batch.bureau.city.roster import STATUS_STYLES
from batch.bureau.city.submissions import UnitLine
from batch.bureau.city.sums import City, Kind
from batch.bureau.city.workbook import (
    APART_PAGE,
    FIRST_ROW,
    HEADER_ROW,
    UNITS_PAGE,
    CityBook,
    ranks,
)
from batch.finding import Severity
from batch.ledger.our_sheets import version_of
from batch.period import Period
from batch.workbook.formulas import stored_value
from batch.workbook.ledger_copy import Live, shown_height, write_live
from batch.workbook.xlsx import MOST_LINKS

FIRST_LEDGER: Final = 4
"""The column (from 0) of the rows of the first area."""
MOST_NAMED: Final = 20


def write_units(book: CityBook) -> None:
    """Write a row for each unit: how far it has come, its rows by area with their sum and rank, its findings."""
    ledgers = [area.sheet.name for area in book.city.ledgers]
    columns = {
        "单位名称": book.unit_width,
        "年度": 7,
        "状态": 10,
        "并入全市": 9,
        **dict.fromkeys((f"{name}行数" for name in ledgers), 9.0),
        "合计行数": 10,
        "名次": 7,
        **{str(each): 7.0 for each in Severity},
        "模板版本": 12,
        "文件夹": 24,
        "说明": 40,
    }
    note = "行数是计入本期的，名次按合计行数由大到小；问题数不含已说明的。点“文件夹”可打开该单位的报告或待修改的清单。"
    page = book.page(UNITS_PAGE, f"各单位{book.period}台账情况", note, columns)
    sums = [sum(line.rows.get(name, 0) for name in ledgers) for line in book.submissions.lines]
    bottom = FIRST_ROW + len(sums) - 1
    last = FIRST_LEDGER + len(ledgers) - 1
    among = xl_range_abs(FIRST_ROW, last + 1, bottom, last + 1)
    for row, (line, total, place) in enumerate(
        zip(book.submissions.lines, sums, ranks(sums), strict=True), start=FIRST_ROW
    ):
        _write_standing(book, page, row, line)
        page.write_row(row, FIRST_LEDGER, [line.rows.get(name, 0) for name in ledgers], book.styles["number"])
        added = Live(f"SUM({xl_range(row, FIRST_LEDGER, row, last)})", total)
        write_live(page, row, last + 1, added, book.styles["number"])
        rank = Live(f"RANK({xl_rowcol_to_cell(row, last + 1)},{among})", place)
        write_live(page, row, last + 2, rank, book.styles["number"])
        _write_findings(book, page, (row, last + 3), line)
    page.autofilter(HEADER_ROW, 0, max(bottom, FIRST_ROW), len(columns) - 1)


def _write_standing(book: CityBook, page: Worksheet, row: int, line: UnitLine) -> None:
    """Write who a unit is and how far it has come, in the first columns."""
    page.set_row(
        row, max(20, shown_height((line.unit.name, _version(book, line), _why(line)), (book.unit_width, 12, 40)))
    )
    page.write_string(row, 0, line.unit.name, book.styles["text"])
    page.write(row, 1, line.unit.year or "", book.styles["number"])
    page.write_string(row, 2, line.status, book.styles[STATUS_STYLES[line.status]])
    page.write_string(row, 3, _is_added(book, line), book.styles["number"])


def _write_findings(book: CityBook, page: Worksheet, place: tuple[int, int], line: UnitLine) -> None:
    """Write how many findings a unit has, its version, where its folder is and why there is none, from a cell on."""
    row, first = place
    for column, severity in enumerate(Severity, start=first):
        found = line.counts.get(severity, 0)
        page.write(row, column, found or "", book.styles[severity if found else "number"])
    last = first + len(Severity)
    page.write_string(row, last, _version(book, line), book.styles["text"])
    if line.folder and row < MOST_LINKS:
        page.write_url(row, last + 1, f"external:../{line.folder}", book.styles["link"], string=line.folder)
    else:
        page.write_string(row, last + 1, line.folder, book.styles["text"])
    page.write_string(row, last + 2, _why(line), book.styles["text"])


def _why(line: UnitLine) -> str:
    """Say why workbooks of a unit were left out."""
    return "".join(reason for _, reason in line.failed)


def _version(book: CityBook, line: UnitLine) -> str:
    """Say of which version of the template the workbooks are."""
    current = version_of(book.submissions.definitions)
    return "；".join("现行" if each == current else each or "未标明" for each in line.versions)


def _is_added(book: CityBook, line: UnitLine) -> str:
    if line.kind is None:
        return "否"
    return "是" if line.kind == book.city.kind else "另列"


def write_apart(book: CityBook) -> None:
    """Write the figures of units that are not to be added to the city, if there are any, each kind by itself."""
    others = book.submissions.sums[1:]
    if not others:
        return
    columns = {"工作面": 8, "指标": 20, "计量单位": 9, **dict.fromkeys((kind_name(each.kind) for each in others), 24.0)}
    note = f"以下单位没有错误，但期间或模板版本与全市（{kind_name(book.city.kind)}）不同，没有并入，各自另列。"
    page = book.page(APART_PAGE, "期间或版本不同、另列的单位", note, columns)
    page.set_row(FIRST_ROW, max(20, shown_height([named_units(each) for each in others], [24] * len(others))))
    page.write_row(FIRST_ROW, 0, ("", "单位", "", *map(named_units, others)), book.styles["text"])
    for row, figure in enumerate(book.figures, start=FIRST_ROW + 1):
        total = figure.total
        page.write_row(row, 0, (total.sheet.name, total.figure.name, total.figure.unit), book.styles["text"])
        for column, other in enumerate(others, start=3):
            own = next(each for area in other.areas for each in area.figures if each.id == total.id)
            page.write(row, column, stored_value(own.value), book.number(figure))


def kind_name(kind: Kind) -> str:
    """Return what units of a kind have in common, in words."""
    version = f"，模板版本 {kind.version}" if kind.version else ""
    return f"{kind.year}年度，{Period(kind.start, kind.end).title}，截至{kind.as_of}{version}"


def named_units(city: City) -> str:
    """Return how many units are added up, and which."""
    names = "、".join(city.units[:MOST_NAMED]) + ("等" if len(city.units) > MOST_NAMED else "")
    return f"{len(city.units)}个：{names}"
