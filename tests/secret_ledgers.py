"""Workbooks with secrets planted in their classified rows, each row another way of going wrong, or of being sound.

Every secret holds one of :data:`SECRETS`, which stand nowhere else: what a command leaves behind is searched for them.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from batch.areas.load import load_definitions
from tests.books import FIRST_ROW, HEADER_ROW, edited, write_book

PLANTED: Final = "鼋鼍龘"
"""Characters that no ledger has otherwise."""
ADDRESS: Final = "zqxjkvw"
"""The same for what is written in Latin letters, such as a link."""
SECRETS: Final = (PLANTED, ADDRESS)
REASON: Final = f"{PLANTED}一事已向上级逐件请示，确有其事"
"""A secret that explains."""
DAY: Final = datetime(2022, 3, 8)  # noqa: DTZ001 cells have no time zone
EARLIER: Final = datetime(2022, 3, 1)  # noqa: DTZ001
LAST_YEAR: Final = datetime(2021, 11, 5)  # noqa: DTZ001
LINK: Final = f"https://{ADDRESS}.example/a?q=1&r=2"

Values: TypeAlias = Mapping[str, str | int | datetime | None]

NOTED: Final[Values] = {"日期": DAY, "经办人": "张三", "备注": f"{PLANTED}在三号库", "链接": LINK}
"""What every planted row has; a column that the sheet lacks becomes one that is not ours."""
RECEIVED: Final[Values] = {
    **NOTED,
    "事项": "收文",
    "文号": f"{PLANTED}〔2022〕15号",
    "标题": f"关于{PLANTED}工程进展的报告",
    "载体": "纸质",
    "密级": "机密",
    "往来单位": f"{PLANTED}研究所",
    "办理方式": "传阅",
}
SENT: Final[Values] = {**RECEIVED, "事项": "发文", "文种": "通知", "办理方式": None}
LENT: Final[Values] = {
    **NOTED,
    "事项": "涉密文件接收",
    "登记簿页码": "第1册第9页",
    "密级": "秘密",
    "标题": f"关于{PLANTED}的通知",
    "文号": f"{PLANTED}〔2022〕3号",
    "文件名": f"{PLANTED}.doc",
}


def plant_sound(path: Path) -> Path:
    """Write classified rows that are admitted: some beyond doubt, some doubtful, some explained."""
    documents: list[Values] = [
        RECEIVED,
        RECEIVED,  # equal to the one above
        {**RECEIVED, "核实说明": REASON, "序号": 3},
        {**SENT, "文种": "请示", "往来单位": f"{PLANTED}委、{PLANTED}局"},
        {**SENT, "文号": f"{PLANTED}字第015号", "紧急程度": "特急"},
        {**SENT, "文号": f"{PLANTED}〔2021〕15号", "日期": EARLIER},
        {**SENT, "文号": f"{PLANTED}〔2022〕19号", "数量": 30, "核实说明": REASON},
        {**RECEIVED, "办理时限": EARLIER},
        {**RECEIVED, "办理时限": DAY, "办结日期": EARLIER, "标题": None},
        {**RECEIVED, "办理时限": DAY, "办结日期": LAST_YEAR, "核实说明": REASON, "数量": 2},
        {**RECEIVED, "日期": LAST_YEAR, "往来单位": f"县委{PLANTED}办"},
        {**RECEIVED, "经办人": "赵六", "标题": f"'=关于{PLANTED}的函", "核实说明": "无"},
        {**RECEIVED, "备注": "同上", "往来单位": f"{PLANTED}\r\n{PLANTED}&<b>{PLANTED}</b>"},
    ]
    files: list[Values] = [
        LENT,
        LENT,
        {**LENT, "事项": "涉密文件销毁", "数量": 90},
        {**LENT, "事项": "涉密文件借出", "应还日期": EARLIER, "核实说明": REASON},
        {**LENT, "事项": "涉密文件借出", "应还日期": DAY, "标题": None, "文号": None, "文件名": None},
        {**LENT, "事项": "涉密文件归还", "登记簿页码": "第9册第9页"},
        {**LENT, "事项": "保密检查", "密级": "绝密", "日期": LAST_YEAR},
    ]
    write_book(path)
    with edited(path) as book:
        rows = [append(book["办文"], row) for row in documents]
        append(
            book["办文"], {"序号": "合计", "数量": 999, "密级": "机密", "核实说明": REASON, "备注": f"{PLANTED}合计"}
        )
        hidden = append(book["办文"], {**RECEIVED, "签批人": "钱七"})
        book["办文"].row_dimensions[hidden].hidden = True
        book["办文"].cell(rows[0], 5).comment = Comment(f"{PLANTED}，只在纸质登记簿", "张三")
        _merge_secrecy(book)
        for row in files:
            append(book["保密"], row)
        append(book["保密"], {"序号": "小计", "数量": f"约{PLANTED}份", "密级": "机密", "备注": f"{PLANTED}小计"})
    return path


def plant_faulty(path: Path) -> Path:
    """Write classified rows that are not admitted, the secret often in the very cell."""
    slips: list[Values] = [
        {"日期": f"{PLANTED}工程启动当天"},
        {"日期": PLANTED},
        {"日期": f"2022年3月{PLANTED}"},
        {"日期": f'="{PLANTED}"&A1'},
        {"日期": None},
        {"办理时限": f"见{PLANTED}号文"},
        {"数量": PLANTED},
        {"数量": f"约3份{PLANTED}"},
        {"数量": f"3+{PLANTED}"},
        {"事项": f"{PLANTED}工程收文"},
        {"文种": f"{PLANTED}工程通知"},
        {"密级": "密"},
        {"密级": "秘密★10年"},
        {"密级": "同上"},
        {"密级": "#REF!"},
        {"密级": f"{PLANTED}工程启动"},
        {"标题": "同上"},
        {"标题": f"{PLANTED}" * 11_000},
        {"经办人": None, "核实说明": REASON},
    ]
    write_book(path)
    with edited(path) as book:
        for slip in slips:
            append(book["办文"], {**RECEIVED, **slip})
            own = {name: value for name, value in slip.items() if name in {"日期", "数量", "事项", "密级", "经办人"}}
            append(book["保密"], {**LENT, **own})
        _merge_numbers(book["办文"])
        append(book["办文"], {"序号": "合计", "数量": f"{PLANTED}件", "密级": "机密", "标题": f"{PLANTED}合计"})
    return path


def plant_under_aliases(path: Path) -> Path:
    """Write classified rows below other header texts, two columns of 密级 and several of 标题 among them."""
    write_book(path)
    with edited(path) as book:
        page = book["办文"]
        aliases = {"标题": "文件标题", "文号": "发文字号", "往来单位": "来文单位", "密级": "秘密等级", "备注": "附注"}
        for cell in page[HEADER_ROW]:
            assert isinstance(cell, Cell)
            cell.value = aliases.get(str(cell.value), cell.value)
        renamed = {aliases.get(name, name): value for name, value in RECEIVED.items()}
        append(page, {**renamed, "来文标题": f"{PLANTED}来文", "原文号": f"{PLANTED}〔2020〕1号"})
        append(page, {**renamed, "日期": f"{PLANTED}日"})
        append(page, {**renamed, "秘密等级": None, "涉密等级": "机密"})
        append(page, {**renamed, "秘密等级": "无", "密级": "密"})
        for name in ("宣传", "党建"):
            item = {"宣传": "宣传活动", "党建": "专题学习"}[name]
            append(book[name], {**NOTED, "事项": item, "标题": f"{PLANTED}展览", "密级": "内部", "核实说明": REASON})
            append(book[name], {**NOTED, "事项": item, "标题": f"{PLANTED}展览", "密级": "秘密", "日期": PLANTED})
    return path


def plant_in_two_workbooks(path: Path) -> list[Path]:
    """Write two clerks' workbooks, each with a sheet of classified rows; they do not agree in all."""
    areas = [area.name for area in load_definitions().areas]
    written = []
    for number, own in enumerate((("办文",), ("保密", "办文", "党建", "宣传")), start=1):
        each = path.with_stem(f"{path.stem}{number}")
        write_book(each, {area: "" for area in areas if area not in own})
        with edited(each) as book:
            for row in (RECEIVED, RECEIVED, {**RECEIVED, "日期": PLANTED}):
                append(book["办文"], row)
            for row in (LENT, LENT, {**LENT, "数量": PLANTED}):
                append(book["保密"], row)
        written.append(each)
    return written


