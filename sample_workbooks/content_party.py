"""The party life of the year: regular meetings of each branch, lectures, studies and talks of the school."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_workbooks.people import BRANCH_SECRETARIES, BRANCH_SIZES, pick_handler
from sample_workbooks.rows import drop_blanks, split_table
from sample_workbooks.school_calendar import YEAR, pick_day

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

GROUP_LEADERS = {"第一党支部": "徐明哲", "第二党支部": "蒋丽萍", "第三党支部": "姚建国"}
SMALL_MEETINGS = {"支委会": 5, "党小组会": 11}
"""Meetings that only a part of the branch attends."""
MOST_ABSENT = {"支委会": 1, "党小组会": 2, "主题党日": 4, "支部党员大会": 3, "组织生活会": 2}
MEETING_MONTHS = {"3": "一", "6": "二", "9": "三", "12": "四"}

# Month, 支委会, 党小组会, 主题党日.
MONTHLY_THEMES = """
1|研究年度支部工作总结|学习违规典型问题通报|走访慰问困难党员
2|研究组织生活会方案|学习春季学期工作要点|新学期志愿服务
3|研究发展党员计划|学习党章第一章|学雷锋志愿服务进社区
4|研究积极分子培养考察|学习支部工作条例|缅怀先烈诵读经典
5|研究优秀党员推荐名单|学习劳模先进事迹|技能服务送上门
6|研究预备党员接收和转正|学习发展党员工作细则|重温入党誓词
7|研究暑期党员联系学生安排|学习安全工作要求|暑期家访送关爱
8|研究新学期支部工作安排|学习师德师风有关规定|校园环境整治义务劳动
9|研究教师节先锋岗推荐|学习民族团结进步条例|弘扬教育家精神座谈
10|研究支部换届有关事项|学习国庆期间纪律要求|观看红色影片
11|研究困难党员帮扶名单|学习二十大报告第一部分|参观市档案馆展览
12|研究民主评议党员安排|学习二十大报告关于教育的论述|盘点承诺共话发展
"""

# When, item, theme, branch, audience, chair, expected, present, count.
SCHOOL_EVENTS = """
3-11|专题党课|新时代党员教师的责任与担当||全体党员教师|高鹏远|94|89|
5-20|专题党课|从百年党史中汲取育人力量||全体教职工|罗文斌|186|171|
6-30|专题党课|永葆初心，争做“四有”好老师||全体党员教师|高鹏远|94|92|
9-23|专题党课|以高质量党建引领职业教育发展||全体教职工|高鹏远|186|175|
11-11|专题党课|学习贯彻党的二十大精神||全体教职工|高鹏远|186|181|
3-24|专题讨论|怎样当好新时代职业学校教师||中层以上干部|罗文斌|38|36|
5-27|专题讨论|课程思政如何落到实训课堂||专业教研室主任|罗文斌|22|21|
9-28|专题讨论|党建与专业建设如何深度融合||中层以上干部|高鹏远|38|35|
11-23|专题讨论|二十大报告中的职业教育新要求||中层以上干部|高鹏远|38|37|
3-29|意识形态研判|第一季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|12|
6-22|意识形态研判|第二季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|11|
9-27|意识形态研判|第三季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|12|
12-21|意识形态研判|第四季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|11|
1-7|专题学习|学习十九届六中全会精神||全体党员教师|何静宜|94|88|
2-25|专题学习|学习新学期党建工作要点||全体党员教师|何静宜|94|90|
3-18|专题学习|学习全国“两会”精神||全体教职工|罗文斌|186|169|
4-22|专题学习|学习新修订的职业教育法||全体教职工|罗文斌|186|173|
5-13|专题学习|学习建团百年大会精神||青年教职工|何静宜|57|52|
6-10|专题学习|学习信访工作条例||中层以上干部|何静宜|38|34|
7-5|专题学习|学习暑期师德要求||全体教职工|罗文斌|186|162|
8-26|专题学习|学习新学期思政工作安排||全体教职工|罗文斌|186|179|
9-16|专题学习|学习尊师重教重要论述||全体教职工|罗文斌|186|176|
10-28|专题学习|学习党的二十大报告||全体党员教师|高鹏远|94|93|
11-18|专题学习|学习党章修正案||全体党员教师|高鹏远|94|90|
12-23|专题学习|学习中央经济工作会议精神||中层以上干部|高鹏远|38|36|
3-31|交流研讨|青年党员读书心得交流||青年党员|何静宜|26|25|
5-18|交流研讨|支部书记抓党建经验交流||支部书记、支委|高鹏远|15|15|
6-17|交流研讨|入党初心分享会||新党员、积极分子|何静宜|18|17|
10-31|交流研讨|收看开幕会心得交流||全体党员教师|高鹏远|94|88|
12-9|交流研讨|党员示范岗履职交流||党员示范岗教师|何静宜|16|16|
2-28|谈心谈话|组织生活会前谈心|第一党支部|支委与党员|胡海燕|||14
2-28|谈心谈话|组织生活会前谈心|第二党支部|支委与党员|林卫东|||12
2-28|谈心谈话|组织生活会前谈心|第三党支部|支委与党员|吴丽娜|||11
4-14|谈心谈话|发展对象考察谈话|第一党支部|发展对象|胡海燕|||2
6-21|谈心谈话|预备党员审批前谈话||预备党员人选|高鹏远|||2
9-6|谈心谈话|新进教师入职谈心||新进教师|何静宜|||8
10-13|谈心谈话|困难教师关心谈话||困难教师|何静宜|||5
12-14|谈心谈话|年底履职谈心||支部书记|高鹏远|||3
4-28|双亮双述|党员亮身份、述承诺|第一党支部|支部全体党员|胡海燕|34|33|
4-28|双亮双述|党员亮身份、述承诺|第二党支部|支部全体党员|林卫东|31|31|
4-29|双亮双述|党员亮身份、述承诺|第三党支部|支部全体党员|吴丽娜|29|28|
6-29|党徽配发|统一配发新党徽|第一党支部|支部全体党员|胡海燕|||34
6-29|党徽配发|统一配发新党徽|第二党支部|支部全体党员|林卫东|||31
6-29|党徽配发|统一配发新党徽|第三党支部|支部全体党员|吴丽娜|||29
4-19|外派培训|全市党务工作者轮训||党务工作者||||3
5-24|外派培训|公文写作与档案管理培训||办公室人员||||2
7-14|外派培训|支部书记示范培训班||支部书记||||3
11-8|外派培训|宣传干事业务培训||宣传干事||||
"""

# When, item, person, date of the earlier step, branch. For 列为积极分子 the earlier step is the application.
MEMBER_STEPS = """
3-25|列为积极分子|韩雨桐|2021-03-08|第一党支部
3-25|列为积极分子|曹立新|2020-11-16|第一党支部
3-28|列为积极分子|邓晓琳|2021-03-15|第二党支部
9-26|列为积极分子|彭思远|2021-09-06|第二党支部
9-26|列为积极分子|曾雅文|2021-06-28|第三党支部
9-29|列为积极分子|薛子涵|2021-09-13|第三党支部
4-15|列为发展对象|沈浩然|2021-03-18|第一党支部
4-15|列为发展对象|卢佳慧|2021-03-18|第一党支部
10-21|列为发展对象|丁文凯|2021-05-14|第二党支部
10-21|列为发展对象|万晓燕|2021-09-24|第一党支部
6-24|接收预备党员|谢春梅|2021-05-20|第一党支部
6-24|接收预备党员|潘俊杰|2021-05-20|第三党支部
11-25|接收预备党员|任雪莲|2021-10-22|第二党支部
6-24|转正|傅晓东|2021-06-18|第一党支部
6-24|转正|方佩琪|2021-06-18|第三党支部
6-28|转正|钟丽娟|2021-06-25|第二党支部
11-25|转正|陆海波|2021-11-19|第三党支部
"""


def party_life(random: Random) -> list[Row]:
    """List the year's rows of the sheet 党建."""
    rows = [school_event(random, fields) for fields in split_table(SCHOOL_EVENTS)]
    rows += [member_step(random, fields) for fields in split_table(MEMBER_STEPS)]
    for branch in BRANCH_SIZES:
        rows += branch_meetings(random, branch)
    return rows


