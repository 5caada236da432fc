"""The ledger's own 合计 and 小计 against the sum of their rows: a control that the office already keeps."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple, cast

import pandas as pd

from batch.areas.contract import AMOUNT, EXPLANATION
from batch.areas.model import Column
from batch.areas.rules import ControlTotal
from batch.check.settle import shown_explanation
from batch.finding import Finding, Severity
from batch.ledger.clean import Fault, clean
from batch.ledger.ledger import Ledger
from batch.values.cell import CellValue, as_typed
from batch.values.rows import excel_row, row_key, split_key


class _Control(NamedTuple):
    """A total row, and behind which keys the rows may begin that it adds up."""

    key: int
    starts: tuple[int, int, int]
    """Behind the last total, behind the last 合计, at the top of the table."""
    is_partial: bool


def disagreeing_totals(ledger: Ledger, rule: ControlTotal) -> Iterator[Finding]:
    """Tell each total of a whole-number column that no sum of the rows above it comes to."""
    controls = [*_controls(ledger)]
    for column in ledger.sheet.columns:
        if column.type != "whole" or column.name in ledger.missing:
            continue
        faulty = [fault.key for fault in ledger.faults if fault.column == column.name] if controls else []
        for control in controls:
            stated = clean(ledger.value(control.key, column.name), column, None)
            if isinstance(stated, Fault):
                says = (f"的合计没有核对：{stated.problem}", stated.advice)
                yield ledger.finding(control.key, column.name, stated.code, Severity.HINT, says)
            elif isinstance(stated, int):
                yield from _compared(ledger, column, control, stated, faulty, rule)


def _controls(ledger: Ledger) -> Iterator[_Control]:
    workbook = -1
    top = last = grand = 0
    for key in map(int, ledger.totals.index):
        if split_key(key)[0] != workbook:
            workbook = split_key(key)[0]
            top = last = grand = row_key(workbook, 0)
        is_partial = _is_partial(ledger, key)
        yield _Control(key, (last, grand, top), is_partial)
        last, grand = key, grand if is_partial else key


def _compared(  # noqa: PLR0913, PLR0917 one total, what it says, and what it is weighed against
    ledger: Ledger, column: Column, control: _Control, stated: int, faulty: list[int], rule: ControlTotal
) -> Iterator[Finding]:
    numbers: pd.Series[Any] = ledger.frame[column.name]
    end = numbers.index.searchsorted(control.key)
    spans = [numbers.iloc[numbers.index.searchsorted(start, "right") : end] for start in control.starts]
    if spans[-1].index.isin(faulty).any():
        return  # what cannot be added up is told at its own cell
    blanks = (1, 0) if column.name == AMOUNT else (0,)  # a blank 数量 is 1 here, and nothing in a formula of Excel
    if stated in {int(span.fillna(blank).sum()) for span in spans for blank in blanks}:
        return
    span = spans[0] if control.is_partial else spans[-1]
    rows = f"第{excel_row(span.index[0])}至{excel_row(span.index[-1])}行" if len(span) else "上面的行"
    counted = int(span.fillna(blanks[0]).sum())
    says = (f"合计为{stated}，而{rows}相加为{counted}", "请核对有无漏登、重登，或合计公式的范围")
    finding = replace(ledger.finding(control.key, column.name, rule.code, rule.severity, says), source=rule.source)
    explains = rule.severity is Severity.VERIFY and EXPLANATION in ledger.totals
    explanation = ledger.value(control.key, EXPLANATION) if explains else None
    yield replace(finding, explanation=shown_explanation(ledger, control.key, explanation))


def _is_partial(ledger: Ledger, key: int) -> bool:
    """Say whether a total is one of a part of the table, as 小计 and 本月合计 are."""
    words = [as_typed(cast("CellValue", value)) or "" for value in ledger.totals.loc[key]]
    return any("小计" in word or "本" in word for word in words if "计" in word)
