"""Any arrangement of titles, columns, merges, totals and separators gives the figures the entries add up to."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.books import Value, checked_of, edited, write_book

COLUMNS = ("序号", "日期", "事项", "数量", "密级", "经办人", "备注")
REST = (
    "文号",
    "标题",
    "文种",
    "载体",
    "紧急程度",
    "往来单位",
    "办理方式",
    "签批人",
    "办理时限",
    "办结日期",
    "核实说明",
)


@dataclass(frozen=True)
class Entry:
    """One use of the seal or of the archive."""

    day: date
    item: str
    amount: int | None
    person: str


@dataclass(frozen=True)
class Arrangement:
    """How a clerk has laid the entries out."""

    order: Sequence[str]
    titles: int
    indent: int
    merges_days: bool
    merges_people: bool
    monthly: str
    """What stands below each month: nothing, a total, a blank row, a separator, the header once more."""
    has_grand_total: bool
    two_rows: bool


IMPROBABLE = {"duplicate-row", "outlier"}
"""What entries drawn at random may be."""
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.dates(date(2022, 1, 1), date(2022, 6, 30)),
        st.sampled_from(("用印", "档案查阅")),
        st.one_of(st.none(), st.integers(0, 2000)),
        st.sampled_from(("张三", "李四")),
    ),
    min_size=1,
    max_size=14,
).map(lambda entries: sorted(entries, key=lambda entry: (entry.day, entry.person)))
ARRANGEMENTS = st.builds(
    Arrangement,
    st.permutations((*COLUMNS, *REST)),
    st.integers(0, 6),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("nothing", "total", "blank", "separator", "header")),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(entries=ENTRIES, arrangement=ARRANGEMENTS)
def test_any_arrangement_gives_the_same_figures(entries: list[Entry], arrangement: Arrangement) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_book(Path(folder) / "台账.xlsx")
        with edited(path) as book:
            place = book.sheetnames.index("办文")
            del book["办文"]
            _Clerk(book.create_sheet("办文", place), arrangement).lay_out(entries)
        checked = checked_of(path)
    assert checked.totals is not None
    bad = [each for each in checked.findings if each.severity.value != "提示" and each.code not in IMPROBABLE]
    assert bad == []
    figures = checked.totals.figures
    for item in ("用印", "档案查阅"):
        expected = sum(1 if each.amount is None else each.amount for each in entries if each.item == item)
        assert figures[f"办文.{item}"].value == expected
    people = checked.totals.sheets["办文"].by_person
    for person in {each.person for each in entries}:
        expected = sum(1 if each.amount is None else each.amount for each in entries if each.person == person)
        assert people.row_total(person) == expected
    reconciled = checked.totals.sheets["办文"].reconciliation
    assert (reconciled.counted, reconciled.excluded, reconciled.outside) == (len(entries), 0, 0)


class _Clerk:
    """Writes a sheet from the top; remembers the row it has come to."""

    def __init__(self, page: Worksheet, arrangement: Arrangement) -> None:
        self.page = page
        self.arrangement = arrangement
        self.row = 0
        self.starts: dict[str, int] = {}

    def lay_out(self, entries: Sequence[Entry]) -> None:
        for number in range(self.arrangement.titles):
            self.write({"序号": ("办文台账", "导入说明：日期必填", None)[number % 3]})
        self.write_header()
        for _, month in groupby(entries, lambda entry: entry.day.month):
            own = list(month)
            first = self.row + 1
            for entry in own:
                midnight = datetime.combine(entry.day, time())
                amount = entry.amount
                self.write({"日期": midnight, "事项": entry.item, "数量": amount, "经办人": entry.person})
            self.merge_equal("日期", first, [str(each.day) for each in own], self.arrangement.merges_days)
            self.merge_equal("经办人", first, [each.person for each in own], self.arrangement.merges_people)
            self.end_month(own)
        if self.arrangement.has_grand_total:
            self.write({"事项": "合 计", "数量": sum(each.amount or 0 for each in entries)})

    def write(self, cells: dict[str, Value]) -> None:
        self.row += 1
        for name, value in cells.items():
            self.page.cell(self.row, self.column(name)).value = value

    def write_header(self) -> None:
        if not self.arrangement.two_rows:
            self.write({name: name for name in (*COLUMNS, *REST)})
            return
        upper: dict[str, Value] = {name: name for name in (*COLUMNS, *REST)}
        lower = {name: upper.pop(name) for name in ("办理时限", "办结日期", "签批人")}
        self.write(upper | {"办理时限": "办理情况"})
        self.write(lower)

    def end_month(self, month: Sequence[Entry]) -> None:
        match self.arrangement.monthly:
            case "total":
                self.write({"序号": "小计", "数量": sum(each.amount or 0 for each in month)})
            case "blank":
                self.write({})
            case "separator":
                self.write({"序号": f"以上为{month[0].day.month}月份"})
            case "header" if not self.arrangement.two_rows:
                self.write_header()

    def merge_equal(self, name: str, first: int, values: Sequence[str], is_wanted: bool) -> None:  # noqa: FBT001
        letter = get_column_letter(self.column(name))
        for _, run in groupby(enumerate(values, start=first), lambda each: each[1]):
            rows = [row for row, _ in run]
            if is_wanted and len(rows) > 1:
                for row in rows[1:]:
                    self.page[f"{letter}{row}"].value = None
                self.page.merge_cells(f"{letter}{rows[0]}:{letter}{rows[-1]}")

    def column(self, name: str) -> int:
        return self.arrangement.order.index(name) + 1 + self.arrangement.indent
