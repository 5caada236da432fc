"""The task list of the year: most targets are reached, four are missed, some tasks have no figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_workbooks.rows import drop_blanks, split_table

if TYPE_CHECKING:
    from sample_workbooks.rows import Row

# Side, task, area, figure, target, responsible, deadline.
TASKS = """
政治建设|党组织书记、委员带头讲专题党课|党建|党建.专题党课|4|高鹏远|2022-12-20
政治建设|按季度开展意识形态领域分析研判|党建|党建.意识形态研判|4|高鹏远|2022-12-31
政治建设|围绕中心工作组织专题讨论|党建|党建.专题讨论|4|罗文斌|2022-12-10
政治建设|修订党总支会议议事规则||||何静宜|2022-06-30
思想建设|组织教职工专题学习|党建|党建.专题学习|10|王志远|2022-12-31
思想建设|组织党员交流研讨|党建|党建.交流研讨|6|王志远|2022-12-31
思想建设|落实谈心谈话制度|党建|党建.谈心谈话|50|何静宜|2022-12-31
组织建设|各支部按月开展主题党日|党建|党建.主题党日|36|王志远|2022-12-31
组织建设|各支部按季召开党员大会|党建|党建.支部党员大会|12|王志远|2022-12-31
组织建设|各支部按月召开支委会|党建|党建.支委会|36|王志远|2022-12-31
组织建设|做好发展党员工作|党建|党建.新发展党员|3|王志远|2022-12-31
组织建设|壮大入党积极分子队伍|党建|党建.入党积极分子|8|王志远|2022-12-31
组织建设|申报中小学党建示范校||||何静宜|2022-10-31
作风建设|开展双亮双述活动|党建|党建.双亮双述|3|王志远|2022-05-31
作风建设|提高党员会议到会率|党建|党建.平均到会率|90|王志远|2022-12-31
作风建设|组织中层干部下班级联系学生||||罗文斌|2022-11-30
宣传思想|办好学校新媒体平台|宣传|宣传.校级外宣|60|赵雪晴|2022-12-31
宣传思想|加强对上级媒体供稿|宣传|宣传.市级以上外宣|30|赵雪晴|2022-12-31
宣传思想|开展主题宣传活动|宣传|宣传.宣传活动|8|赵雪晴|2022-12-31
办文服务|来文来函按时办结|办文|办文.按时办结率|95|李慧敏|2022-12-31
办文服务|完成文件材料立卷归档|办文|办文.归档|800|李慧敏|2022-12-31
办文服务|编写档案全宗介绍|办文|||孙国栋|2022-12-31
保密工作|全员签订保密承诺书|保密|保密.承诺书|100|李慧敏|2022-10-31
保密工作|组织保密学习教育|保密|保密.保密学习|6|李慧敏|2022-12-31
保密工作|开展保密自查|保密|保密.保密检查|4|李慧敏|2022-12-31
"""


def tasks() -> list[Row]:
    """List the year's tasks in the order of their sides."""
    return [task(serial, fields) for serial, fields in enumerate(split_table(TASKS), start=1)]


def task(serial: int, fields: list[str]) -> Row:
    """Make one task; a task without figure has no target."""
    side, name, area, figure, target, responsible, deadline = fields
    return drop_blanks(
        {
            "序号": serial,
            "方面": side,
            "任务": name,
            "工作面": area,
            "指标": figure,
            "目标值": int(target) if target else None,
            "责任人": responsible,
            "完成时限": date.fromisoformat(deadline),
        }
    )