MEETINGS: Final = """
role = "area"
name = "会务"
version = "1"
title = "会务台账"
one_row = "一次会议"
breakdowns = ["往来单位", "会议名称"]
columns = [
    { name = "日期", type = "date", required = true },
    { name = "事项", type = "choice", required = true, choices = ["专题会议", "接待会务"] },
    { name = "会议名称", type = "text", required = true, conceal = true },
    { name = "往来单位", type = "text" },
    { name = "标题", type = "text" },
    { name = "密级", type = "text" },
    { name = "应到", type = "whole" },
    { name = "实到", type = "whole" },
    { name = "数量", type = "whole" },
    { name = "办理时限", type = "date" },
    { name = "办结日期", type = "date" },
    { name = "经办人", type = "text", required = true },
    { name = "核实说明", type = "text" },
    { name = "备注", type = "text" },
]

[[rules]]
kind = "duplicate"

[[rules]]
kind = "unique"
code = "text-repeated"
column = "会议名称"

[[rules]]
kind = "pattern"
code = "text-form"
column = "标题"
pattern = "关于.*的通知"
example = "关于放假的通知"

[[rules]]
kind = "at-most"
code = "attendance-over"
smaller = "实到"
larger = "应到"

[[rules]]
kind = "control-total"

[[figures]]
name = "会议"
kind = "sum"
where = { "事项" = ["专题会议"] }
unit = "次"
definition = "事项为“专题会议”的数量之和。"

[[figures]]
name = "逾期"
kind = "due"
outcome = "late"
deadline = "办理时限"
done = "办结日期"
unit = "件"
definition = "逾期的数量之和。"

[[lists]]
title = "会议情况"
figure = "会议"
columns = ["日期", "会议名称", "往来单位", "标题", "备注", "核实说明"]

[[passages]]
lead = "会务"
clauses = ["召开会议{会议}"]
"""
"""An area of an office's own, whose 密级 is free text and whose lists name all that is concealed."""
MEETING: Final[Values] = {
    **NOTED,
    "事项": "专题会议",
    "会议名称": f"{PLANTED}工程调度会",
    "往来单位": f"{PLANTED}研究所",
    "标题": f"{PLANTED}会",
    "密级": "内部",
}


