"""The benchmark's workbooks: the standard sheets and columns, sound rows, and one cell in a thousand that is not."""

import argparse
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import xlsxwriter

from batch.areas.load import export_definitions, load_definitions
from batch.areas.model import Sheet
from tests.rested import rested

START: Final = date(2022, 1, 1)
DAYS: Final = 365
BAD_SHARE: Final = 0.001
"""Of all filled cells; they stand where a day, a word of a list or a count is asked for."""
BAD: Final = {"date": "待定", "choice": "其它", "whole": "若干"}
PERSONS: Final = {
    "办文": ("李慧敏", "孙国栋"),
    "党建": ("王志远", "李慧敏"),
    "宣传": ("赵雪晴", "孙国栋"),
    "保密": ("孙国栋", "王志远"),
}
BRANCHES: Final = ("第一党支部", "第二党支部", "第三党支部")
SUBJECTS: Final = ("安全生产", "师德师风", "实训教学", "学生资助", "招生就业", "作风建设", "档案整理", "节能管理")
TYPES: Final = ("通知", "通报", "函", "报告", "纪要")
SENDERS: Final = ("市教育局", "市委组织部", "市委宣传部", "区应急管理局", "市财政局")
PLATFORMS: Final = (
    ("微信", "校级"),
    ("抖音", "校级"),
    ("网站", "县（区）级"),
    ("报纸", "市级"),
    ("学习强国", "自治区级"),
)
MEETINGS: Final = ("主题党日", "支委会", "党小组会", "支部党员大会", "专题学习", "谈心谈话", "组织生活会")

Row = dict[str, Any]


class Origin(NamedTuple):
    """Whose a workbook is, which others it differs from, and how many of its cells are no good."""

    unit: str = "青岭职业技术学校"
    seed: int = 1
    bad_share: float = BAD_SHARE


PLAIN: Final = Origin()


def write_workbook(
    path: Path, rows: int, *, is_inline: bool = False, areas: Path | None = None, origin: Origin = PLAIN
) -> Path:
    """Write a workbook with so many rows on each of the area sheets, its texts shared or within their cells."""
    random = Random(origin.seed)  # noqa: S311 the same workbook every time is the point
    definitions = load_definitions(areas)
    book = xlsxwriter.Workbook(path, {"constant_memory": is_inline, "strings_to_urls": False})
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})

    def write(name: str, columns: tuple[str, ...], lines: Iterator[list[Any]]) -> None:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, columns)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day_format)
                elif value is not None:
                    sheet.write(number, column, value)

    cover = {"单位名称": origin.unit, "部门": "党建办", "年度": 2022, "述职人": "何静宜"}
    write("封面", ("项目", "内容"), ([name, value] for name, value in cover.items()))
    posts = definitions.posts.column_names
    write("岗位", posts, iter([[sheet.name, *_persons(sheet)] for sheet in definitions.areas]))
    for sheet in definitions.areas:
        write(sheet.name, sheet.column_names, _lines(sheet, rows, random, origin.bad_share))
    tasks = (
        [n, "台账管理", f"完成第{n}项任务", None, figure, 1]
        for n, figure in enumerate(("办文.发文", "宣传.校级外宣"), 1)
    )
    write("任务", definitions.tasks.column_names, tasks)
    book.close()
    return path


def write_areas(folder: Path, count: int) -> Path:
    """Write definitions of so many areas, each like 宣传, under names of their own."""
    export_definitions(folder)
    text = (folder / "宣传.toml").read_text(encoding="utf-8")
    for path in folder.iterdir():
        path.unlink()
    for number in range(1, count + 1):
        own = text.replace('name = "宣传"', f'name = "宣传{number}组"', 1)
        own = re.sub(r"(?m)^order = .*$", f"order = {100 + number}", own)
        (folder / f"宣传{number}组.toml").write_text(own, encoding="utf-8")
    return folder


def _persons(sheet: Sheet) -> tuple[str, str]:
    return PERSONS.get(sheet.name, (f"{sheet.name}负责人", "孙国栋"))


