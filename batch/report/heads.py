"""What stands at the head and the foot of every report: unit, days, date."""

from datetime import date
from typing import Final

from batch.checked import Checked
from batch.period import Window, chinese_date
from batch.total.totals import Totals

FILLED_ON: Final = "填报日期"
DEPARTMENT: Final = "部门"


def office(checked: Checked) -> str:
    """Return the unit with its department: 青岭职业技术学校党建办."""
    settings = checked.book.settings
    return f"{settings.unit}{settings.text(DEPARTMENT)}"


def written_on(checked: Checked, totals: Totals) -> date:
    """Return the 成文日期: the 填报日期 of the cover, else the as-of date."""
    return checked.book.settings.day(FILLED_ON) or totals.window.as_of


def span(window: Window) -> str:
    """Say which days a report covers and which day it speaks from."""
    days = f"{chinese_date(window.start)}至{chinese_date(window.end)}"
    return f"统计期间为{days}，数据截至{chinese_date(window.as_of)}"
