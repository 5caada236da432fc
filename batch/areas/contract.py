"""The sheets, columns and settings that code itself knows; of all others the definitions alone speak.

Per role: which columns every definition must have, and of which type; which it may leave out, and of which type they
are where it has them.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Role: TypeAlias = Literal["cover", "area", "posts", "tasks"]

SERIAL: Final = "序号"
DATE: Final = "日期"
ITEM: Final = "事项"
AMOUNT: Final = "数量"
PERSON: Final = "经办人"
SECRECY: Final = "密级"
EXPLANATION: Final = "核实说明"
REMARKS: Final = "备注"
NUMBER: Final = "文号"
TITLE: Final = "标题"
DOCUMENT_TYPE: Final = "文种"
CORRESPONDENT: Final = "往来单位"
LINK: Final = "链接"
TOPIC: Final = "主题"
MEMBER: Final = "对象"
BRANCH: Final = "支部"
STEP_BEFORE: Final = "上一阶段日期"
PAGE: Final = "登记簿页码"
GIVEN_BACK: Final = "归还日期"
"""Of ledgers; those that only a rule kind knows are what it reads unless a definition says otherwise."""

AREA: Final = "工作面"
HOLDER: Final = "A角"
DEPUTY: Final = "B角"
AWAY: Final[Mapping[str, tuple[str, str]]] = {who: (f"{who}离岗起", f"{who}离岗止") for who in (HOLDER, DEPUTY)}
"""Person -> the columns of the first and the last day of an absence."""

ASPECT: Final = "方面"
TASK: Final = "任务"
FIGURE: Final = "指标"
TARGET: Final = "目标值"
RESPONSIBLE: Final = "责任人"
DEADLINE: Final = "完成时限"

SETTING: Final = "项目"
CONTENT: Final = "内容"
"""The columns of the cover."""
UNIT: Final = "单位名称"
DEPARTMENT: Final = "部门"
YEAR: Final = "年度"
PARTY: Final = "党组织名称"
PARTY_ABOVE: Final = "上级党组织"
REPORTER: Final = "述职人"
START: Final = "统计起始日期"
END: Final = "统计截止日期"
CLERK: Final = "填报人"
FILLED_ON: Final = "填报日期"

REQUIRED: Final[Mapping[Role, Mapping[str, str]]] = {
    "cover": {UNIT: "text", YEAR: "year"},
    "area": {DATE: "date", ITEM: "choice", PERSON: "text"},
    "posts": {AREA: "area", HOLDER: "text", DEPUTY: "text"},
    "tasks": {ASPECT: "text", TASK: "text"},
}
"""Role -> what every definition must have: the columns of a sheet, the settings of the cover."""
OPTIONAL: Final[Mapping[Role, Mapping[str, str]]] = {
    "cover": {START: "date", END: "date", FILLED_ON: "date"},
    "area": {AMOUNT: "whole"},
    "posts": {column: "date" for columns in AWAY.values() for column in columns},
    "tasks": {AREA: "area", FIGURE: "figure", TARGET: "number", RESPONSIBLE: "text", DEADLINE: "date"},
}
"""Role -> what a definition may leave out: nothing then stands there."""

CONCEALED: Final = frozenset({TITLE, NUMBER, CORRESPONDENT, LINK, REMARKS, EXPLANATION})
"""Columns whose text appears nowhere when the row has a 密级."""
PERSONS: Final = frozenset({PERSON, HOLDER, DEPUTY})
"""Columns whose names are compared: who handled a row, who answers for its sheet."""

GUIDE_SHEET: Final = "填写说明"
DICTIONARY_SHEET: Final = "字典"
LIST_SHEET: Final = "问题清单"
"""The first sheet of a marked copy; numbered where the user has a sheet of that name."""
TAKEN_NAMES: Final = frozenset({GUIDE_SHEET, DICTIONARY_SHEET, LIST_SHEET, "history"})
"""Sheets that this program puts into a workbook beside the ledgers, and the one that Excel keeps for itself."""