def _lines(sheet: Sheet, rows: int, random: Random, bad_share: float) -> Iterator[list[Any]]:
    """Yield the lines of a sheet: days rising through the year, and now and then a cell that is no good."""
    make = ROWS.get(sheet.name, _article)
    judged = {each.name: BAD[each.type] for each in sheet.columns if each.type in BAD and each.name != "密级"}
    for number in range(1, rows + 1):
        day = START + timedelta(days=(number - 1) * DAYS // rows)
        row = {"序号": number, "日期": day, "经办人": random.choice(_persons(sheet)), **make(number, day, random)}
        if random.random() < bad_share * sum(value is not None for value in row.values()):
            name, word = random.choice([(name, word) for name, word in judged.items() if row.get(name) is not None])
            row[name] = word
        yield [row.get(name) for name in sheet.column_names]


def _document(number: int, day: date, random: Random) -> Row:
    subject, sort = random.choice(SUBJECTS), random.choice(TYPES)
    if number % 3 == 0:
        title = f"关于做好{subject}第{number}号事项的{sort}"
        return {
            "事项": "发文",
            "文号": f"党建办〔2022〕{number // 3}号",
            "标题": title,
            "文种": sort,
            "载体": "电子",
            "往来单位": "各处室",
            "签批人": "何静宜",
            "备注": f"存第{number % 40 + 1}卷",
        }
    if number % 3 == 1:
        done = min(day + timedelta(days=random.randrange(7)), date(2022, 12, 31))
        return {
            "事项": "收文", "文号": f"市教党〔2022〕{number}号", "标题": f"转发{subject}第{number}号材料的通知",
            "载体": random.choice(("电子", "纸质")), "往来单位": random.choice(SENDERS), "数量": 1,
            "办理方式": random.choice(("传阅", "拟办", "阅存")), "办理时限": day + timedelta(days=7), "办结日期": done,
        }  # fmt: skip
    kind = random.choice(("报送材料", "归档", "用印", "档案查阅"))
    return {
        "事项": kind,
        "标题": f"{subject}第{number}号材料",
        "数量": random.randrange(1, 9),
        "往来单位": random.choice(SENDERS),
    }


def _meeting(number: int, day: date, random: Random) -> Row:
    if number % 50 == 0:
        before = day - timedelta(days=500)
        return {"事项": "列为发展对象", "支部": BRANCHES[0], "对象": f"学员{number}", "上一阶段日期": before, "数量": 1}
    due = random.randrange(20, 36)
    return {
        "事项": random.choice(MEETINGS), "主题": f"{random.choice(SUBJECTS)}第{number}次研讨",
        "支部": random.choice(BRANCHES), "主持人": random.choice(("胡海燕", "林卫东", "吴丽娜")),
        "应到": due, "实到": due - random.randrange(5), "数量": 1,
        "备注": None if number % 2 else f"记录本第{number % 90 + 1}页",
    }  # fmt: skip


def _article(number: int, _: date, random: Random) -> Row:
    platform, level = random.choice(PLATFORMS)
    return {
        "事项": "外宣信息" if number % 8 else "宣传活动", "标题": f"{random.choice(SUBJECTS)}侧记之{number}",
        "平台": platform, "级别": level, "数量": 1, "审核人": "何静宜", "链接": f"https://news.example.cn/{number:07d}.html",
        "备注": None if number % 3 else "已存档",
    }  # fmt: skip


def _secret(number: int, day: date, random: Random) -> Row:
    if number % 4 == 0:
        kind = random.choice(("保密学习", "保密检查", "承诺书签订"))
        return {"事项": kind, "数量": 1, "参加人数": random.randrange(20, 90), "备注": f"第{number}次"}
    row = {
        "登记簿页码": f"第{number // 200 + 1}册第{number % 200 + 1}页",
        "密级": random.choice(("机密", "秘密")),
        "数量": 1,
    }
    if number % 4 == 1:
        back = min(day + timedelta(days=random.randrange(20)), date(2022, 12, 31))
        lent = {"事项": "涉密文件借出", "审批人": "何静宜", "应还日期": day + timedelta(days=20), "归还日期": back}
        return {**row, **lent}
    return {**row, "事项": "涉密文件接收", "审批人": "何静宜"}


ROWS: Final[dict[str, Callable[[int, date, Random], Row]]] = {
    "办文": _document, "党建": _meeting, "宣传": _article, "保密": _secret,
}  # fmt: skip


def main() -> None:
    """Write one workbook; a benchmark does so in another process, for its own memory counts as that of its children."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--inline", action="store_true")
    parser.add_argument("--areas", type=Path, help="a folder for definitions of further areas")
    parser.add_argument("--further", type=int, default=0, help="how many of these")
    given = parser.parse_args()
    areas = write_areas(given.areas, given.further) if given.areas else None
    rested(write_workbook(given.path, given.rows, is_inline=given.inline, areas=areas))


if __name__ == "__main__":
    main()