def branch_meetings(random: Random, branch: str, themes: str = MONTHLY_THEMES, year: int = YEAR) -> list[Row]:
    """List what the rules ask of one branch: monthly and quarterly meetings, one 组织生活会."""
    rows: list[Row] = []
    for month, committee, group, theme_day in split_table(themes):
        rows += [
            meeting(random, pick_day(random, month, year), "支委会", committee, branch),
            meeting(random, pick_day(random, month, year), "党小组会", group, branch),
            meeting(random, pick_day(random, month, year), "主题党日", theme_day, branch),
        ]
        if month in MEETING_MONTHS:
            theme = f"第{MEETING_MONTHS[month]}季度党员大会"
            rows.append(meeting(random, pick_day(random, month, year), "支部党员大会", theme, branch))
    rows.append(meeting(random, date(year, 3, 4), "组织生活会", f"{year - 1}年度组织生活会", branch))
    return rows


def meeting(random: Random, day: date, item: str, theme: str, branch: str) -> Row:
    """Make one meeting of a branch, a few members absent at most."""
    size = SMALL_MEETINGS.get(item, BRANCH_SIZES[branch])
    chairs = GROUP_LEADERS if item == "党小组会" else BRANCH_SECRETARIES
    return {
        "日期": day,
        "事项": item,
        "主题": theme,
        "支部": branch,
        "主持人": chairs[branch],
        "应到": size,
        "实到": size - random.randint(0, MOST_ABSENT[item]),
        "经办人": pick_handler(random, "党建", day),
    }


def school_event(random: Random, fields: list[str], year: int = YEAR) -> Row:
    """Make one event of the whole school."""
    when, item, theme, branch, audience, chair, expected, present, count = fields
    day = pick_day(random, when, year)
    return drop_blanks(
        {
            "日期": day,
            "事项": item,
            "主题": theme,
            "支部": branch,
            "对象": audience,
            "主持人": chair,
            "应到": int(expected) if expected else None,
            "实到": int(present) if present else None,
            "数量": int(count) if count else None,
            "经办人": pick_handler(random, "党建", day),
        }
    )


def member_step(random: Random, fields: list[str], year: int = YEAR) -> Row:
    """Make one step of one person on the way into the party."""
    when, item, person, earlier, branch = fields
    day = pick_day(random, when, year)
    return drop_blanks(
        {
            "日期": day,
            "事项": item,
            "支部": branch,
            "对象": person,
            "上一阶段日期": date.fromisoformat(earlier),
            "主持人": BRANCH_SECRETARIES[branch],
            "数量": random.choice((None, 1)),
            "经办人": pick_handler(random, "党建", day),
        }
    )
