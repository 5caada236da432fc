"""Nothing is lost: every row that is read is counted, outside, excluded, a subtotal or blank."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import edited, totals_of, write_book

KINDS = {
    "good": "| {n} | 2022-03-05 | 发文 | | 第{n}份 |",
    "outside": "| {n} | 2021-03-05 | 发文 | | 第{n}份 |",
    "bad day": "| {n} | '2022.13.5 | 发文 | | 第{n}份 |",
    "bad amount": "| {n} | 2022-03-05 | 发文 | 约2 | 第{n}份 |",
    "blank": "| | | | | |",
    "serial alone": "| {n} | | | | |",
    "subtotal": "| 合计 | | | 12 | |",
}


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=12), seed=st.integers(0, 99))
def test_any_mix_of_rows_reconciles_in_any_order_of_columns(kinds: list[str], seed: int) -> None:
    kinds = [*kinds, "good"]
    rows = "\n".join(KINDS[kind].format(n=number) for number, kind in enumerate(kinds, start=1))
    table = f"| 序号 | 日期 | 事项 | 数量 | 备注 |\n{rows}"
    with tempfile.TemporaryDirectory() as folder:
        path = write_book(Path(folder) / "台账.xlsx", {"办文": table})
        totals = totals_of(path)
        shuffle_columns(path, seed)
        shuffled = totals_of(path)
    for each in (totals, shuffled):
        reconciled = each.sheets["办文"].reconciliation
        assert reconciled.counted == kinds.count("good") == each.figures["办文.发文"].value
        assert reconciled.outside == kinds.count("outside")
        assert reconciled.excluded == kinds.count("bad day") + kinds.count("bad amount")
        assert reconciled.subtotal == kinds.count("subtotal")
        assert reconciled.blank == kinds.count("blank") + kinds.count("serial alone")
        assert reconciled.read == len(kinds)


def shuffle_columns(path: Path, seed: int) -> None:
    with edited(path) as book:
        page = book["办文"]
        page.unmerge_cells("A1:R1")
        cells = [[cell.value for cell in column] for column in page.iter_cols(min_row=2)]
        random.Random(seed).shuffle(cells)  # noqa: S311 any order will do
        for number, values in enumerate(cells, start=1):
            for row, value in enumerate(values, start=2):
                page.cell(row, number).value = value
