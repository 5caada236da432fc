"""汇总表.xlsx: stored values are right, every formula gives the same, and a changed row changes its total."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from batch.areas.figures import FigureKind
from batch.check.checked import Checked
from batch.total.compare import Previous
from batch.workbook.findings import build_findings
from batch.workbook.ledger_copy import LEDGER_COPY_ROWS
from batch.workbook.summary import build_summary
from tests.benchmark.ledgers import write_workbook
from tests.books import SAMPLES, checked_of, compared_with, write_book
from tests.formulas import cells, compared_cells, formulas, formulas_in, opened, recalculated
from tests.rested import rested

SIGN_PAGE = "指标签字页"
FULL_YEAR = SAMPLES / "全年台账.xlsx"
FIVE = SAMPLES / "五个工作面"
HOSTILE = ("=1+1&A", "@张", "-李", "+王", '=HYPERLINK("http://x","y")')
TAME = ("某某学校", "张三", "李四", "王五", "一个标题")


def summary_of(checked: Checked, previous: Previous | None = None, *, is_draft: bool = False) -> bytes:
    assert checked.totals is not None
    title = f"{checked.book.settings.unit}工作指标"
    return build_summary(checked.totals, checked.owners, title, is_draft=is_draft, previous=previous)


def figures_in(book: Workbook, column: int = 3) -> dict[str, object]:
    rows = book[SIGN_PAGE].iter_rows(min_row=5, max_col=column, values_only=True)
    return {f"{row[0]}.{row[1]}": row[-1] for row in rows if row[1]}


def expected(checked: Checked) -> dict[str, object]:
    assert checked.totals is not None
    return {name: "—" if each.value is None else each.value for name, each in checked.totals.figures.items()}


def hostile_tables(words: tuple[str, ...]) -> dict[str, str]:
    _, first, second, third, title = (f"'{word}" for word in words)
    return {
        "岗位": f"| 工作面 | A角 | B角 |\n| 办文 | {first} | {second} |\n| 党建 | {second} | {third} |\n"
        f"| 宣传 | {third} | {first} |\n| 保密 | {first} | {third} |",
        "办文": f"| 事项 | 标题 | 经办人 |\n| 发文 | {title} | {first} |\n| 用印 | {title} | {second} |",
        "党建": f"| 事项 | 支部 | 经办人 |\n| 支委会 | {first} | {second} |\n| 谈心谈话 | {third} | {third} |",
        "宣传": f"| 标题 | 经办人 | 审核人 |\n| {title} | {first} | {third} |\n| {title} | {first} | {third} |",
        "保密": f"| 事项 | 经办人 | 备注 |\n| 涉密文件接收 | {second} | {title} |",
        "任务": f"| 方面 | 任务 | 责任人 |\n| {first} | {title} | {second} |\n| {third} | {title} | {second} |",
    }


@dataclass(frozen=True)
class Case:
    checked: Checked
    previous: Previous | None = None
    is_draft: bool = False

    @cached_property
    def summary(self) -> bytes:
        return summary_of(self.checked, self.previous, is_draft=self.is_draft)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Case]:
    """Return the books whose every formula is computed again."""
    folder = tmp_path_factory.mktemp("books")
    scattered = "\n".join(f"| {day} | 用印 | 2 |" for day in ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01"))
    bare = write_book(folder / "空.xlsx", {"党建": "| 日期 | 事项 |\n| 2021-01-01 | 支委会 |", "任务": ""})
    words = {
        "办文": f"| 日期 | 事项 | 数量 |\n{scattered}",
        "宣传": "| 标题 | 数量 |\n| =1+1* | 2 |\n| ~?甲 | 3 |",
        "任务": "| 方面 |\n| =甲* |\n| 乙? |",
    }
    strange = write_book(folder / "怪字.xlsx", words)
    hostile = write_book(folder / "公式.xlsx", hostile_tables(HOSTILE), cover={"单位名称": f"'{HOSTILE[0]}"})
    one = write_book(
        folder / "一.xlsx", {"办文": "| 事项 | 数量 |\n| 用印 | 3 |\n| 归档 | 8 |", "党建": "", "宣传": ""}
    )
    two = write_book(folder / "二.xlsx", {"办文": "", "保密": ""})
    last = write_book(
        folder / "上年.xlsx", {"宣传": "| 事项 |\n| 外宣信息 |"}, cover={"单位名称": "青岭职业技术学校", "年度": 2021}
    )
    quarter = checked_of(FULL_YEAR, period="2022Q3")
    return {
        "同比": Case(checked_of(FULL_YEAR), compared_with(FULL_YEAR, last)),
        "环比": Case(quarter, compared_with(FULL_YEAR, period="2022Q3")),
        "期中": Case(checked_of(FIVE / "台账.xlsx", today="2022-02-15")),
        "起止日": Case(checked_of(FIVE / "台账.xlsx", period="2022-01-10..2022-03-20", today="2022-03-01")),
        "跨年": Case(checked_of(FIVE / "台账.xlsx", period="2021-11..2022-02")),
        "草稿": Case(checked_of(SAMPLES / "有错台账.xlsx"), is_draft=True),
        "五面": Case(checked_of(FIVE / "台账.xlsx", areas=FIVE / "areas")),
        "合并": Case(checked_of(one, two)),
        "空": Case(checked_of(bare)),
        "怪字和期外": Case(checked_of(strange)),
        "公式": Case(checked_of(hostile)),
    }


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_every_formula_gives_its_stored_value_in_another_program(cases: Mapping[str, Case], tmp_path: Path) -> None:
    books = {name: opened(case.summary) for name, case in cases.items()}
    again = recalculated(tmp_path, books)
    different = [
        (name, page, place, stored, computed)
        for name, book in books.items()
        for (page, place), stored, computed in compared_cells(book, cases[name].summary, again[name])
        if stored != computed
    ]
    assert different == []


def test_the_page_to_sign_holds_the_figures(cases: Mapping[str, Case]) -> None:
    for name, case in cases.items():
        book = load_workbook(io.BytesIO(case.summary), read_only=True, data_only=True)
        assert figures_in(book) == expected(case.checked), name


def test_every_figure_is_a_formula(full_year: Checked) -> None:
    book = opened(summary_of(full_year))
    assert [name for name, value in figures_in(book).items() if not str(value).startswith("=")] == []


def test_the_same_totals_give_the_same_bytes(full_year: Checked) -> None:
    assert summary_of(full_year) == summary_of(full_year)


def test_only_functions_that_all_programs_know_are_used(cases: Mapping[str, Case]) -> None:
    used = {
        name
        for case in cases.values()
        for formula in formulas_in(case.summary)
        for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', '""', formula))
    }
    assert "SUMIFS" in used
    assert used <= {
        *("SUM", "SUMIFS", "SUMPRODUCT", "COUNT", "COUNTIF", "COUNTIFS", "IF", "AND", "OR", "ISNUMBER"),
        *("ROUND", "MAX", "MIN", "DATE", "YEAR", "EXACT", "SUBSTITUTE"),
    }


def test_the_page_to_sign_has_the_columns_that_a_leader_expects(full_year: Checked) -> None:
    page = opened(summary_of(full_year))[SIGN_PAGE]
    header = [cell.value for cell in page[4]]
    assert header == ["工作面", "指标", "本期", "上期", "增减", "单位", "目标", "负责人", "签字"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("portrait", 9)
    assert page.print_title_rows == "$1:$4"
    assert page.freeze_panes == "A5"


def test_every_page_is_set_up_for_paper_and_keeps_its_header_in_sight(cases: Mapping[str, Case]) -> None:
    for page in opened(cases["五面"].summary).worksheets:
        assert page.page_setup.paperSize == 9, page.title
        assert page.print_title_rows, page.title
        assert page.freeze_panes, page.title
        assert footer(page) == "第 &P 页，共 &N 页", page.title
        is_fitted = page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
        assert (is_fitted, page.page_setup.fitToHeight) == (True, 0) or page.title == "图表", page.title


def footer(page: Worksheet) -> str | None:
    return page.oddFooter.center.text if page.oddFooter and page.oddFooter.center else None


def test_a_draft_says_so_on_every_page(cases: Mapping[str, Case]) -> None:
    for page in opened(cases["草稿"].summary).worksheets:
        assert page.oddHeader is not None
        assert page.oddHeader.right is not None
        assert page.oddHeader.right.text == "草稿"
        assert "（草稿）" in str(page["A1"].value)


class Compared(NamedTuple):
    before: object
    difference: object
    note: str


def compared_on(case: Case, figure: str) -> Compared:
    book = load_workbook(io.BytesIO(case.summary), data_only=True)
    note = str(book[SIGN_PAGE]["C3"].value)
    return Compared(figures_in(book, 4)[figure], figures_in(book, 5)[figure], note)


def test_the_earlier_period_stands_beside_the_current_one(tmp_path: Path) -> None:
    tables = {"办文": "| 事项 | 数量 |\n| 用印 | 8 |", "保密": "| 事项 | 数量 |\n| 承诺书签订 | 5 |"}
    book = write_book(tmp_path / "今年.xlsx", tables)
    earlier = {"办文": "| 日期 | 事项 | 数量 |\n| 2021-03-05 | 用印 | 11 |"}
    last = write_book(tmp_path / "去年.xlsx", earlier, cover={"年度": 2021})
    case = Case(checked_of(book), compared_with(book, last))
    before, difference, note = compared_on(case, "办文.用印")
    assert (before, difference) == (11, -3)
    assert "上期为2021年（同比）" in note
    assert compared_on(case, "保密.承诺书")[:2] == (0, 5)
    assert compared_on(case, "党建.平均到会率")[:2] == ("—", None)


def test_with_nothing_to_compare_the_earlier_period_is_blank(full_year: Checked) -> None:
    before, difference, note = compared_on(Case(full_year), "办文.用印")
    assert (before, difference) == (None, None)
    assert "上期" not in note


def drawings(content: bytes) -> dict[str, list[str]]:
    """Return the title of each chart -> the cells that its series take their names, months and numbers from."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(part for part in package.namelist() if part.startswith("xl/charts/chart")):
            root = etree.fromstring(package.read(name))
            title = "".join(root.xpath("//*[local-name()='title'][1]//*[local-name()='strCache']//text()"))
            found[title] = root.xpath("//*[local-name()='ser']//*[local-name()='f']/text()")
    return found


