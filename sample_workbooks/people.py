"""The invented school, its people, and who handles which area of work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_workbooks.school_calendar import YEAR

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Cell, Row

UNIT = "青岭职业技术学校"
SECRETARY = "高鹏远"
HEADMASTER = "罗文斌"
OFFICE_HEAD = "何静宜"
BRANCH_SECRETARIES = {"第一党支部": "胡海燕", "第二党支部": "林卫东", "第三党支部": "吴丽娜"}
BRANCH_SIZES = {"第一党支部": 34, "第二党支部": 31, "第三党支部": 29}

POSTS: dict[str, tuple[str, str]] = {
    "办文": ("李慧敏", "孙国栋"),
    "党建": ("王志远", "李慧敏"),
    "宣传": ("赵雪晴", "孙国栋"),
    "保密": ("李慧敏", "王志远"),
}
"""Area to A角 and B角."""
MEETING_POST = ("孙国栋", "赵雪晴")

ABSENT_AREA = "宣传"
ABSENCE = (date(2022, 12, 19), date(2023, 1, 20))
SHARE_OF_FIRST_HANDLER = 0.78


def pick_handler(random: Random, area: str, day: date) -> str:
    """Pick the A角 mostly, the B角 sometimes, and always the B角 while the A角 is away."""
    first, second = POSTS[area]
    is_first = random.random() < SHARE_OF_FIRST_HANDLER
    if area == ABSENT_AREA and ABSENCE[0] <= day <= ABSENCE[1]:
        return second
    return first if is_first else second


def cover(year: int = YEAR) -> dict[str, Cell]:
    """Give the cover's settings, the statistics period left blank: the whole year."""
    return {
        "单位名称": UNIT,
        "部门": "党建办",
        "年度": year,
        "党组织名称": "校党总支",
        "上级党组织": "中共青岭市委教育工作委员会",
        "述职人": OFFICE_HEAD,
        "填报人": "李慧敏",
        "填报日期": date(year, 12, 31),
    }


def post_rows() -> list[Row]:
    """List one row for each area, the absence at the year's end in the row of its post."""
    rows: list[Row] = [{"工作面": area, "A角": first, "B角": second} for area, (first, second) in POSTS.items()]
    for row in rows:
        if row["工作面"] == ABSENT_AREA:
            row.update({"A角离岗起": ABSENCE[0], "A角离岗止": ABSENCE[1], "备注": "外出跟班学习"})
    return rows
