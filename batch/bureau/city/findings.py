"""问题清单.xlsx of the city: how many findings each unit has, and each of them with a link to its cell."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from batch.bureau.city.roster import write_roster
from batch.bureau.city.submissions import Submissions
from batch.bureau.city.workbook import MOST_ROWS, ROW_HEIGHT
from batch.bureau.unit_result import UnitFinding
from batch.bureau.units import CITY, Unit
from batch.finding import Severity
from batch.read.limits import LONGEST_TEXT
from batch.values.widths import display_width
from batch.workbook.findings import WHOLE_BOOK
from batch.workbook.ledger_copy import Live, write_live
from batch.workbook.user_copy.copies import LONGEST_LINK
from batch.workbook.xlsx import PageSetup, Styles, row_height, titled_page, write_workbook

COUNTS_PAGE: Final = "单位统计"
CODES_PAGE: Final = "问题类型"
LIST_PAGE: Final = "全部问题"
UNREAD_PAGE: Final = "无法处理"
SETTLED: Final = "已说明的核实"
HEADER_ROW, FIRST_ROW = 1, 2
MOST_LINKS: Final = 20_000
"""Links of a page: what is to be mended or explained; who follows more of them opens the unit's own list."""
COLUMNS: Final = {
    "单位名称": 26,
    "工作簿": 22,
    "严重程度": 10,
    "工作面": 10,
    "负责人": 10,
    "单元格": 15,
    "原值": 18,
    "问题": 48,
    "怎么改": 40,
    "核实说明": 22,
    "代码": 24,
}
SEVERITY: Final = list(COLUMNS).index("严重程度")
CELL: Final = list(COLUMNS).index("单元格")


def build_city_findings(submissions: Submissions, scratch: Path) -> bytes:
    """Return the workbook: counts by unit, counts by code, every finding, and what cannot be read."""

    def write(_: xlsxwriter.Workbook, styles: Styles) -> None:
        _write_counts(styles, submissions)
        write_roster(styles, submissions)
        _write_codes(styles, submissions)
        _write_unread(styles, submissions)
        _write_list(styles, submissions)

    return write_workbook(f"{CITY}台账问题清单", CITY, write, scratch)


def _page(styles: Styles, name: str, title: str, columns: Mapping[str, float]) -> Worksheet:
    page = titled_page(styles, name, title, PageSetup(tuple(columns.values()), HEADER_ROW))
    page.set_default_row(ROW_HEIGHT)
    page.write_row(HEADER_ROW, 0, columns, styles["header"])
    return page


def _write_counts(styles: Styles, submissions: Submissions) -> None:
    width = max((display_width(line.unit.name) for line in submissions.lines), default=0) + 4.0
    columns = {"单位名称": min(width, 40), "状态": 12, **{str(each): 10.0 for each in Severity}, SETTLED: 14}
    page = _page(styles, COUNTS_PAGE, f"{CITY}台账问题统计", columns)
    row = FIRST_ROW
    for line in submissions.lines:
        page.write_row(row, 0, (line.unit.name, line.status), styles["text"])
        page.write_row(row, 2, [line.counts.get(each, 0) for each in Severity], styles["number"])
        page.write(row, 5, line.settled, styles["number"])
        row += 1
    page.autofilter(HEADER_ROW, 0, max(row - 1, FIRST_ROW), len(columns) - 1)
    page.write_row(row, 0, ("合计", ""), styles["strong"])
    sums = [
        *(sum(line.counts.get(each, 0) for line in submissions.lines) for each in Severity),
        sum(line.settled for line in submissions.lines),
    ]
    for column, number in enumerate(sums, start=2):
        cells = xl_range(FIRST_ROW, column, row - 1, column)
        live = Live(f"SUM({cells})" if submissions.lines else None, number)
        write_live(page, row, column, live, styles["number"])


