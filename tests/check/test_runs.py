"""One fault down a whole column is told once."""

from pathlib import Path

import pytest

from batch.check.runs import SHORTEST_RUN
from tests.books import checked_of, findings_of, totals_of, write_book


def column_of(*days: str) -> dict[str, str]:
    return {"办文": "| 日期 | 事项 |\n" + "\n".join(f"| {day} | 用印 |" for day in days)}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["'坏"] * (SHORTEST_RUN - 1), SHORTEST_RUN - 1),
        (["'坏"] * SHORTEST_RUN, 1),
        (["'坏"] * SHORTEST_RUN + ["2022-03-05"] + ["'坏"] * 3, 4),
        ([*["'坏"] * 10, "2022-03-05"] * 3, 30),
        (["'坏"] * SHORTEST_RUN + ["#REF!"] * SHORTEST_RUN, 2),
    ],
)
def test_a_long_run_of_one_fault_is_one_finding(tmp_path: Path, days: list[str], told: int) -> None:
    path = write_book(tmp_path / "台账.xlsx", column_of(*days))
    assert len(findings_of(path)) == told


def test_all_rows_of_a_run_are_left_out_each_with_its_reason(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", column_of(*["'坏"] * SHORTEST_RUN, "2022-03-05"))
    reconciliation = totals_of(path).sheets["办文"].reconciliation
    assert (reconciliation.excluded, reconciliation.counted) == (SHORTEST_RUN, 1)
    assert sorted(reconciliation.reasons) == list(range(3, 3 + SHORTEST_RUN))


def test_figures_on_a_run_to_be_verified_are_all_marked(tmp_path: Path) -> None:
    rows = "\n".join(f"| 2022-03-05 | 收文 | 2 | 第{number}件 |" for number in range(SHORTEST_RUN))
    path = write_book(tmp_path / "台账.xlsx", {"办文": f"| 日期 | 事项 | 数量 | 标题 |\n{rows}"})
    checked = checked_of(path)
    assert [(each.code, each.cell, len(each.also)) for each in checked.findings] == [("more-than-one", "办文!L3", 19)]
    assert checked.totals is not None
    assert checked.totals.figures["办文.收文"].is_unsettled
