"""Each figure kind as an Excel formula over the ledger copy, and the sums that the tables are made of.

Only functions that Excel since 2007, WPS and LibreOffice share are used. The days of the period stand in named
cells, so that a formula reads: SUMIFS(数量, 日期, ">="&期间起, 日期, "<="&期间止, 事项, "发文").
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias, assert_never

from batch.areas.contract import AMOUNT, DATE, FIGURE, TARGET
from batch.areas.figures import (
    Balance,
    Distinct,
    Due,
    FigureKind,
    Outstanding,
    Rate,
    Reached,
    Rows,
    Share,
    Sum,
)
from batch.areas.where import Where
from batch.total.measure import NO_VALUE
from batch.total.totals import Totals
from batch.workbook.ledger_copy import YEAR_TO_DATE, LedgerCopy, Live, TaskCells

START: Final = "期间起"
END: Final = "期间止"
AS_OF: Final = "数据截至"
NEW_YEAR: Final = "年初"

Sibling: TypeAlias = Callable[[str], str]
"""Gives the cell or the expression that holds another figure of the same sheet."""
PLAIN: Final = re.compile("[一-鿿（）、·]+")
"""A text that SUMIFS compares letter by letter: no wildcard, no operator, no case, nothing like a number or a day."""
MOST_TERMS: Final = 6
"""Beyond so many SUMIFS one SUMPRODUCT is shorter."""
LONGEST_CRITERION: Final = 200
"""COUNTIF fails on a text beyond 255 characters, the escapes counted in."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A day that a date column is compared with; ``day`` is a named cell or an expression of one."""

    column: str
    operator: str
    day: str


@dataclass(frozen=True, slots=True)
class Span:
    """The days a formula speaks of, by the named cells that hold them."""

    start: str
    end: str
    as_of: str

    def inside(self, column: str) -> tuple[Bound, ...]:
        """Return the bounds of a date that lies in the span."""
        return (Bound(column, ">=", self.start), Bound(column, "<=", self.end))

    def until(self, column: str) -> tuple[Bound, ...]:
        """Return the bound of a date that lies on the as-of date or before."""
        return (Bound(column, "<=", self.as_of),)


PERIOD: Final = Span(START, END, AS_OF)
SINCE_NEW_YEAR: Final = Span(NEW_YEAR, AS_OF, AS_OF)


def month_span(year: int, month: int) -> Span:
    """Return the days of a month, as far as they lie in the period."""
    first = f"MAX({START},DATE({year},{month},1))"
    last = f"MIN({END},DATE({year},{month + 1},0))"
    return Span(first, last, AS_OF)


def figure_formula(figure: FigureKind, copy: LedgerCopy, span: Span, sibling: Sibling) -> str | None:
    """Return the formula of a figure, or None where none would do."""
    match figure:
        case Sum():
            return amounts(copy, span.inside(DATE), figure.where)
        case Due():
            return _due(figure, copy, span)
        case Share():
            return _share(figure, copy, sibling)
        case Rate():
            return _rate(figure, copy, span)
        case Balance():
            plus, minus = (amounts(copy, span.until(DATE), where) for where in (figure.plus, figure.minus))
            return f"{plus}-({minus})"
        case Outstanding():
            begun = amounts(copy, span.until(DATE), figure.where)
            settled = amounts(copy, (*span.until(DATE), *span.until(figure.settled)), figure.where)
            return f"{begun}-({settled})"
        case Distinct():
            return _distinct(figure, copy)
        case Rows():
            return f"COUNT({copy.row_numbers})"
        case Reached():
            return _reached(figure, copy)
        case _:
            assert_never(figure)


def standalone_formula(figure: FigureKind, copy: LedgerCopy, span: Span) -> str | None:
    """Return the formula of a figure that leans on no other cell but the copy's."""
    figures = {each.name: each for each in copy.sheet.figures}
    return figure_formula(figure, copy, span, lambda name: f"({standalone_formula(figures[name], copy, span)})")


def amounts(copy: LedgerCopy, bounds: tuple[Bound, ...], where: Where) -> str:
    """Return the sum of 数量 over the rows whose dates keep the bounds and whose columns hold an admitted value."""
    return _matching(copy, bounds, where, copy.column(AMOUNT))


def row_count(copy: LedgerCopy, bounds: tuple[Bound, ...], where: Where) -> str:
    """Return the number of such rows."""
    return _matching(copy, bounds, where, None)


def _matching(copy: LedgerCopy, bounds: tuple[Bound, ...], where: Where, summed: str | None) -> str:
    choices = list(product(*where.values()))
    is_plain = all(PLAIN.fullmatch(value) for values in where.values() for value in values)
    if not is_plain or len(choices) > MOST_TERMS:
        return _masked(copy, bounds, where, summed)
    days = [f'{copy.column(bound.column)},"{bound.operator}"&{bound.day}' for bound in bounds]
    terms = []
    for chosen in choices:
        texts = [f'{copy.column(name)},"{value}"' for name, value in zip(where, chosen, strict=True)]
        terms.append(",".join((*days, *texts)))
    return "+".join(f"SUMIFS({summed},{term})" if summed else f"COUNTIFS({term})" for term in terms) or "0"


