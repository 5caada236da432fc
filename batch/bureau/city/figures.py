"""The pages of figures: the city, and below it a row for each unit and figure with its rank."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from xlsxwriter.worksheet import Worksheet

from batch.bureau.city.json import definition_of
from batch.bureau.city.sums import CityFigure
from batch.bureau.city.workbook import FIGURES_PAGE, FIRST_ROW, UNIT_FIGURES_PAGE, Block, CityBook, ranks
from batch.report.numerals import digits
from batch.workbook.formulas import percentage, stored_value
from batch.workbook.ledger_copy import Live, shown_height, write_live

UNIT, VALUE, PART, WHOLE = "C", "D", "F", "G"
"""Columns of 单位指标."""
UNSETTLED: Final = "待核实"
COUNT_COLUMN: Final = 4
NAME_COLUMN: Final = 7
"""Where the unit that has the most is named."""


def write_figures(book: CityBook) -> None:
    """Write each figure of the city: its sum, how many units have any, the average, the most and the least."""
    columns = {
        "工作面": 8,
        "指标": 20,
        "全市": 12,
        "计量单位": 9,
        "有数单位": 9,
        "单位平均": 10,
        "最多": 10,
        "最多的单位": book.unit_width,
        "最少": 10,
        "定义版本": 9,
        "待核实单位": 11,
        "口径": 50,
    }
    note = (
        f"全市数由“{UNIT_FIGURES_PAGE}”各行相加；百分率按各单位分子之和、分母之和计算，不是各单位百分率的平均。"
        f"共{len(book.city.units)}个单位。"
    )
    page = book.page(FIGURES_PAGE, f"全市{book.period}工作指标", note, columns)
    widths = tuple(columns.values())
    for row, figure in enumerate(book.figures, start=FIRST_ROW):
        total, block = figure.total, book.blocks[figure.total.id]
        unsettled = sum(each.is_unsettled for each in figure.values)
        definition, version = definition_of(figure), total.sheet.version
        page.set_row(row, max(20, shown_height((definition,), (widths[-1],))))
        page.write_row(row, 0, (total.sheet.name, total.figure.name), book.styles["text"])
        write_live(page, row, 2, _sum(figure, block), book.number(figure))
        page.write_string(row, 3, total.figure.unit, book.styles["number"])
        for column, live in enumerate(_spread(figure, block, row), start=4):
            style = {COUNT_COLUMN: book.styles["number"], NAME_COLUMN: book.styles["text"]}
            write_live(page, row, column, live, style.get(column, book.number(figure)))
        page.write(row, 9, version, book.styles["number"])
        page.write(row, 10, unsettled or "", book.styles["核实" if unsettled else "number"])
        page.write_string(row, 11, definition, book.styles["text"])


def _sum(figure: CityFigure, block: Block) -> Live:
    value = stored_value(figure.total.value)
    if block.is_empty:
        return Live(None, value)
    if not figure.total.figure.is_percentage:
        return Live(f"SUM({block.cells(VALUE)})", value)
    part, whole = f"SUM({block.cells(PART)})", f"SUM({block.cells(WHOLE)})"
    return Live(percentage(part, whole), value)


def _spread(figure: CityFigure, block: Block, row: int) -> Sequence[Live]:
    """Return how many units have any of the figure, their average, the most, who has it, and the least."""
    if block.is_empty:
        return [Live(None, 0), *[Live(None, "")] * 4]
    values, ranked = block.cells(VALUE), figure.ranked
    most, least = (stored_value(each.value) for each in (ranked[0], ranked[-1])) if ranked else ("", "")
    counted = f"COUNT({values})"
    mean = Live(None, "")
    if not figure.total.figure.is_percentage:
        mean = Live(f'IF({counted}=0,"",ROUND(AVERAGE({values}),1))', average(figure) if ranked else "")
    named = f'IF(OR({counted}=0,G{row + 1}=0),"",INDEX({block.cells(UNIT)},MATCH(G{row + 1},{values},0)))'
    return [
        Live(f'COUNTIF({values},">0")+COUNTIF({values},"<0")', len(figure.having)),
        mean,
        Live(f'IF({counted}=0,"",MAX({values}))', most),
        Live(named, ranked[0].unit if ranked and ranked[0].value else ""),
        Live(f'IF({counted}=0,"",MIN({values}))', least),
    ]


def average(figure: CityFigure) -> float:
    """Return the mean of the units that have the figure, to one decimal, halves away from nought as in Excel."""
    return float(digits(Fraction(sum(int(each.value or 0) for each in figure.ranked), len(figure.ranked)), 1))


def write_unit_figures(book: CityBook) -> None:
    """Write a row for each unit and figure, figure by figure: what the unit adds to it, and its rank."""
    columns = {
        "工作面": 8,
        "指标": 20,
        "单位名称": book.unit_width,
        "数值": 11,
        "计量单位": 9,
        "分子": 9,
        "分母": 9,
        "名次": 8,
        "待核实": 9,
    }
    note = "名次按数值由大到小排，并列的名次相同；百分率由分子、分母算出。可按“指标”“单位名称”筛选。"
    pages: dict[str, Worksheet] = {}
    for figure in book.figures:
        block = book.blocks[figure.total.id]
        if block.page not in pages:
            page = pages[block.page] = book.page(block.page, f"各单位{book.period}工作指标", note, columns)
            last = max(each.last for each in book.blocks.values() if each.page == block.page)
            page.autofilter(FIRST_ROW - 1, 0, max(last, FIRST_ROW), len(columns) - 1)
        _write_block(book, pages[block.page], figure, block)


def _write_block(book: CityBook, page: Worksheet, figure: CityFigure, block: Block) -> None:
    """Write the units of one figure."""
    number, text, style = book.styles["number"], book.styles["text"], book.number(figure)
    area, name, unit = figure.total.sheet.name, figure.total.figure.name, figure.total.figure.unit
    among = f"${VALUE}${block.first + 1}:${VALUE}${block.last + 1}"
    places = ranks([each.value for each in figure.values])
    for row, (each, place) in enumerate(zip(figure.values, places, strict=True), start=block.first):
        line = row + 1
        for column, words in enumerate((area, name, each.unit)):
            page.write_string(row, column, words, text)
        formula = None if each.whole is None else percentage(f"{PART}{line}", f"{WHOLE}{line}")
        write_live(page, row, 3, Live(formula, stored_value(each.value)), style)
        page.write_string(row, 4, unit, number)
        page.write(row, 5, "" if each.part is None else each.part, number)
        page.write(row, 6, "" if each.whole is None else each.whole, number)
        rank = f'IF(ISNUMBER({VALUE}{line}),RANK({VALUE}{line},{among}),"")'
        write_live(page, row, 7, Live(rank, place), number)
        page.write_string(row, 8, UNSETTLED if each.is_unsettled else "", text)
