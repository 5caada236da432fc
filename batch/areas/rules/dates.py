"""Rules that weigh the dates of a row against each other, the period and today."""

from collections.abc import Iterator
from typing import Literal

from batch.areas.columns import DateColumn
from batch.areas.contract import DATE
from batch.areas.rules.kind import Cells, Remark, Rule
from batch.finding import Code, Severity


class DateOrder(Rule):
    """A date that must not lie before another of its row."""

    kind: Literal["date-order"]
    code: Code = Code.DATE_ORDER
    earlier: DateColumn
    later: DateColumn

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each later date that comes first."""
        earlier, later = cells.frame[self.earlier], cells.frame[self.later]
        keys = self.rows(cells, later < earlier)
        for key, first, last in zip(keys, earlier[keys], later[keys], strict=True):
            problem = f"{last:%Y-%m-%d}早于“{self.earlier}”{first:%Y-%m-%d}"
            yield Remark(key, self.later, problem, "请核对两个日期", frozenset({self.earlier, self.later}))


class InPeriod(Rule):
    """A date that should lie in the period of the cover; an earlier or later row is not counted."""

    kind: Literal["period"]
    code: Code = Code.OUTSIDE_PERIOD
    severity: Severity = Severity.HINT
    column: DateColumn = DATE

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each date outside the period."""
        if cells.recorded is None:
            return
        days, start, end = cells.frame[self.column], cells.recorded.start, cells.recorded.end
        outside = (days < str(start)) | (days > str(end))
        keys = self.rows(cells, outside)
        for key, day in zip(keys, days[keys], strict=True):
            problem = f"{day:%Y-%m-%d}不在统计期（{start}至{end}）内"
            yield Remark(key, self.column, problem, "本期不计入；如年份写错请改正", frozenset({self.column}))


class NotFuture(Rule):
    """Dates of what has happened, which cannot lie after today."""

    kind: Literal["not-future"]
    code: Code = Code.FUTURE_DATE
    columns: tuple[DateColumn, ...]

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each date after today."""
        for column in self.columns:
            days = cells.frame[column]
            keys = self.rows(cells, days > str(cells.today))
            for key, day in zip(keys, days[keys], strict=True):
                problem = f"{day:%Y-%m-%d}晚于今天（{cells.today}）"
                yield Remark(key, column, problem, "尚未发生的请不要登记；如日期写错请改正", frozenset({column}))


class Overdue(Rule):
    """What should have been done by a date that has passed, and is not."""

    kind: Literal["overdue"]
    code: Code = Code.OVERDUE
    severity: Severity = Severity.HINT
    deadline: DateColumn
    done: DateColumn

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each date of completion that is still blank."""
        deadline = cells.frame[self.deadline]
        keys = self.rows(cells, (deadline < str(cells.as_of)) & ~cells.filled[self.done])
        for key, day in zip(keys, deadline[keys], strict=True):
            problem = f"未填，而“{self.deadline}”{day:%Y-%m-%d}已过"
            yield Remark(key, self.done, problem, "请催办；已完成的请补填", frozenset({self.deadline, self.done}))
