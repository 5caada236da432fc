"""The sound ledgers: the whole year, the year before, and the first quarter with a fifth area."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sample_workbooks.content_documents import issued_documents, reported_material
from sample_workbooks.content_last_year import (
    LAST_YEAR,
    last_documents,
    last_party_life,
    last_publicity,
    last_secrecy,
    last_tasks,
)
from sample_workbooks.content_meetings import meetings
from sample_workbooks.content_office import office_services
from sample_workbooks.content_party import party_life
from sample_workbooks.content_publicity import publicity
from sample_workbooks.content_received import received_documents
from sample_workbooks.content_secrecy import secrecy
from sample_workbooks.content_tasks import tasks
from sample_workbooks.people import MEETING_POST, POSTS, cover, post_rows
from sample_workbooks.rows import day_of, number_rows

if TYPE_CHECKING:
    from sample_workbooks.rows import Cell, Ledger, Row

SEED = 2022
QUARTER_START = date(2022, 1, 1)
QUARTER_END = date(2022, 3, 31)


def full_year() -> Ledger:
    """Give the ledger of the whole year 2022."""
    return {
        "封面": cover_rows(cover()),
        "岗位": post_rows(),
        "办文": number_rows(documents()),
        "党建": number_rows(party_life(Random(SEED))),
        "宣传": number_rows(publicity(Random(SEED))),
        "保密": number_rows(secrecy(Random(SEED))),
        "任务": tasks(),
    }


def last_year() -> Ledger:
    """Give the ledger of the year before."""
    return {
        "封面": cover_rows(cover(LAST_YEAR)),
        "岗位": posts_without_absence(),
        "办文": number_rows(last_documents(Random(LAST_YEAR))),
        "党建": number_rows(last_party_life(Random(LAST_YEAR))),
        "宣传": number_rows(last_publicity(Random(LAST_YEAR))),
        "保密": number_rows(last_secrecy(Random(LAST_YEAR))),
        "任务": last_tasks(),
    }


def documents() -> list[Row]:
    """List all rows of the sheet 办文."""
    random = Random(SEED)
    return [
        *issued_documents(random),
        *received_documents(random),
        *reported_material(random),
        *office_services(random),
    ]


def first_quarter_with_meetings() -> Ledger:
    """Give the same ledger as it stood at the end of March, with the fifth area 办会."""
    quarter = first_quarter()
    post: Row = {"工作面": "办会", "A角": MEETING_POST[0], "B角": MEETING_POST[1]}
    return quarter | {"岗位": [*quarter["岗位"], post], "办会": number_rows(meetings(Random(SEED)))}


def first_quarter() -> Ledger:
    """Give the ledger of the year as it stood at the end of March."""
    ledger = full_year()
    settings = cover() | {
        "统计起始日期": QUARTER_START,
        "统计截止日期": QUARTER_END,
        "填报日期": QUARTER_END,
    }
    return {
        "封面": cover_rows(settings),
        "岗位": posts_without_absence(),
        **{area: [as_of_quarter_end(row) for row in rows_to_quarter_end(ledger[area])] for area in POSTS},
        "任务": ledger["任务"],
    }


def rows_to_quarter_end(rows: list[Row]) -> list[Row]:
    """Keep what was entered by the end of March; the rows of 2021 stay."""
    return [row for row in rows if day_of(row) <= QUARTER_END]


def as_of_quarter_end(row: Row) -> Row:
    """Take out what nobody could know at the end of March: that a matter was done, and how late."""
    later = {
        header
        for header in ("办结日期", "归还日期")
        if isinstance(cell := row.get(header), date) and cell > QUARTER_END
    }
    unknown = later | {"备注"} if later else set()
    return {header: cell for header, cell in row.items() if header not in unknown}


def posts_without_absence() -> list[Row]:
    """List the posts as they were before anybody was away."""
    return [{header: row[header] for header in ("工作面", "A角", "B角")} for row in post_rows()]


def cover_rows(settings: dict[str, Cell]) -> list[Row]:
    """Write the settings as rows of the sheet 封面."""
    return [{"项目": name, "内容": value} for name, value in settings.items()]
