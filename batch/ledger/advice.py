"""What to write instead of a text that is only nearly a date or a number; the text itself is never taken as one."""

import re
from datetime import date
from typing import Final

DATE_EXAMPLE: Final = "请写成“2022-03-05”这样的日期"
NUMBER_EXAMPLE: Final = "请填0或正整数，如 12"

_FULL: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_SHORT_YEAR: Final = re.compile(r"([0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_MONTH_DAY: Final = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_MONTH: Final = re.compile(r"(?:[0-9]{4}[-/.年])?([0-9]{1,2})月份?|[0-9]{4}[-/.][0-9]{1,2}")
_RANGE: Final = re.compile(r"(.*[0-9][日号]?)[-—–~～至到]+([0-9].*)")
_NOT_YET: Final = re.compile(r"(?:未|尚未|还没|没有|待|暂无|不详).*")
_ABOUT: Final = re.compile(
    r"(?:约|大约|近|超过?|不到|共)?([0-9]+)(?:余|多|左右|以上|以下|\+)?[^0-9]{0,2}(?:左右|以上)?"
)
_SUM: Final = re.compile(r"[0-9]{1,9}(?:\+[0-9]{1,9})+")
_CHINESE: Final = re.compile(r"[〇零一二两三四五六七八九十百千万]+[^0-9]{0,2}")
_MONTHS: Final = 12


def advise_date(text: str, year: int | None) -> str:
    """Return what to write instead of a text (folded) that is no date; ``year`` is that of the cover."""
    if _NOT_YET.fullmatch(text):
        return "还没有日期的请留空"
    if (full := _FULL.fullmatch(text)) is not None:
        is_month = 1 <= int(full[2]) <= _MONTHS
        return f"{int(full[2])}月没有{int(full[3])}日，请改正" if is_month else "月份只有1到12，请改正"
    if (short := _SHORT_YEAR.fullmatch(text)) is not None:
        return f"年份请写四位{_example(2000 + int(short[1]), short[2], short[3])}"
    if (pair := _MONTH_DAY.fullmatch(text)) is not None and "月" not in text:
        example = _example(year, pair[1], pair[2])
        return f"如指{int(pair[1])}月{int(pair[2])}日，请写明年份{example}" if example else DATE_EXAMPLE
    if _MONTH.fullmatch(text):
        return "请写明是哪一天，如“2022-03-05”"
    if (span := _RANGE.fullmatch(text)) is not None:
        found = _FULL.fullmatch(span[1]) or _MONTH_DAY.fullmatch(span[1])
        numbers = found.groups() if found is not None else ()
        example = _example(int(numbers[0]) if len(numbers) > len("月日") else year, *numbers[-2:]) if numbers else ""
        return f"请只填一个日期{example}，起止时间可写在备注里"
    return DATE_EXAMPLE


def advise_number(text: str) -> str:
    """Return what to write instead of a text (folded) that is no whole number."""
    if _SUM.fullmatch(text):
        return f"如是合计请填 {sum(map(int, text.split('+')))}"
    if (about := _ABOUT.fullmatch(text)) is not None:
        return f"请填准确的数，如 {int(about[1])}" if len(about[1]) < len("1000000000") else NUMBER_EXAMPLE
    if _RANGE.fullmatch(text):
        return "请填一个准确的数，不要填范围"
    if _CHINESE.fullmatch(text):
        return "请用阿拉伯数字，如 12"
    return NUMBER_EXAMPLE


def _example(year: int | None, month: str, day: str) -> str:
    """Return 「，如“2022-03-05”」, or nothing where there is no such day."""
    if year is None:
        return ""
    try:
        return f"，如“{date(year, int(month), int(day))}”"
    except ValueError:
        return ""
