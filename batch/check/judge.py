"""One sheet against the rules of its definition: what they see, what they find, and of each cause but one finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from batch.areas.contract import EXPLANATION
from batch.areas.rules import Cells, Remark, RuleKind
from batch.check.settle import shown_explanation
from batch.finding import Finding, Severity
from batch.ledger.ledger import Ledger
from batch.period import Period


@dataclass(frozen=True, slots=True)
class Times:
    """The days by which a book is judged."""

    period: Period | None
    """The period asked for, else that of the cover."""
    recorded: Period | None
    """The cover's period, widened to the one asked for: a row of another quarter is no slip."""
    today: date

    @classmethod
    def of(cls, asked: Period | None, cover: Period | None, today: date) -> "Times":
        """Return the days, of which the period asked for or the cover's may be unknown."""
        if asked is None or cover is None:
            return cls(asked or cover, asked or cover, today)
        return cls(asked, Period(min(asked.start, cover.start), max(asked.end, cover.end)), today)

    @property
    def as_of(self) -> date:
        """Return the day spoken from."""
        return self.period.as_of(self.today) if self.period else self.today


def seen(ledger: Ledger, posts: Ledger | None, times: Times) -> Cells:
    """Return what the rules see of a ledger."""
    keys, faulty = ledger.frame.index, [fault.key for fault in ledger.faults]
    return Cells(
        sheet=ledger.sheet.name,
        frame=ledger.open_frame,
        filled=ledger.filled,
        sound=pd.Series(~np.isin(keys, faulty), keys),
        concealed=ledger.concealed,
        extra=ledger.extra,
        choices={column.name: column.choices for column in ledger.sheet.columns},
        period=times.period,
        recorded=times.recorded,
        as_of=times.as_of,
        today=times.today,
        quote=ledger.quote,
        posts=posts.known_frame if posts is not None else None,
    )


def judge(ledger: Ledger, cells: Cells) -> Iterator[Finding]:
    """Yield what the rules find; one that needs a column the sheet lacks is silent."""
    rules = [rule for rule in ledger.sheet.rules if not rule.is_blind(ledger.missing)]
    told = [(rule, remark) for rule in rules for remark in rule.find(cells) if remark.column not in ledger.missing]
    for rule, remark in _of_one_cause_the_gravest(told):
        yield _finding(ledger, rule, remark)


def _of_one_cause_the_gravest(told: Sequence[tuple[RuleKind, Remark]]) -> list[tuple[RuleKind, Remark]]:
    """Drop each remark that weighs a column which a graver or earlier one of its row has weighed."""
    weighed: dict[int | None, set[str]] = {}
    kept: list[tuple[RuleKind, Remark]] = []
    for rule, remark in sorted(told, key=lambda each: each[0].severity.rank):
        taken = weighed.setdefault(remark.key, set())
        if taken.isdisjoint(remark.weighs):
            taken |= remark.weighs
            kept.append((rule, remark))
    return kept


def _finding(ledger: Ledger, rule: RuleKind, remark: Remark) -> Finding:
    source = remark.source or rule.source
    if remark.key is None:
        return Finding(
            code=rule.code,
            severity=rule.severity,
            problem=remark.problem,
            advice=remark.advice,
            source=source,
            sheet=ledger.sheet.name,
            column=remark.column,
            about=remark.about,
            workbook=next(iter(ledger.layouts.values())).workbook,
        )
    says = (remark.problem, remark.advice)
    finding = ledger.finding(remark.key, remark.column, rule.code, rule.severity, says)
    explanation = _explanation(ledger, remark.key) if rule.severity is Severity.VERIFY else None
    return replace(finding, source=source, also=remark.also, about=remark.about, explanation=explanation)


def _explanation(ledger: Ledger, key: int) -> str | None:
    if EXPLANATION not in ledger.frame:
        return None
    return shown_explanation(ledger, key, ledger.frame.loc[key, EXPLANATION])
