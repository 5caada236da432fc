"""Rules on 发文字号: its form, its uniqueness, its year, and the gaps in a series."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

from batch.areas.columns import DateColumn, TextColumn
from batch.areas.contract import DATE, NUMBER
from batch.areas.rules.kind import Cells, OnText, Remark
from batch.areas.where import matches
from batch.finding import Code, Severity
from batch.values.rows import excel_row

if TYPE_CHECKING:
    import pandas as pd

FORM: Final = r"[一-鿿]{1,12}〔\d{4}〕[1-9]\d*号"
_PARTS: Final = r"^([一-鿿]{1,12})〔([0-9]{4})〕第?0*([1-9][0-9]{0,8})号?$"
_MENDED: Final = str.maketrans(
    "０１２３４５６７８９" + "[(（【〈<﹝［" + "])）】〉>﹞］",
    "0123456789" + "〔" * 8 + "〕" * 8,
    " \u3000\t\n",
)
"""What is put right before a number is read: full-width digits, other brackets, white space."""
SERIES: Final = "代字"
YEAR: Final = "年份"
ORDINAL: Final = "序号"
LISTED_GAPS: Final = 5
"""Gaps that a sentence lists."""


def read_numbers(texts: "pd.Series[str]") -> "pd.DataFrame":
    """Return 代字, 年份 and 序号 of the texts that are a number once mended; the others have no row."""
    parts = texts.dropna().str.translate(_MENDED).str.extract(_PARTS).dropna()
    parts.columns = [SERIES, YEAR, ORDINAL]
    return parts.astype({YEAR: "int64", ORDINAL: "int64"})


class _OnNumbers(OnText):
    """What every rule on document numbers has."""

    column: TextColumn = NUMBER

    def texts(self, cells: Cells) -> "pd.Series[str]":
        """Return the texts of the rows the rule speaks of."""
        return cells.frame.loc[matches(cells.frame, self.when), self.column].dropna()

    def numbers(self, cells: Cells) -> "pd.DataFrame":
        """Return what can be read of these texts; several rules ask for it."""
        asked = (read_numbers, self.column, *self.when.items())
        return cells.once(asked, lambda: read_numbers(self.texts(cells)))


class NumberForm(_OnNumbers):
    """A document number in the form of GB/T 9704; where it can be mended, the mended one is proposed."""

    kind: Literal["document-number-form"]
    code: Code = Code.DOCUMENT_NUMBER_FORM
    example: str

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each text of another form."""
        texts = self.texts(cells)
        wrong = texts[~texts.str.fullmatch(FORM, na=False)]
        mended = read_numbers(wrong).to_dict("index")
        for key in wrong.index:
            number = mended.get(key)
            advice = f"规范的写法如：{self.example}"
            if number is not None:
                advice = f"请改为“{number[SERIES]}〔{number[YEAR]}〕{number[ORDINAL]}号”"
            problem = f"填的{cells.quote(int(key), self.column)}不合规范"
            yield Remark(int(key), self.column, problem, advice, frozenset({self.column}))


class NumberRepeated(_OnNumbers):
    """A document number that stands twice, however it is written; told at the later row."""

    kind: Literal["document-number-repeated"]
    code: Code = Code.DOCUMENT_NUMBER_REPEATED

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each number that an earlier row has."""
        texts = self.texts(cells)
        read = self.numbers(cells)
        again = read[read.duplicated(keep=False)]
        meant = texts.drop(index=read.index.difference(again.index))
        meant.loc[again.index] = (
            again[SERIES] + "〔" + again[YEAR].astype("str") + "〕" + again[ORDINAL].astype("str") + "号"
        )
        first_rows: pd.Series[Any] = meant.index.to_series().groupby(meant).transform("first")
        for key, first in first_rows[meant.duplicated()].items():
            problem = f"填的{cells.quote(int(str(key)), self.column)}与第{excel_row(first)}行重复"
            yield Remark(int(str(key)), self.column, problem, "请核对并改正其中一个", frozenset({self.column}))


class _OnDatedNumbers(_OnNumbers):
    """What the rules have that weigh document numbers against dates."""

    date: DateColumn = DATE

    def of_other_years(self, cells: Cells, read: "pd.DataFrame") -> "pd.Series[pd.Timestamp]":
        """Return the dates of those numbers whose year is another."""
        days: pd.Series[pd.Timestamp] = cells.frame.loc[read.index, self.date].dropna()
        others: pd.Series[pd.Timestamp] = days[read.loc[days.index, YEAR] != days.dt.year]
        return others


class NumberYear(_OnDatedNumbers):
    """A document number whose year must be that of the row's date."""

    kind: Literal["document-number-year"]
    code: Code = Code.DOCUMENT_NUMBER_YEAR

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at each number of another year."""
        read = self.numbers(cells)
        days = self.of_other_years(cells, read)
        for key, year, day in zip(days.index, read.loc[days.index, YEAR], days, strict=True):
            problem = f"的年份{year}与“{self.date}”{day:%Y-%m-%d}不符"
            yield Remark(int(key), self.column, problem, "请核对文号和日期", frozenset({self.column, self.date}))


class NumberGap(_OnDatedNumbers):
    """The numbers missing in a series of a year; told once a series, behind the first gap."""

    kind: Literal["document-number-gap"]
    code: Code = Code.DOCUMENT_NUMBER_GAP
    severity: Severity = Severity.HINT

    def find(self, cells: Cells) -> Iterator[Remark]:
        """Yield a remark at the first number behind a gap of each series."""
        read = self.numbers(cells)
        days = self.of_other_years(cells, read)
        years = [*read[YEAR], *days.dt.year]  # a slip of the year leaves no gap: it counts for both years
        read = read.loc[[*read.index, *days.index]].assign(**{YEAR: years})
        read = read.sort_values([SERIES, YEAR, ORDINAL], kind="stable")
        step = read.groupby([SERIES, YEAR], sort=False)[ORDINAL].diff()
        behind = read.assign(before=read[ORDINAL] - step)[step > 1]
        for (series, year), gaps in behind.groupby([SERIES, YEAR], sort=True):
            missing = [
                (int(before) + 1, int(number) - 1) for before, number in zip(gaps.before, gaps[ORDINAL], strict=True)
            ]
            problem = f"所在的“{series}〔{year}〕”缺{_in_words(missing)}"
            advice = "如有漏登请补登；空号、涉密件可不理会"
            yield Remark(int(gaps.index[0]), self.column, problem, advice)


def _in_words(gaps: list[tuple[int, int]]) -> str:
    """List missing numbers: 3号、5—9号, of many gaps the first few and how many numbers in all."""
    named = "、".join(f"{first}号" if first == last else f"{first}—{last}号" for first, last in gaps[:LISTED_GAPS])
    count = sum(last - first + 1 for first, last in gaps)
    return f"{named}等{count}个号" if len(gaps) > LISTED_GAPS else named