def _write_codes(styles: Styles, submissions: Submissions) -> None:
    """Write how many findings there are of each kind, and in how many units, what is to be mended first on top."""
    columns = {"严重程度": 10, "工作面": 12, "处数": 8, "单位数": 8, "问题（一例）": 50, "怎么改": 50, "代码": 26}
    page = _page(styles, CODES_PAGE, "各类问题", columns)
    row = FIRST_ROW
    for each in submissions.kinds:
        page.set_row(row, row_height((each.problem, each.remedy), (50, 50)))
        page.write_string(row, 0, each.severity, styles[each.severity])
        page.write_string(row, 1, each.sheet or WHOLE_BOOK, styles["text"])
        page.write_row(row, 2, (each.findings, each.units), styles["number"])
        page.write_row(row, 4, (each.problem, each.remedy, each.code), styles["text"])
        row += 1
    page.autofilter(HEADER_ROW, 0, max(row - 1, FIRST_ROW), len(columns) - 1)


def _write_unread(styles: Styles, submissions: Submissions) -> None:
    """Write which workbooks and folders are in no figure at all, and why; nothing where there are none."""
    told = [
        *submissions.unread,
        *((label, f"文件夹打不开（{why}），其中的文件没有读到。") for label, why in submissions.inbox.closed),
        *((f"{line.unit.name}：{name}", why) for line in submissions.lines for name, why in line.failed),
    ]
    if not told:
        return
    page = _page(styles, UNREAD_PAGE, "无法处理的文件", {"文件": 40, "原因": 90})
    for row, texts in enumerate(told, start=FIRST_ROW):
        page.set_row(row, row_height(texts, (40, 90)))
        page.write_row(row, 0, texts, styles["text"])


def _write_list(styles: Styles, submissions: Submissions) -> None:
    """Write every finding, unit by unit, on as many pages as they need."""
    rows = _rows(submissions)
    for number in count(1):
        page = _page(styles, LIST_PAGE if number == 1 else f"{LIST_PAGE}-{number}", "全部问题", COLUMNS)
        written = _write_rows(page, styles, islice(rows, MOST_ROWS))
        page.autofilter(HEADER_ROW, 0, max(HEADER_ROW + written, FIRST_ROW), len(COLUMNS) - 1)
        if written < MOST_ROWS:
            return


def _rows(submissions: Submissions) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield the texts of each finding, and the link to its cell where it is to be mended or explained."""
    folders = {line.unit: line.folder for line in submissions.lines}
    for unit, result in submissions.results():
        for each in sorted(result.findings, key=lambda each: (each.is_settled, each.severity.rank)):
            yield _texts(unit, each), None if each.severity is Severity.HINT else _link(folders[unit], each.link)


def _write_rows(page: Worksheet, styles: Styles, rows: Iterable[tuple[tuple[str, ...], str | None]]) -> int:
    """Write findings one below the other, and return how many they were."""
    widths, links, row = tuple(COLUMNS.values()), 0, FIRST_ROW
    for texts, link in rows:
        height = row_height(texts, widths)
        if height > ROW_HEIGHT:  # what is said of a row stays in memory, as do links
            page.set_row(row, height)
        for column, text in enumerate(texts):
            page.write_string(row, column, text, styles[text if column == SEVERITY else "text"])
        if link is not None and links < MOST_LINKS:
            page.write_url(row, CELL, link, styles["link"], string=texts[CELL])
            links += 1
        row += 1
    return row - FIRST_ROW


def _texts(unit: Unit, each: UnitFinding) -> tuple[str, ...]:
    return (
        unit.name,
        each.workbook or "",
        str(each.severity),
        each.sheet or WHOLE_BOOK,
        each.owner,
        each.place,
        (each.value or "")[:LONGEST_TEXT],
        each.problem,
        each.remedy,
        each.explanation or "",
        each.code,
    )


def _link(folder: str, link: str | None) -> str | None:
    """Return the link to a cell in the marked copy of a unit, as it stands beside the folder of the city."""
    if link is None:
        return None
    target = f"external:../{folder}/{link.removeprefix('external:')}"
    return target if len(target) < LONGEST_LINK else None