def _masked(copy: LedgerCopy, bounds: tuple[Bound, ...], where: Where, summed: str | None) -> str:
    """Compare with EXACT what SUMIFS would take for a pattern, a number, or the same in another case."""
    masks = [
        f"ISNUMBER({copy.column(bound.column)})*({copy.column(bound.column)}{bound.operator}{bound.day})"
        for bound in bounds
    ]
    for name, values in where.items():
        masks.append(f"({'+'.join(f'EXACT({copy.column(name)},{_literal(value)})' for value in values)})")
    return f"SUMPRODUCT({'*'.join(masks)}{f',{summed}' if summed else ''})"


def _literal(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _due(figure: Due, copy: LedgerCopy, span: Span) -> str:
    deadline, done = copy.column(figure.deadline), copy.column(figure.done)
    inside = f"({deadline}>={span.start})*({deadline}<={span.end})"
    passed = f"(({deadline}<{span.as_of})+({deadline}={span.as_of})*ISNUMBER({done})*({done}<={span.as_of}))"
    on_time = f"ISNUMBER({done})*({done}<={deadline})"
    outcome = {"all": "", "on-time": f"*{on_time}", "late": f"*(1-{on_time})"}
    return f"SUMPRODUCT({inside}*{passed}{outcome[figure.outcome]},{copy.column(AMOUNT)})"


def _share(figure: Share, copy: LedgerCopy, sibling: Sibling) -> str | None:
    """Return part by whole; a percentage of percentages, which may have no value, stays a plain value."""
    figures = {each.name: each for each in copy.sheet.figures}
    if any(figures[name].is_percentage for name in figure.rests_on):
        return None
    return percentage(sibling(figure.part), sibling(figure.whole))


def _rate(figure: Rate, copy: LedgerCopy, span: Span) -> str:
    part, whole = copy.column(figure.part), copy.column(figure.whole)
    dated = "*".join(f"({copy.column(bound.column)}{bound.operator}{bound.day})" for bound in span.inside(DATE))
    both = f"{dated}*ISNUMBER({part})*ISNUMBER({whole})"
    return percentage(f"SUMPRODUCT({both},{part})", f"SUMPRODUCT({both},{whole})")


def percentage(part: str, whole: str) -> str:
    """Return the formula of a percentage with one decimal, a dash where nothing stands below the line."""
    return f'IF({whole}=0,"{NO_VALUE}",ROUND(100*{part}/{whole},1))'


def _distinct(figure: Distinct, copy: LedgerCopy) -> str | None:
    """Count each value once: 1/n for each of the n cells that hold it; a blank cell is nought.

    COUNTIF knows no case, so values that differ in nothing else stay a plain value.
    """
    values = copy.frame[figure.column].dropna().astype(str)
    if values.str.casefold().nunique() != values.nunique() or values.str.len().max() > LONGEST_CRITERION:
        return None
    cells = copy.column(figure.column)
    escaped = cells
    for character in "~*?":
        escaped = f'SUBSTITUTE({escaped},"{character}","~{character}")'
    return f'ROUND(SUMPRODUCT(({cells}<>"")/(COUNTIF({cells},"="&{escaped})+({cells}=""))),0)'


def _reached(figure: Reached, copy: LedgerCopy) -> str | None:
    """Read the copy's own last column, which judges the columns that every list of tasks has, and no others."""
    if copy.sheet.role != "tasks" or (figure.figure, figure.target) != (FIGURE, TARGET):
        return None
    return percentage(f"SUM({copy.reached})", f"COUNT({copy.reached})")


def task_cells(totals: Totals, tasks: LedgerCopy, copies: Mapping[str, LedgerCopy]) -> Iterator[TaskCells]:
    """Yield for each copied task its figure since New Year, and whether that reaches the target."""
    for index, task in enumerate(totals.tasks):
        total = totals.figures.get(task.figure)
        copy = copies.get(total.sheet.name) if total else None
        formula = standalone_formula(total.figure, copy, SINCE_NEW_YEAR) if total and copy else None
        stored = stored_value(task.value) if task.figure else ""
        judged = _judged(tasks, index) if {FIGURE, TARGET}.issubset(tasks.sheet.column_names) else None
        yield TaskCells(Live(formula, stored), Live(judged, "" if task.reached is None else int(task.reached)))


def _judged(tasks: LedgerCopy, index: int) -> str:
    """Return the formula that says whether a task has reached its target: 1, 0, or nothing where it has none."""
    figure, target, value = (tasks.cell(header, index) for header in (FIGURE, TARGET, YEAR_TO_DATE))
    return f'IF(OR({figure}="",{target}=""),"",IF(ISNUMBER({value}),IF({value}>={target},1,0),0))'


def stored_value(value: float | None) -> float | str:
    """Return a figure's value as a cell holds it."""
    return NO_VALUE if value is None else value
