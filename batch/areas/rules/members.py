"""Rules on the steps of a person on the way into the party."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from pydantic import model_validator

from batch.areas.columns import AnyColumn, DateColumn, TextColumn
from batch.areas.contract import BRANCH, DATE, ITEM, MEMBER, STEP_BEFORE
from batch.areas.frozen import Frozen
from batch.areas.rules.kind import Cells, Remark, Rule
from batch.areas.where import Where
from batch.finding import Code
from batch.values.rows import excel_row

if TYPE_CHECKING:
    import pandas as pd

YEAR: Final = 10000
"""What a year adds to a day written as the number yyyymmdd."""
_RANK: Final = "rank"
_DAY: Final = "day"


class Version(Frozen):
    """What one version of the rules asks, of steps taken on or after a day."""

    since: date
    source: str
    minimum: Mapping[str, int]
    """Step -> years that must have passed since the step before it."""


class Steps(Rule):
    """The steps of a person: in their order, none twice, none sooner than the rules of its day allow."""

    kind: Literal["steps"]
    code: Code = Code.MEMBER_STEPS
    person: TextColumn = MEMBER
    group: TextColumn = BRANCH
    step: AnyColumn = ITEM
    date: DateColumn = DATE
    previous: DateColumn = STEP_BEFORE
    steps: tuple[str, ...]
    versions: tuple[Version, ...] = ()

    @model_validator(mode="after")
    def _knows_the_steps(self) -> Self:
        for version in self.versions:
            for name in version.minimum:
                if name not in self.steps:
                    message = f"versions 的 minimum 里的“{name}”不在 steps 之中"
                    raise ValueError(message)
        return self

    @property
    def filters(self) -> tuple[Where, ...]:
        """Return the conditions the rule puts on rows."""
        return (*super().filters, {self.step: self.steps})

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each step that is repeated, goes backwards, or comes too soon."""
        rows = self._in_order(cells)
        if rows.empty:
            return
        people = [self.person, self.group]
        repeated = rows.duplicated([*people, _RANK])
        reached = rows.groupby(people, sort=False)[_RANK].cummax()
        backwards = (rows[_RANK] < reached) & ~repeated
        weighs = frozenset({self.person, self.step, self.date, self.previous})
        for key in rows.index[repeated]:
            problem = f"显示{rows.loc[key, self.person]}第二次“{rows.loc[key, self.step]}”"
            yield Remark(int(key), self.date, problem, "请核对是否重复登记", weighs)
        for key in rows.index[backwards]:
            after = self.steps[int(reached[key])]
            problem = f"显示{rows.loc[key, self.person]}在“{after}”之后才“{rows.loc[key, self.step]}”"
            yield Remark(int(key), self.date, problem, "请核对事项和日期", weighs)
        yield from self._too_soon(rows[~(repeated | backwards)], weighs)

    def _in_order(self, cells: Cells) -> "pd.DataFrame":
        """Return the steps that can be judged, by date, those of one day by their order."""
        ranks = {name: rank for rank, name in enumerate(self.steps)}
        taken = self.rows(cells, cells.frame[self.step].isin(self.steps))
        rows = cells.frame.loc[taken].dropna(subset=[self.person, self.date])
        is_one = rows.groupby(self.person)[self.group].transform("nunique") <= 1  # a blank names the same branch
        rows = rows.assign(
            **{self.group: rows[self.group].fillna("").mask(is_one, ""), _RANK: rows[self.step].map(ranks)}
        )
        return rows.assign(**{_DAY: _number(rows[self.date])}).sort_values([_DAY, _RANK], kind="stable")

    def _too_soon(self, rows: "pd.DataFrame", weighs: frozenset[str]) -> Iterator[Remark]:
        """Compare each step with the recorded one before it, else with the date that its own row gives."""
        recorded = {
            (*who, rank): (day, key)
            for key, *who, rank, day in zip(
                rows.index, rows[self.person], rows[self.group], rows[_RANK], rows[_DAY], strict=True
            )
        }
        given = _number(rows[self.previous])
        for key, person, group, rank, day in zip(
            rows.index, rows[self.person], rows[self.group], rows[_RANK], rows[_DAY], strict=True
        ):
            step = self.steps[rank]
            version = self._version(day)
            years = version.minimum.get(step, 0) if version else 0
            if not years or version is None or rank == 0:
                continue
            before, row = recorded.get((person, group, rank - 1), (given[key], None))
            if before <= day < before + years * YEAR:
                place = f"，第{excel_row(int(row))}行" if row is not None else ""
                problem = f"距{person}“{self.steps[rank - 1]}”（{_written(before)}{place}）不满{years}年，不能“{step}”"
                yield Remark(int(key), self.date, problem, "请核对日期", weighs, source=version.source)

    def _version(self, day: int) -> Version | None:
        """Return the version in force on a day."""
        began = [each for each in self.versions if _of_day(each.since) <= day]
        return max(began, key=lambda each: each.since, default=None)


def _number(days: "pd.Series[pd.Timestamp]") -> "pd.Series[Any]":
    """Write each day as the number yyyymmdd; a missing one is not a number."""
    numbers: pd.Series[Any] = days.dt.year * YEAR + days.dt.month * 100 + days.dt.day
    return numbers


def _of_day(day: date) -> int:
    return day.year * YEAR + day.month * 100 + day.day


def _written(number: float) -> str:
    text = str(int(number))
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
