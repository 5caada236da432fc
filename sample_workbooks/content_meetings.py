"""The meetings that the office organised in the first quarter: the fifth area, 办会."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_workbooks.people import MEETING_POST
from sample_workbooks.rows import drop_blanks, split_table
from sample_workbooks.school_calendar import pick_day

if TYPE_CHECKING:
    from random import Random

    from sample_workbooks.rows import Row

# Day, item, name, place, expected, present, count (blank: one).
MEETINGS = """
1-4|校长办公会|第1次校长办公会|行政楼二楼会议室|9|9|
1-5|党总支会议|第1次党总支委员会会议|行政楼三楼会议室|7|7|
1-6|专题会议|期末考试工作部署会|行政楼二楼会议室|24|23|1
1-7|专题会议|党支部书记抓党建述职评议会|报告厅|94|88|
1-10|接待会务|兄弟学校来访交流座谈会|行政楼三楼会议室|18|18|
1-11|专题会议|保密工作领导小组会议|行政楼二楼会议室|8|8|
1-11|校长办公会|第2次校长办公会|行政楼二楼会议室|9|8|
1-12|党总支会议|第2次党总支委员会会议|行政楼三楼会议室|7|6|
1-12|接待会务|上级年度考核组接待会务|报告厅|186|174|2
1-13|专题会议|寒假安全工作会议|报告厅|62|60|
1-14|专题会议|学期工作总结大会|报告厅|186|178|
1-14|专题会议|寒假值班工作布置会|行政楼二楼会议室|16|16|
2-17|校长办公会|第3次校长办公会|行政楼二楼会议室|9|9|
2-18|党总支会议|第3次党总支委员会会议|行政楼三楼会议室|7|7|
2-18|专题会议|开学工作布置会|行政楼二楼会议室|38|37|
2-21|专题会议|新学期教职工大会|报告厅|186|180|
2-22|专题会议|春季学期党务工作例会|行政楼三楼会议室|15|15|
2-23|接待会务|开学工作督查组接待会务|行政楼二楼会议室|14|14|
2-24|校长办公会|第4次校长办公会|行政楼二楼会议室|9|8|
2-25|专题会议|组织生活会准备工作会议|行政楼三楼会议室|15|14|
2-28|接待会务|企业合作洽谈会|行政楼三楼会议室|12|12|
3-1|党总支会议|第4次党总支委员会会议|行政楼三楼会议室|7|7|
3-2|专题会议|安全稳定工作例会|行政楼二楼会议室|24|22|
3-3|校长办公会|第5次校长办公会|行政楼二楼会议室|9|9|
3-7|专题会议|学雷锋志愿服务协调会|行政楼二楼会议室|11|11|
3-9|接待会务|市级媒体来校采访会务|实训楼一楼大厅|8|8|
3-10|校长办公会|第6次校长办公会|行政楼二楼会议室|9|9|
3-11|党总支会议|第5次党总支委员会会议|行政楼三楼会议室|7|6|
3-14|专题会议|发展党员工作推进会|行政楼三楼会议室|15|15|
3-15|接待会务|实训基地验收组接待会务|实训楼一楼大厅|20|20|2
3-16|专题会议|思政课教学比赛筹备会|行政楼二楼会议室|13|12|
3-17|校长办公会|第7次校长办公会|行政楼二楼会议室|9|8|
3-18|专题会议|表彰大会|报告厅|186|176|
3-21|专题会议|招生就业工作会议|行政楼二楼会议室|19|18|
3-22|党总支会议|第6次党总支委员会会议|行政楼三楼会议室|7|7|
3-23|接待会务|乡镇中学校长来访座谈会|行政楼三楼会议室|16|15|
3-24|校长办公会|第8次校长办公会|行政楼二楼会议室|9|9|
3-28|专题会议|档案安全隐患整改会|行政楼二楼会议室|10|10|
3-30|接待会务|党史宣讲团接待会务|报告厅|94|91|
3-31|校长办公会|第9次校长办公会|行政楼二楼会议室|9|9|
"""
SHARE_OF_FIRST_HANDLER = 0.75


def meetings(random: Random) -> list[Row]:
    """List the rows of the sheet 办会."""
    return [meeting(random, fields) for fields in split_table(MEETINGS)]


def meeting(random: Random, fields: list[str]) -> Row:
    """Make one meeting; a count above one stands for a meeting in several sittings."""
    when, item, name, place, expected, present, count = fields
    first, second = MEETING_POST
    return drop_blanks(
        {
            "日期": pick_day(random, when),
            "事项": item,
            "会议名称": name,
            "地点": place,
            "应到": int(expected),
            "实到": int(present),
            "数量": int(count) if count else None,
            "经办人": first if random.random() < SHARE_OF_FIRST_HANDLER else second,
        }
    )
