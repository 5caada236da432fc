"""Real workbooks for the tests: little Markdown tables, filled into the standard template.

A table names the columns that matter. In these a blank cell stays blank; all other columns get what a sound
row needs. A row that tells neither 日期 nor 事项 (a blank one, one with 序号 alone, 合计) is written as it stands.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.check.checked import Checked
from batch.options import Options
from batch.period import parse_period
from batch.total.compare import Previous
from batch.total.totals import Totals
from batch.unit.checking import check_workbooks
from batch.unit.previous import find_previous
from batch.workbook.template import build_template
from tests.rested import rested

Value: TypeAlias = str | int | float | datetime | None
FindingRow: TypeAlias = tuple[str, str, str | None]
"""Severity, code, cell."""

HEADER_ROW: Final = 2
FIRST_ROW: Final = 3
"""Where the first row of a table comes to stand: 办文!B3 is its first 日期."""
LATER: Final = "2023-06-30"
"""A today on which the year 2022 is over."""
_BLANK: Final[dict[str, Workbook]] = {}
"""The blank workbook by each set of definitions that was asked for."""

COVER: Final[Mapping[str, str | int | None]] = {"单位名称": "测试学校", "部门": "党建办", "年度": 2022}
_PLAIN_ITEM: Final = {"办文": "用印", "党建": "专题学习", "宣传": "宣传活动", "保密": "保密检查"}
"""An item of each area that asks for no further column."""
_CHINESE_DIGITS: Final = str.maketrans("0123456789", "零一二三四五六七八九")
"""Every document has a series of its own: rows between two of them leave no gap."""
_ESCAPE: Final = "'"
SAMPLES: Final = Path(__file__).resolve().parents[1] / "sample_workbooks"


def write_book(
    path: Path,
    tables: Mapping[str, str] | None = None,
    *,
    cover: Mapping[str, str | int | None] | None = None,
    definitions: Definitions | None = None,
) -> Path:
    """Write a filled standard workbook and return its path.

    ``tables`` gives sheet -> Markdown table, an empty text for a sheet without rows; each area not named gets
    one sound row, each area the A角 张三 and the B角 李四. ``cover`` overrides settings, None leaves one blank.
    In cells, 2022-03-05 is a date, 12 a number, #REF! an error, =1+1 a formula without a result; what stands
    behind an apostrophe is text.
    """
    if definitions is None:
        path.write_bytes(_standard_book(tuple((tables or {}).items()), tuple((cover or {}).items())))
    else:
        path.write_bytes(_book_bytes(dict(tables or {}), cover or {}, definitions))
    return rested(path)


@cache
def _standard_book(tables: tuple[tuple[str, str], ...], cover: tuple[tuple[str, str | int | None], ...]) -> bytes:
    """Return the bytes of a book by the shipped definitions; many tests begin with the same one."""
    return _book_bytes(dict(tables), dict(cover), load_definitions())


def _book_bytes(given: dict[str, str], cover: Mapping[str, str | int | None], definitions: Definitions) -> bytes:
    for area in definitions.areas:
        given.setdefault(area.name, "| 序号 |\n| 1 |")
    given.setdefault("岗位", "| 工作面 |" + "".join(f"\n| {area.name} |" for area in definitions.areas))
    given.setdefault("任务", "| 方面 |\n| 党的建设 |")
    stream = BytesIO()
    with _blank_book(definitions) as book:
        for name, table in given.items():
            _fill(book[name], table)
        _fill_cover(book["封面"], {**COVER, **cover})
        book.save(stream)
    return stream.getvalue()


@contextmanager
def _blank_book(definitions: Definitions) -> Iterator[Workbook]:
    """Lend the blank workbook, and take out again what was filled in: opening it anew takes as long as all the rest."""
    key = repr(definitions.digests)
    if key not in _BLANK:
        _BLANK[key] = load_workbook(BytesIO(build_template(definitions)))
    book = _BLANK[key]
    before = {page.title: dict(page._cells) for page in book.worksheets}
    own: list[Any] = [cell for page in book.worksheets for cell in page._cells.values() if isinstance(cell, Cell)]
    states = [(cell, cell._value, cell.data_type, copy(cell._style)) for cell in own]
    try:
        yield book
    finally:
        for page in book.worksheets:
            page._cells = dict(before[page.title])
        for cell, value, kind, style in states:
            cell._value, cell.data_type, cell._style = value, kind, style


@contextmanager
def edited(path: Path) -> Iterator[Workbook]:
    """Open a written workbook for changes that no table can tell, and save it."""
    book = load_workbook(path)
    yield book
    book.save(path)
    rested(path)


def checked_of(
    *paths: Path,
    period: str = "",
    today: str = LATER,
    is_whole: bool = True,
    areas: Path | None = None,
    with_frequencies: bool = False,
) -> Checked:
    """Read, check and total the workbooks as a run does, or as a check where not ``is_whole``.

    Little tables hold no year of meetings: unless ``with_frequencies``, what happened too seldom is left aside.
    """
    options = Options(
        today=date.fromisoformat(today),
        period=parse_period(period) if period else None,
        period_text=period,
        areas=areas,
    )
    checked = check_workbooks(paths, options, is_whole=is_whole)
    if with_frequencies:
        return checked
    return replace(checked, findings=tuple(each for each in checked.findings if each.code != "frequency-missed"))


def compared_with(
    path: Path, *previous: Path, period: str = "", today: str = LATER, areas: Path | None = None
) -> Previous | None:
    """Return what a run of the workbook is compared with."""
    checked = checked_of(path, period=period, today=today, areas=areas)
    return find_previous(checked, Options(today=date.fromisoformat(today), previous=previous))


def findings_of(
    *paths: Path, is_whole: bool = True, today: str = LATER, with_frequencies: bool = False
) -> list[FindingRow]:
    """Return every finding as (severity, code, cell), frequencies left aside."""
    checked = checked_of(*paths, is_whole=is_whole, today=today, with_frequencies=with_frequencies)
    return [(each.severity.value, each.code, each.cell) for each in checked.findings]


def figures_and_findings(path: Path) -> tuple[dict[str, int | float | None], list[FindingRow]]:
    """Return what :func:`figures_of` and :func:`findings_of` do, by one check."""
    checked = checked_of(path)
    assert checked.totals is not None
    values = {name: total.value for name, total in checked.totals.figures.items()}
    return values, [(each.severity.value, each.code, each.cell) for each in checked.findings]


def totals_of(*paths: Path, period: str = "", today: str = LATER) -> Totals:
    """Return the totals of the workbooks."""
    totals = checked_of(*paths, period=period, today=today).totals
    assert totals is not None
    return totals


def figures_of(*paths: Path, period: str = "", today: str = LATER) -> dict[str, int | float | None]:
    """Return id -> value of every figure."""
    return {name: total.value for name, total in totals_of(*paths, period=period, today=today).figures.items()}


def _fill(page: Worksheet, table: str) -> None:
    positions = {str(page.cell(HEADER_ROW, number).value): number for number in range(1, page.max_column + 1)}
    for number, given in enumerate(_rows(table), start=FIRST_ROW):
        for name, value in _completed(page.title, given, number).items():
            if name in positions or name in given:
                _write(page, number, positions[name], value)


def _rows(table: str) -> Iterator[dict[str, str]]:
    lines = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in table.strip().splitlines()]
    header, *body = lines or [[]]
    yield from (dict(zip(header, cells, strict=True)) for cells in body)


def _completed(sheet: str, given: Mapping[str, str], number: int) -> dict[str, str]:
    item = given.get("事项", _PLAIN_ITEM.get(sheet, ""))
    if sheet in _PLAIN_ITEM and not item and not given.get("日期", "2022-03-05"):
        return dict(given)
    if sheet == "任务" and not {"指标", "目标值"}.isdisjoint(given):
        return {"方面": "党的建设", "任务": f"抓好第{number}项工作", **given}
    return {**_sound(sheet, item, number), **given}


def _sound(sheet: str, item: str, number: int) -> dict[str, str]:
    """Return what a row of this item needs; the row's number in it keeps any two rows apart."""
    match sheet:
        case "岗位":
            return {"A角": "张三", "B角": "李四"}
        case "任务":
            reached = {"指标": "宣传.宣传活动", "目标值": "0"}
            return {"方面": "党的建设", "任务": f"抓好第{number}项工作", **reached}
    row = {"日期": "2022-03-05", "事项": item, "经办人": "张三", "备注": f"登记在第{number}行"}
    match item:
        case "发文":
            return {
                **row,
                "文号": f"测{str(number).translate(_CHINESE_DIGITS)}〔2022〕1号",
                "标题": f"关于第{number}项工作的通知",
                "文种": "通知",
                "载体": "电子",
            }
        case "收文":
            return {**row, "标题": f"关于第{number}件事的通知", "载体": "电子", "办理方式": "阅存"}
        case "列为积极分子" | "列为发展对象" | "接收预备党员" | "转正":
            return {**row, "对象": f"王某{number}"}
        case "外宣信息":
            return {**row, "标题": f"第{number}条消息", "平台": "微信", "级别": "校级"}
    if sheet == "宣传":
        return {**row, "标题": f"第{number}次活动"}
    return {**row, "登记簿页码": f"第1册第{number}页", "密级": "秘密"} if item.startswith("涉密文件") else row


def _fill_cover(page: Worksheet, settings: Mapping[str, str | int | None]) -> None:
    rows = {page.cell(number, 1).value: number for number in range(FIRST_ROW, page.max_row + 1)}
    for name, value in settings.items():
        _write(page, rows[name], 2, "" if value is None else str(value))


def _write(page: Worksheet, row: int, column: int, text: str) -> None:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = _typed(text)
    if text.startswith(_ESCAPE):
        cell.data_type = "s"


def _typed(text: str) -> Value:
    if text.startswith(_ESCAPE):
        return text.removeprefix(_ESCAPE)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return datetime.combine(date.fromisoformat(text), time())
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        return float(text)
    return text or None
