"""The rule kinds a definition may use: each one its parameters, its pandas expression, its sentence.

A column's own type (required, one of a list, a date, a whole number) needs no rule; the kinds here
compare a cell with its row, its column, the other sheets or the period. A new kind is one class and one
name in :data:`RuleKind`.
"""

from typing import TypeAlias

from batch.areas.rules.balances import NegativeBalance, Returned
from batch.areas.rules.cells import ClassifiedText, Duplicate, Expected, Pattern, RequiredWhen, Unique
from batch.areas.rules.dates import DateOrder, InPeriod, NotFuture, Overdue
from batch.areas.rules.declared import ControlTotal, Target
from batch.areas.rules.document_numbers import NumberForm, NumberGap, NumberRepeated, NumberYear
from batch.areas.rules.documents import OneAddressee, TitleType
from batch.areas.rules.frequency import Frequency
from batch.areas.rules.kind import Cells, Remark, Rule
from batch.areas.rules.members import Steps
from batch.areas.rules.numbers import AtMost, OnePiece, Outlier, Quorum
from batch.areas.rules.persons import BothAway, DifferentPersons, HandledWhileAway, Handlers

__all__ = ["Cells", "ControlTotal", "Remark", "RequiredWhen", "Rule", "RuleKind", "Target"]

RuleKind: TypeAlias = (
    RequiredWhen
    | Expected
    | Pattern
    | Unique
    | Duplicate
    | ClassifiedText
    | AtMost
    | Quorum
    | OnePiece
    | Outlier
    | DateOrder
    | InPeriod
    | NotFuture
    | Overdue
    | NumberForm
    | NumberRepeated
    | NumberYear
    | NumberGap
    | TitleType
    | OneAddressee
    | Steps
    | Frequency
    | NegativeBalance
    | Returned
    | DifferentPersons
    | BothAway
    | Handlers
    | HandledWhileAway
    | ControlTotal
    | Target
)
