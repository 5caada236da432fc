"""The names that the template of the city may use; batch/bureau/city_report.py has what stands for each."""

from typing import Final

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
