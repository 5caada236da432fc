"""The rule kinds a definition may use: each one its parameters, its pandas expression, its sentence.

A column's own type (required, one of a list, a date, a whole number) needs no rule; the kinds here
compare a cell with its row, its column or the period. A new kind is one class and one line in
:data:`RuleKind`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import field_validator

from batch.areas.frozen import Frozen
from batch.areas.where import Where, in_words, matches
from batch.finding import Severity
from batch.period import Period
from batch.place import excel_row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Cells:
    """What a rule sees of a sheet. Every frame is indexed by row key and has the definition's columns."""

    frame: "pd.DataFrame"
    """The cleaned values; a faulty cell is missing here, though it is filled."""
    filled: "pd.DataFrame"
    """Whether anything that counts stands in the cell."""
    sound: "pd.Series[bool]"
    """Whether every cell of the row is admitted by its column."""
    period: Period
    """The period of the cover."""
    quote: Callable[[int, str], str]
    """The cell's text as typed, or the words for a hidden one; a rule quotes cells through this alone."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say of one cell: what is wrong, and what to do."""

    key: int
    column: str
    problem: str
    advice: str


class Rule(Frozen):
    """What every rule has; ``when`` narrows it to some rows, ``source`` names the clause it rests on."""

    severity: Severity = Severity.VERIFY
    when: Where = {}
    source: str = ""

    @property
    def demands(self) -> frozenset[str]:
        """Name the columns whose absence would silence an error or spoil a figure."""
        return frozenset()

    @property
    def types(self) -> Mapping[str, str]:
        """Return column -> the type it must have for the rule to make sense."""
        return {}

    def rows(self, cells: Cells, mask: "pd.Series[bool]") -> list[int]:
        """Return the keys of the rows the rule speaks of and the mask picks."""
        chosen = matches(cells.frame, self.when) & mask
        return [int(key) for key in chosen.index[chosen]]


class RequiredWhen(Rule):
    """Columns that must be filled in the rows ``when`` picks, unless another column is filled."""

    kind: Literal["required-when"]
    code: str = "required-blank"
    severity: Severity = Severity.ERROR
    columns: tuple[str, ...]
    unless_filled: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({*self.columns, *self.when, *({self.unless_filled} if self.unless_filled else ())})

    @property
    def demands(self) -> frozenset[str]:
        """Name the columns whose absence would silence an error or spoil a figure."""
        return self.reads

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each blank cell."""
        excused = cells.filled[self.unless_filled] if self.unless_filled else False
        for column in self.columns:
            for key in self.rows(cells, ~(cells.filled[column] | excused)):
                yield Remark(key, column, f"在{in_words(self.when)}时必填，现未填", "请补填")


class Pattern(Rule):
    """A text that must have a form, told by an example."""

    kind: Literal["pattern"]
    code: str
    column: str
    pattern: str
    example: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            message = f"pattern“{pattern}”不是有效的正则表达式"
            raise ValueError(message) from error
        return pattern

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({self.column, *self.when})

    @property
    def types(self) -> Mapping[str, str]:
        """Return column -> the type it must have for the rule to make sense."""
        return {self.column: "text"}

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each text of another form."""
        texts = cells.frame[self.column]
        for key in self.rows(cells, texts.notna() & ~texts.str.fullmatch(self.pattern, na=False)):
            quoted = cells.quote(key, self.column)
            yield Remark(key, self.column, f"填的{quoted}不合规范", f"规范的写法如：{self.example}")


class DateOrder(Rule):
    """A date that must not lie before another of its row."""

    kind: Literal["date-order"]
    code: str = "date-order"
    earlier: str
    later: str

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({self.earlier, self.later, *self.when})

    @property
    def types(self) -> Mapping[str, str]:
        """Return column -> the type it must have for the rule to make sense."""
        return {self.earlier: "date", self.later: "date"}

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each later date that comes first."""
        earlier, later = cells.frame[self.earlier], cells.frame[self.later]
        keys = self.rows(cells, later < earlier)
        for key, first, last in zip(keys, earlier[keys], later[keys], strict=True):
            problem = f"{last:%Y-%m-%d}早于“{self.earlier}”{first:%Y-%m-%d}"
            yield Remark(key, self.later, problem, "请核对两个日期")


class AtMost(Rule):
    """A number that must not exceed another of its row."""

    kind: Literal["at-most"]
    code: str
    smaller: str
    larger: str

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({self.smaller, self.larger, *self.when})

    @property
    def types(self) -> Mapping[str, str]:
        """Return column -> the type it must have for the rule to make sense."""
        return {self.smaller: "whole", self.larger: "whole"}

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each number that exceeds the other."""
        smaller, larger = cells.frame[self.smaller], cells.frame[self.larger]
        keys = self.rows(cells, (smaller > larger).fillna(value=False).astype(bool))
        for key, less, more in zip(keys, larger[keys], smaller[keys], strict=True):
            problem = f"{more}大于“{self.larger}”{less}"
            yield Remark(key, self.smaller, problem, "请核对两个数")


