import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.values.rows import excel_row, row_key, row_ranges, rows_by_workbook, split_key

LAST_ROW = 1_048_576


def test_with_one_workbook_the_key_is_the_excel_row() -> None:
    assert [row_key(0, row) for row in (1, 7, LAST_ROW)] == [1, 7, LAST_ROW]


@given(workbook=st.integers(0, 1000), row=st.integers(1, LAST_ROW))
def test_a_key_tells_its_workbook_and_row(workbook: int, row: int) -> None:
    key = row_key(workbook, row)
    assert split_key(key) == (workbook, row)
    assert excel_row(key) == row


def test_rows_are_told_by_workbook_sorted_and_once() -> None:
    keys = [row_key(1, 9), row_key(0, 5), row_key(1, 3), row_key(0, 5)]
    assert {workbook: rows.tolist() for workbook, rows in rows_by_workbook(keys).items()} == {0: [5], 1: [3, 9]}


@pytest.mark.parametrize(
    ("rows", "written"),
    [([], ""), ([7], "7"), ([3, 4], "3-4"), ([3, 4, 5, 9], "3-5,9"), ([9, 3, 5, 4, 3], "3-5,9"), ([1, 3, 5], "1,3,5")],
)
def test_rows_are_written_as_a_page_list(rows: list[int], written: str) -> None:
    assert row_ranges(rows) == written


@given(rows=st.sets(st.integers(1, 60)))
def test_a_page_list_names_every_row_and_no_other(rows: set[int]) -> None:
    named = set[int]()
    for part in filter(None, row_ranges([*rows]).split(",")):
        first, _, last = part.partition("-")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == rows
