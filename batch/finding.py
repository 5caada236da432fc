"""A problem in the workbook, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HIDDEN: Final = "涉密，不显示"
"""What stands wherever the text of a classified row would have been shown."""
PUBLISHED: Final = ("sheet", "row", "column", "cell", "value", "code", "severity", "message")
"""What of a finding other programs read, in their order."""
WORKBOOK: Final = "workbook"
"""What they read too where there are several."""


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


class Code(StrEnum):
    """What is the matter, in permanent words for other programs: a closed list, each explained in docs/问题代码.md."""

    # the workbook and its sheets
    SAME_WORKBOOK = "same-workbook"
    SAME_FILE_NAME = "same-file-name"
    COVER_DIFFERS = "cover-differs"
    UNKNOWN_SETTING = "unknown-setting"
    MISSING_SETTING = "missing-setting"
    PERIOD_REVERSED = "period-reversed"
    BROUGHT_TWICE = "brought-twice"
    MISSING_SHEET = "missing-sheet"
    AMBIGUOUS_SHEET = "ambiguous-sheet"
    UNKNOWN_SHEET = "unknown-sheet"
    HIDDEN_SHEET = "hidden-sheet"
    EMPTY_SHEET = "empty-sheet"
    MISSING_COLUMN = "missing-column"
    EXTRA_COLUMN = "extra-column"
    HIDDEN_COLUMN = "hidden-column"
    HIDDEN_ROW = "hidden-row"
    SECOND_TABLE = "second-table"
    OUTSIDE_TABLE = "outside-table"
    SKIPPED_ROW = "skipped-row"
    MISSING_OWNER = "missing-owner"
    # a cell and its own column
    REQUIRED_BLANK = "required-blank"
    NOT_IN_LIST = "not-in-list"
    BAD_DATE = "bad-date"
    BAD_NUMBER = "bad-number"
    BAD_YEAR = "bad-year"
    DITTO = "ditto"
    TEXT_TOO_LONG = "text-too-long"
    ERROR_CELL = "error-cell"
    FORMULA_WITHOUT_VALUE = "formula-without-value"
    MERGED_NUMBER = "merged-number"
    CLASSIFIED_TEXT = "classified-text"
    EXPECTED_BLANK = "expected-blank"
    TEXT_FORM = "text-form"
    TEXT_REPEATED = "text-repeated"
    # dates
    DATE_ORDER = "date-order"
    OUTSIDE_PERIOD = "outside-period"
    FUTURE_DATE = "future-date"
    OVERDUE = "overdue"
    # numbers
    CONTROL_TOTAL = "control-total"
    OUTLIER = "outlier"
    NUMBER_TOO_LARGE = "number-too-large"
    PART_TOO_SMALL = "part-too-small"
    MORE_THAN_ONE = "more-than-one"
    ATTENDANCE_OVER = "attendance-over"
    ATTENDANCE_LOW = "attendance-low"
    ATTENDANCE_HALF_FILLED = "attendance-half-filled"
    NEGATIVE_BALANCE = "negative-balance"
    RETURNED_BEFORE_LENT = "returned-before-lent"
    # documents
    DOCUMENT_NUMBER_FORM = "document-number-form"
    DOCUMENT_NUMBER_REPEATED = "document-number-repeated"
    DOCUMENT_NUMBER_YEAR = "document-number-year"
    DOCUMENT_NUMBER_GAP = "document-number-gap"
    DOCUMENT_TYPE_TITLE = "document-type-title"
    REQUEST_ADDRESSEES = "request-addressees"
    REQUEST_WITHOUT_SIGNER = "request-without-signer"
    URGENT_WITHOUT_DEADLINE = "urgent-without-deadline"
    PARTS_EXCEED_WHOLE = "parts-exceed-whole"
    # publicity
    LINK_FORM = "link-form"
    LINK_REPEATED = "link-repeated"
    # rows and persons
    DUPLICATE_ROW = "duplicate-row"
    MEMBER_STEPS = "member-steps"
    FREQUENCY_MISSED = "frequency-missed"
    SAME_PERSON = "same-person"
    BOTH_AWAY = "both-away"
    HANDLED_BY_OTHER = "handled-by-other"
    HANDLED_WHILE_AWAY = "handled-while-away"
    # the year's tasks
    TASK_WITHOUT_FIGURE = "task-without-figure"
    TARGET_WITHOUT_FIGURE = "target-without-figure"
    TARGET_MISSED = "target-missed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place: where, what, what to do.

    What concerns a whole sheet or workbook has ``None`` for what it lacks. ``value`` is the cell's
    content as typed, or :data:`HIDDEN` where the row is classified.
    """

    code: Code
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
        keys = (WORKBOOK, *PUBLISHED) if with_workbook else PUBLISHED
        return {key: getattr(self, key) for key in keys}


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many of the findings have this severity."""
    return sum(finding.severity is severity for finding in findings)