class OnePiece(Rule):
    """A count that must be blank or 1, because one row is one piece."""

    kind: Literal["one-piece"]
    code: str = "more-than-one"
    column: str = "数量"

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({self.column, *self.when})

    @property
    def demands(self) -> frozenset[str]:
        """Name the columns whose absence would silence an error or spoil a figure."""
        return self.reads

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each other count."""
        counts = cells.frame[self.column]
        keys = self.rows(cells, (counts != 1).fillna(value=False).astype(bool))
        for key, count in zip(keys, counts[keys], strict=True):
            problem = f"填的是{count}，而{in_words(self.when)}的一行就是一件（人）"
            yield Remark(key, self.column, problem, "请改为1或不填，不要填印数")


class Unique(Rule):
    """A text that must not stand twice; told at the later row."""

    kind: Literal["unique"]
    code: str
    column: str

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({self.column, *self.when})

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each text that an earlier row of these has."""
        texts = cells.frame.loc[matches(cells.frame, self.when), self.column].dropna()
        first_rows = texts.index.to_series().groupby(texts).transform("first")
        for key, first in first_rows[texts.duplicated()].items():
            quoted = cells.quote(int(str(key)), self.column)
            problem = f"填的{quoted}与第{excel_row(first)}行重复"
            yield Remark(int(str(key)), self.column, problem, "请核对并改正其中一个")


class Duplicate(Rule):
    """Rows that are equal in all but their serial number; told at the later row."""

    kind: Literal["duplicate"]
    code: str = "duplicate-row"

    serial: str = "序号"

    @property
    def reads(self) -> frozenset[str]:
        """Name no column: whichever the sheet has are compared."""
        return frozenset()

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at the first filled cell of each row that an earlier one equals."""
        frame = cells.frame.loc[cells.sound].drop(columns=self.serial, errors="ignore")
        repeated = frame.index[frame.duplicated()]
        if repeated.empty:
            return
        groups = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup()
        first_rows = frame.index.to_series().groupby(groups).transform("first")
        columns = cells.filled.loc[repeated, frame.columns].idxmax(axis="columns")
        for key, column, first in zip(repeated, columns, first_rows[repeated], strict=True):
            problem = f"这一行除序号外与第{excel_row(first)}行完全相同"
            yield Remark(int(key), str(column), problem, "如是重复登记请删去，如确有两次请在核实说明中写明")


class InPeriod(Rule):
    """A date that should lie in the period of the cover; an earlier or later row is not counted."""

    kind: Literal["period"]
    code: str = "outside-period"
    severity: Severity = Severity.HINT
    column: str = "日期"

    @property
    def reads(self) -> frozenset[str]:
        """Name the columns the rule looks at."""
        return frozenset({self.column, *self.when})

    @property
    def types(self) -> Mapping[str, str]:
        """Return column -> the type it must have for the rule to make sense."""
        return {self.column: "date"}

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each date outside the period."""
        days = cells.frame[self.column]
        outside = (days < str(cells.period.start)) | (days > str(cells.period.end))
        keys = self.rows(cells, outside)
        for key, day in zip(keys, days[keys], strict=True):
            problem = f"{day:%Y-%m-%d}不在统计期（{cells.period.start}至{cells.period.end}）内"
            yield Remark(key, self.column, problem, "本期不计入；如年份写错请改正")


RuleKind: TypeAlias = RequiredWhen | Pattern | DateOrder | AtMost | OnePiece | Unique | Duplicate | InPeriod
