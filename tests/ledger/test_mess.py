"""The workbook as a clerk leaves it: it gives the same figures as the clean one, and what was passed over is told."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import numbers
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import Value, checked_of, edited, figures_and_findings, figures_of, write_book

Change = Callable[[Workbook], None]
Told = list[tuple[str, str, str | None]]
"""(severity, code, cell) of each finding."""

HEADER = 2
ABROAD = "outside-period"
"""What the clean workbook tells too, of its row of 2021."""
LEDGER = {
    "办文": """
| 序号 | 日期 | 事项 | 文号 | 标题 | 文种 | 载体 | 办理方式 | 数量 | 经办人 | 办理时限 | 办结日期 |
| 1 | 2022-01-05 | 发文 | 测党办〔2022〕1号 | 关于开学的通知 | 通知 | 电子 | | | 张三 | | |
| 2 | 2022-01-06 | 收文 | | 关于安全的通知 | | 电子 | 传阅 | | 张三 | 2022-01-20 | 2022-01-18 |
| 3 | 2022-03-05 | 收文 | | 关于检查的通知 | | 纸质 | 拟办 | 1 | 李四 | 2022-03-20 | 2022-03-25 |
| 4 | 2022-03-05 | 用印 | | | | | | 3 | 李四 | | |
| 5 | 2022-11-30 | 用印 | | | | | | 1200 | 张三 | | |
| 6 | 2021-12-31 | 用印 | | | | | | 9 | 张三 | | |
""",
}


def page_of(book: Workbook) -> Worksheet:
    page = book["办文"]
    if page.merged_cells.ranges:
        page.unmerge_cells("A1:R1")
    return page


def column(page: Worksheet, name: str, row: int = HEADER) -> int:
    return next(cell.column for cell in page[row] if cell.value == name)


def put(page: Worksheet, name: str, row: int, value: Value) -> None:
    page.cell(row, column(page, name)).value = value


def last_column(page: Worksheet) -> int:
    return max(cell.column for cell in page[HEADER] if cell.value)


# Where the table stands


def below_instructions(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(1, 9)
    page["A1"] = "导入说明："
    page["A2"] = "1.日期填签发日期；2.数量不填按1计"
    page["B3"], page["C3"] = "必填", "事项"


def in_row_20(book: Workbook) -> None:
    page_of(book).insert_rows(1, 18)


def away_from_column_a(book: Workbook) -> None:
    page = page_of(book)
    page.delete_rows(1)
    page.insert_cols(1, 3)


def in_any_order(book: Workbook) -> None:
    page = page_of(book)
    page.move_range(f"D{HEADER}:G8", cols=30)


def over_two_rows(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(HEADER)
    number, kind = column(page, "文号", 3), column(page, "文种", 3)
    for cell in page[3]:
        at = cell.column or 0
        if not number <= at <= kind:
            page.cell(2, at).value, page.cell(3, at).value = cell.value, None
            page.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at)
    page.cell(2, number).value = "公文信息"
    page.merge_cells(start_row=2, end_row=2, start_column=number, end_column=kind)


def grouped_by_half_a_name(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(HEADER + 1)
    limit, done = column(page, "办理时限"), column(page, "办结日期")
    page.cell(2, limit).value, page.cell(3, limit).value = "办理", "时限"
    page.cell(2, done).value, page.cell(3, done).value = "办结", "日期"


def with_units_below(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(HEADER + 1)
    page.cell(3, column(page, "数量")).value = "（件）"
    page.cell(3, column(page, "日期")).value = "必填"


def with_numbered_columns(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(HEADER + 1)
    for number in range(1, last_column(page) + 1):
        page.cell(3, number).value = number


def headed_in_their_own_way(book: Workbook) -> None:
    page = page_of(book)
    ways = {
        "数量": "数 量\n（件）",
        "办结日期": "办结\n日期",
        "日期": "日　期：",
        "经办人": "*经办人【必填】",
        "事项": "事项(下拉选择)",
        "载体": "载体[电子/纸质]",
        "标题": "标题/事由",
    }
    for name, way in ways.items():
        page.cell(HEADER, column(page, name)).value = way


def headed_by_other_words(book: Workbook) -> None:
    page = page_of(book)
    for name, other in {"文号": "发文字号", "经办人": "承办人", "办理时限": "办结期限", "数量": "件数"}.items():
        page.cell(HEADER, column(page, name)).value = other


def with_another_word_beside_the_name(book: Workbook) -> None:
    page = page_of(book)
    page.insert_cols(1)
    page["A2"], page["A3"] = "时间", "上午"


PLACES: dict[str, tuple[Change, Told]] = {
    "below instructions": (below_instructions, []),
    "header in row 20": (in_row_20, []),
    "not in column A": (away_from_column_a, []),
    "columns in any order": (in_any_order, []),
    "header over two rows": (over_two_rows, []),
    "header in halves": (grouped_by_half_a_name, []),
    "units below the header": (with_units_below, [("提示", "skipped-row", None)]),
    "numbered columns": (with_numbered_columns, [("提示", "skipped-row", None)]),
    "header texts with notes": (headed_in_their_own_way, []),
    "aliases": (headed_by_other_words, []),
    "an alias beside the name": (with_another_word_beside_the_name, [("提示", "extra-column", None)]),
}


# What stands between and beside the rows


def with_totals(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(5)
    page["A5"], page.cell(5, column(page, "数量")).value = "1月小计", 2
    put(page, "事项", 10, "合  计：")
    put(page, "数量", 10, 1215)


def with_totals_of_items_within_a_merge(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(7)
    page["D7"], page["L7"] = "办文小计", 4
    page["B6"] = None
    page.merge_cells("B5:B7")


def with_formula_totals(book: Workbook) -> None:
    page = page_of(book)
    page["A9"], page["L9"] = "合计", "=SUM(L3:L8)"


def with_blank_rows(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(5, 2)
    page.insert_rows(9)


def with_separators(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(5)
    page["A5"] = "三月份"
    page.merge_cells("A5:R5")
    page.insert_rows(8)
    page["A8"], page["B8"] = "————", "----"


def with_repeated_header(book: Workbook) -> None:
    page = page_of(book)
    page.insert_rows(6)
    for number in range(1, page.max_column + 1):
        page.cell(6, number).value = page.cell(HEADER, number).value


def with_captions(book: Workbook) -> None:
    page = page_of(book)
    page["A10"], page["F10"] = "填报人：张三", "审核人：李四"
    page["B12"] = "注：本表由党建办填写"


def with_merged_dates(book: Workbook) -> None:
    page = page_of(book)
    page["B6"] = None
    page.merge_cells("B5:B6")


def with_merged_items_and_people(book: Workbook) -> None:
    page = page_of(book)
    for name in ("事项", "经办人"):
        at = column(page, name)
        letter = get_column_letter(at)
        put(page, "经办人", 8, "张三")
        page.cell(8, at).value = None
        page.merge_cells(f"{letter}7:{letter}9")


def with_extra_columns(book: Workbook) -> None:
    page = page_of(book)
    after = last_column(page) + 1
    page.cell(HEADER, after).value, page.cell(4, after).value = "领导批示", "同意"


def with_table_beside(book: Workbook) -> None:
    page = page_of(book)
    after = last_column(page) + 2
    beside: list[tuple[str, Value]] = [("事项", "数量"), ("用印", 1203), ("发文", 1)]
    for row, (item, amount) in enumerate(beside, start=HEADER):
        page.cell(row, after).value, page.cell(row, after + 1).value = item, amount


def with_table_below(book: Workbook) -> None:
    page = page_of(book)
    below: list[tuple[Value, ...]] = [("月份", "件数", "说明"), ("1月", 2, None), ("3月", 4, "含用印")]
    for row, cells in enumerate(below, start=11):
        for number, value in enumerate(cells, start=1):
            page.cell(row, number).value = value


def with_notes_outside(book: Workbook) -> None:
    page = page_of(book)
    page.cell(5, last_column(page) + 3).value = "这一行问过校办"


def with_hidden_rows(book: Workbook) -> None:
    page = page_of(book)
    page.row_dimensions[6].hidden = True
    page.row_dimensions[7].hidden = True


def with_hidden_columns(book: Workbook) -> None:
    page = page_of(book)
    page.column_dimensions[get_column_letter(column(page, "数量"))].hidden = True


def filtered(book: Workbook) -> None:
    page = page_of(book)
    page.auto_filter.ref = "A2:R8"
    page.auto_filter.add_filter_column(2, ["发文"])
    for row in range(4, 9):
        page.row_dimensions[row].hidden = True


def formatted_far_down(book: Workbook) -> None:
    page = page_of(book)
    page.cell(1_048_576, 2).number_format = "yyyy-mm-dd"


def with_serials_by_formula(book: Workbook) -> None:
    page = page_of(book)
    for row in range(3, 9):
        page.cell(row, 1).value = "=ROW()-2"


BETWEEN: dict[str, tuple[Change, Told]] = {
    "totals that agree": (with_totals, []),
    "a total within a merge": (with_totals_of_items_within_a_merge, []),
    "a total by formula, not stored": (with_formula_totals, [("提示", "formula-without-value", "办文!L9")]),
    "blank rows": (with_blank_rows, []),
    "separators": (with_separators, [("提示", "skipped-row", None)]),
    "a repeated header": (with_repeated_header, [("提示", "skipped-row", None)]),
    "captions below": (with_captions, [("提示", "skipped-row", None)]),
    "merged dates": (with_merged_dates, []),
    "merged items and people": (with_merged_items_and_people, []),
    "an extra column": (with_extra_columns, [("提示", "extra-column", None)]),
    "a table beside": (with_table_beside, [("提示", "second-table", "办文!T2")]),
    "a table below": (with_table_below, [("提示", "second-table", "办文!A11")]),
    "a note outside": (with_notes_outside, [("提示", "outside-table", "办文!U5")]),
    "hidden rows": (with_hidden_rows, [("提示", "hidden-row", None)]),
    "a hidden column": (with_hidden_columns, [("提示", "hidden-column", None)]),
    "filtered rows": (filtered, [("提示", "hidden-row", None)]),
    "formats down to the last row": (formatted_far_down, []),
    "serial numbers by formula": (with_serials_by_formula, [("提示", "formula-without-value", "办文!A3")]),
}


# What stands in the cells


def with_dates_in_every_way(book: Workbook) -> None:
    page = page_of(book)
    ways: list[Value] = ["2022.1.5", " 2022/1/6 ", "2022年3月5日", "3月5日", 44895, "20211231"]
    for row, way in enumerate(ways, start=3):
        put(page, "日期", row, way)
        page.cell(row, 2).number_format = numbers.FORMAT_GENERAL


def with_chinese_formats(book: Workbook) -> None:
    page = page_of(book)
    for row in range(3, 9):
        page.cell(row, 2).number_format = '[DBNum1][$-804]yyyy"年"m"月"d"日"'


def with_numbers_in_every_way(book: Workbook) -> None:
    page = page_of(book)
    for row, way in {5: "１件", 6: " 3 ", 7: "1,200", 8: "９ 件"}.items():
        put(page, "数量", row, way)


def with_spaces_everywhere(book: Workbook) -> None:
    page = page_of(book)
    for row in range(3, 9):
        for cell in page[row]:
            if isinstance(cell.value, str):
                cell.value = f"　{cell.value} \u200b\n"


def with_words_for_nothing(book: Workbook) -> None:
    page = page_of(book)
    for name in ("办理时限", "办结日期", "文种", "载体", "办理方式", "紧急程度", "密级", "备注"):
        at = column(page, name)
        for row, word in zip(range(6, 9), ("无", "/", "—"), strict=True):
            page.cell(row, at).value = word


CELLS: dict[str, tuple[Change, Told]] = {
    "dates": (with_dates_in_every_way, []),
    "chinese date formats": (with_chinese_formats, []),
    "numbers": (with_numbers_in_every_way, []),
    "spaces": (with_spaces_everywhere, []),
    "words for nothing": (with_words_for_nothing, []),
}


# What the sheets are called


def called(title: str) -> Change:
    def change(book: Workbook) -> None:
        book["办文"].title = title

    return change


def with_stale_sheet(book: Workbook) -> None:
    stale = book.create_sheet("办文（2021年）")
    stale.append(["日期", "事项", "数量", "经办人"])
    stale.append([datetime(2022, 5, 1), "用印", 50, "张三"])  # noqa: DTZ001 Excel knows no time zones
    stale.sheet_state = "hidden"


def with_summary_sheet(book: Workbook) -> None:
    book.create_sheet("办文汇总").append(["事项", "数量"])


SHEETS: dict[str, tuple[Change, Told]] = {
    **{
        title: (called(title), [])
        for title in ("办文 ", "办文台账", "1.办文", "一、办文", "办文（2022年）", "附表1：办文工作台账")
    },
    "a hidden stale sheet": (with_stale_sheet, [("提示", "hidden-sheet", None)]),
    "a summary sheet": (with_summary_sheet, [("提示", "unknown-sheet", None)]),
}

MESS = PLACES | BETWEEN | CELLS | SHEETS


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int | float | None]:
    """Return the figures of the clean workbook."""
    figures = figures_of(write_book(tmp_path_factory.mktemp("clean") / "台账.xlsx", LEDGER))
    assert (figures["办文.用印"], figures["办文.传阅"], figures["办文.按时办结率"]) == (1203, 1, 50.0)
    return figures


@pytest.mark.parametrize(("change", "told"), MESS.values(), ids=MESS.keys())
def test_mess_changes_no_figure(
    tmp_path: Path, change: Change, told: Told, clean: Mapping[str, int | float | None]
) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    with edited(path) as book:
        change(book)
    figures, found = figures_and_findings(path)
    assert [each for each in found if each[1] != ABROAD] == told
    assert figures == clean


# What is not read as if nothing were wrong


def with_number_merged(book: Workbook) -> None:
    page = page_of(book)
    put(page, "数量", 7, None)
    page.merge_cells("L6:L7")


def with_wrong_totals(book: Workbook) -> None:
    page = page_of(book)
    page["A9"], page["L9"] = "本年合计", 1299


def with_wrong_total_explained(book: Workbook) -> None:
    with_wrong_totals(book)
    put(page_of(book), "核实说明", 9, "合计只算了本校的用印")


def with_dittos(book: Workbook) -> None:
    page = page_of(book)
    put(page, "日期", 6, "同上")
    put(page, "日期", 7, "〃")


def with_errors_and_formulas(book: Workbook) -> None:
    page = page_of(book)
    put(page, "数量", 6, "#REF!")
    put(page, "日期", 7, "=B6+1")


def never_guessed(book: Workbook) -> None:
    page = page_of(book)
    for row, (day, amount) in enumerate(
        [("2022.13.5", "约12"), ("3.5", "3+4"), ("5月", "十二"), ("3.5-3.8", "")], start=3
    ):
        put(page, "日期", row, day)
        put(page, "数量", row, amount)


def hidden_alone(book: Workbook) -> None:
    book["办文"].sheet_state = "hidden"


def misspelt(book: Workbook) -> None:
    book["办文"].title = "办公文"


def twice(book: Workbook) -> None:
    book["办文"].title = "办文（1）"
    book.create_sheet("办文（2）")["A1"] = "日期"


def with_ours_below(book: Workbook) -> None:
    page = page_of(book)
    page["C11"], page["D11"], page["E11"] = "日期", "事项", "数量"
    page["C12"], page["D12"], page["E12"] = "2022-05-01", "用印", 8


NEARLY = (("B", "bad-date"), ("L", "bad-number"))


def with_numbers_below_the_tasks(book: Workbook) -> None:
    page = book["任务"]
    at = column(page, "方面")
    numbers_below: list[tuple[str, Value]] = [("分类", "件数"), ("甲", 3)]
    for row, (kind, amount) in enumerate(numbers_below, start=8):
        page.cell(row, at).value, page.cell(row, at + 1).value = kind, amount


STOPS: dict[str, tuple[Change, Told]] = {
    "a number merged over two rows": (with_number_merged, [("错误", "merged-number", "办文!L6")]),
    "a total that disagrees": (with_wrong_totals, [("核实", "control-total", "办文!L9")]),
    "a total that disagrees, explained": (with_wrong_total_explained, [("核实", "control-total", "办文!L9")]),
    "as above": (with_dittos, [("错误", "ditto", "办文!B6"), ("错误", "ditto", "办文!B7")]),
    "errors and formulas": (
        with_errors_and_formulas,
        [("错误", "error-cell", "办文!L6"), ("错误", "formula-without-value", "办文!B7")],
    ),
    "what is only nearly a date or a number": (
        never_guessed,
        [
            *(("错误", code, f"办文!{letter}{row}") for row in (3, 4, 5) for letter, code in NEARLY),
            ("错误", "bad-date", "办文!B6"),
        ],
    ),
    "the only sheet is hidden": (hidden_alone, [("错误", "missing-sheet", None)]),
    "a misspelt sheet": (misspelt, [("错误", "missing-sheet", None)]),
    "two sheets for one": (twice, [("错误", "ambiguous-sheet", None)]),
    "numbers below the tasks": (with_numbers_below_the_tasks, [("提示", "second-table", "任务!B8")]),
    "our own header further down, elsewhere": (with_ours_below, [("提示", "second-table", "办文!C11")]),
}


@pytest.mark.parametrize(("change", "told"), STOPS.values(), ids=STOPS.keys())
def test_what_cannot_be_known_is_told(tmp_path: Path, change: Change, told: Told) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    with edited(path) as book:
        change(book)
    found = [(each.severity.value, each.code, each.cell) for each in checked_of(path).findings]
    assert [each for each in found if each[1] != ABROAD] == told


def messages(tmp_path: Path, change: Change) -> list[str]:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    with edited(path) as book:
        change(book)
    return [each.message for each in checked_of(path).findings if each.code != ABROAD]


SENTENCES: dict[str, tuple[Change, list[str]]] = {
    "as above": (
        with_dittos,
        [
            "办文!B6“日期”填的“同上”没有写明内容，请写出上一行的内容“2022-03-05”。",
            "办文!B7“日期”填的“〃”没有写明内容，请写出上一行的内容“2022-03-05”。",
        ],
    ),
    "a total": (
        with_wrong_totals,
        ["办文!L9“数量”合计为1299，而第3至8行相加为1215，请核对有无漏登、重登，或合计公式的范围。"],
    ),
    "a merged number": (
        with_number_merged,
        ["办文!L6“数量”填的“3”在合并单元格里，管着第6至7行，不知道各行是多少，请取消合并，逐行填写。"],
    ),
    "hidden": (hidden_alone, ["缺少工作表“办文”，名为“办文”的工作表是隐藏的，没有读取，请取消隐藏。"]),
    "misspelt": (misspelt, ["缺少工作表“办文”，是不是“办公文”？如是请把它改名为“办文”。"]),
    "twice": (
        twice,
        ["“办文（1）”、“办文（2）”都像是工作表“办文”，不知道该读哪一张，没有读取，请并成一张并命名为“办文”。"],
    ),
    "skipped": (
        with_captions,
        ["工作表“办文”有 2 行不是台账记录（第10行“填报人：张三”、第12行“注：本表由党建办填写”），没有计入，请确认。"],
    ),
    "hidden rows": (with_hidden_rows, ["工作表“办文”有 2 行被隐藏或筛选掉（第6-7行），照常计入，请确认。"]),
    "a second table": (
        with_table_below,
        ["工作表“办文”还有别的表（从 A11 开始），没有读取，如是台账内容，请移到本表的表头之下。"],
    ),
}


@pytest.mark.parametrize(("change", "sentences"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sentence_says_where_what_and_what_to_do(tmp_path: Path, change: Change, sentences: list[str]) -> None:
    assert messages(tmp_path, change) == sentences


def test_all_rows_of_a_merged_number_are_left_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    with edited(path) as book:
        with_number_merged(book)
    totals = checked_of(path).totals
    assert totals is not None
    assert totals.figures["办文.用印"].value == 0
    assert sorted(totals.sheets["办文"].reconciliation.reasons) == [6, 7]


def test_a_total_that_disagrees_may_be_explained_in_its_row(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", LEDGER)
    with edited(path) as book:
        with_wrong_total_explained(book)
    (found,) = [each for each in checked_of(path).findings if each.code == "control-total"]
    assert found.explanation == "合计只算了本校的用印"
