"""A problem in the workbook, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HIDDEN: Final = "涉密，不显示"
"""What stands wherever the text of a classified row would have been shown."""


class Severity(StrEnum):
    """How much a finding weighs; the order of the members is the order of mending."""

    ERROR = "错误"
    """The cell is not admitted by its own column, or something is missing: the row is left out."""
    VERIFY = "核实"
    """Improbable when cells, rows or the rules of the field are compared: correct it or explain it."""
    HINT = "提示"
    """Worth knowing; nothing has to be done."""

    @property
    def rank(self) -> int:
        """Return 0 for what is to be mended first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place: where, what, what to do.

    What concerns a whole sheet or workbook has ``None`` for what it lacks. ``value`` is the cell's
    content as typed, or :data:`HIDDEN` where the row is classified.
    """

    code: str
    severity: Severity
    problem: str
    """What is wrong, without full stop; where the finding has a place, the words that follow it."""
    advice: str
    """What to do about it, without full stop."""
    place: str = ""
    """Where it is, in words: a cell, a range of cells, a row."""
    source: str = ""
    """The clause of the rules that it rests on."""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None
    value: str | None = None
    workbook: str | None = None
    key: int | None = None
    """The row key in the frame of its sheet; not published."""
    also: tuple[int, ...] = ()
    """The keys of further rows that the same cause spoils; not published."""
    about: str = ""
    """The item it is about, where a report may name it; not published."""
    explanation: str | None = None
    """The 核实说明 of the row that settles this finding, if it has a real one."""

    @property
    def reach(self) -> str:
        """Return how far a finding goes beyond its cell, in words: 至B27共25格."""
        return self.place.removeprefix(self.cell) if self.cell and self.place.startswith(self.cell) else ""

    @property
    def message(self) -> str:
        """Return the finding as one sentence: where, what, what to do, and by which rule."""
        return f"{self.place}{self.problem}，{self.remedy}。"

    @property
    def remedy(self) -> str:
        """Return what to do, and by which rule."""
        return f"{self.advice}（依据：{self.source}）" if self.source else self.advice

    @property
    def settled(self) -> bool:
        """Say whether the office has explained this finding in its row."""
        return self.explanation is not None

    def as_dict(self, *, with_workbook: bool = False) -> dict[str, str | int | None]:
        """Return the finding as its published JSON keys; ``workbook`` only when several are read."""
        keys: dict[str, str | int | None] = {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "value": self.value,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
        }
        return {"workbook": self.workbook, **keys} if with_workbook else keys


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many of the findings have this severity."""
    return sum(finding.severity is severity for finding in findings)
