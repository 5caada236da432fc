"""Rules on what must, may or should stand in a cell."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from pydantic import field_validator

from batch.areas.columns import AnyColumn
from batch.areas.contract import SECRECY, SERIAL
from batch.areas.rules.kind import Cells, OnText, Remark, Rule
from batch.areas.where import in_words, matches
from batch.finding import Code, Severity
from batch.values.rows import excel_row

LISTED_ROWS: Final = 8
"""Rows that a sentence lists; of more it says that there are others."""
_CONCEALED: Final = ""
"""The name, which no column has, under which concealed texts are compared."""


class _Filled(Rule):
    """What both rules on blank cells have: the columns, of which one that is there is enough to judge by."""

    columns: tuple[AnyColumn, ...]

    def is_blind(self, missing: frozenset[str]) -> bool:
        """Say whether the sheet lacks all that should be filled."""
        return missing.issuperset(self.columns)


class RequiredWhen(_Filled):
    """Columns that must be filled in the rows ``when`` picks, unless another column is filled."""

    kind: Literal["required-when"]
    code: Code = Code.REQUIRED_BLANK
    severity: Severity = Severity.ERROR
    unless_filled: AnyColumn | None = None

    @property
    def demands(self) -> frozenset[str]:
        """Name the columns whose absence would silence an error."""
        return self.reads

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each blank cell."""
        excused = cells.filled[self.unless_filled] if self.unless_filled else False
        for column in self.columns:
            for key in self.rows(cells, ~(cells.filled[column] | excused)):
                yield Remark(key, column, f"在{in_words(self.when)}时必填，现未填", "请补填", frozenset({column}))


class Expected(_Filled):
    """Columns that should be filled, told once for the sheet with all rows that lack it.

    ``if_filled`` and ``unless_filled`` narrow it by another column; ``each`` tells every cell by itself.
    """

    kind: Literal["expected"]
    code: Code = Code.EXPECTED_BLANK
    severity: Severity = Severity.HINT
    if_filled: AnyColumn | None = None
    unless_filled: AnyColumn | None = None
    each: bool = False
    advice: str = "请补填"

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each blank cell, or at the first one of each column for all of them."""
        for column in self.columns:
            lacking = ~cells.filled[column]
            if self.if_filled:
                lacking &= cells.filled[self.if_filled]
            if self.unless_filled:
                lacking &= ~cells.filled[self.unless_filled]
            keys = self.rows(cells, lacking)
            if self.each:
                weighs = frozenset({column, *({self.if_filled} if self.if_filled else ())})
                yield from (Remark(key, column, self._problem("现"), self.advice, weighs) for key in keys)
            elif keys:
                rows = f"有{len(keys)}行（第{rows_in_words(keys)}行）" if len(keys) > 1 else "现"
                yield Remark(keys[0], column, self._problem(rows), self.advice, also=tuple(keys[1:]))

    def _problem(self, rows: str) -> str:
        told = [in_words(self.when)] if self.when else []
        told += [f"已填“{self.if_filled}”"] if self.if_filled else []
        return f"在{'、'.join(told)}时一般应填，{rows}未填" if told else f"一般应填，{rows}未填"


def rows_in_words(keys: Sequence[int]) -> str:
    """List Excel rows in a sentence: 3、5、9, of many the first few."""
    named = "、".join(str(excel_row(key)) for key in keys[:LISTED_ROWS])
    return f"{named}等" if len(keys) > LISTED_ROWS else named


class Pattern(OnText):
    """A text that must have a form, told by an example."""

    kind: Literal["pattern"]
    code: Code = Code.TEXT_FORM
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

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each text of another form."""
        texts = cells.frame[self.column]
        for key in self.rows(cells, texts.notna() & ~texts.str.fullmatch(self.pattern, na=False)):
            quoted = cells.quote(key, self.column)
            weighs = frozenset({self.column})
            yield Remark(key, self.column, f"填的{quoted}不合规范", f"规范的写法如：{self.example}", weighs)


class Unique(Rule):
    """A text that must not stand twice; told at the later row."""

    kind: Literal["unique"]
    code: Code = Code.TEXT_REPEATED
    column: AnyColumn

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each text that an earlier row of these has."""
        texts = cells.frame.loc[matches(cells.frame, self.when), self.column].dropna()
        texts = texts[texts.duplicated(keep=False)]
        first_rows = texts.index.to_series().groupby(texts).transform("first")
        for key, first in first_rows[texts.duplicated()].items():
            quoted = cells.quote(int(str(key)), self.column)
            problem = f"填的{quoted}与第{excel_row(first)}行重复"
            yield Remark(int(str(key)), self.column, problem, "请核对并改正其中一个", frozenset({self.column}))


class Duplicate(Rule):
    """Rows that are equal in all but their serial number; told at the later row, in place of all else on it."""

    kind: Literal["duplicate"]
    code: Code = Code.DUPLICATE_ROW

    serial: str = SERIAL

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at the first filled cell of each row that an earlier one equals."""
        frame = cells.frame.loc[cells.sound].drop(columns=self.serial, errors="ignore")
        frame = frame.assign(**{_CONCEALED: cells.concealed[frame.index]})
        for name in frame.columns:  # equal rows are so in each column: few are left to be compared as a whole
            frame = frame[frame.duplicated(name, keep=False)]
            if frame.empty:
                return
        repeated = frame.index[frame.duplicated()]
        if repeated.empty:
            return
        groups = frame.groupby(list(frame.columns), dropna=False, sort=False).ngroup()
        first_rows = frame.index.to_series().groupby(groups).transform("first")
        compared = frame.columns.drop(_CONCEALED)
        columns = cells.filled.loc[repeated, compared].idxmax(axis="columns")
        advice = "如是重复登记请删去，如确有两次请在核实说明中写明"
        for key, column, first in zip(repeated, columns, first_rows[repeated], strict=True):
            problem = f"这一行除序号外与第{excel_row(first)}行完全相同"
            yield Remark(int(key), str(column), problem, advice, frozenset(map(str, compared)))


class ClassifiedText(Rule):
    """Columns, and extra columns under these headers, that must be blank in a row with a 密级.

    A row whose 密级 is not admitted is told for that first: what it is, nobody knows yet.
    """

    kind: Literal["classified-text"]
    code: Code = Code.CLASSIFIED_TEXT
    columns: tuple[AnyColumn, ...] = ()
    headers: tuple[str, ...] = ()
    secrecy: AnyColumn = SECRECY

    @property
    def watches(self) -> frozenset[str]:
        """Name the headers to be watched for among the columns that the definition does not have."""
        return frozenset(self.headers)

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each filled cell, whose text is never seen."""
        classified = cells.frame[self.secrecy].notna()
        kept = "请删去，只留序号、日期、数量、经办人等，内容记在纸质登记簿上"
        for column, filled in (*cells.filled[list(self.columns)].items(), *cells.extra.items()):
            for key in self.rows(cells, classified & filled):
                problem = f"在有密级的行里填了内容，涉密件的{column}不得存入普通计算机"
                yield Remark(key, str(column), problem, kept, frozenset({str(column)}))
