"""Planted faults, each in a row of its own, and where in the workbook they come to stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeAlias

from sample_workbooks.fill import find_columns, find_header_row, writable

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ERROR = "错误"
VERIFY = "核实"

BadValue: TypeAlias = str | int | float | date | None


@dataclass(frozen=True)
class Fault:
    """What is planted: this value, in that column of the nth row with this text; and what is to be found."""

    sheet: str
    text: str
    nth: int
    column: str
    value: BadValue
    code: str
    severity: str


DUPLICATE = "duplicate-row"
"""Planted as a further row below the last one; the finding stands at its first cell that counts."""

FAULTS = (
    Fault("办文", "收文", 10, "日期", None, "required-blank", ERROR),
    Fault("办文", "发文", 12, "文种", None, "required-blank", ERROR),
    Fault("办文", "收文", 31, "办理方式", None, "required-blank", ERROR),
    Fault("办文", "用印", 8, "经办人", None, "required-blank", ERROR),
    Fault("党建", "列为发展对象", 2, "对象", None, "required-blank", ERROR),
    Fault("保密", "涉密文件接收", 9, "登记簿页码", None, "required-blank", ERROR),
    Fault("办文", "报送材料", 6, "事项", "发函", "not-in-list", ERROR),
    Fault("办文", "秘密", 2, "密级", "内部", "not-in-list", ERROR),
    Fault("办文", "收文", 45, "载体", "电子版", "not-in-list", ERROR),
    Fault("宣传", "外宣信息", 33, "级别", "省部级", "not-in-list", ERROR),
    Fault("办文", "收文", 60, "日期", "2022.13.5", "bad-date", ERROR),
    Fault("办文", "关于做好秋季学期开学准备工作的通知", 1, "办理时限", "月底前", "bad-date", ERROR),
    Fault("党建", "专题学习", 3, "日期", "3.5", "bad-date", ERROR),
    Fault("宣传", "外宣信息", 50, "日期", "5月", "bad-date", ERROR),
    Fault("宣传", "宣传活动", 1, "日期", "3.5-3.8", "bad-date", ERROR),
    Fault("保密", "保密检查", 2, "日期", 12, "bad-date", ERROR),
    Fault("办文", "归档", 2, "数量", "约12", "bad-number", ERROR),
    Fault("办文", "档案查阅", 9, "数量", "3+4", "bad-number", ERROR),
    Fault("宣传", "外宣信息", 70, "数量", -2, "bad-number", ERROR),
    Fault("保密", "承诺书签订", 2, "数量", 2.5, "bad-number", ERROR),
    Fault("办文", "用印", 21, "数量", "#REF!", "error-cell", ERROR),
    Fault("党建", "专题学习", 8, "实到", "#N/A", "error-cell", ERROR),
    Fault("保密", "保密学习", 4, "参加人数", "#DIV/0!", "error-cell", ERROR),
    Fault("办文", "用印", 15, "数量", "=1+1", "formula-without-value", ERROR),
    Fault("办文", "青职党办〔2022〕5号", 1, "文号", "青职党办[2022]第5号", "document-number-form", VERIFY),
    Fault("办文", "青职党办〔2022〕32号", 1, "文号", "青职党办〔2022〕10号", "document-number-repeated", VERIFY),
    Fault("办文", "关于推荐党务工作者参加轮训的通知", 1, "办结日期", date(2022, 3, 18), "date-order", VERIFY),
    Fault("办文", "发文", 20, "数量", 7, "more-than-one", VERIFY),
    Fault("党建", "支部党员大会", 5, "实到", 40, "attendance-over", VERIFY),
    Fault("办文", "青职党办〔2022〕6号", 1, "文号", "青职党办〔2021〕6号", "document-number-year", VERIFY),
    Fault("办文", "关于修缮党员活动室所需经费的请示", 1, "文种", "报告", "document-type-title", VERIFY),
    Fault("办文", "关于申报中小学党建示范校的请示", 1, "往来单位", "市教育局、市财政局", "request-addressees", VERIFY),
    Fault("办文", "秘密", 1, "标题", "关于做好某项工作的通知", "classified-text", VERIFY),
    Fault("办文", "用印", 30, "数量", 900, "outlier", VERIFY),
    Fault("党建", "万晓燕", 1, "日期", date(2022, 9, 1), "member-steps", VERIFY),
    Fault("宣传", "外宣信息", 20, "日期", date(2032, 3, 5), "future-date", VERIFY),
    Fault("宣传", "外宣信息", 40, "链接", "https://example.com/2022/wx/001.html", "link-repeated", VERIFY),
    Fault("保密", "第2册第9页", 1, "数量", 40, "negative-balance", VERIFY),
    Fault("保密", "第2册第13页", 2, "日期", date(2022, 9, 20), "returned-before-lent", VERIFY),
    Fault("岗位", "党建", 1, "B角", "王志远", "same-person", VERIFY),
    Fault("岗位", "宣传", 1, "B角离岗起", date(2022, 12, 20), "both-away", VERIFY),
    Fault("宣传", "外宣信息", 90, "日期", None, DUPLICATE, VERIFY),
)


def plant_faults(workbook: Workbook) -> None:
    """Write all faults into a sound workbook."""
    for address, fault in locate_faults(workbook).items():
        row = workbook[fault.sheet][address.split("!")[1]].row
        if fault.code == DUPLICATE:
            repeat_row(workbook[fault.sheet], find_row(workbook[fault.sheet], fault), row)
        else:
            write_fault(workbook[fault.sheet], row, fault)


def locate_faults(workbook: Workbook) -> dict[str, Fault]:
    """Return cell (`办文!B7`) to fault for the sound workbook; the faulty one has the same rows."""
    located = {}
    for fault in FAULTS:
        sheet = workbook[fault.sheet]
        row = last_row(sheet) + 1 if fault.code == DUPLICATE else find_row(sheet, fault)
        column = find_columns(sheet, {fault.column})[fault.column]
        located[f"{fault.sheet}!{sheet.cell(row, column).coordinate}"] = fault
    return located


def find_row(sheet: Worksheet, fault: Fault) -> int:
    """Return the number of the row the fault belongs to."""
    first = find_header_row(sheet, {fault.column}) + 1
    matching = [
        number for number in range(first, sheet.max_row + 1) if any(cell.value == fault.text for cell in sheet[number])
    ]
    return matching[fault.nth - 1]


def last_row(sheet: Worksheet) -> int:
    """Return the number of the last row with anything in it; the template formats rows below."""
    filled = (row for row in range(sheet.max_row, 0, -1) if any(cell.value is not None for cell in sheet[row]))
    return next(filled)


def repeat_row(sheet: Worksheet, source: int, target: int) -> None:
    """Copy a row, but give it the next serial number."""
    for column, cell in enumerate(sheet[source], start=1):
        copied = writable(sheet, target, column)
        copied.value = cell.value
        copied.number_format = cell.number_format
    serial = find_columns(sheet, {"序号"})["序号"]
    writable(sheet, target, serial).value = target - find_header_row(sheet, {"序号"})


def write_fault(sheet: Worksheet, row: int, fault: Fault) -> None:
    """Write the bad value as a clerk or a broken formula leaves it."""
    cell = writable(sheet, row, find_columns(sheet, {fault.column})[fault.column])
    if isinstance(fault.value, date):
        cell.value = datetime.combine(fault.value, time())
        return
    if fault.code == "bad-date" and isinstance(fault.value, int):
        # Excel takes a bare number in a cell with a date format for a day of January 1900.
        cell.number_format = "General"
    cell.value = fault.value
    if fault.code == "error-cell":
        cell.data_type = "e"
