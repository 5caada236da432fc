"""The daily counter of the office: seal use, look-ups in the files, filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_workbooks.people import OFFICE_HEAD, pick_handler
from sample_workbooks.rows import drop_blanks, split_table
from sample_workbooks.school_calendar import YEAR, pick_day

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

# When, matter, applicant, persons (blank: one).
SEAL_USES = """
1|2021年度党内统计年报表盖章|组织干事|
1|党费收缴汇总表盖章|财务科|
1|慰问困难党员审批表盖章|第一党支部|4
2|党员组织关系介绍信盖章|第二党支部|
2|值班安排表报送盖章|学生科|
3|入党积极分子备案表盖章|第一党支部|6
3|“三八”表彰名单盖章|工会|
3|发展党员自查报告盖章|第三党支部|
3|青年教师培训推荐表盖章|教务科|3
3|思政课比赛报名表盖章|教务科|2
4|发展对象政治审查函盖章|第二党支部|2
4|党务干部轮训报名表盖章|组织干事|2
4|“五一”先进个人推荐表盖章|工会|
4|一季度党费统计表盖章|财务科|
5|“两优一先”推荐材料盖章|各党支部|5
5|活动周方案报送盖章|招生就业科|
5|党员活动室修缮申请盖章|总务科|
5|调训人员推荐表盖章|组织干事|2
6|预备党员审批材料盖章|各党支部|3
6|预备党员转正材料盖章|各党支部|3
6|“七一”表彰证书盖章|组织干事|12
6|党员组织关系介绍信盖章|第三党支部|
6|二季度党费统计表盖章|财务科|
7|暑期值班表报送盖章|总务科|
7|校长研修班报名表盖章|人事科|
8|开学工作方案报送盖章|教务科|
8|新进教师政治审查函盖章|人事科|4
9|示范校申报书盖章|组织干事|
9|教师节表彰名单盖章|人事科|
9|职称申报推荐意见盖章|人事科|7
9|党外知识分子情况表盖章|统战干事|
10|支部换届批复盖章|第三党支部|
10|三季度党费统计表盖章|财务科|
10|党员组织关系介绍信盖章|第一党支部|2
10|保密承诺书盖章|保密干事|
10|发展对象政治审查函盖章|第一党支部|2
11|预备党员审批材料盖章|第二党支部|
11|转正材料盖章|第三党支部|
11|走访慰问审批表盖章|工会|5
12|年度考核推荐表盖章|人事科|3
12|四季度党费统计表盖章|财务科|
12|校外思政导师聘书盖章|教务科|4
"""

LOOK_UPS = """
1|查阅2021年度支部会议记录|第一党支部|
2|查阅2016年教师录用材料|人事科|
3|查阅2015年入党志愿书|组织干事|2
3|查阅历年校庆资料|宣传干事|
4|查阅2018年发展党员台账|第二党支部|
4|查阅实训楼建设批复|总务科|2
4|查阅2020年党总支会议纪要|办公室|
5|查阅2019年表彰决定|工会|
5|查阅1998年建校文件|校史编写组|3
5|查阅党员组织关系转接存根|第三党支部|
6|查阅2012年职称评审材料|人事科|
6|查阅2021年党费收缴账目|财务科|
6|查阅历届党代会选票存档目录|组织干事|
7|查阅2005年学籍名册|教务科|
8|查阅设备捐赠协议|总务科|
9|查阅2017年党建检查反馈材料|组织干事|2
9|查阅历年教师节表彰文件|人事科|
9|查阅2010年毕业生名册|学生科|
10|查阅党总支历届换届材料|组织干事|
10|查阅2019年入党积极分子名册|第一党支部|
11|查阅2014年工资套改审批表|人事科|2
11|查阅校名变更批复|办公室|
11|查阅2020年培训结业名单|教务科|
12|查阅2021年述职材料|办公室|
12|查阅2013年入党志愿书|第三党支部|
"""

# When, matter, pieces.
FILINGS = """
1-13|2021年度党总支发文归档|61
3-18|2021年度上级来文归档|214
4-26|2021年度党员发展材料归档|38
6-30|2022年上半年会议材料归档|127
7-6|2021—2022学年宣传图文资料归档|186
9-22|教师节表彰材料归档|24
11-30|党建示范校申报佐证材料归档|153
12-23|2022年度党务文件材料归档|268
"""

STAND_INS = {"学生科": "赵雪晴"}
"""Who took the matter of that section while both handlers were out: neither A角 nor B角."""


def office_services(random: Random) -> list[Row]:
    """List the year's seal uses, look-ups and filings."""
    rows = [service(random, "用印", fields) for fields in split_table(SEAL_USES)]
    rows += [service(random, "档案查阅", fields) for fields in split_table(LOOK_UPS)]
    return rows + [filing(random, *fields) for fields in split_table(FILINGS)]


def service(random: Random, item: str, fields: list[str], year: int = YEAR) -> Row:
    """Make one row of a seal use or look-up; a count of one is left blank, as clerks do."""
    when, matter, applicant, persons = fields
    day = pick_day(random, when, year)
    handler = pick_handler(random, "办文", day)
    return drop_blanks(
        {
            "日期": day,
            "事项": item,
            "标题": matter,
            "往来单位": applicant,
            "数量": int(persons) if persons else None,
            "经办人": STAND_INS.get(applicant, handler),
            "签批人": OFFICE_HEAD,
        }
    )


def filing(random: Random, when: str, matter: str, pieces: str, *, year: int = YEAR) -> Row:
    """Make one row of a filing, its pieces counted."""
    day = pick_day(random, when, year)
    return {
        "日期": day,
        "事项": "归档",
        "标题": matter,
        "数量": int(pieces),
        "经办人": pick_handler(random, "办文", day),
        "签批人": OFFICE_HEAD,
    }
