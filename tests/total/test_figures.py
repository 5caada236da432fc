from pathlib import Path

import pytest

from batch.areas.definitions import Definitions
from batch.check.checked import Checked
from tests.books import checked_of, figures_of, totals_of, write_book

Value = int | float | None

ONE_OF_EACH = {
    "办文": """
        | 日期       | 事项     | 文种 | 载体 | 办理方式 | 数量 | 办理时限   | 办结日期   |
        | 2022-01-01 | 发文     | 通知 | 电子 |          |      |            |            |
        | 2022-12-31 | 发文     | 请示 | 纸质 |          | 1    |            |            |
        | 2022-03-05 | 收文     |      | 电子 | 传阅     |      | 2022-03-10 | 2022-03-10 |
        | 2022-03-06 | 收文     |      | 电子 | 拟办     |      | 2022-03-10 | 2022-03-11 |
        | 2022-03-07 | 收文     |      | 纸质 | 拟办     |      | 2022-03-10 |            |
        | 2022-03-08 | 收文     |      | 电子 | 阅存     |      |            |            |
        | 2022-03-09 | 报送材料 |      | 电子 |          | 3    |            |            |
        | 2022-03-09 | 归档     |      |      |          | 200  |            |            |
        | 2022-03-10 | 用印     |      |      |          | 2    |            |            |
        | 2022-03-11 | 用印     | 请示 |      | 传阅     |      |            |            |
        | 2022-03-12 | 档案查阅 |      |      |          | 4    |            |            |
        | 2021-12-31 | 用印     |      |      |          | 8    |            |            |
        | 2023-01-01 | 发文     | 通知 | 电子 |          |      |            |            |""",
    "党建": """
        | 事项 | 数量 | 应到 | 实到 |
        """ + "\n".join(
        f"| {item} | {number} | | |"
        for number, item in enumerate(
            (
                *("专题党课", "专题讨论", "意识形态研判", "专题学习", "交流研讨", "主题党日", "支部党员大会"),
                *("支委会", "党小组会", "组织生活会", "双亮双述", "谈心谈话", "党徽配发", "外派培训"),
            ),
            start=1,
        )
    ) + """
        | 接收预备党员 | | | |
        | 列为发展对象 | | | |
        | 列为发展对象 | 1 | | |
        | 列为积极分子 | | | |
        | 转正 | | | |
        | 支委会 | | 8 | 1 |
        | 支委会 | | 8 | 8 |
        | 支委会 | | 9 | |""",
    "宣传": """
        | 事项     | 级别       | 数量 |
        | 外宣信息 | 校级       |      |
        | 外宣信息 | 校级       | 2    |
        | 外宣信息 | 县（区）级 | 4    |
        | 外宣信息 | 市级       | 8    |
        | 外宣信息 | 省级       | 16   |
        | 外宣信息 | 国家级     | 32   |
        | 宣传活动 | 国家级     | 64   |""",
    "保密": """
        | 日期       | 事项         | 数量 | 归还日期   |
        | 2019-05-04 | 涉密文件接收 | 10   |            |
        | 2022-05-04 | 涉密文件接收 | 5    |            |
        | 2022-05-05 | 涉密文件清退 | 2    |            |
        | 2022-05-05 | 涉密文件销毁 | 1    |            |
        | 2023-05-05 | 涉密文件接收 | 100  |            |
        | 2021-05-06 | 涉密文件借出 | 1    |            |
        | 2022-05-06 | 涉密文件借出 | 2    | 2022-06-01 |
        | 2022-05-06 | 涉密文件借出 | 4    | 2023-01-01 |
        | 2022-05-07 | 涉密文件归还 | 2    |            |
        | 2022-05-08 | 保密学习     |      |            |
        | 2022-05-09 | 保密检查     | 3    |            |
        | 2022-05-10 | 承诺书签订   | 126  |            |""",
    "任务": """
        | 方面 | 任务 | 指标 | 目标值 |
        | 党建 | 甲 | 办文.发文 | 2 |
        | 党建 | 乙 | 办文.发文 | 3 |
        | 宣传 | 丙 | 办文.按时办结率 | 33.3 |
        | 宣传 | 丁 | 办文.发文 | |
        | 宣传 | 戊 | | |""",
}  # fmt: skip
EXPECTED: dict[str, Value] = {
    "办文.发文": 2,
    "办文.收文": 4,
    "办文.报送材料": 3,
    "办文.归档": 200,
    "办文.电子公文": 4,
    "办文.传阅": 1,
    "办文.拟办": 2,
    "办文.请示": 1,
    "办文.用印": 3,
    "办文.档案查阅": 4,
    "办文.应办结": 3,
    "办文.按时办结": 1,
    "办文.逾期": 2,
    "办文.按时办结率": 33.3,
    "党建.专题党课": 1,
    "党建.专题讨论": 2,
    "党建.意识形态研判": 3,
    "党建.专题学习": 4,
    "党建.交流研讨": 5,
    "党建.主题党日": 6,
    "党建.支部党员大会": 7,
    "党建.支委会": 11,
    "党建.党小组会": 9,
    "党建.组织生活会": 10,
    "党建.双亮双述": 11,
    "党建.谈心谈话": 12,
    "党建.党徽配发": 13,
    "党建.外派培训": 14,
    "党建.新发展党员": 1,
    "党建.发展对象": 2,
    "党建.入党积极分子": 1,
    "党建.转正": 1,
    "党建.平均到会率": 56.3,
    "宣传.校级外宣": 3,
    "宣传.县级外宣": 4,
    "宣传.市级以上外宣": 56,
    "宣传.宣传活动": 64,
    "保密.承诺书": 126,
    "保密.保密学习": 1,
    "保密.保密检查": 3,
    "保密.在管涉密文件": 12,
    "保密.借出未还": 5,
    "任务.方面": 2,
    "任务.任务项": 5,
    "任务.完成率": 66.7,
}


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return checked_of(write_book(tmp_path_factory.mktemp("books") / "台账.xlsx", ONE_OF_EACH))


