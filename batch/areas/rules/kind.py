"""What every rule kind is made of: what it sees, what it says, and the settings that all of them have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import field_validator

from batch.areas.columns import ReadsColumns, TextColumn
from batch.areas.where import Where, matches
from batch.finding import Severity
from batch.period import Period

if TYPE_CHECKING:
    import pandas as pd


Result = TypeVar("Result")


@dataclass(frozen=True)
class Cells:
    """What a rule sees of a sheet. Every frame is indexed by row key and has the definition's columns."""

    sheet: str
    """The sheet's name, by which a post names its area."""
    frame: "pd.DataFrame"
    """The cleaned values; a faulty cell is missing here, though it is filled, and so is a text that a 密级 conceals."""
    filled: "pd.DataFrame"
    """Whether anything that counts stands in the cell."""
    sound: "pd.Series[bool]"
    """Whether every cell of the row is admitted by its column."""
    concealed: "pd.Series[int]"
    """A number that tells apart rows by the texts that their 密级 conceals; 0 where it conceals nothing."""
    extra: "pd.DataFrame"
    """Whether anything stands in the watched columns that the definition does not have."""
    choices: Mapping[str, tuple[str, ...]]
    """Column -> its dictionary."""
    period: Period | None
    """The period asked for, else that of the cover; None where nobody says."""
    recorded: Period | None
    """The days that the ledger is kept for: the cover's period, widened to the one asked for."""
    as_of: date
    """The period's end, or today if that is earlier."""
    today: date
    quote: Callable[[int, str], str]
    """The cell's text as typed, or the words for a hidden one; a rule quotes cells through this alone."""
    posts: "pd.DataFrame | None" = None
    """The cleaned values of the posts, where a workbook has them."""
    known: dict[object, Any] = field(default_factory=dict)
    """What one rule has worked out and others use."""

    def once(self, asked: object, work_out: Callable[[], Result]) -> Result:
        """Return what several rules ask for, worked out when the first does."""
        if asked not in self.known:
            self.known[asked] = work_out()
        result: Result = self.known[asked]
        return result


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say of one cell: what is wrong, and what to do."""

    key: int | None
    """The row; None where it concerns the whole sheet."""
    column: str
    problem: str
    advice: str
    weighs: frozenset[str] = frozenset()
    """The columns it compares: of several remarks on one row that weigh a common column, only the gravest is told."""
    also: tuple[int, ...] = ()
    """Further rows that the same cause spoils."""
    source: str = ""
    """The clause, where it is another than the rule's own."""
    about: str = ""
    """The item it is about, where a report may name it."""


class Rule(ReadsColumns):
    """What every rule has; ``when`` narrows it to some rows, ``source`` names the clause it rests on."""

    severity: Severity = Severity.VERIFY
    when: Where = {}
    source: str = ""
    off: str = ""
    """Why the rule is switched off; it then finds nothing."""

    @field_validator("off")
    @classmethod
    def _says_why(cls, off: str) -> str:
        if off and not off.strip():
            message = "off 要写明停用这条检查的原因"
            raise ValueError(message)
        return off

    @property
    def demands(self) -> frozenset[str]:
        """Name the columns whose absence would silence an error."""
        return frozenset()

    @property
    def watches(self) -> frozenset[str]:
        """Name the headers to be watched for among the columns that the definition does not have."""
        return frozenset()

    def is_blind(self, missing: frozenset[str]) -> bool:
        """Say whether the sheet lacks a column without which the rule can judge nothing."""
        return not self.reads.isdisjoint(missing)

    def rows(self, cells: Cells, mask: "pd.Series[Any]") -> list[int]:
        """Return the keys of the rows the rule speaks of and the mask picks."""
        chosen = mask.to_numpy(bool)
        if self.when and chosen.any():
            chosen = chosen & matches(cells.frame, self.when)
        keys: list[int] = cells.frame.index[chosen].tolist()
        return keys


class OnText(Rule):
    """What every rule on the texts of one column has."""

    column: TextColumn


def narrowed(cells: Cells, *conditions: Where) -> "pd.DataFrame":
    """Return the cleaned rows that match every condition."""
    frame = cells.frame
    for where in conditions:
        frame = frame[matches(frame, where)] if where else frame
    return frame


def amounts(cells: Cells, rows: "pd.DataFrame", column: str) -> "pd.Series[int]":
    """Return the counts of these rows, a blank one taken as 1; a row whose count cannot be read has none."""
    if column not in rows:
        return rows.index.to_series() * 0 + 1
    given = rows[column]
    blank = given.isna()
    if blank.any():
        given = given[~blank | ~cells.filled[column].loc[rows.index]].fillna(1)
    counts: pd.Series[int] = given.astype("int64")
    return counts
