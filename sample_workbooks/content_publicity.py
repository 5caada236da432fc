"""The pieces that the school published in the year, each platform its own row, and its campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_workbooks.people import OFFICE_HEAD, SECRETARY, pick_handler
from sample_workbooks.rows import day_of, drop_blanks, split_table
from sample_workbooks.school_calendar import YEAR, pick_day, working_day_after

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

LEVELS = {"校": "校级", "县": "县（区）级", "市": "市级", "区": "自治区级", "国": "国家级"}
ADDRESSES = {
    "微信": "wx", "QQ": "qq", "抖音": "dy", "美篇": "mp", "视频号": "sph", "快手": "ks", "学习强国": "xxqg",
    "网站": "web", "电视": "tv", "其他": "app",
}  # fmt: skip
"""Platform to the folder of its links; a newspaper has none."""
LINKS = "https://example.com"

# When, title, platforms each followed by a level.
STORIES = """
1-4|青岭职校开展新年升旗仪式|微信校
1|党总支走访慰问困难党员教师|微信校 美篇校
1|期末考核现场：技能比武显身手|抖音校 网站县
1|寒假安全教育这样上|QQ校
1-21|寒假家访暖人心|美篇校
2-23|开学第一课：从一面党旗讲起|微信校 网站市
2-25|新学期党务工作例会召开|微信校
2|志愿服务迎新生返校|抖音校
3-7|学雷锋志愿服务队走进社区|微信校 网站县 报纸市
3-8|巾帼风采：实训楼里的女教师|美篇校
3-11|党总支书记讲授春季专题党课|微信校 网站县
3|入党积极分子培训班开班|QQ校
3-31|青年党员读书心得交流会举行|美篇校
3|汽修专业学生义务检修车辆|快手校 电视县
3-29|思政课教学比赛决赛落幕|微信校 网站市
4|清明诵读：经典里的家国情|视频号校 学习强国区
4|党员教师带头参加植树劳动|抖音校
4-12|保密知识宣传进办公室|QQ校
4-21|读书月启动仪式举行|微信校
4|护理专业学生走进敬老院|抖音校 电视市
4-29|双亮双述：党员晒承诺|微信校 网站县
5-10|职教活动周：体验日开放|微信校 抖音校 电视市 网站区
5-11|大国工匠进校园|微信校 报纸市
5|技能服务送上门|抖音校 网站县
5-26|民族团结一家亲联谊活动|美篇校 学习强国区
5-18|支部书记抓党建经验交流会|微信校
5|廉洁文化作品展|美篇校
6|重温入党誓词，牢记初心使命|微信校 网站县
6-27|新发展党员入党宣誓仪式|微信校 抖音校
6-29|党总支为党员统一配发新党徽|微信校 网站县
6-30|庆“七一”表彰大会举行|微信校 电视市 网站市
6|毕业季：把技能带回家乡|抖音校 报纸县
6|最美教师候选人风采|微信校 网站市
7-1|党旗下的毕业课|视频号校 学习强国国
7|暑期教师思政学习班开班|微信校
7-15|暑期家访在路上|美篇校 微信校
8-25|新进教师师德第一课|微信校
8|校园环境整治义务劳动|抖音校
8-31|迎新日：党员先锋岗就位|微信校 抖音校 网站县
9-9|教师节：致敬三尺讲台|视频号校 电视县 报纸市
9-15|推普周诵读展演|抖音校
9-30|党建示范校创建推进会召开|微信校 网站市
9-9|弘扬教育家精神座谈会|微信校
9|新生国防教育汇报展示|抖音校 电视县
9-30|烈士纪念日敬献花篮|微信校 其他市
10-8|国庆假期志愿者在行动|美篇校
10-17|师生收听收看大会开幕盛况|微信校 视频号校 网站市 学习强国区
10|电商专业助农直播|快手校 电视市
10-26|宣讲团走进实训车间|微信校 网站县
10|校史档案展开放参观|美篇校
10|支部换届选举圆满完成|微信校
11|二十大精神宣讲微视频征集|视频号校
11-9|消防演练：安全记心间|抖音校
11|冬日送暖走访困难职工|微信校 网站县
11|党员示范岗：把课堂搬到车间|微信校 报纸市 学习强国区
11|警示教育主题展|QQ校
12-6|国家宪法日晨读活动|微信校
12|党员民主评议工作启动|微信校
12|技能大赛载誉归来|视频号校 电视市
12-22|年终党建工作盘点|微信校 美篇校
12-27|校园迎新年文艺展演|抖音校 微信校
"""

# When, title, remark.
CAMPAIGNS = """
3-7|学雷锋志愿服务月宣传活动|社区、车站两处
4-12|保密宣传教育月宣传活动|悬挂横幅、发放手册
4-21|读书月宣传活动|
5-10|职业教育活动周宣传活动|接待来访家长与学生
5-26|民族团结进步宣传月活动|
6-24|庆“七一”红歌比赛|各支部组队
9-14|推广普通话宣传周活动|
10-27|二十大精神宣讲进班级活动|
11-9|消防安全宣传日活动|
12-5|国家宪法日宣传活动|
"""
SHARE_OF_OFFICE_HEAD = 0.6


def publicity(random: Random) -> list[Row]:
    """List the year's rows of the sheet 宣传, each published piece with a link of its own."""
    rows = [row for fields in split_table(STORIES) for row in story(random, *fields)]
    rows += [campaign(random, *fields) for fields in split_table(CAMPAIGNS)]
    rows.sort(key=day_of)
    add_links(rows)
    return rows


def story(random: Random, when: str, title: str, channels: str, *, year: int = YEAR) -> list[Row]:
    """Make one row for each platform; the later ones follow within a few days."""
    day = pick_day(random, when, year)
    rows = []
    for position, channel in enumerate(channels.split()):
        published = day if position == 0 else working_day_after(day, random.choice((0, 0, 1, 1, 2)))
        rows.append(
            drop_blanks(
                {
                    "日期": published,
                    "事项": "外宣信息",
                    "标题": title,
                    "平台": channel[:-1],
                    "级别": LEVELS[channel[-1]],
                    "数量": random.choice((None, None, None, 1)),
                    "经办人": pick_handler(random, "宣传", published),
                    "审核人": pick_reviewer(random, LEVELS[channel[-1]]),
                }
            )
        )
    return rows


def pick_reviewer(random: Random, level: str) -> str:
    """Pick who released the piece: what leaves the school's own channels mostly went to the secretary."""
    if level == "校级" or random.random() > SHARE_OF_OFFICE_HEAD:
        return OFFICE_HEAD
    return SECRETARY


def campaign(random: Random, when: str, title: str, remark: str, *, year: int = YEAR) -> Row:
    """Make one campaign: neither platform nor level."""
    day = pick_day(random, when, year)
    return drop_blanks(
        {
            "日期": day,
            "事项": "宣传活动",
            "标题": title,
            "经办人": pick_handler(random, "宣传", day),
            "审核人": OFFICE_HEAD,
            "备注": remark,
        }
    )


def add_links(rows: list[Row], year: int = YEAR) -> None:
    """Give each row of an online platform a link numbered in date order."""
    serial = 0
    for row in rows:
        folder = ADDRESSES.get(str(row.get("平台", "")))
        if folder:
            serial += 1
            row["链接"] = f"{LINKS}/{year}/{folder}/{serial:03d}.html"
