"""Rules on what came in, went out, was lent and given back, over time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

from batch.areas.columns import AnyColumn, DateColumn, WholeColumn
from batch.areas.contract import AMOUNT, DATE, GIVEN_BACK, PAGE
from batch.areas.rules.kind import Cells, Remark, Rule, amounts, narrowed
from batch.areas.where import Where, matches
from batch.finding import Code
from batch.values.rows import excel_row

if TYPE_CHECKING:
    import pandas as pd

_PAGE: Final = "page"
_SIGNED: Final = "signed"


class NegativeBalance(Rule):
    """More must never have gone out than came in; told at each row by which it falls below nought."""

    kind: Literal["negative-balance"]
    code: Code = Code.NEGATIVE_BALANCE
    plus: Where
    minus: Where
    date: DateColumn = DATE
    amount: WholeColumn = AMOUNT

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each fall below nought."""
        signed = _signed(cells, (self.when, self.plus, self.minus), self.date, self.amount)
        balance = signed[_SIGNED].cumsum()
        for key in signed.index[_falls(balance)]:
            problem = f"使累计的{_named(self.minus)}比{_named(self.plus)}多{-balance[key]}"
            advice = "请核对数量；如有以前年度接收的，请补登"
            yield Remark(int(key), self.amount, problem, advice, frozenset({self.amount, self.date}))


class Returned(Rule):
    """What is given back must have been lent before: of its page, or, where that was never lent, of all pages."""

    kind: Literal["returned"]
    code: Code = Code.RETURNED_BEFORE_LENT
    lent: Where
    returned: Where
    page: AnyColumn = PAGE
    settled: DateColumn = GIVEN_BACK
    """Where a loan says itself when it was given back; one whose own dates contradict each other is told there."""
    date: DateColumn = DATE
    amount: WholeColumn = AMOUNT

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each row by which more is given back than was lent."""
        signed = _signed(cells, (self.when, self.lent, self.returned), self.date, self.amount)
        pages = cells.frame.loc[signed.index, self.page]
        pages_lent = pages[matches(cells.frame.loc[signed.index], self.lent)]
        by_page = pages.isin(pages_lent.dropna())
        known = signed[by_page].assign(**{_PAGE: pages[by_page]})
        of_page = known.groupby(_PAGE, sort=False)[_SIGNED].cumsum()
        contradicts = cells.frame[self.settled] < cells.frame[self.date]
        first_lent = pages_lent.index.to_series().groupby(pages_lent).first()
        for key in known.index[_falls(of_page, known[_PAGE])]:
            lent = int(first_lent[known.loc[key, _PAGE]])
            if not contradicts[lent]:
                yield self._remark(cells, int(key), int(-of_page[key]), lent)
        overall = signed[_SIGNED].cumsum()
        for key in signed.index[_falls(overall)].difference(known.index):
            yield self._remark(cells, int(key), int(-overall[key]), None)

    def _remark(self, cells: Cells, key: int, excess: int, lent: int | None) -> Remark:
        weighs = frozenset({self.date, self.amount, self.page})
        days: pd.Series[Any] = cells.frame[self.date]
        if lent is not None and (first := days[lent]) > days[key]:
            problem = f"早于同一页的借出日期{first:%Y-%m-%d}（第{excel_row(lent)}行）"
            return Remark(key, self.date, problem, "请核对两个日期", weighs)
        of_what = "同一页" if lent is not None else "全部"
        problem = f"使{of_what}归还的累计数比借出的多{excess}"
        return Remark(key, self.amount, problem, "请核对页码和数量；如是以前借出的，请补登借出", weighs)


def _signed(cells: Cells, conditions: tuple[Where, Where, Where], date: str, amount: str) -> "pd.DataFrame":
    """Return what came in, above nought, and went out, below, by date; on one day what came in goes first."""
    when, plus, minus = conditions
    rows = narrowed(cells, when).dropna(subset=[date])
    rows = rows[matches(rows, plus) | matches(rows, minus)]
    counts = amounts(cells, rows, amount)
    rows = rows.loc[counts.index]
    signed = rows[[date]].assign(**{_SIGNED: counts.where(matches(rows, plus), -counts)})
    return signed.assign(outgo=matches(rows, minus)).sort_values([date, "outgo"], kind="stable")


def _named(where: Where) -> str:
    return "、".join(value for values in where.values() for value in values)


def _falls(balance: "pd.Series[int]", groups: "pd.Series[str] | None" = None) -> "pd.Series[bool]":
    """Mark where a running balance, or that of each group, goes from nought or more to less."""
    before = balance.shift(fill_value=0) if groups is None else balance.groupby(groups).shift(fill_value=0)
    return (balance < 0) & (before >= 0)
