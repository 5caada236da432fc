"""Rules on who answers for an area, and who handled what."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

from batch.areas.columns import AnyColumn, DateColumn
from batch.areas.contract import AREA, AWAY, DATE, DEPUTY, HOLDER, PERSON
from batch.areas.rules.kind import Cells, Remark, Rule
from batch.finding import Code, Severity
from batch.values.rows import excel_row

if TYPE_CHECKING:
    import pandas as pd

_SEPARATORS: Final = re.compile(r"[、，,；;/\s]+")
_Absence: TypeAlias = tuple[str, str, int]
"""First day, last day, row key."""
ENDLESS: Final = "9999-12-31"
"""The end of an absence that has none."""


class DifferentPersons(Rule):
    """Two columns of a row that may not name the same person."""

    kind: Literal["different-persons"]
    code: Code = Code.SAME_PERSON
    first: AnyColumn = HOLDER
    second: AnyColumn = DEPUTY

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each second person that is the first."""
        same = (cells.frame[self.first] == cells.frame[self.second]).fillna(value=False).astype(bool)
        for key in self.rows(cells, same):
            problem = f"与“{self.first}”是同一人"
            yield Remark(key, self.second, problem, "请另填一人", frozenset({self.first, self.second}))


class BothAway(Rule):
    """A角 and B角 of an area may not be away on one day, whichever rows say so; told at the later row."""

    ALWAYS: ClassVar = dict.fromkeys((AREA, HOLDER, DEPUTY)) | dict.fromkeys((*AWAY[HOLDER], *AWAY[DEPUTY]), "date")

    kind: Literal["both-away"]
    code: Code = Code.BOTH_AWAY

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each absence that meets one of the other person."""
        if not all(cells.frame[AWAY[who][0]].notna().any() for who in (HOLDER, DEPUTY)):
            return
        for _, rows in cells.frame.groupby([AREA, HOLDER, DEPUTY], sort=False):
            yield from self._meetings(absences(rows, HOLDER), absences(rows, DEPUTY))

    @staticmethod
    def _meetings(holders: list[_Absence], deputies: list[_Absence]) -> Iterator[Remark]:
        holders = sorted(holders)
        starts = [start for start, _, _ in holders]
        latest = list(accumulate(holders, _later_end))
        for start, end, key in deputies:
            begun = bisect_right(starts, end)
            if not begun or latest[begun - 1][1] < start:
                continue
            _, _, other = latest[begun - 1]
            later, person = (other, HOLDER) if other > key else (key, DEPUTY)
            row = f"（第{excel_row(min(other, key))}行）" if other != key else ""
            problem = f"的这次离岗与{DEPUTY if person == HOLDER else HOLDER}的离岗{row}有重叠，两人同时不在岗"
            yield Remark(later, AWAY[person][0], problem, "请核对日期或另行安排", frozenset(AWAY[person]))


class _OfHandlers(Rule):
    """What every rule on handlers has: it weighs an area's rows against its posts."""

    severity: Severity = Severity.HINT
    person: AnyColumn = PERSON

    def own_posts(self, cells: Cells) -> "pd.DataFrame | None":
        """Return the posts of the sheet, None where it has none, or where A角 and B角 are one by a slip."""
        return cells.once(_own_posts, lambda: _own_posts(cells))

    def names(self, cells: Cells) -> dict[str, frozenset[str]]:
        """Return what stands in the column -> the persons it names."""
        given = cells.frame[self.person].dropna().unique()
        return {text: frozenset(_SEPARATORS.split(text)) - {""} for text in given}


class Handlers(_OfHandlers):
    """Rows handled by neither A角 nor B角 of the area; told once a person."""

    kind: Literal["handlers"]
    code: Code = Code.HANDLED_BY_OTHER

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at the first row of each other person."""
        posts = self.own_posts(cells)
        if posts is None:
            return
        ours = {*posts[HOLDER], *posts[DEPUTY].dropna()}
        others = {text: "、".join(sorted(names)) for text, names in self.names(cells).items() if not names & ours}
        handled = cells.frame[self.person].map(others)
        keys = self.rows(cells, handled.notna())
        rows_of: dict[str, list[int]] = {}
        for key, person in zip(keys, handled[keys], strict=True):
            rows_of.setdefault(str(person), []).append(key)
        for person, rows in rows_of.items():
            problem = f"填的“{person}”不是{cells.sheet}的A角或B角，有{len(rows)}行由其经办"
            yield Remark(rows[0], self.person, problem, "如已调整分工，请更新“岗位”表", also=tuple(rows[1:]))


class HandledWhileAway(_OfHandlers):
    """Rows dated while the A角 is away, and yet handled by the A角 alone; told once an absence."""

    kind: Literal["handled-while-away"]
    code: Code = Code.HANDLED_WHILE_AWAY
    date: DateColumn = DATE

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at the first row of each absence."""
        posts = self.own_posts(cells)
        if posts is None or not len(spans := absences(posts, HOLDER)):
            return
        names, days = self.names(cells), cells.frame[self.date]
        for start, end, key in spans:
            holder, deputy = str(posts.loc[key, HOLDER]), posts.loc[key, DEPUTY]
            own = [text for text, named in names.items() if holder in named and deputy not in named]
            is_away = (days >= start) & (days <= end) & cells.frame[self.person].isin(own)
            rows = self.rows(cells, is_away)
            if rows:
                until = "起" if end == ENDLESS else f"至{end}"
                problem = f"填的是{holder}，而其{start}{until}离岗，其间有{len(rows)}行仍由其经办"
                yield Remark(rows[0], self.person, problem, "请核对经办人或离岗日期", also=tuple(rows[1:]))


def _own_posts(cells: Cells) -> "pd.DataFrame | None":
    if cells.posts is None:
        return None
    posts = cells.posts[cells.posts[AREA] == cells.sheet].dropna(subset=[HOLDER])
    return None if posts.empty or (posts[HOLDER] == posts[DEPUTY]).any() else posts


def absences(posts: "pd.DataFrame", person: str) -> list[_Absence]:
    """Return the absences of a person of these posts; one without end goes on."""
    start, end = (posts[column] for column in AWAY[person])
    begun: pd.Series[Any] = start.dropna()
    if begun.empty:  # so it is nearly always
        return []
    ends = end[begun.index].dt.strftime("%Y-%m-%d").fillna(ENDLESS)
    return [
        (first, last, int(str(key)))
        for key, first, last in zip(begun.index, begun.dt.strftime("%Y-%m-%d"), ends, strict=True)
        if first <= last
    ]


def _later_end(one: _Absence, two: _Absence) -> _Absence:
    return max(one, two, key=lambda each: each[1])
