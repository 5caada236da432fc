"""Every name that a Word template may use: in a report of a unit, and in that of the city."""

from typing import Final

BY_ID: Final = "指标"
"""The name under which any figure is found by its id: 指标["办文.发文"]."""
PERSON: Final = "姓名"
"""The owner's name; only the report of an owner has it."""
FIELDS: Final = frozenset(
    {
        "单位名称",
        "部门",
        "落款",
        "标题单位",
        "标题期间",
        "署名",
        "年度",
        "党组织",
        "上级党组织",
        "述职人",
        "填报人",
        "期间",
        "期间起",
        "期间止",
        "截至日期",
        "成文日期",
        "比较",
        "上期",
        "统计说明",
        "各工作面",
        "逾期情况",
        "问题情况",
        "岗位分工",
        "其他工作面",
        "不足序",
        "打算",
    }
)
"""The names of texts, days and lists that every template may use."""
LISTS: Final = {
    "各工作面": frozenset({"序", "名称", "负责人", "情况", "指标表", "分月图", "分月表", "分人表", "分类表"}),
    "其他工作面": frozenset({"名称", "情况"}),
}
"""The names of lists -> the names of what each of their items holds."""
BLOCKS: Final = frozenset(
    {"主要指标", "登记图", "任务情况", "任务表", "逾期表", "问题表", "不足", "数据来源", "行数对账"}
)
"""The names that stand for tables, charts and paragraphs."""
CITY_FIELDS: Final = frozenset(
    {
        "年度",
        "期间",
        "期间起",
        "期间止",
        "截至日期",
        "统计说明",
        "各工作面",
        "交报情况",
        "问题情况",
        "另列情况",
    }
)
"""The names of texts, days and lists."""
CITY_LISTS: Final = {
    "各工作面": frozenset({"序", "名称", "情况", "指标表", "分月图", "分月表", "分类表", "单位表"}),
}
"""The names of lists -> the names of what each of their items holds."""
CITY_BLOCKS: Final = frozenset({"主要指标", "登记图", "交报表", "问题表", "另列表", "单位表", "行数对账"})
"""The names that stand for tables and charts."""
