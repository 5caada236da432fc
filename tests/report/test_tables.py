"""The tables of a report: their columns and rows fit for reading, whatever the ledger holds."""

from pathlib import Path

import pytest

from batch.check.checked import Checked
from batch.report import charts, figure_tables, list_tables, source_tables
from batch.report.content import Table, plain
from batch.report.scope import Scope
from batch.report.sections import overdue
from batch.total.totals import SheetTotals, Totals
from batch.values.names import in_reading_order
from tests.books import checked_of, totals_of, write_book

TALKS = "| 日期 | 事项 | 支部 |\n| 2021-09-05 | 谈心谈话 | 第一党支部 |\n| 2022-03-05 | 谈心谈话 | 第一党支部 |"


def months_of(totals: Totals) -> list[Table]:
    return list(figure_tables.month_tables(totals.sheets["党建"]))


@pytest.mark.parametrize(
    ("period", "captions"),
    [
        ("2022", [""]),
        ("2021-09..2022-08", ["（2021年9月—2022年8月）"]),
        ("2021-06..2022-12", ["（2021年）", "（2022年）"]),
        ("2022-03", [""]),
        ("2022-04", []),
    ],
)
def test_no_month_table_has_more_than_a_year(tmp_path: Path, period: str, captions: list[str]) -> None:
    totals = totals_of(write_book(tmp_path / "台账.xlsx", {"党建": TALKS}), period=period)
    tables = months_of(totals)
    assert [each.caption for each in tables] == [f"党建分月情况{note}" for note in captions]
    assert all(len(each.header) <= 14 for each in tables)
    assert all(name in {"事项", "合计"} or name.endswith("月") for each in tables for name in each.header)


def test_a_single_month_is_no_sum_of_months(tmp_path: Path) -> None:
    totals = totals_of(write_book(tmp_path / "台账.xlsx", {"党建": TALKS}), period="2022-03")
    assert [(each.header, each.rows) for each in months_of(totals)] == [(("事项", "3月"), (("谈心谈话", "1"),))]


def test_a_chart_over_two_years_says_of_which(tmp_path: Path) -> None:
    totals = totals_of(write_book(tmp_path / "台账.xlsx", {"党建": TALKS}), period="2021-09..2022-08")
    chart = charts.area_chart(totals.sheets["党建"], totals)
    assert chart is not None
    assert (chart.caption, chart.categories[0]) == ("党建各月登记行数（2021年9月—2022年8月）", "9月")


def test_branches_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    branches = ("第十一党支部", "", "第二党支部", "第二十党支部", "第十党支部", "机关党支部", "第一党支部")
    rows = "\n".join(f"| 主题党日 | {name} | 3 |" for name in branches)
    totals = totals_of(write_book(tmp_path / "台账.xlsx", {"党建": f"| 事项 | 支部 | 数量 |\n{rows}"}))
    ordered = ("第一党支部", "第二党支部", "第十党支部", "第十一党支部", "第二十党支部", "机关党支部", "未填")
    assert totals.sheets["党建"].breakdowns["支部"].rows == ordered
    assert in_reading_order(["张三", "乙", "甲", "李四", "Wang", "an"]) == ("an", "Wang", "甲", "李四", "乙", "张三")
    assert in_reading_order(["第" + "9" * 5000, "第十一", "第九", "第一百零二", "第10", "第2"]) == (
        "第2",
        "第九",
        "第10",
        "第十一",
        "第一百零二",
        "第" + "9" * 5000,
    )


def breakdown_of(sheet: SheetTotals, column: str) -> list[Table]:
    return [each for each in figure_tables.breakdown_tables(sheet) if each.header[0] == column]


def test_few_items_stand_in_columns_and_short_rows_beside_each_other(full_year: Checked) -> None:
    assert full_year.totals is not None
    (table,) = breakdown_of(full_year.totals.sheets["宣传"], "级别")
    assert table.header == ("级别", "外宣信息", "宣传活动") * 2
    assert table.rows[0] == ("校级", "69", "", "县（区）级", "14", "")


def test_a_column_that_nobody_has_filled_in_is_not_broken_down(tmp_path: Path) -> None:
    totals = totals_of(write_book(tmp_path / "台账.xlsx"))
    assert breakdown_of(totals.sheets["宣传"], "平台") == []


def test_a_list_that_is_cut_says_so_and_is_counted_whole(tmp_path: Path) -> None:
    count = list_tables.LONGEST_TABLE + 5
    rows = "\n".join(f"| 收文 | 关于第{number}件事的通知 | 2022-04-01 |" for number in range(count))
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": f"| 事项 | 标题 | 办理时限 |\n{rows}"}))
    assert checked.totals is not None
    told, tables = overdue(Scope(checked, checked.totals))
    (table,) = tables.blocks
    assert isinstance(table, Table)
    assert table.caption == f"逾期办理情况（{count}行，列出前{list_tables.LONGEST_TABLE}行，全部见汇总表）"
    assert len(table.rows) == list_tables.LONGEST_TABLE
    assert told.startswith(f"逾期和未了的登记共{count}行，其中{count}行")


def test_rows_left_out_for_one_reason_are_told_together(tmp_path: Path) -> None:
    tasks = "| 方面 | 任务 |\n| 党的建设 | 抓好学习 |\n| 党的建设 | 抓好宣传 |"
    one = write_book(tmp_path / "甲.xlsx", {"任务": tasks, "宣传": ""})
    two = write_book(tmp_path / "乙.xlsx", {"任务": tasks, "办文": "", "党建": "", "保密": ""})
    table = list_tables.excluded_table([totals_of(one, two).sheets["任务"]])
    assert table is not None
    assert table.rows == (("任务", "乙.xlsx：3-4", "与另一份台账的行相同，只计一次"),)


def test_a_finding_names_its_workbook_where_there_are_several(tmp_path: Path) -> None:
    late = "| 事项 | 标题 | 办理时限 |\n| 收文 | 一件 | 2022-04-01 |"
    twice = "| 事项 | 数量 |\n| 接收预备党员 | 2 |"
    one = write_book(tmp_path / "甲.xlsx", {"办文": late, "党建": ""})
    two = write_book(tmp_path / "乙.xlsx", {"党建": twice, "办文": "", "宣传": "", "保密": ""})
    places = [list_tables.finding_table(checked_of(*paths).findings, "问题") for paths in ((one,), (one, two))]
    alone, both = ([cells[1] for cells in table.rows] for table in places if table is not None)
    assert "办文!P3" in alone
    assert {"甲.xlsx：办文!P3", "乙.xlsx：党建!K3"} <= set(both)


def test_long_sources_are_cut_and_the_caption_says_where_all_are(full_year: Checked) -> None:
    assert full_year.totals is not None
    figures = full_year.totals.figures
    table = source_tables.source_table(figures.values(), full_year.totals)
    assert table.caption == "各指标的口径和来源（以“…”结尾的，全部来源见汇总表）"
    assert max(len(plain(cells[-1])) for cells in table.rows) <= source_tables.LONGEST_SOURCE + 1
    assert source_tables.source_table([figures["办文.请示"]], full_year.totals).caption == "各指标的口径和来源"


def test_figures_that_are_all_nought_stand_in_no_table_of_their_own(tmp_path: Path) -> None:
    totals = totals_of(write_book(tmp_path / "台账.xlsx"), period="2021")
    assert figure_tables.figure_table(totals.sheets["党建"], None) is None
    assert figure_tables.headline_table(totals.sheets.values(), None).rows
