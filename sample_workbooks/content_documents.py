"""The documents that the office issued in the year, and the material that it reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_workbooks.people import OFFICE_HEAD, SECRETARY, pick_handler
from sample_workbooks.rows import day_of, drop_blanks, split_table
from sample_workbooks.school_calendar import YEAR, pick_day, working_day_after

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

DOCUMENT_KINDS = (
    "决议", "决定", "命令（令）", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "函", "纪要",
)  # fmt: skip
PAPER_KINDS = frozenset({"请示", "决定", "决议", "批复"})
"""Kinds that the office still sends out signed on paper."""
OFFICE_SERIES = "青职党办"

ALL = "各党支部、各科室"
SUPERIOR = "中共青岭市委教育工作委员会"

ISSUED = f"""
1-5|青职党办|关于做好2022年寒假春节期间值班值守工作的通知|{ALL}
1|青职党办|关于报送2021年度党员民主评议材料的通知|各党支部
1|青职党发|关于2021年度党建工作情况的报告|{SUPERIOR}
1|青职党纪|2022年第一次党总支委员会会议纪要|
1-12|青职党办|关于开展春节前走访慰问困难党员教师的通知|各党支部
2|青职党办|关于召开春季学期党务工作例会的通知|各党支部
2|青职党发|关于印发2022年党建工作要点的通知|{ALL}
2|青职党办|关于开好2021年度组织生活会的通知|各党支部
3|青职党发|关于表彰2021年度先进党支部和优秀共产党员的决定|{ALL}
3|青职党办|关于做好发展党员材料预审工作的通知|各党支部
3|青职党纪|2022年第二次党总支委员会会议纪要|
3|青职党发|关于举办入党积极分子培训班的请示|{SUPERIOR}
3|青职党发|关于加强和改进教职工思想政治工作的意见|{ALL}
3-2|青职党办|关于开展学雷锋志愿服务月活动的通知|{ALL}
3|青职党办|关于商请选派讲师来校宣讲的函|中共青岭市委党校
3-31|青职党办|关于一季度意识形态研判发现问题整改的通知|{ALL}
4|青职党发|关于调整党总支委员分工的通知|各党支部
4|青职党办|关于开展“书香校园”读书月活动的通知|{ALL}
4|青职党发|关于同意第二党支部增补支部委员的批复|第二党支部
4-7|青职党办|关于开展保密知识学习月活动的通知|{ALL}
4|青职党办|关于一季度支部工作检查情况的通报|{ALL}
5|青职党发|关于修缮党员活动室所需经费的请示|青岭市教育局
5-6|青职党办|关于做好职业教育活动周宣传工作的通知|{ALL}
5|青职党纪|2022年第三次党总支委员会会议纪要|
5|青职党办|关于组织收看专题党课直播的通知|各党支部
5|青职党办|关于印发《档案查阅审批办法》的通知|{ALL}
6-27|青职党发|关于接收谢春梅等同志为中共预备党员的决定|各党支部
6-8|青职党办|关于开展庆“七一”系列活动的通知|{ALL}
6-28|青职党发|关于命名首批党员示范岗的决定|{ALL}
6-15|青职党办|关于统一配发新党徽的通知|各党支部
6-29|青职党发|关于上半年意识形态工作责任制落实情况的报告|{SUPERIOR}
6|青职党纪|2022年第四次党总支委员会会议纪要|
7-4|青职党办|关于做好暑期值班和信息报送工作的通知|{ALL}
7|青职党发|关于上半年党建工作情况的报告|{SUPERIOR}
7-7|青职党办|关于档案室暑期暂停查阅的通告|
8-23|青职党办|关于召开秋季学期开学工作布置会的通知|{ALL}
8|青职党办|关于做好新学期党员公开承诺的通知|各党支部
9|青职党发|关于申报中小学党建示范校的请示|{SUPERIOR}
9-13|青职党办|关于开展推普宣传周活动的通知|{ALL}
9-5|青职党办|关于做好教师节期间宣传报道工作的通知|{ALL}
9|青职党纪|2022年第五次党总支委员会会议纪要|
9-8|青职党发|关于表彰教书育人先锋岗的决定|{ALL}
9|青职党办|关于商请提供实践教学场地的函|青岭市档案馆
9|青职党办|关于上半年党费收缴使用情况的公告|
10-12|青职党办|关于组织收听收看大会开幕盛况的通知|{ALL}
10-26|青职党发|关于认真学习宣传贯彻党的二十大精神的意见|{ALL}
10|青职党办|关于签订保密承诺书的通知|{ALL}
10|青职党发|关于同意第三党支部按期换届的批复|第三党支部
10|青职党办|关于三季度支部工作检查情况的通报|{ALL}
11-3|青职党发|关于召开党员大会进行补选的请示|{SUPERIOR}
11-28|青职党发|党员大会关于党总支工作报告的决议|各党支部
11|青职党办|关于开展“冬日送暖”走访活动的通知|{ALL}
11|青职党纪|2022年第六次党总支委员会会议纪要|
11|青职党办|关于做好年度文件材料归档工作的通知|{ALL}
12-8|青职党办|关于开展2022年度党员民主评议的通知|各党支部
12-28|青职党发|关于2022年度意识形态工作责任制落实情况的报告|{SUPERIOR}
12|青职党发|关于聘请校外思政导师的请示|青岭市教育局
12-26|青职党办|关于做好岁末年初值班工作的通知|{ALL}
12|青职党纪|2022年第七次党总支委员会会议纪要|
"""

REPORTED = f"""
1-10|2021年度党组织书记抓基层党建述职材料|{SUPERIOR}
1|2021年度党内统计年报表|中共青岭市委组织部
2|寒假校园安全与值班情况小结|青岭市教育局
3-31|学雷锋志愿服务月活动总结|共青团青岭市委员会
4|发展党员工作自查情况汇报|{SUPERIOR}
5-23|职业教育活动周工作总结及图片资料|青岭市教育局
6|庆“七一”拟表彰对象推荐材料|{SUPERIOR}
6|保密工作半年自查情况汇报|青岭市国家保密局
7|上半年党建品牌建设经验材料|{SUPERIOR}
9|党建示范校申报书及佐证材料|{SUPERIOR}
10-31|学习贯彻党的二十大精神情况汇报|{SUPERIOR}
11|统一战线工作情况调查表|中共青岭市委统一战线工作部
12|党组织书记履职情况自查材料|{SUPERIOR}
12|年度文件材料归档情况汇报|青岭市档案局
"""
MONTHLY_REPORTS = (
    ("{month}月份意识形态工作情况汇报", "中共青岭市委宣传部"),
    ("{month}月份主题党日开展情况及图片资料", SUPERIOR),
)
QUARTERLY_REPORT = ("第{quarter}季度党费收缴情况统计表", "中共青岭市委组织部")
PAPER_SHARE = 0.12
DEADLINE_SHARE = 0.12
LAST_MONTH = 12


def issued_documents(random: Random, lines: str = ISSUED, year: int = YEAR) -> list[Row]:
    """List a year's issued documents, numbered without a gap in each series."""
    rows = [issued_document(random, *fields, year=year) for fields in split_table(lines)]
    rows.sort(key=day_of)
    next_numbers: dict[str, int] = {}
    for row in rows:
        series = str(row["文号"])
        next_numbers[series] = next_numbers.get(series, 0) + 1
        row["文号"] = f"{series}〔{year}〕{next_numbers[series]}号"
    return rows


