"""The page of the roster: who has handed in, whom to ask, and who is not on it."""

from typing import Final

from batch.bureau.city.submissions import Status, Submissions
from batch.bureau.city.workbook import FIRST_ROW, HEADER_ROW, noted_page
from batch.workbook.xlsx import Styles

ROSTER_PAGE: Final = "交报情况"
STATUS_STYLES: Final = {Status.MISSING: "错误", Status.FAILED: "错误", Status.FAULTY: "核实", Status.CLEAN: "text"}


def write_roster(styles: Styles, submissions: Submissions) -> None:
    """Write each unit of the roster with how far it has come; nothing without a roster."""
    if submissions.roster is None:
        return
    columns = {"单位名称": 34, "联系人": 16, "状态": 12, "说明": 46}
    counts = "，".join(
        f"{status}{sum(each.status is status for each in submissions.roster_lines)}" for status in Status
    )
    note = f"名单应交{len(submissions.roster_lines)}个单位：{counts}；名单外{len(submissions.strangers)}个。"
    page = noted_page(styles, ROSTER_PAGE, "交报情况", note, columns)
    rows = [
        *((each.unit, each.contact, each.status, "") for each in submissions.roster_lines),
        *((unit, "", "名单外", _meant(near)) for unit, near in submissions.strangers),
        *(("", "", "名单", sentence) for sentence in submissions.roster.notes),
    ]
    for row, texts in enumerate(rows, start=FIRST_ROW):
        page.write_row(row, 0, texts, styles["text"])
        status = texts[2]
        if isinstance(status, Status):
            page.write_string(row, 2, status, styles[STATUS_STYLES[status]])
    page.autofilter(HEADER_ROW, 0, max(FIRST_ROW + len(rows) - 1, FIRST_ROW), len(columns) - 1)


def _meant(near: str | None) -> str:
    return f"名单中相近的是“{near}”" if near else "名单中没有相近的"
