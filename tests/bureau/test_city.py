"""The city: however rows are dealt to units, what they come to together is what one ledger would."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batch.areas.figures import Distinct
from batch.areas.load import load_definitions
from batch.bureau.city.figures import average
from batch.bureau.city.sums import City, CityFigure, UnitValue, add_up
from batch.bureau.unit_result import UnitResult, result_of
from batch.period import parse_today
from batch.total.totals import PARTS, Totals
from batch.unit.files import UnitFiles
from batch.workbook.user_copy.copies import mark_copies
from tests.books import LATER, checked_of, totals_of, write_book

DEFINITIONS = load_definitions()
ITEMS = {
    "办文": ("用印", "归档", "收文"),
    "党建": ("专题学习", "谈心谈话", "接收预备党员"),
    "宣传": ("外宣信息", "宣传活动"),
    "保密": ("保密检查", "涉密文件接收", "承诺书签订"),
}
ONE_EACH = {"收文", "接收预备党员"}
ROW = st.tuples(
    st.sampled_from([(area, item) for area, items in ITEMS.items() for item in items]),
    st.integers(1, 12),
    st.integers(1, 9),
)
Row = tuple[tuple[str, str], int, int]


def result_in(path: Path) -> UnitResult:
    checked = checked_of(path)
    return result_of(UnitFiles(checked, {}, is_reported=True, copies=mark_copies(checked)), parse_today(LATER))


def tables_of(rows: list[Row], unit: int) -> dict[str, str]:
    """Return the rows as tables; what a reader would take for one row twice differs in its 备注."""
    tables = {}
    for area in ITEMS:
        lines = [
            f"| 2022-{month:02d}-15 | {item} | {1 if item in ONE_EACH else amount} | 登记{unit}-{number} |"
            for number, ((sheet, item), month, amount) in enumerate(rows)
            if sheet == area
        ]
        tables[area] = "\n".join(["| 日期 | 事项 | 数量 | 备注 |", *lines]) if lines else ""
    return tables


@pytest.mark.slow
@settings(max_examples=12)
@given(st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=1, max_size=3))
def test_rows_dealt_to_units_come_to_what_one_ledger_of_them_does(dealt: list[list[Row]]) -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        results = []
        for number, rows in enumerate(dealt):
            path = write_book(folder / f"{number}.xlsx", tables_of(rows, number), cover={"单位名称": f"第{number}校"})
            result = result_in(path)
            results.append(result.model_copy(update={"findings": ()}))  # an empty area is a mistake, but not here
        (city,) = add_up(results, DEFINITIONS)
        everything = [row for rows in dealt for row in rows]
        totals = totals_of(write_book(folder / "全部.xlsx", tables_of(everything, 0)))
    compare(city, totals, units=len(dealt))


def compare(city: City, totals: Totals, units: int) -> None:
    for area in city.ledgers:
        own = totals.sheets[area.sheet.name]
        for figure in area.figures:
            assert figure.value == own.by_name[figure.figure.name].value, figure.id
        for together, alone in ((area.by_month, own.by_month), (area.rows_by_month, own.rows_by_month)):
            assert {cell: amount for cell, amount in together.cells.items() if amount} == dict(alone.cells)
        assert {part: area.reconciliation.parts[part] for part in PARTS} == {
            part: getattr(own.reconciliation, part) for part in PARTS
        }
        assert sum(sum(months) for months in area.unit_rows.values()) == own.reconciliation.counted
    assert all(len(figure.values) == units for area in city.areas for figure in area.members)


def city_figure(*values: int | None) -> CityFigure:
    (city,) = add_up([result_of_nothing()], DEFINITIONS)
    total = city.areas[0].members[0].total
    own = [UnitValue(f"第{number}校", value, None, None, is_unsettled=False) for number, value in enumerate(values)]
    return CityFigure(total, own, ())


def result_of_nothing() -> UnitResult:
    day = date(2022, 12, 31)
    return UnitResult(
        unit="第一中学", year=2022, versions=("",), is_reported=True,
        period=(date(2022, 1, 1), day), as_of=day, made_on=day, is_lasting=False,
        figures=(), areas=(), findings=(), notes=(),
    )  # fmt: skip


def test_a_city_of_nothing_has_no_percentage_and_noughts() -> None:
    (city,) = add_up([result_of_nothing()], DEFINITIONS)
    values = {each.id: each.value for area in city.areas for each in area.figures}
    assert values["办文.按时办结率"] is None
    assert values["任务.完成率"] is None
    assert values["办文.发文"] == 0


def test_the_largest_stands_first_equals_in_their_order_and_none_without_a_value() -> None:
    assert [each.unit for each in city_figure(3, None, 7, 3).ranked] == ["第2校", "第0校", "第3校"]


def test_an_average_is_rounded_as_a_spreadsheet_rounds_it() -> None:
    assert average(city_figure(1, 2)) == 1.5
    assert average(city_figure(1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2)) == 1.1
    assert average(city_figure(-1, -2, -2, -2)) == -1.8
    assert average(city_figure(-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) == -0.1


def test_only_what_is_told_apart_across_units_is_not_said_to_be_a_plain_sum() -> None:
    kinds = {
        f"{sheet.name}.{figure.name}"
        for sheet in DEFINITIONS.sheets
        for figure in sheet.figures
        if isinstance(figure, Distinct)
    }
    assert kinds == {"任务.方面"}
