"""Rules that a definition declares and another stage judges, because they need more than the cells of a sheet."""

from collections.abc import Iterator
from typing import Literal

from batch.areas.rules.kind import Cells, Remark, Rule
from batch.finding import Code, Severity


class _Declared(Rule):
    def find(self, cells: Cells) -> Iterator[Remark]:  # noqa: ARG002 the signature of every rule
        """Yield nothing: it is judged elsewhere."""
        yield from ()


class ControlTotal(_Declared):
    """A 合计 or 小计 within the ledger must be the sum of its rows; judged in ``check/control.py``."""

    kind: Literal["control-total"]
    code: Code = Code.CONTROL_TOTAL


class Target(_Declared):
    """A task whose figure should have reached its target by now; judged in ``check/figures.py``."""

    kind: Literal["target"]
    code: Code = Code.TARGET_MISSED
    severity: Severity = Severity.HINT
