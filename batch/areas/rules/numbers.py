"""Rules that weigh the numbers of a row or a column."""

from collections.abc import Iterator
from typing import Literal

from batch.areas.columns import AnyColumn, WholeColumn
from batch.areas.contract import AMOUNT, ITEM
from batch.areas.rules.kind import Cells, Remark, Rule, amounts
from batch.areas.where import in_words, matches
from batch.finding import Code, Severity


class AtMost(Rule):
    """A number that must not exceed another of its row."""

    kind: Literal["at-most"]
    code: Code = Code.NUMBER_TOO_LARGE
    smaller: WholeColumn
    larger: WholeColumn

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each number that exceeds the other."""
        smaller, larger = cells.frame[self.smaller], cells.frame[self.larger]
        keys = self.rows(cells, (smaller > larger).fillna(value=False).astype(bool))
        for key, less, more in zip(keys, larger[keys], smaller[keys], strict=True):
            problem = f"{more}大于“{self.larger}”{less}"
            yield Remark(key, self.smaller, problem, "请核对两个数", frozenset({self.smaller, self.larger}))


class Quorum(Rule):
    """A number that should be more than so many percent of another of its row."""

    kind: Literal["quorum"]
    code: Code = Code.PART_TOO_SMALL
    severity: Severity = Severity.HINT
    part: WholeColumn
    whole: WholeColumn
    percent: int = 50

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each number that is too small a part."""
        part, whole = cells.frame[self.part], cells.frame[self.whole]
        few = (part * 100 <= whole * self.percent).fillna(value=False).astype(bool)
        keys = self.rows(cells, few)
        for key, some, every in zip(keys, part[keys], whole[keys], strict=True):
            problem = f"{some}没有超过“{self.whole}”{every}的{self.percent}%"
            yield Remark(key, self.part, problem, "请核对人数", frozenset({self.part, self.whole}))


class OnePiece(Rule):
    """A count that must be blank or 1, because one row is one piece."""

    kind: Literal["one-piece"]
    code: Code = Code.MORE_THAN_ONE
    column: AnyColumn = AMOUNT

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each other count."""
        counts = cells.frame[self.column]
        keys = self.rows(cells, (counts != 1).fillna(value=False).astype(bool))
        for key, count in zip(keys, counts[keys], strict=True):
            problem = f"填的是{count}，而{in_words(self.when)}的一行就是一件（人）"
            yield Remark(key, self.column, problem, "请改为1或不填，不要填印数", frozenset({self.column}))


class Outlier(Rule):
    """A count that is far beyond what the other rows of the same kind have."""

    kind: Literal["outlier"]
    code: Code = Code.OUTLIER
    column: WholeColumn = AMOUNT
    by: AnyColumn = ITEM
    factor: int = 100
    """How many times the median of the other rows."""
    fewest: int = 5
    """With fewer other rows nothing is said."""

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each count so large."""
        rows = cells.frame[matches(cells.frame, self.when)]
        counts = amounts(cells, rows, self.column)
        for kind, group in counts.groupby(rows.loc[counts.index, self.by]):
            if len(group) <= self.fewest or group.max() < self.factor:
                continue
            usual = _median_of_others(sorted(group))
            for key, count in group[group >= self.factor * max(usual, 1)].items():
                problem = f"填的是{count}，而其他“{kind}”一般是{usual:g}"
                yield Remark(int(str(key)), self.column, problem, "请核对是否多写了数字", frozenset({self.column}))


def _median_of_others(counts: list[int]) -> float:
    """Return the median of sorted counts without one from the upper half: whichever it is, it is the same."""
    half = len(counts) // 2
    return (counts[half - 1] + counts[half]) / 2 if len(counts) % 2 else counts[half - 1]
