"""What should happen so many times a month, quarter, half-year or year."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np

from batch.areas.columns import AnyColumn, DateColumn, TextColumn
from batch.areas.contract import AMOUNT, DATE, ITEM
from batch.areas.rules.kind import Cells, Remark, Rule, amounts
from batch.areas.where import Where, matches
from batch.finding import Code, Severity
from batch.values.names import in_reading_order

Every = Literal["month", "quarter", "half", "year"]
_MONTHS: Final[Mapping[str, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_WORDS: Final[Mapping[str, str]] = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}
LISTED_UNITS: Final = 6
"""Months that a sentence lists; of more it gives the number."""


class Frequency(Rule):
    """An item that should be registered so many times in every month, quarter, half-year or year.

    Only those that lie wholly between the period's start and the as-of date are judged; ``by`` judges each
    value of a column by itself, such as each branch that the sheet names.
    """

    kind: Literal["frequency"]
    code: Code = Code.FREQUENCY_MISSED
    severity: Severity = Severity.HINT
    item: str
    times: int = 1
    every: Every
    by: TextColumn | None = None
    column: AnyColumn = ITEM
    date: DateColumn = DATE
    amount: str = AMOUNT

    @property
    def filters(self) -> tuple[Where, ...]:
        """Return the conditions the rule puts on rows."""
        return (*super().filters, {self.column: (self.item,)})

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark on each branch that missed some, and one on all that never had any."""
        units = self._units(cells)
        branches: Sequence[str] = in_reading_order(cells.frame[self.by].dropna().unique()) if self.by else ("",)
        if not units or not branches or cells.frame.empty:
            return
        counts = self._counts(cells)
        missed = {branch: [unit for unit in units if counts.get((branch, unit), 0) < self.times] for branch in branches}
        never = [branch for branch in branches if not any(counts.get((branch, unit), 0) for unit in units)]
        if never:
            yield self._remark(never, missed[never[0]], has_some=False)
        for branch in branches:
            if missed[branch] and branch not in never:
                has_some = any(counts.get((branch, unit), 0) for unit in missed[branch])
                yield self._remark([branch], missed[branch], has_some=has_some)

    def _units(self, cells: Cells) -> list[int]:
        """Return the numbers of the months or longer spans that lie wholly in the period so far."""
        if cells.period is None:
            return []
        length = _MONTHS[self.every]
        first, last = cells.period.start, cells.as_of + timedelta(days=1)
        start = first if first.day == 1 else date(first.year + first.month // 12, first.month % 12 + 1, 1)
        begin = -(-_month(start) // length)
        return list(range(begin, _month(last) // length))

    def _counts(self, cells: Cells) -> dict[tuple[str, int], int]:
        """Return how many times it was registered, by branch and span."""
        chosen = cells.frame[self.date].notna() & matches(cells.frame, {self.column: (self.item,)})
        rows = cells.frame.loc[self.rows(cells, chosen)]
        times = amounts(cells, rows, self.amount)
        rows = rows.loc[times.index]
        months = rows[self.date].to_numpy("datetime64[M]").astype(np.int64) + _month(date(1970, 1, 1))
        branches = rows[self.by].tolist() if self.by else [""] * len(rows)
        counts: Counter[tuple[str, int]] = Counter()
        for branch, unit, count in zip(branches, (months // _MONTHS[self.every]).tolist(), times.tolist(), strict=True):
            counts[branch, unit] += count
        return counts

    def _remark(self, branches: list[str], units: list[int], *, has_some: bool) -> Remark:
        who = "、".join(branches[:LISTED_UNITS]) + (
            f"等{len(branches)}个{self.by}" if len(branches) > LISTED_UNITS else ""
        )
        what = f"登记“{self.item}”不足{self.times}次" if has_some else f"没有登记“{self.item}”"
        problem = f"{who}{self._in_words(units)}{what}（{_WORDS[self.every]}至少{self.times}次）"
        return Remark(None, self.column, problem, "如已开展请补登", about=self.item)

    def _in_words(self, units: list[int]) -> str:
        length = _MONTHS[self.every]
        years = {unit * length // 12 for unit in units}
        names: list[str] = []
        told = years.pop() if len(years) == 1 and self.every != "year" else None
        for unit in units[:LISTED_UNITS]:
            year, month = divmod(unit * length, 12)
            names.append(("" if year == told else f"{year}年") + self._name(month))
        more = f"等{len(units)}个{_WORDS[self.every].removeprefix('每')}" if len(units) > LISTED_UNITS else ""
        return "、".join(names) + more

    def _name(self, month: int) -> str:
        match self.every:
            case "month":
                return f"{month + 1}月"
            case "quarter":
                return f"第{'一二三四'[month // 3]}季度"
            case "half":
                return "下半年" if month else "上半年"
            case "year":
                return ""


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
