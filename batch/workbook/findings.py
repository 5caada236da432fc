"""问题清单.xlsx: every finding, filterable, each with a link to its cell in the marked copy."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from batch.check.checked import Checked
from batch.finding import Finding, Severity, count
from batch.read.limits import LONGEST_TEXT
from batch.values.names import in_reading_order
from batch.workbook.sheet_name import sheet_name
from batch.workbook.xlsx import MOST_LINKS, Styles, row_height, set_up_page, title_height, write_workbook

HEADER: Final = ("序", "严重程度", "工作面", "负责人", "单元格", "原值", "问题", "怎么改", "核实说明", "代码")
WIDTHS: Final = (6, 10, 10, 10, 15, 18, 48, 40, 22, 24)
NOBODY: Final = "（未定）"
WHOLE_BOOK: Final = "全册"

LinkTo = Callable[[Finding], str | None]
"""Gives the link to a finding's cell, None where there is none to go to."""


COUNT_WIDTHS: Final = (14,) * 6
"""Widths of the columns of the first page, in characters."""
ADVICE: Final = (
    "先改“错误”：有错误的行不计入任何数字。再看“核实”：写错的请改正，确有其事的请在该行“核实说明”中写明原因"
    "（五个字以上）；未处理的，有关数字会标注“待核实”。“提示”供参考，不必处理。"
)


def build_findings(checked: Checked, link_to: LinkTo, told: Sequence[str], title: str) -> bytes:
    """Return the workbook: counts first, then all findings, then a sheet for each owner.

    ``told`` is what is to be known besides, in whole sentences.
    """
    ordered = sorted(checked.findings, key=lambda finding: (finding.settled, finding.severity.rank))
    owners = checked.owner_names

    def write(workbook: xlsxwriter.Workbook, styles: Styles) -> None:
        page = workbook.add_worksheet("问题统计")
        page.merge_range(0, 0, 0, 5, title, styles["title"])
        page.set_row(0, title_height(title, COUNT_WIDTHS))
        _write_counts(page, styles, ordered, owners, (ADVICE, *told))
        rows = [_Row.of(finding, checked, link_to) for finding in ordered]
        _write_list(workbook.add_worksheet("全部问题"), styles, rows)
        for name in in_reading_order(owners.values()):
            own = [row for row, finding in zip(rows, ordered, strict=True) if owners.get(finding.sheet or "") == name]
            if own:
                free = sheet_name(name, [each.get_name() for each in workbook.worksheets()])
                _write_list(workbook.add_worksheet(free), styles, own)

    return write_workbook(title, checked.book.settings.unit, write)


def _write_counts(
    page: Worksheet, styles: Styles, findings: Sequence[Finding], owners: Mapping[str, str], notes: Sequence[str]
) -> None:
    page.write_row(1, 0, ("工作面", "负责人", *Severity, "已说明的核实"), styles["header"])
    page.set_column(0, len(COUNT_WIDTHS) - 1, COUNT_WIDTHS[0])
    sheets = dict.fromkeys(finding.sheet or WHOLE_BOOK for finding in findings)
    for row, sheet in enumerate(sheets, start=2):
        own = [finding for finding in findings if (finding.sheet or WHOLE_BOOK) == sheet]
        page.write_row(row, 0, (sheet, owners.get(sheet, "")), styles["text"])
        page.write_row(row, 2, _counts(own), styles["number"])
    last = len(sheets) + 2
    page.write_row(last, 0, ("合计", ""), styles["strong"])
    page.write_row(last, 2, _counts(findings), styles["number"])
    for row, text in enumerate(notes, start=last + 2):
        page.merge_range(row, 0, row, 5, text, styles["subtitle"])
        page.set_row(row, row_height((text,), (sum(COUNT_WIDTHS),)))
    set_up_page(page, 1, landscape=False)


def _counts(findings: Iterable[Finding]) -> list[int]:
    found = list(findings)
    open_ones = [finding for finding in found if not finding.settled]
    return [*(count(open_ones, severity) for severity in Severity), len(found) - len(open_ones)]


class _Row(NamedTuple):
    """A finding as the lists have it: that of all, and that of its owner."""

    texts: tuple[str, ...]
    """Its cells, behind its number."""
    link: str | None
    height: float

    @classmethod
    def of(cls, finding: Finding, checked: Checked, link_to: LinkTo) -> "_Row":
        texts = _texts(finding, checked)
        return cls(texts, link_to(finding), row_height(texts, WIDTHS[1:]))


def _write_list(page: Worksheet, styles: Styles, rows: Sequence[_Row]) -> None:
    page.write_row(0, 0, HEADER, styles["header"])
    for index, width in enumerate(WIDTHS):
        page.set_column(index, index, width)
    at = HEADER.index("单元格")
    for number, (texts, link, height) in enumerate(rows, start=1):
        page.write_number(number, 0, number, styles["number"])
        for index, text in enumerate(texts, start=1):
            page.write_string(number, index, text, styles[text if index == HEADER.index("严重程度") else "text"])
        if link is not None and number <= MOST_LINKS:
            page.write_url(number, at, link, styles["link"], string=texts[at - 1])
        page.set_row(number, height)
    page.autofilter(0, 0, max(len(rows), 1), len(HEADER) - 1)
    page.freeze_panes(1, 0)
    set_up_page(page, 0)


def _texts(finding: Finding, checked: Checked) -> tuple[str, ...]:
    """Return the cells of a finding's row, behind its number."""
    workbook = f"{finding.workbook} " if checked.book.is_joined and finding.workbook else ""
    return (
        str(finding.severity),
        finding.sheet or WHOLE_BOOK,
        checked.owner_names.get(finding.sheet or "", NOBODY if finding.sheet else ""),
        f"{workbook}{finding.cell}{finding.reach}" if finding.cell else workbook.rstrip(),
        (finding.value or "")[:LONGEST_TEXT],
        finding.problem,
        finding.remedy,
        finding.explanation or "",
        finding.code,
    )
