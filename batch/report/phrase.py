"""A figure in words: exact or 余, in digits or in Chinese, with its unit, with its mark where it is not settled."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from batch.areas.figures import PERCENT
from batch.report.numerals import FINANCIAL, ORDINARY, Number, digits, exact, spoken
from batch.total.measure import NO_VALUE
from batch.total.totals import FigureTotal

UNSETTLED: Final = "（待核实）"
ROUGH_FROM: Final = 10
"""Below ten a count is given as it is."""
HUNDREDS_FROM: Final = 1000
"""From here on a rounded count ends in two noughts."""

Operand: TypeAlias = "Phrase | int | float | Fraction"


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A figure on its way into a sentence; nothing to say of it makes it false.

    It holds how it is to be spoken, not the words: 约, 单位, 核 and the others may be asked for in any order.
    It counts like the number it stands for, exactly; what comes out has no id, and is unsettled if any part
    was. Where a part is missing, or nought would divide, the result is missing too.
    """

    figure: str
    """Its id; empty for what is worked out from several figures."""
    value: Number | None
    unit: str
    is_exact: bool
    is_unsettled: bool
    previous: "Phrase | None" = None
    """The same figure in the period that is compared with."""
    suffix: Literal["", "余", "多"] = ""
    """What follows it where it is rounded down; empty: it is given in full."""
    numerals: str = ""
    """The ten Chinese numerals it is written with; empty: in digits."""
    places: int | None = None
    """Decimals, where they were asked for."""
    has_unit: bool = False
    has_mark: bool = False

    @property
    def text(self) -> str:
        """Return the words."""
        mark = UNSETTLED if self.has_mark and self.is_unsettled else ""
        return (NO_VALUE if self.value is None else self._amount(self.value)) + mark

    def __str__(self) -> str:
        """Return the words."""
        return self.text

    def __bool__(self) -> bool:
        """Say whether an office would mention it: a count of nought or a figure without a value is left out."""
        return self.value is not None and (self.value != 0 or self.unit == PERCENT)

    @property
    def rough(self) -> "Phrase":
        """Return it rounded down to a full ten or hundred with 余, unless it is one that must be exact."""
        return replace(self, suffix="余")

    @property
    def above(self) -> "Phrase":
        """Return it rounded as :attr:`rough` does, with 多."""
        return replace(self, suffix="多")

    @property
    def in_chinese(self) -> "Phrase":
        """Return it in Chinese numerals, 一百零三."""
        return replace(self, numerals=ORDINARY)

    @property
    def in_capitals(self) -> "Phrase":
        """Return it in the numerals of cheques, 壹佰零叁."""
        return replace(self, numerals=FINANCIAL)

    @property
    def measured(self) -> "Phrase":
        """Return it with its unit."""
        return replace(self, has_unit=True)

    @property
    def marked(self) -> "Phrase":
        """Return it with its mark, where it rests on a row that nobody has settled."""
        return replace(self, has_mark=True)

    @property
    def before(self) -> "Phrase":
        """Return the figure of the period that is compared with, spoken as this one is; missing where there is none."""
        return replace(
            NO_PHRASE if self.previous is None else self.previous,
            suffix=self.suffix,
            numerals=self.numerals,
            places=self.places,
            has_unit=self.has_unit,
            has_mark=self.has_mark,
        )

    @property
    def percentage(self) -> "Phrase":
        """Return a percentage with its sign, and a bare ratio as one: 0.878 is 87.8%."""
        if self.unit == PERCENT:
            return self.measured
        return replace(self._result(lambda value: value * 100), unit=PERCENT, has_unit=True)

    def _amount(self, value: Number) -> str:
        rounded = self._rounded(value)
        number = digits(rounded, self._decimals(rounded))
        suffix = self.suffix if rounded < value else ""
        if not self.numerals:
            return number + suffix + (self.unit if self.has_unit else "")
        words = spoken(number, self.numerals) + suffix
        if not self.has_unit:
            return words
        return _percentage_in_words(number, self.numerals) if self.unit == PERCENT else words + self.unit

    def _rounded(self, value: Number) -> Number:
        if not self.suffix or self.is_exact or value < ROUGH_FROM or self.unit == PERCENT:
            return value
        step = 100 if value >= HUNDREDS_FROM else 10
        return int(value) // step * step

    def _decimals(self, value: Number) -> int:
        """Return how many decimals are written: none of a whole number, one of a percentage and of any other."""
        if self.places is not None:
            return self.places
        return 1 if self.unit == PERCENT or exact(value).denominator != 1 else 0

    def _result(self, work: Callable[[Fraction], Fraction | int]) -> "Phrase":
        """Return what is worked out of this figure alone; the way it is spoken stays."""
        value = None if self.value is None else _plain(work(exact(self.value)))
        return replace(self, figure="", value=value, previous=None)

    def _with(self, other: object, work: Callable[[Fraction, Fraction], Fraction], *, keeps_unit: bool) -> "Phrase":
        """Return what is worked out of this figure and another, or a number."""
        if not isinstance(other, Phrase | int | float | Fraction):
            raise TypeError(other)
        if not isinstance(other, Phrase):
            other = replace(NO_PHRASE, value=other, unit=self.unit if keeps_unit else "", is_exact=False)
        unit = self.unit if keeps_unit and self.unit == other.unit else ""
        value: Number | None = None
        if self.value is not None and other.value is not None:
            try:
                value = _plain(work(exact(self.value), exact(other.value)))
            except ZeroDivisionError:
                value = None
        return Phrase(
            figure="",
            value=value,
            unit=unit,
            is_exact=self.is_exact or other.is_exact,
            is_unsettled=self.is_unsettled or other.is_unsettled,
        )

    def __add__(self, other: Operand) -> "Phrase":
        """Return the sum; figures of one unit keep it."""
        return self._with(other, lambda one, two: one + two, keeps_unit=True)

    __radd__ = __add__

    def __sub__(self, other: Operand) -> "Phrase":
        """Return the difference; figures of one unit keep it."""
        return self._with(other, lambda one, two: one - two, keeps_unit=True)

    def __rsub__(self, other: Operand) -> "Phrase":
        """Return a number less the figure."""
        return self._with(other, lambda one, two: two - one, keeps_unit=True)

    def __mul__(self, other: Operand) -> "Phrase":
        """Return the product, a bare number."""
        return self._with(other, lambda one, two: one * two, keeps_unit=False)

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> "Phrase":
        """Return the quotient, a bare number; there is none by nought."""
        return self._with(other, lambda one, two: one / two, keeps_unit=False)

    def __rtruediv__(self, other: Operand) -> "Phrase":
        """Return a number divided by the figure."""
        return self._with(other, lambda one, two: two / one, keeps_unit=False)

    def __neg__(self) -> "Phrase":
        """Return it below nought."""
        return self._result(lambda value: -value)

    def __abs__(self) -> "Phrase":
        """Return how far it is from nought."""
        return self._result(abs)

    def __round__(self, places: int = 0) -> "Phrase":
        """Return it rounded half up, and written with so many decimals."""
        return replace(self._result(lambda value: Fraction(digits(value, places))), places=places)

    def __trunc__(self) -> "Phrase":
        """Return its whole part."""
        return replace(self._result(int), places=0)

    def __eq__(self, other: object) -> bool:
        """Say whether the values are the same; one that is missing equals nothing but another that is."""
        theirs = other.value if isinstance(other, Phrase) else other
        if self.value is None or not isinstance(theirs, int | float | Fraction):
            return self.value is theirs
        return exact(self.value) == exact(theirs)

    def __hash__(self) -> int:
        """Return the hash of the value, which is what is compared."""
        return hash(None if self.value is None else exact(self.value))

    def __lt__(self, other: Operand) -> bool:
        """Say whether it is less; what is missing is neither less nor more."""
        return self._stands(other, lambda one, two: one < two)

    def __le__(self, other: Operand) -> bool:
        """Say whether it is not more."""
        return self._stands(other, lambda one, two: one <= two)

    def __gt__(self, other: Operand) -> bool:
        """Say whether it is more."""
        return self._stands(other, lambda one, two: one > two)

    def __ge__(self, other: Operand) -> bool:
        """Say whether it is not less."""
        return self._stands(other, lambda one, two: one >= two)

    def _stands(self, other: object, holds: Callable[[Fraction, Fraction], bool]) -> bool:
        theirs = other.value if isinstance(other, Phrase) else other
        if theirs is not None and not isinstance(theirs, int | float | Fraction):
            raise TypeError(other)
        return self.value is not None and theirs is not None and holds(exact(self.value), exact(theirs))


NO_PHRASE: Final = Phrase("", None, "", is_exact=True, is_unsettled=False)


def phrase(total: FigureTotal) -> Phrase:
    """Return the bare figure as a phrase."""
    figure = total.figure
    return Phrase(total.id, total.value, figure.unit, figure.exact, total.is_unsettled)


def number_phrase(number: Number) -> Phrase:
    """Return a bare number as a phrase, to be spoken as figures are."""
    return Phrase("", number, "", is_exact=False, is_unsettled=False)


def _plain(value: Fraction | int) -> int | Fraction:
    return int(value) if Fraction(value).denominator == 1 else value


def _percentage_in_words(number: str, numerals: str) -> str:
    """Write a percentage as it is read aloud: 百分之八十七点八, 百分之九十, 百分之百."""
    whole = number.removesuffix(".0")
    return "百分之百" if whole == "100" else f"百分之{spoken(whole, numerals)}"
