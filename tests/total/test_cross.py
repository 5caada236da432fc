"""Amounts by two attributes: the sums of a naive count, whatever is blank."""

from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from batch.total.cross import BLANK, Attribute, breakdown, crossed

names = st.one_of(st.none(), st.sampled_from(("发文", "收文", "用印", BLANK)))
entries = st.lists(st.tuples(st.integers(-5, 300), names, names), max_size=30)


def attribute(values: list[str | None]) -> Attribute:
    return Attribute.of(pd.Series(values, dtype="str"))


@given(entries)
def test_sums_are_those_of_a_naive_count_and_pairs_that_never_met_are_absent(
    given: list[tuple[int, str | None, str | None]],
) -> None:
    naive: Counter[tuple[str, str]] = Counter()
    for amount, row, column in given:
        if row is not None and column is not None:
            naive[row, column] += amount
    amounts = np.array([amount for amount, _, _ in given], np.int64)
    rows, columns = attribute([row for _, row, _ in given]), attribute([column for _, _, column in given])
    assert crossed(amounts, rows, columns, (), ()).cells == naive


@given(entries)
def test_a_breakdown_loses_no_amount_of_an_item(given: list[tuple[int, str | None, str | None]]) -> None:
    amounts = np.array([amount for amount, _, _ in given], np.int64)
    values, items = attribute([value for _, value, _ in given]), attribute([item for _, _, item in given])
    table = breakdown(amounts, values, ("用印", "别的"), items, items.names)
    assert sum(table.cells.values()) == sum(amount for amount, _, item in given if item is not None)
    assert set(table.rows) == {BLANK if value is None else value for _, value, _ in given}
    assert table.rows[:1] == ("用印",) or "用印" not in table.rows


def test_names_come_by_frequency_and_equals_by_name() -> None:
    assert attribute(["乙", "甲", None, "丙", "丙"]).by_frequency() == ("丙", "乙", "甲")
    assert attribute([]).by_frequency() == ()