def issued_document(  # noqa: PLR0913 one parameter a field of the table
    random: Random, when: str, series: str, title: str, recipient: str, *, year: int
) -> Row:
    """Make one row, its number still the bare series."""
    day = pick_day(random, when, year)
    kind = document_kind(title)
    is_paper = kind in PAPER_KINDS or random.random() < PAPER_SHARE
    return drop_blanks(
        {
            "日期": day,
            "事项": "发文",
            "文号": series,
            "标题": title,
            "文种": kind,
            "载体": "纸质" if is_paper else "电子",
            "往来单位": recipient,
            "数量": random.choice((None, None, 1)),
            "经办人": pick_handler(random, "办文", day),
            "签批人": OFFICE_HEAD if series == OFFICE_SERIES else SECRETARY,
        }
    )


def document_kind(title: str) -> str:
    """Read the kind of document off the end of its title; blank where it names none."""
    return next((kind for kind in DOCUMENT_KINDS if title.endswith(kind)), "")


def reported_material(random: Random) -> list[Row]:
    """List the material reported to superiors: the monthly, the quarterly and the single pieces."""
    rows = [report(random, *fields) for fields in split_table(REPORTED)]
    for month in range(1, 13):
        rows += [report(random, str(month), title.format(month=month), to) for title, to in MONTHLY_REPORTS]
    for quarter, name in enumerate("一二三四", start=1):
        title, receiver = QUARTERLY_REPORT
        rows.append(report(random, str(quarter * 3), title.format(quarter=name), receiver))
    return rows


def report(random: Random, when: str, title: str, receiver: str, *, year: int = YEAR) -> Row:
    """Make one row of reported material; a few come with a deadline that was met."""
    day = pick_day(random, when, year)
    has_deadline = random.random() < DEADLINE_SHARE and day.month < LAST_MONTH
    return drop_blanks(
        {
            "日期": day,
            "事项": "报送材料",
            "标题": title,
            "载体": random.choice(("电子", "电子", "纸质")),
            "往来单位": receiver,
            "数量": random.choice((None, None, None, 1, 2)),
            "经办人": pick_handler(random, "办文", day),
            "签批人": OFFICE_HEAD,
            "办理时限": working_day_after(day, 3) if has_deadline else None,
            "办结日期": day if has_deadline else None,
        }
    )