def test_the_charts_draw_cells_that_are_there(full_year: Checked) -> None:
    content = summary_of(full_year)
    book, charts = load_workbook(io.BytesIO(content), data_only=True), drawings(content)
    assert {title: len(places) // 3 for title, places in charts.items()} == {
        "各工作面分月登记行数": 4,
        "办文各事项分月数量": 6,
        "党建各事项分月数量（数量最多的6项）": 6,
        "宣传各事项分月数量": 2,
        "保密各事项分月数量（数量最多的6项）": 6,
    }
    names, months, numbers = (charts["宣传各事项分月数量"][at] for at in range(3))
    assert [shown(book, names), shown(book, months)[::11]] == [["外宣信息"], ["1月", "12月"]]
    assert sum(int(str(number)) for number in shown(book, numbers)) == 105
    assert sum(int(str(number)) for number in shown(book, charts["各工作面分月登记行数"][2])) == 294


def shown(book: Workbook, place: str) -> list[object]:
    page, _, area = place.replace("'", "").partition("!")
    found = book[page][area.replace("$", "")]
    return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]


def test_a_period_of_many_years_still_has_its_charts(tmp_path: Path) -> None:
    book = write_book(tmp_path / "台账.xlsx")
    content = summary_of(checked_of(book, period="2010..2022", today="2022-12-31"))
    assert opened(content)["图表"].page_setup.scale == 10
    assert len(drawings(content)) == 5


