"""What stands at the head and the foot of every report: unit, days, date."""

from collections.abc import Iterator
from datetime import date
from math import ceil
from typing import Final

from batch.areas.contract import DEPARTMENT, FILLED_ON
from batch.check.checked import Checked
from batch.period import Window, chinese_date
from batch.total.totals import Totals
from batch.values.widths import display_width

TITLE_ROOM: Final = 20
"""Characters of a title that fit on a line."""
SIGNATURE_ROOM: Final = 14
"""Characters of a signature that fit on a line above the date."""
DOCUMENT_NAME: Final = 8
"""Characters of 工作台账汇总报告, which a title does not break."""


def office(checked: Checked) -> str:
    """Return the unit with its department: 青岭职业技术学校党建办."""
    settings = checked.book.settings
    return f"{settings.unit}{settings.text(DEPARTMENT)}"


def office_lines(checked: Checked, room: int) -> str:
    """Return the unit with its department, in lines of at most so many characters.

    Where one line cannot hold both, the department has its own; a long name is cut into lines of like length.
    """
    settings = checked.book.settings
    names = (settings.unit, settings.text(DEPARTMENT))
    whole = "".join(names)
    return whole if len(whole) <= room else "\n".join(line for name in names for line in _even_lines(name, room))


def period_line(totals: Totals, person: str | None) -> str:
    """Return the period, with whom the report is for, as a title begins with them.

    A line ends before the name, or behind it, where the name of the document has no room on it.
    """
    title, name = totals.period.title, person or ""
    if display_width(title + name) / 2 + DOCUMENT_NAME <= TITLE_ROOM:
        return title + name
    return f"{title}\n{name}" if display_width(name) / 2 + DOCUMENT_NAME <= TITLE_ROOM else f"{title}{name}\n"


def _even_lines(text: str, room: int) -> Iterator[str]:
    length = ceil(len(text) / max(1, ceil(len(text) / room)))
    yield from (text[start : start + length] for start in range(0, len(text), length or 1))


def written_on(checked: Checked, totals: Totals) -> date:
    """Return the 成文日期: the 填报日期 of the cover, else the as-of date."""
    return checked.book.settings.day(FILLED_ON) or totals.window.as_of


def span(window: Window) -> str:
    """Say which days a report covers and which day it speaks from."""
    days = f"{chinese_date(window.start)}至{chinese_date(window.end)}"
    return f"统计期间为{days}，数据截至{chinese_date(window.as_of)}"
