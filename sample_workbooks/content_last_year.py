"""The year before, 2021, in fewer rows: what the office repeats every month and quarter, and a little besides.

Who took a step into the party in 2022 took the earlier one here, and the papers in keeping are those of both ledgers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_workbooks.content_documents import ALL, SUPERIOR, issued_documents, report
from sample_workbooks.content_office import filing, service
from sample_workbooks.content_party import branch_meetings, member_step, school_event
from sample_workbooks.content_publicity import add_links, campaign, story
from sample_workbooks.content_received import number_as_senders_do, received_document
from sample_workbooks.content_secrecy import lesson, movement
from sample_workbooks.content_tasks import task
from sample_workbooks.people import BRANCH_SIZES
from sample_workbooks.rows import day_of, split_table

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

LAST_YEAR = 2021

MONTHLY_ISSUED = f"""
{{month}}|青职党办|关于做好{{month}}月份主题党日活动的通知|各党支部
{{month}}|青职党办|关于{{month}}月份值班安排的通知|{ALL}
"""
ISSUED = f"""
1|青职党纪|2021年第一次党总支委员会会议纪要|
2|青职党发|关于印发2021年党建工作要点的通知|{ALL}
3|青职党发|关于开展党史学习教育的意见|{ALL}
3|青职党发|关于举办入党积极分子培训班的请示|{SUPERIOR}
3|青职党纪|2021年第二次党总支委员会会议纪要|
4|青职党办|关于一季度支部工作检查情况的通报|{ALL}
5|青职党发|关于接收预备党员有关事项的请示|{SUPERIOR}
5|青职党纪|2021年第三次党总支委员会会议纪要|
6|青职党发|关于表彰优秀共产党员的决定|{ALL}
6|青职党办|关于开展庆祝建党一百周年系列活动的通知|{ALL}
7|青职党发|关于上半年党建工作情况的报告|{SUPERIOR}
7|青职党办|关于二季度支部工作检查情况的通报|{ALL}
9|青职党纪|2021年第四次党总支委员会会议纪要|
9|青职党办|关于做好教师节表彰工作的通知|{ALL}
10|青职党办|关于三季度支部工作检查情况的通报|{ALL}
10|青职党发|关于购置党员活动室设备所需经费的请示|青岭市教育局
11|青职党纪|2021年第五次党总支委员会会议纪要|
12|青职党办|关于开展2021年度党员民主评议的通知|各党支部
12|青职党发|关于2021年度意识形态工作责任制落实情况的报告|{SUPERIOR}
12|青职党办|关于四季度支部工作检查情况的通报|{ALL}
"""

MONTHLY_RECEIVED = """
{month}|教工委|关于做好{month}月份主题党日活动的通知|传阅|
{month}|宣传部|关于报送{month}月份意识形态工作情况的通知|拟办|限
{month}|组织部|关于核对{month}月份党员组织关系转接情况的通知|阅存|
{month}|教育局|关于{month}月份校园安全检查情况的通报|传阅|
{month}|纪委|关于{month}月份典型问题的通报|传阅|
{month}|教育厅|关于{month}月份教师培训安排的通知|拟办|
"""
RECEIVED = """
1|组织部|关于做好2020年度党内统计年报工作的通知|拟办|急
3|教工委|关于开展党史学习教育的通知|拟办|限
3|统战部|关于调查统一战线工作情况的函|拟办|迟
4|保密局|关于开展保密宣传教育月活动的通知|拟办|
5|团市委|关于开展五四表彰活动的通知|阅存|
6|教工委|关于推荐优秀共产党员的通知|拟办|迟
6|档案局|关于开展国际档案日宣传活动的通知|拟办|
9|总工会|关于慰问一线教师的通知|拟办|
10|人社局|关于做好职称申报工作的通知|拟办|限
11|教育局|关于推荐党建示范校的通知|拟办|迟
12|组织部|关于做好2021年度党内统计年报工作的通知|拟办|限
12|档案局|关于做好年度档案检查工作的通知|拟办|限
"""

MONTHLY_REPORTS = f"""
{{month}}|{{month}}月份意识形态工作情况汇报|中共青岭市委宣传部
{{month}}|{{month}}月份主题党日开展情况及图片资料|{SUPERIOR}
"""
REPORTS = f"""
1|2020年度党内统计年报表|中共青岭市委组织部
6|党史学习教育阶段性总结|{SUPERIOR}
7|保密工作半年自查情况汇报|青岭市国家保密局
12|党史学习教育工作总结|{SUPERIOR}
"""
MONTHLY_SEALS = """
{month}|{month}月份党费收缴汇总表盖章|财务科|
{month}|{month}月份值班安排表盖章|总务科|
{month}|{month}月份组织关系介绍信盖章|组织干事|2
"""
SEALS = """
3|入党积极分子备案表盖章|第一党支部|5
5|“两优一先”推荐材料盖章|各党支部|5
6|“七一”表彰证书盖章|组织干事|10
9|职称申报推荐意见盖章|人事科|6
12|年度考核推荐表盖章|人事科|3
"""
LOOK_UPS = """
{month}|查阅2020年{month}月份支部会议记录|组织干事|
{month}|查阅{month}月份党员发展材料|各党支部|
"""
FILINGS = """
1-14|2020年度党总支发文归档|58
3-24|2020年度上级来文归档|196
6-29|2021年上半年会议材料归档|118
9-23|教师节表彰材料归档|22
11-26|党史学习教育材料归档|164
12-22|2021年度党务文件材料归档|247
"""

THEMES = """
1|研究年度支部工作总结|学习《准则》有关条款|走访慰问困难党员
2|研究组织生活会方案|学习新学期工作要点|新学期志愿服务
3|研究党史学习教育安排|学习党史第一专题|学雷锋志愿服务进社区
4|研究积极分子培养考察|学习党史第二专题|祭扫烈士陵园
5|研究优秀党员推荐名单|学习党史第三专题|技能服务送上门
6|研究预备党员接收和转正|学习发展党员工作细则|重温入党誓词
7|研究暑期党员联系学生安排|学习“七一”重要讲话|观看庆祝大会直播
8|研究新学期支部工作安排|学习师德师风有关规定|校园环境整治义务劳动
9|研究教师节先锋岗推荐|学习党史第四专题|红色故事分享会
10|研究积极分子推优|学习国庆期间纪律要求|参观乡村振兴示范村
11|研究困难党员帮扶名单|学习十九届六中全会公报|观看红色影片
12|研究民主评议党员安排|学习全会决议辅导材料|盘点承诺共话发展
"""
EVENTS = """
3-18|专题党课|学史明理，做合格党员||全体党员教师|高鹏远|92|87|
6-25|专题党课|百年党史中的初心使命||全体教职工|高鹏远|182|170|
9-17|专题党课|学习“七一”重要讲话||全体党员教师|罗文斌|92|88|
12-3|专题党课|学习党的第三个历史决议||全体教职工|高鹏远|182|174|
5-21|专题讨论|党史学习教育如何走进课堂||专业教研室主任|罗文斌|22|20|
10-27|专题讨论|职业教育怎样服务乡村振兴||中层以上干部|高鹏远|38|35|
12-10|专题讨论|支部工作怎样融入教学||中层以上干部|高鹏远|38|36|
3-30|意识形态研判|第一季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|12|
6-23|意识形态研判|第二季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|11|
9-28|意识形态研判|第三季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|11|
12-22|意识形态研判|第四季度意识形态领域分析研判||党总支委员、支部书记|高鹏远|12|12|
1-8|专题学习|学习十九届五中全会精神||全体党员教师|何静宜|92|86|
3-12|专题学习|学习全国“两会”精神||全体教职工|罗文斌|182|165|
4-16|专题学习|学习党史学习教育动员讲话||全体党员教师|何静宜|92|89|
5-14|专题学习|学习职业教育大会精神||全体教职工|罗文斌|182|168|
6-11|专题学习|学习党员教育管理工作条例||中层以上干部|何静宜|38|35|
7-2|专题学习|学习庆祝大会重要讲话||全体教职工|高鹏远|182|176|
9-10|专题学习|学习尊师重教重要论述||全体教职工|罗文斌|182|171|
10-22|专题学习|学习民族工作会议精神||中层以上干部|何静宜|38|36|
11-19|专题学习|学习十九届六中全会精神||全体党员教师|高鹏远|92|90|
12-17|专题学习|学习中央经济工作会议精神||中层以上干部|何静宜|38|35|
4-23|交流研讨|党史读书心得交流||青年党员|何静宜|24|23|
7-8|交流研讨|观看庆祝大会心得交流||全体党员教师|高鹏远|92|88|
11-26|交流研讨|全会精神学习体会交流||支部书记、支委|高鹏远|15|15|
12-24|交流研讨|党员示范岗履职交流||党员示范岗教师|何静宜|14|14|
2-26|谈心谈话|组织生活会前谈心|第一党支部|支委与党员|胡海燕|||13
2-26|谈心谈话|组织生活会前谈心|第二党支部|支委与党员|林卫东|||12
2-26|谈心谈话|组织生活会前谈心|第三党支部|支委与党员|吴丽娜|||10
9-8|谈心谈话|新进教师入职谈心||新进教师|何静宜|||6
12-15|谈心谈话|年底履职谈心||支部书记|高鹏远|||3
4-29|双亮双述|党员亮身份、述承诺|第一党支部|支部全体党员|胡海燕|33|32|
4-29|双亮双述|党员亮身份、述承诺|第二党支部|支部全体党员|林卫东|31|30|
4-30|双亮双述|党员亮身份、述承诺|第三党支部|支部全体党员|吴丽娜|28|28|
4-20|外派培训|全市党务工作者轮训||党务工作者||||2
7-15|外派培训|支部书记示范培训班||支部书记||||3
"""
STEPS = """
3-18|列为积极分子|沈浩然|2020-09-07|第一党支部
3-18|列为积极分子|卢佳慧|2020-09-07|第一党支部
5-14|列为积极分子|丁文凯|2020-10-12|第二党支部
9-24|列为积极分子|万晓燕|2021-03-01|第一党支部
5-20|列为发展对象|谢春梅|2020-04-17|第一党支部
5-20|列为发展对象|潘俊杰|2020-04-17|第三党支部
10-22|列为发展对象|任雪莲|2020-09-25|第二党支部
6-18|接收预备党员|傅晓东|2020-11-20|第一党支部
6-18|接收预备党员|方佩琪|2020-11-20|第三党支部
6-25|接收预备党员|钟丽娟|2020-11-27|第二党支部
11-19|接收预备党员|陆海波|2020-12-18|第三党支部
6-18|转正|石文静|2020-06-12|第一党支部
11-26|转正|康立军|2020-11-20|第二党支部
"""

MONTHLY_STORIES = """
{month}|{month}月主题党日掠影|微信校 美篇校
{month}|{month}月校园新闻集锦|视频号校
{month}|{month}月技能课堂展示|抖音校
"""
STORIES = """
1|寒假家访暖人心|美篇校 网站县
3|党史学习教育动员会召开|微信校 网站市
3|学雷锋志愿服务队走进社区|微信校 网站县 报纸市
4|祭扫烈士陵园|微信校 电视县
5|职教活动周：体验日开放|微信校 电视市 网站区
6|党史知识竞赛决赛|视频号校 网站市
6-30|庆祝建党一百周年文艺展演|微信校 电视市 学习强国区
7-1|师生收看庆祝大会直播|微信校 网站市
9-10|教师节：致敬三尺讲台|视频号校 电视县 报纸市
10|乡村振兴示范村里的思政课|微信校 学习强国区
11|全会精神宣讲进车间|微信校 网站县 网站市
12|技能大赛载誉归来|微信校 电视市
"""
CAMPAIGNS = """
3-5|学雷锋志愿服务月宣传活动|
4-13|保密宣传教育月宣传活动|悬挂横幅、发放手册
5-12|职业教育活动周宣传活动|
6-22|党史知识竞赛|各支部组队
9-15|推广普通话宣传周活动|
11-9|消防安全宣传日活动|
12-3|国家宪法日宣传活动|
"""

# Received 16, cleared 4, destroyed 2: 10 in keeping when the year 2022 begins.
MOVEMENTS = """
2020-05-19|涉密文件接收|第1册第6页|秘密|3||
2020-10-21|涉密文件接收|第1册第12页|秘密|3||
2021-03-16|涉密文件接收|第1册第18页|秘密|4||
2021-04-13|涉密文件借出|第1册第19页|秘密|2|2021-04-20|2021-04-19
2021-04-19|涉密文件归还|第1册第19页|秘密|2||
2021-06-22|涉密文件接收|第1册第21页|秘密|3||
2021-07-07|涉密文件清退|第1册第22页|秘密|4||
2021-07-08|涉密文件销毁|第1册第23页|秘密|2||
2021-09-14|涉密文件接收|第1册第24页|机密|||
2021-11-24|涉密文件接收|第1册第27页|秘密|2||
2021-12-07|涉密文件借出|第1册第28页|秘密||2021-12-14|2021-12-13
2021-12-13|涉密文件归还|第1册第28页|秘密|||
"""
LESSONS = """
2021-01-12|保密学习|36||学习保密法有关条款
2021-03-25|保密检查|4||检查计算机和移动存储介质
2021-04-15|保密学习|182||国家安全教育日专题学习
2021-06-29|保密检查|4||半年自查自评
2021-09-16|承诺书签订||18|新进教师与调岗人员
2021-10-20|承诺书签订||86|党员教师集中签订
2021-10-21|保密学习|38||中层以上干部保密要求
2021-12-09|保密学习|92||年终保密知识测试
2021-12-23|保密检查|5||年终保密检查
"""

TASKS = """
政治建设|党组织书记、委员带头讲专题党课|党建|党建.专题党课|4|高鹏远|2021-12-20
政治建设|按季度开展意识形态领域分析研判|党建|党建.意识形态研判|4|高鹏远|2021-12-31
思想建设|组织教职工专题学习|党建|党建.专题学习|10|王志远|2021-12-31
思想建设|落实谈心谈话制度|党建|党建.谈心谈话|45|何静宜|2021-12-31
组织建设|各支部按月开展主题党日|党建|党建.主题党日|36|王志远|2021-12-31
组织建设|做好发展党员工作|党建|党建.新发展党员|4|王志远|2021-12-31
宣传思想|办好学校新媒体平台|宣传|宣传.校级外宣|55|赵雪晴|2021-12-31
宣传思想|加强对上级媒体供稿|宣传|宣传.市级以上外宣|15|赵雪晴|2021-12-31
办文服务|来文来函按时办结|办文|办文.按时办结率|95|李慧敏|2021-12-31
办文服务|完成文件材料立卷归档|办文|办文.归档|750|李慧敏|2021-12-31
保密工作|组织保密学习教育|保密|保密.保密学习|4|李慧敏|2021-12-31
"""


def last_documents(random: Random) -> list[Row]:
    """List the rows of the sheet 办文."""
    received = [received_document(random, fields, LAST_YEAR) for fields in tables(MONTHLY_RECEIVED, RECEIVED)]
    received.sort(key=day_of)
    number_as_senders_do(random, received, LAST_YEAR)
    return [
        *issued_documents(random, ISSUED + monthly(MONTHLY_ISSUED), LAST_YEAR),
        *received,
        *(report(random, *fields, year=LAST_YEAR) for fields in tables(MONTHLY_REPORTS, REPORTS)),
        *(service(random, "用印", fields, LAST_YEAR) for fields in tables(MONTHLY_SEALS, SEALS)),
        *(service(random, "档案查阅", fields, LAST_YEAR) for fields in tables(LOOK_UPS)),
        *(filing(random, *fields, year=LAST_YEAR) for fields in split_table(FILINGS)),
    ]


def last_party_life(random: Random) -> list[Row]:
    """List the rows of the sheet 党建."""
    rows = [school_event(random, fields, LAST_YEAR) for fields in split_table(EVENTS)]
    rows += [member_step(random, fields, LAST_YEAR) for fields in split_table(STEPS)]
    for branch in BRANCH_SIZES:
        rows += branch_meetings(random, branch, THEMES, LAST_YEAR)
    return rows


def last_publicity(random: Random) -> list[Row]:
    """List the rows of the sheet 宣传."""
    stories = tables(MONTHLY_STORIES, STORIES)
    rows = [row for fields in stories for row in story(random, *fields, year=LAST_YEAR)]
    rows += [campaign(random, *fields, year=LAST_YEAR) for fields in split_table(CAMPAIGNS)]
    rows.sort(key=day_of)
    add_links(rows, LAST_YEAR)
    return rows


def last_secrecy(random: Random) -> list[Row]:
    """List the rows of the sheet 保密."""
    rows = [movement(random, fields) for fields in split_table(MOVEMENTS)]
    return rows + [lesson(random, fields) for fields in split_table(LESSONS)]


def last_tasks() -> list[Row]:
    """List the tasks of the year."""
    return [task(serial, fields) for serial, fields in enumerate(split_table(TASKS), start=1)]


def monthly(lines: str) -> str:
    """Repeat the lines of a table for every month."""
    return "".join(lines.format(month=month).lstrip() for month in range(1, 13))


def tables(every_month: str, once: str = "") -> list[list[str]]:
    """Split a table of what happens every month and one of what happens once into fields."""
    return split_table(monthly(every_month) + once.lstrip())