def test_an_area_without_amounts_has_no_chart(tmp_path: Path) -> None:
    book = write_book(tmp_path / "台账.xlsx", {"党建": "| 日期 | 事项 |\n| 2021-01-01 | 支委会 |"})
    assert not [title for title in drawings(summary_of(checked_of(book))) if title.startswith("党建")]
    nothing = checked_of(book, period="2022-12")
    assert drawings(summary_of(nothing)) == {}


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    found = []
    for words in (HOSTILE, TAME):
        book = write_book(tmp_path / "台账.xlsx", hostile_tables(words), cover={"单位名称": f"'{words[0]}"})
        checked = checked_of(book)
        listed = build_findings(checked, lambda _: None, (f"{words[0]}。",), f"{words[0]}台账问题清单")
        found.append((opened(summary_of(checked)), opened(listed)))
    for hostile, tame in zip(*found, strict=True):
        assert formulas(hostile).keys() == formulas(tame).keys()
        assert not [cell.coordinate for _, cell in cells(hostile) if cell.hyperlink is not None]
        assert {footer(page) for page in hostile.worksheets} == {"第 &P 页，共 &N 页"}
    texts = {str(cell.value) for _, cell in cells(found[0][0]) if cell.data_type == "s"}
    assert [word for word in HOSTILE if not any(text.startswith(word) for text in texts)] == []


def test_the_properties_hold_title_and_unit_and_nobodys_name(full_year: Checked) -> None:
    content = summary_of(full_year)
    properties = opened(content).properties
    assert (properties.title, properties.creator, properties.lastModifiedBy) == ("青岭职业技术学校工作指标", None, None)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "<Company>青岭职业技术学校</Company>" in package.read("docProps/app.xml").decode()


def column_of(page: Worksheet, header: str) -> int:
    return next(cell.column for cell in page[3] if cell.value == header)


