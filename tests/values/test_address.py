"""Addresses mean what they mean to Excel: held against the library that knows its files best."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple, get_column_letter, range_boundaries

from batch.values.address import address, column_at, column_letters, corners_at, spot_at

COLUMNS = 26 + 26**2 + 26**3
"""Columns that one letter, two or three can name; Excel has 16,384 of them."""
WRITTEN = st.lists(
    st.sampled_from(["$", ":", "A", "b", "XFD", "ZZZ", "AAAA", "0", "1", "07", "1048576", "٣", "-", " "]), max_size=10
).map("".join)


def test_every_column_is_called_as_in_excel_and_found_by_that() -> None:
    letters = [column_letters(column) for column in range(COLUMNS)]
    assert letters == [get_column_letter(column + 1) for column in range(COLUMNS)]
    assert [column_at(each) for each in letters] == [*range(COLUMNS)]
    assert [column_at(each.lower()) for each in letters] == [column_index_from_string(each) - 1 for each in letters]


@given(row=st.integers(1, 1_048_576), column=st.integers(0, 16_383))
def test_a_cell_is_found_by_its_address(row: int, column: int) -> None:
    written = address(row, column)
    assert spot_at(written) == spot_at(written.lower()) == (row, column)
    assert coordinate_to_tuple(written) == (row, column + 1)


@pytest.mark.parametrize("text", ["", "A", "7", "$A$1", "A1:B2", "A-1", "AAAA1", "A1 ", "一1", "A٣"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        spot_at(text)


@pytest.mark.parametrize(
    ("text", "corners"),
    [
        ("B2:D9", ((2, 1), (9, 3))),
        ("$B$2:$D$9", ((2, 1), (9, 3))),
        ("b2", ((2, 1), (2, 1))),
        ("D9:B2", ((9, 3), (2, 1))),
        ("B:D", None),
        ("2:9", None),
        ("", None),
    ],
)
def test_a_range_is_told_by_its_corners(text: str, corners: object) -> None:
    assert corners_at(text) == corners


@given(text=WRITTEN)
@example("A1:B")
@example(":")
@example("A1:B2:C3")
def test_a_range_is_understood_as_by_openpyxl(text: str) -> None:
    try:
        left, top, right, bottom = range_boundaries(text)
    except ValueError:
        with pytest.raises(ValueError, match=r".*"):
            corners_at(text)
        return
    if left is None or top is None or right is None or bottom is None:
        assert corners_at(text) is None
    else:
        assert corners_at(text) == ((top, left - 1), (bottom, right - 1))
