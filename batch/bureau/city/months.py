"""The pages of months, areas and charts of the city."""

from collections.abc import Sequence

from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from batch.bureau.city.workbook import (
    CHARTS_PAGE,
    FIRST_ROW,
    HEADER_ROW,
    KINDS_PAGE,
    RECONCILIATION_PAGE,
    ROW_HEIGHT,
    UNIT_MONTHS_PAGE,
    CityBook,
    bare_page,
)
from batch.workbook.ledger_copy import Live, write_live
from batch.workbook.stacked_chart import ChartRow, Drawing, Drawn, amount_drawings, draw_charts
from batch.workbook.summary_book import MONTHS_PAGE, month_rows


def write_months(book: CityBook) -> None:
    """Write the amounts of the city by area, item and month."""
    page = book.page(
        MONTHS_PAGE,
        f"全市{book.period}分月数量",
        "数量为各单位之和。",
        {"工作面": 10, "事项": 18, **dict.fromkeys(book.month_labels, 9.0), "合计": 10},
    )
    rows = month_rows(book.city.ledgers)
    for area in book.city.ledgers:
        for item in area.by_month.rows:
            amounts = [area.by_month.cells.get((item, month), 0) for month in book.months]
            _write_row(book, page, rows[area.sheet.name, item], (area.sheet.name, item), amounts)


def write_unit_months(book: CityBook) -> None:
    """Write the rows of each unit by area and month."""
    page = book.page(
        UNIT_MONTHS_PAGE,
        f"各单位{book.period}分月登记行数",
        "计入本期的登记行数。",
        {"工作面": 10, "单位名称": book.unit_width, **dict.fromkeys(book.month_labels, 9.0), "合计": 10},
    )
    row = FIRST_ROW
    for area in book.city.ledgers:
        for unit in book.city.units:
            rows = area.unit_rows.get(unit, (0,) * len(book.months))
            _write_row(book, page, row, (area.sheet.name, unit), rows)
            row += 1
    page.autofilter(HEADER_ROW, 0, max(row - 1, FIRST_ROW), 1)


def _write_row(book: CityBook, page: Worksheet, row: int, names: tuple[str, str], amounts: Sequence[int]) -> None:
    page.write_row(row, 0, names, book.styles["text"])
    page.write_row(row, 2, amounts, book.styles["amount"])
    live = Live(f"SUM({xl_range(row, 2, row, 1 + len(amounts))})", sum(amounts))
    write_live(page, row, 2 + len(amounts), live, book.styles["number"])


def write_charts(book: CityBook) -> None:
    """Write the rows of each area by month, added up over the units, with a chart, and a chart for each area."""
    months, areas = len(book.months), book.city.ledgers
    columns = {"登记行数": 14, **dict.fromkeys(book.month_labels, 6.0), "合计": 9}
    note = f"由“{UNIT_MONTHS_PAGE}”各行相加。"
    page = book.page(CHARTS_PAGE, f"全市{book.period}分月图表", note, columns)
    page.repeat_rows(0)
    page.set_row(HEADER_ROW, ROW_HEIGHT)
    for number, area in enumerate(areas):
        row, first = FIRST_ROW + number, FIRST_ROW + number * len(book.city.units)
        page.write_string(row, 0, area.sheet.name, book.styles["text"])
        counts = area.rows_by_month.column_totals
        for column, count in enumerate(counts, start=1):
            cells = xl_range_abs(first, column + 1, first + len(book.city.units) - 1, column + 1)
            write_live(page, row, column, Live(f"SUM('{UNIT_MONTHS_PAGE}'!{cells})", count), book.styles["amount"])
        total = Live(f"SUM({xl_range(row, 1, row, months)})", sum(counts))
        write_live(page, row, months + 1, total, book.styles["number"])
    drawn = Drawn(tuple(columns.values()), FIRST_ROW + len(areas) + 1, months)
    draw_charts(page, book.styles, _drawings(book), drawn)


def _drawings(book: CityBook) -> list[Drawing]:
    """Return the charts that there is anything to draw for."""
    entered = [
        ChartRow(CHARTS_PAGE, FIRST_ROW + number, 0, 1, HEADER_ROW)
        for number, area in enumerate(book.city.ledgers)
        if any(area.rows_by_month.column_totals)
    ]
    drawings = [Drawing("各工作面分月登记行数", "行数", entered)] if entered else []
    return [*drawings, *amount_drawings(book.city.ledgers, month_rows(book.city.ledgers))]


def write_kinds(book: CityBook) -> None:
    """Write the further breakdowns of each area whose words are the same in every unit."""
    tables = [(area, name, table) for area in book.city.ledgers for name, table in area.breakdowns.items()]
    if not tables:
        return
    most = max(len(table.columns) for _, _, table in tables)
    widths = (20, *(9.0 for _ in range(max(most, 6) + 1)))
    page = bare_page(book.styles, KINDS_PAGE, (f"全市{book.period}分类情况", "数量为各单位之和。"), widths)
    row = HEADER_ROW
    for area, name, table in tables:
        page.write_string(row, 0, f"{area.sheet.name}（按{name}）", book.styles["section"])
        page.write_row(row + 1, 0, (name, *table.columns, "合计"), book.styles["header"])
        for line, value in enumerate(table.rows, start=row + 2):
            amounts = [table.cells.get((value, item), 0) for item in table.columns]
            page.write_string(line, 0, value, book.styles["text"])
            page.write_row(line, 1, amounts, book.styles["amount"])
            live = Live(f"SUM({xl_range(line, 1, line, len(amounts))})", sum(amounts))
            write_live(page, line, 1 + len(amounts), live, book.styles["number"])
        row += len(table.rows) + 3


def write_reconciliation(book: CityBook) -> None:
    """Write where every row that was read has gone, with the check that none is lost."""
    columns = {"工作面": 12, "读入": 11, "计入": 11, "期外": 11, "剔除": 11, "合计行": 11, "空行": 11, "相差": 11}
    note = "读入＝计入＋期外＋剔除＋合计行＋空行，“相差”应为0。只含并入全市的单位。"
    page = book.page(RECONCILIATION_PAGE, "台账行数对账", note, columns)
    for row, area in enumerate(book.city.areas, start=FIRST_ROW):
        numbers = list(area.reconciliation.parts.values())
        page.write_string(row, 0, area.sheet.name, book.styles["text"])
        page.write_row(row, 1, numbers, book.styles["number"])
        difference = Live(f"{xl_range(row, 1, row, 1)}-SUM({xl_range(row, 2, row, 6)})", numbers[0] - sum(numbers[1:]))
        write_live(page, row, 7, difference, book.styles["number"])