def row_where(page: Worksheet, **values: object) -> int:
    """Return the first copied row with these values; True stands for any, None for nothing."""
    columns = {header: column_of(page, header) for header in values}
    for row in range(4, page.max_row + 1):
        held = {header: page.cell(row, column).value for header, column in columns.items()}
        if all(held[name] == value or (value is True and held[name] is not None) for name, value in values.items()):
            return row
    raise LookupError(values)


def put(page: Worksheet, row: int, header: str, value: str | float | None) -> None:
    cell = page.cell(row, column_of(page, header))
    assert isinstance(cell, Cell)
    cell.value = value


def change_a_row_for_each_kind(book: Workbook) -> None:
    documents, party, secrets, tasks = (book[f"台账-{name}"] for name in ("办文", "党建", "保密", "任务"))
    filed = row_where(documents, 事项="归档")
    put(documents, filed, "数量", int(str(documents.cell(filed, column_of(documents, "数量")).value)) + 1000)
    in_time = row_where(documents, 办理时限=True, 办结日期=True, 数量=1)
    put(documents, in_time, "办结日期", None)
    lesson = row_where(party, 应到=94, 实到=88)
    put(party, lesson, "实到", 0)
    put(secrets, row_where(secrets, 事项="涉密文件接收", 数量=4), "数量", 11)
    put(secrets, row_where(secrets, 事项="涉密文件借出", 数量=2), "归还日期", None)
    put(tasks, row_where(tasks, 方面="保密工作"), "方面", "从来没有的方面")
    put(tasks, row_where(tasks, 指标="党建.专题党课"), "目标值", 999)
    put(tasks, tasks.max_row + 1, "原行号", 99)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_changed_row_changes_its_figure_of_every_kind(full_year: Checked, tmp_path: Path) -> None:
    before = expected(full_year)
    book = opened(summary_of(full_year))
    change_a_row_for_each_kind(book)
    after = figures_in(recalculated(tmp_path, {"改动": book})["改动"])
    rate = full_year.totals.figures["党建.平均到会率"].measured if full_year.totals else None
    assert rate is not None
    assert {name: value for name, value in after.items() if value != before[name]} == {
        "办文.归档": 1071 + 1000,
        "办文.按时办结": 42,
        "办文.逾期": 7,
        "办文.按时办结率": 85.7,
        "党建.平均到会率": round(100 * ((rate.part or 0) - 88) / (rate.whole or 1), 1),
        "保密.在管涉密文件": 12 + 7,
        "保密.借出未还": 1 + 2,
        "任务.方面": 8,
        "任务.任务项": 26,
        "任务.完成率": 76.2,
    }
    kinds = {type(total.figure).__name__ for total in full_year.totals.figures.values()} if full_year.totals else set()
    assert kinds == {kind.__name__ for kind in FigureKind.__args__}


def test_a_long_title_is_shown_whole(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", cover={"单位名称": "中国某某某某学校" * 9})
    book = opened(summary_of(checked_of(path)))
    assert book[SIGN_PAGE].row_dimensions[1].height > 2 * 22
    assert book["分月"].row_dimensions[1].height == 30


def test_the_balance_of_rows_stands_whole_on_a_page_of_its_own(full_year: Checked) -> None:
    page = opened(summary_of(full_year))["对账"]
    shown = [[cell.value for cell in row[:3]] for row in page.iter_rows(min_row=2, max_row=5)]
    assert shown[1:] == [["工作表", "读入", "计入"], ["办文", 294, 294], ["党建", 188, 188]]
    assert str(shown[0][0]).startswith("台账行数对账")


@pytest.mark.slow
def test_past_the_bound_figures_are_stored_with_their_rows_and_the_sheet_says_so(tmp_path: Path) -> None:
    checked = checked_of(rested(write_workbook(tmp_path / "台账.xlsx", 8_000)))
    assert checked.totals is not None
    book = opened(summary_of(checked))
    assert not {f"台账-{area}" for area in ("办文", "党建", "宣传", "保密")} & set(book.sheetnames)
    stored = {name: value for name, value in figures_in(book).items() if not name.startswith("任务.")}
    assert stored == {name: value for name, value in expected(checked).items() if name in stored}
    page = book["数据来源"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert f"办文、党建、宣传、保密的登记超过{LEDGER_COPY_ROWS}行，没有副本，有关的数是写定的，不是公式。" in texts
    issued = checked.totals.figures["办文.发文"]
    rows = [row for row in page.iter_rows(values_only=True) if row[0] == "办文.发文"]
    first, *_ = (text for text in map(str, rows[0]) if text.startswith(str(issued.measured.rows[0])))
    ((_, whole),) = checked.totals.sources(issued)
    assert whole.startswith(first)
    assert f"……共{issued.measured.rows.size}行，其余见figures.json，也可用 batch trace 列出。" in texts
