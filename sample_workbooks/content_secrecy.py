"""The secrecy register of the year, with the receipts of 2021 that its balance rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_workbooks.people import OFFICE_HEAD, SECRETARY, pick_handler
from sample_workbooks.rows import drop_blanks, split_table

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

# Day, movement, page of the register, class, pieces (blank: one), due back, given back.
# Received 26, cleared 9, destroyed 5: 12 in keeping at the year's end, 1 of them lent.
MOVEMENTS = """
2021-03-16|涉密文件接收|第1册第18页|秘密|4||
2021-06-22|涉密文件接收|第1册第21页|秘密|3||
2021-09-14|涉密文件接收|第1册第24页|机密|||
2021-11-24|涉密文件接收|第1册第27页|秘密|2||
2022-01-13|涉密文件接收|第2册第1页|秘密|2||
2022-03-09|涉密文件接收|第2册第2页|秘密|||
2022-03-15|涉密文件借出|第2册第3页|秘密||2022-03-22|2022-03-21
2022-03-21|涉密文件归还|第2册第3页|秘密|||
2022-04-20|涉密文件接收|第2册第4页|机密|||
2022-04-26|涉密文件借出|第2册第5页|机密||2022-04-29|2022-04-28
2022-04-28|涉密文件归还|第2册第5页|机密|||
2022-05-17|涉密文件接收|第2册第6页|秘密|2||
2022-06-14|涉密文件接收|第2册第7页|秘密|||
2022-06-20|涉密文件借出|第2册第8页|秘密|2|2022-06-30|2022-06-28
2022-06-28|涉密文件归还|第2册第8页|秘密|2||
2022-07-06|涉密文件清退|第2册第9页|秘密|4||
2022-07-07|涉密文件销毁|第2册第10页|秘密|3||
2022-09-07|涉密文件接收|第2册第11页|秘密|3||
2022-09-20|涉密文件接收|第2册第12页|秘密|||
2022-09-22|涉密文件借出|第2册第13页|秘密||2022-09-29|2022-09-29
2022-09-29|涉密文件归还|第2册第13页|秘密|||
2022-10-19|涉密文件接收|第2册第14页|机密|||
2022-10-24|涉密文件借出|第2册第15页|机密||2022-10-28|2022-10-27
2022-10-27|涉密文件归还|第2册第15页|机密|||
2022-11-16|涉密文件接收|第2册第16页|秘密|||
2022-12-07|涉密文件接收|第2册第17页|秘密|3||
2022-12-20|涉密文件清退|第2册第18页|秘密|5||
2022-12-21|涉密文件销毁|第2册第19页|秘密|2||
2022-12-27|涉密文件借出|第2册第20页|秘密||2023-01-10|
"""

# Day, item, attendants, sheets signed (blank: one), remark.
LESSONS = """
2022-01-11|保密学习|38||学习保密法有关条款
2022-01-14|保密检查|4||寒假前检查计算机和移动存储介质
2022-03-17|保密学习|94||观看保密警示教育片
2022-04-15|保密学习|186||国家安全教育日专题学习
2022-04-22|承诺书签订||26|党政办公室、人事、财务等重点岗位
2022-05-19|保密检查|4||检查办公室涉密文件柜
2022-06-09|保密学习|22||学习涉密文件管理流程
2022-06-30|保密检查|5||半年自查自评
2022-09-08|保密学习|57||新进教师与青年教师保密常识
2022-09-15|承诺书签订||12|新进教师与调岗人员
2022-10-18|保密学习|38||中层以上干部保密要求
2022-10-21|承诺书签订||88|党员教师集中签订
2022-11-17|保密检查|4||检查新媒体账号信息发布审核记录
2022-12-08|保密学习|94||年终保密知识测试
2022-12-22|保密检查|5||年终保密检查
"""
APPROVERS = {"涉密文件清退": SECRETARY, "涉密文件销毁": SECRETARY}
"""Who approves what leaves for good; all else the head of the office approves."""


def secrecy(random: Random) -> list[Row]:
    """List the rows of the sheet 保密."""
    rows = [movement(random, fields) for fields in split_table(MOVEMENTS)]
    return rows + [lesson(random, fields) for fields in split_table(LESSONS)]


def movement(random: Random, fields: list[str]) -> Row:
    """Make one movement of classified papers: what they are is nowhere said."""
    when, item, page, grade, pieces, due, returned = fields
    day = date.fromisoformat(when)
    return drop_blanks(
        {
            "日期": day,
            "事项": item,
            "登记簿页码": page,
            "密级": grade,
            "数量": int(pieces) if pieces else None,
            "经办人": pick_handler(random, "保密", day),
            "审批人": APPROVERS.get(item, OFFICE_HEAD),
            "应还日期": date.fromisoformat(due) if due else None,
            "归还日期": date.fromisoformat(returned) if returned else None,
        }
    )


def lesson(random: Random, fields: list[str]) -> Row:
    """Make one lesson, check or signing."""
    when, item, attendants, sheets, remark = fields
    day = date.fromisoformat(when)
    return drop_blanks(
        {
            "日期": day,
            "事项": item,
            "数量": int(sheets) if sheets else None,
            "参加人数": int(attendants) if attendants else None,
            "经办人": pick_handler(random, "保密", day),
            "审批人": OFFICE_HEAD,
            "备注": remark,
        }
    )