@pytest.mark.parametrize("figure", EXPECTED)
def test_every_figure_of_a_workbook_with_known_figures(one_of_each: Checked, figure: str) -> None:
    assert one_of_each.totals is not None
    assert one_of_each.totals.figures[figure].value == EXPECTED[figure]


def test_no_figure_is_left_untested(definitions: Definitions) -> None:
    assert {name for name, _, _ in definitions.figures} == set(EXPECTED)


DUE = """
| 日期 | 事项 | 标题 | 载体 | 办理方式 | 办理时限 | 办结日期 |
| 2022-06-01 | 收文 | 甲 | 电子 | 拟办 | 2022-06-30 | {done} |"""


@pytest.mark.parametrize(
    ("done", "today", "expected"),
    [
        ("", "2022-06-30", (0, 0, 0)),
        ("2022-06-30", "2022-06-30", (1, 1, 0)),
        ("", "2022-07-01", (1, 0, 1)),
        ("2022-07-01", "2022-07-01", (1, 0, 1)),
        ("2022-06-29", "2022-07-01", (1, 1, 0)),
    ],
    ids=["open on its last day", "done on its last day", "open after", "done after", "done before"],
)
def test_a_deadline_counts_once_it_is_over_or_met(
    tmp_path: Path, done: str, today: str, expected: tuple[int, int, int]
) -> None:
    book = write_book(tmp_path / "台账.xlsx", {"办文": DUE.format(done=done)})
    figures = figures_of(book, today=today)
    assert (figures["办文.应办结"], figures["办文.按时办结"], figures["办文.逾期"]) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2022", 12), ("2022H1", 5), ("2022Q2", 4), ("2022-07", 4), ("2022-06..2022-07", 8), ("2021", None)],
)
def test_the_period_has_both_its_ends_in_it(tmp_path: Path, period: str, expected: int | None) -> None:
    days = ("2022-03-31", "2022-04-01", "2022-06-30", "2022-07-01", "2022-12-31")
    rows = "\n".join(f"| {day} | 用印 | {amount} |" for day, amount in zip(days, (1, 0, 4, 4, 3), strict=True))
    book = write_book(tmp_path / "台账.xlsx", {"办文": f"| 日期 | 事项 | 数量 |\n{rows}"})
    assert figures_of(book, period=period)["办文.用印"] == (expected or 0)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 8, 12.5), (1, 16, 6.3), (2, 3, 66.7), (0, 5, 0.0), (0, 0, None), (999, 1000, 99.9)],
)
def test_percentages_are_rounded_half_up_to_one_decimal(
    tmp_path: Path, part: int, whole: int, expected: float | None
) -> None:
    table = f"| 事项 | 应到 | 实到 |\n| 支委会 | {whole} | {part} |\n| 支委会 | 7 | |"
    assert figures_of(write_book(tmp_path / "台账.xlsx", {"党建": table}))["党建.平均到会率"] == expected


def test_tasks_are_judged_from_january_whatever_the_period(tmp_path: Path) -> None:
    tables = {
        "办文": "| 日期 | 事项 | 数量 |\n| 2022-02-01 | 用印 | 5 |\n| 2022-08-01 | 用印 | 5 |",
        "任务": "| 方面 | 任务 | 指标 | 目标值 |\n| 甲 | 一 | 办文.用印 | 10 |\n| 甲 | 二 | 办文.用印 | 11 |",
    }
    book = write_book(tmp_path / "台账.xlsx", tables)
    assert figures_of(book, period="2022Q3")["任务.完成率"] == 50.0
    assert figures_of(book, period="2022Q1")["任务.完成率"] == 0.0


def test_a_row_nobody_has_settled_marks_its_figures(tmp_path: Path) -> None:
    table = "| 事项 | 数量 | 核实说明 |\n| 发文 | 2 | {} |\n| 收文 | | |"
    for explanation, marked in (("", True), ("核实无误", True), ("同一文号附件分两件", False)):
        totals = totals_of(write_book(tmp_path / "台账.xlsx", {"办文": table.format(explanation)}))
        assert totals.figures["办文.发文"].is_unsettled is marked
        assert totals.figures["办文.收文"].is_unsettled is False


def test_the_tables_add_up_to_the_rows(full_year: Checked) -> None:
    assert full_year.totals is not None
    for area in full_year.totals.areas:
        months = sum(area.by_month.cells.values())
        assert sum(area.by_person.cells.values()) == months
        assert [sum(table.cells.values()) for table in area.breakdowns.values()] == [months] * len(area.breakdowns)


def test_sources_are_the_rows_in_excel(one_of_each: Checked) -> None:
    assert one_of_each.totals is not None
    figures = one_of_each.totals.figures
    assert figures["保密.借出未还"].measured.rows.tolist() == [8, 10]
    assert figures["宣传.市级以上外宣"].measured.rows.tolist() == [6, 7, 8]