def plant_in_own_area(path: Path) -> Path:
    """Write a workbook with a sheet of the office's own beside the others, and its definition into 定义."""
    areas = path.parent / "定义"
    areas.mkdir()
    (areas / "会务.toml").write_text(MEETINGS, encoding="utf-8")
    slips: list[Values] = [
        {},
        {},
        {"会议名称": "同上"},
        {"应到": 3, "实到": 9, "核实说明": REASON},
        {"应到": f"{PLANTED}人"},
        {"办理时限": EARLIER},
        {"序号": "合计", "数量": 77, "核实说明": REASON},
    ]
    write_book(path, {"会务": ""}, definitions=load_definitions(areas))
    with edited(path) as book:
        for slip in slips:
            append(book["会务"], {**MEETING, **slip})
    return path


def append(page: Worksheet, values: Values) -> int:
    """Write a row below the last one, and return where; a column that the sheet lacks is put to the right."""
    headers = {str(cell.value): number for number, cell in enumerate(page[HEADER_ROW], start=1) if cell.value}
    rows = enumerate(page.iter_rows(min_row=FIRST_ROW), start=FIRST_ROW)
    row = max((number for number, cells in rows if any(cell.value for cell in cells)), default=HEADER_ROW) + 1
    for name, value in values.items():
        if name not in headers and value is not None:
            headers[name] = max(headers.values()) + 1
            page.cell(HEADER_ROW, headers[name], name)
        if value is not None:
            _write(page, row, headers[name], value)
    return row


def _write(page: Worksheet, row: int, column: int, value: str | int | datetime) -> None:
    """Write a value; what stands behind an apostrophe is text, whatever it looks like."""
    cell = page.cell(row, column, value)
    assert isinstance(cell, Cell)
    if isinstance(value, str) and value.startswith("'"):
        cell.value = value.removeprefix("'")
        cell.data_type = "s"


def column_of(page: Worksheet, name: str) -> int:
    """Return the number of a column from 1."""
    return next(number for number, cell in enumerate(page[HEADER_ROW], start=1) if cell.value == name)


def _merge_secrecy(book: Workbook) -> None:
    """Let one 密级 stand for three rows, the last of which is no more than a remark."""
    page = book["办文"]
    first = append(page, RECEIVED)
    append(page, {**RECEIVED, "密级": None})
    last = append(page, {"序号": f"备注：{PLANTED}只发到县级"})
    column = column_of(page, "密级")
    page.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)


def _merge_numbers(page: Worksheet) -> None:
    """Let one 数量, which is none, stand for two rows."""
    first = append(page, {**RECEIVED, "数量": f"{PLANTED}共两份"})
    last = append(page, RECEIVED)
    column = column_of(page, "数量")
    page.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
