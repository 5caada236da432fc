"""The documents that the office received in the year: senders, handling, deadlines, classified ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_workbooks.content_documents import document_kind
from sample_workbooks.people import OFFICE_HEAD, SECRETARY, pick_handler
from sample_workbooks.rows import day_of, drop_blanks, split_table
from sample_workbooks.school_calendar import YEAR, pick_day, working_day_after

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

SENDERS = {
    "教工委": ("中共青岭市委教育工作委员会", "青教工委"),
    "教育局": ("青岭市教育局", "青教发"),
    "组织部": ("中共青岭市委组织部", "青组通"),
    "宣传部": ("中共青岭市委宣传部", "青宣通"),
    "统战部": ("中共青岭市委统一战线工作部", "青统函"),
    "纪委": ("中共青岭市纪律检查委员会", "青纪发"),
    "保密局": ("青岭市国家保密局", "青保发"),
    "档案局": ("青岭市档案局", "青档发"),
    "教育厅": ("自治区教育厅", "区教函"),
    "总工会": ("青岭市总工会", "青工发"),
    "团市委": ("共青团青岭市委员会", "青团发"),
    "人社局": ("青岭市人力资源和社会保障局", "青人社函"),
    "卫健委": ("青岭市卫生健康委员会", "青卫函"),
}

# When, sender, title, handling, and how the deadline was met: 限 in time, 急 urgent and in time,
# 迟 done late, 未 still open at the year's end, blank for no deadline.
RECEIVED = """
1-4|教工委|关于开展2021年度基层党建述职评议考核的通知|拟办|限
1|教育局|关于做好寒假期间校园安全工作的通知|传阅|
1|组织部|关于做好2021年度党内统计年报工作的通知|拟办|急
1|总工会|关于开展春节送温暖活动的通知|拟办|
1|纪委|关于春节期间正风肃纪的通知|传阅|
2-16|教育局|关于做好春季学期开学工作的通知|传阅|
2|教工委|关于印发2022年教育系统党建工作要点的通知|传阅|
3-1|团市委|关于组织开展学雷锋志愿服务活动的通知|拟办|限
3|组织部|关于做好发展党员工作自查的通知|拟办|限
3-3|教育厅|关于开展职业学校思政课教学比赛的通知|拟办|限
3|纪委|关于四起违规操办酒席典型问题的通报|传阅|
3|宣传部|关于征集基层理论宣讲选题的函|拟办|
3|人社局|关于核定2022年度培训计划的函|阅存|
3|档案局|关于开展档案安全风险隐患排查的通知|拟办|迟
4|教工委|关于推荐党务工作者参加轮训的通知|拟办|限
4-1|保密局|关于开展保密宣传教育月活动的通知|拟办|限
3-30|教育局|关于做好清明节期间学生安全教育的通知|传阅|
4|团市委|关于召开五四表彰大会的通知|阅存|
4|教育厅|关于公布读书行动推荐书目的通知|阅存|
4|宣传部|关于加强校园网络新媒体账号管理的意见|传阅|
4-11|总工会|关于推荐“五一”先进个人的通知|拟办|急
4-29|教育局|关于举办职业教育活动周的通知|拟办|限
5-9|教工委|关于做好“两优一先”推荐工作的通知|拟办|限
5|组织部|关于党员教育培训调训名额分配的通知|拟办|限
5|教育厅|关于职业学校办学条件达标情况的通报|传阅|
5|卫健委|关于商请协助开展健康知识进校园活动的函|拟办|
4-27|纪委|关于开展廉洁文化进校园活动的意见|传阅|
5|统战部|关于开展民族团结进步宣传月活动的通知|传阅|
6-6|教工委|关于庆祝建党一百零一周年系列活动安排的通知|拟办|限
6|教育局|关于做好中考期间考点周边秩序维护的函|阅存|
6|组织部|关于做好上半年发展党员工作的通知|拟办|限
6-13|保密局|关于开展保密自查自评工作的通知|拟办|迟
6|团市委|关于开展暑期社会实践的通知|阅存|
6-2|宣传部|关于推荐“最美教师”候选人的通知|拟办|急
7|教工委|关于做好暑期教师思想政治学习的通知|传阅|
7|教育局|关于做好暑期防溺水工作的通知|传阅|
7|教育厅|关于组织参加职业院校校长研修班的通知|拟办|限
8|教育局|关于做好秋季学期开学准备工作的通知|拟办|限
8|组织部|关于选派第一书记人选的函|阅存|
8|卫健委|关于做好开学前健康监测工作的通知|传阅|
9-13|教工委|关于申报党建示范校的通知|拟办|急
9-2|教育局|关于庆祝教师节活动安排的通知|传阅|
9-9|教育厅|关于开展推广普通话宣传周活动的通知|传阅|
9|档案局|关于报送档案工作情况的通知|拟办|限
9-6|纪委|关于中秋国庆期间严明纪律要求的通知|传阅|
9|团市委|关于开展主题团日活动的通知|阅存|
9|总工会|关于开展教职工文体活动的通知|拟办|
9|统战部|关于党外知识分子情况摸底的函|拟办|迟
9|人社局|关于职称申报材料受理时间的函|阅存|
10-10|宣传部|关于组织收听收看开幕盛况的通知|拟办|急
10-25|教工委|关于学习宣传贯彻党的二十大精神的通知|传阅|
10-27|教育局|关于开展“学习新思想”宣讲活动的通知|拟办|限
10|保密局|关于做好重要时期保密工作的通知|传阅|
10|组织部|关于基层党组织按期换届工作的提醒函|拟办|限
10|教育厅|关于公布示范性职业学校复核结果的通报|传阅|
10|团市委|关于做好少先队团队衔接工作的意见|阅存|
11|教工委|关于开展党员教育管理自查的通知|拟办|限
11|宣传部|关于征集宣讲微视频的通知|拟办|迟
11|教育局|关于开展冬季校园消防安全检查的通知|拟办|限
11-2|纪委|关于开展警示教育月活动的通知|传阅|
11-1|档案局|关于做好年度文件材料归档的通知|拟办|未
11|总工会|关于慰问困难职工的通知|拟办|
11|卫健委|关于做好冬季疾病预防工作的通知|传阅|
12|教工委|关于做好2022年度述职评议考核的通知|拟办|限
12|组织部|关于做好2022年度党内统计年报的通知|拟办|
12-6|教育厅|关于报送教材选用情况的通知|拟办|未
12|统战部|关于征求统战工作意见建议的函|拟办|
12|教育局|关于做好岁末年初安全防范工作的通知|传阅|
12|保密局|关于做好涉密文件清退工作的通知|拟办|限
12|纪委|关于元旦春节期间廉洁自律要求的通知|传阅|
"""

# First and last month, sender, title, handling, deadline.
MONTHLY_RECEIVED = """
1|12|教工委|关于做好{month}月份主题党日活动的通知|传阅|
1|12|宣传部|关于报送{month}月份意识形态工作情况的通知|拟办|限
1|12|组织部|关于核对{month}月份党员组织关系转接情况的通知|阅存|
3|6|教育局|关于{month}月份校园安全检查情况的通报|传阅|
9|12|教育局|关于{month}月份校园安全检查情况的通报|传阅|
"""

CLASSIFIED_DAYS = (date(2022, 3, 9), date(2022, 6, 14), date(2022, 9, 20), date(2022, 11, 16))
PAPER_SHARE = 0.2


def received_documents(random: Random) -> list[Row]:
    """List the year's received documents, each sender's numbers rising with the dates."""
    rows = [received_document(random, fields) for fields in split_table(RECEIVED)]
    for first, last, sender, title, handling, deadline in split_table(MONTHLY_RECEIVED):
        rows += [
            received_document(random, [str(month), sender, title.format(month=month), handling, deadline])
            for month in range(int(first), int(last) + 1)
        ]
    rows.sort(key=day_of)
    number_as_senders_do(random, rows)
    return rows + [classified_document(random, day) for day in CLASSIFIED_DAYS]


def received_document(random: Random, fields: list[str], year: int = YEAR) -> Row:
    """Make one row, its number still missing."""
    when, sender, title, handling, deadline = fields
    day = pick_day(random, when, year)
    name, _ = SENDERS[sender]
    row = drop_blanks(
        {
            "日期": day,
            "事项": "收文",
            "标题": title,
            "文种": document_kind(title),
            "载体": "纸质" if random.random() < PAPER_SHARE else "电子",
            "往来单位": name,
            "办理方式": handling,
            "数量": random.choice((None, None, None, 1)),
            "经办人": pick_handler(random, "办文", day),
            "签批人": random.choice((OFFICE_HEAD, SECRETARY)) if handling == "拟办" else None,
        }
    )
    return row | deadline_cells(random, day, deadline)


def deadline_cells(random: Random, day: date, deadline: str) -> Row:
    """Give urgency, deadline and completion as the mark says; nothing is done after the year's end."""
    if not deadline:
        return {}
    if deadline == "急":
        due = working_day_after(day, 3)
        return {
            "紧急程度": random.choice(("加急", "加急", "特急")),
            "办理时限": due,
            "办结日期": working_day_after(day, random.randint(0, 1)),
        }
    due = working_day_after(day, random.randint(8, 15))
    if deadline == "迟":
        done = working_day_after(due, random.randint(1, 6))
        return {"办理时限": due, "办结日期": done, "备注": "科室数据报来较晚，已向来文单位说明"}
    if deadline == "未":
        return {"办理时限": due, "备注": "材料尚在汇总"}
    done = min(due, working_day_after(day, random.randint(1, 8)))
    return {"办理时限": due} if done > date(day.year, 12, 31) else {"办理时限": due, "办结日期": done}


def number_as_senders_do(random: Random, rows: list[Row], year: int = YEAR) -> None:
    """Give rows in date order their numbers, with gaps: a sender's other documents went elsewhere."""
    series_of = dict(SENDERS.values())
    last_numbers: dict[str, int] = {}
    for row in rows:
        series = series_of[str(row["往来单位"])]
        last_numbers[series] = last_numbers.get(series, 0) + random.randint(2, 7)
        row["文号"] = f"{series}〔{year}〕{last_numbers[series]}号"


def classified_document(random: Random, day: date) -> Row:
    """Make a row that tells nothing of the document: title, number and sender stay blank."""
    return {
        "日期": day,
        "事项": "收文",
        "载体": "纸质",
        "密级": "秘密",
        "办理方式": "传阅",
        "经办人": pick_handler(random, "办文", day),
        "签批人": SECRETARY,
    }
