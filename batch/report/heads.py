"""What stands at the head and the foot of every report: title, unit, date."""

from batch.checked import Checked
from batch.period import Window, chinese_date
from batch.total.totals import Totals

FILLED_ON = "填报日期"
DEPARTMENT = "部门"


def office(checked: Checked) -> str:
    """Return the unit with its department: 青岭职业技术学校党建办."""
    settings = checked.book.settings
    return f"{settings.unit}{settings.text(DEPARTMENT)}"


def report_title(checked: Checked, totals: Totals, what: str) -> str:
    """Return a report's title, in two lines: whose it is; over which period, and what."""
    return f"{office(checked)}\n{totals.period.title}{what}"


def written_on(checked: Checked, totals: Totals) -> str:
    """Return the 成文日期: the 填报日期 of the cover, else the as-of date."""
    return chinese_date(checked.book.settings.day(FILLED_ON) or totals.window.as_of)


def signed(checked: Checked, totals: Totals) -> tuple[str, str]:
    """Return the signature block: the office, and the date below it."""
    return office(checked), written_on(checked, totals)


def span(window: Window) -> str:
    """Say which days a report covers and which day it speaks from."""
    days = f"{chinese_date(window.start)}至{chinese_date(window.end)}"
    return f"统计期间为{days}，数据截至{chinese_date(window.as_of)}"
