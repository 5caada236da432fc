"""What a definition file may say: the columns, rules, figures and sentences of one sheet.

A definition is read once, at the border; every stage after it derives its work from these values.
"""

import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from batch.areas.contract import AMOUNT, CONCEALED, CONTENT, OPTIONAL, REQUIRED, SECRECY, SETTING, TAKEN_NAMES, Role
from batch.areas.figures import FigureKind
from batch.areas.frozen import Frozen
from batch.areas.rules import RuleKind
from batch.areas.where import Where
from batch.finding import Code, Severity

_ROLES: Final[Mapping[Role, str]] = {"area": "工作面", "posts": "岗位", "tasks": "任务"}
LONGEST_NAME: Final = 28
"""Excel's 31 characters for a sheet's name, less three for the copies of it in the summary."""
ColumnType = Literal["text", "date", "whole", "number", "choice", "area", "figure", "year"]


class Column(Frozen):
    """One column of a sheet, or one setting of the cover: what its cells may hold."""

    name: str
    type: ColumnType = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    """The dictionary. For ``area`` and ``figure`` columns it is filled in when all definitions are known."""
    synonyms: Mapping[str, str] = {}
    """Other words for a choice, taken as that choice."""
    blank_words: tuple[str, ...] = ()
    """Texts that mean a blank cell."""
    aliases: tuple[str, ...] = ()
    """Other header texts for this column."""
    note: str = ""
    width: int | None = None
    conceal: bool = False
    """Never shown in a classified row, beside the columns that never are."""
    may_differ: bool = False
    """Cover only: workbooks that are joined need not agree on it."""

    @model_validator(mode="after")
    def _has_a_dictionary(self) -> Self:
        if self.type == "choice" and not self.choices:
            message = f"列“{self.name}”的类型是 choice，要写明 choices"
            raise ValueError(message)
        strangers = [word for word in self.synonyms.values() if word not in self.choices]
        if strangers:
            message = f"列“{self.name}”的 synonyms 指向了 choices 之外的“{strangers[0]}”"
            raise ValueError(message)
        return self

    @property
    def concealed(self) -> bool:
        """Say whether its text is hidden in classified rows."""
        return self.conceal or self.name in CONCEALED

    @property
    def has_list(self) -> bool:
        """Say whether its cells are chosen from a drop-down."""
        return self.type in {"choice", "area", "figure"}

    def folded_choices(self, fold: Callable[[str], str]) -> dict[str, str]:
        """Return folded spelling -> dictionary spelling, synonyms included."""
        words = {fold(choice): choice for choice in self.choices}
        return words | {fold(word): choice for word, choice in self.synonyms.items()}


class Passage(Frozen):
    """One sentence of a report: clauses with figures in braces; a clause whose figure is nought is left out.

    A clause may offer shorter forms behind ``|``: the first whose figures all have a value is taken.
    """

    lead: str
    clauses: tuple[str, ...]

    @field_validator("clauses")
    @classmethod
    def _has_whole_braces(cls, clauses: tuple[str, ...]) -> tuple[str, ...]:
        for clause in clauses:
            try:
                clause_figures(clause)
            except ValueError as error:
                message = f"“{clause}”的花括号不成对"
                raise ValueError(message) from error
        return clauses

    @property
    def figures(self) -> Iterator[str]:
        """Name every figure the sentence may print."""
        for clause in self.clauses:
            yield from clause_figures(clause)


def clause_figures(clause: str) -> list[str]:
    """Return the figure names that stand in braces in a clause."""
    return [name for _, name, _, _ in string.Formatter().parse(clause) if name is not None]


class Detail(Frozen):
    """A list in the reports: the ledger rows behind one figure, with these columns."""

    title: str
    figure: str
    columns: tuple[str, ...]


class Comparison(Frozen):
    """A hint when figures that readers take for parts exceed their supposed whole."""

    code: Code = Code.PARTS_EXCEED_WHOLE
    parts: tuple[str, ...]
    whole: str
    advice: str


class Cover(Frozen):
    """The sheet of settings, one a row."""

    role: Literal["cover"]
    name: str
    version: str
    title: str
    settings: tuple[Column, ...]

    @model_validator(mode="after")
    def _has_what_code_knows(self) -> Self:
        problem = next(contract_problems(self.role, self.settings), None)
        if problem is not None:
            raise ValueError(problem)
        return self

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the two columns every cover has."""
        return (Column(name=SETTING, required=True), Column(name=CONTENT))


class Sheet(Frozen):
    """A ledger sheet: an area of work, the posts, or the year's tasks."""

    role: Literal["area", "posts", "tasks"]
    name: str
    """The sheet's name, which is also the first half of its figures' ids."""
    version: str
    title: str
    one_row: str
    order: int = 100
    columns: tuple[Column, ...]
    written_rules: tuple[Annotated[RuleKind, Field(discriminator="kind")], ...] = Field(default=(), alias="rules")
    """The rules as the file has them, those switched off among them."""
    figures: tuple[Annotated[FigureKind, Field(discriminator="kind")], ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    lists: tuple[Detail, ...] = ()
    passages: tuple[Passage, ...] = ()
    breakdowns: tuple[str, ...] = ()
    """Further columns by whose values the amounts are totalled, beside month, person and item."""

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """Return the header texts, in the template's order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column with this header."""
        return self.columns[self.column_names.index(name)]

    @cached_property
    def rules(self) -> tuple[RuleKind, ...]:
        """Return the rules that are on."""
        return tuple(rule for rule in self.written_rules if not rule.off)

    @cached_property
    def switched_off(self) -> tuple[RuleKind, ...]:
        """Return the rules that are off; ``code`` and ``off`` say which, and why."""
        return tuple(rule for rule in self.written_rules if rule.off)

    @cached_property
    def watched(self) -> frozenset[str]:
        """Return the headers that a rule watches for among the columns that are not ours."""
        return frozenset(header for rule in self.rules for header in rule.watches)

    @cached_property
    def essential(self) -> frozenset[str]:
        """Return the columns without which a figure would be silently wrong: their absence is an error."""
        names = {column.name for column in self.columns if column.required or column.name == SECRECY}
        for rule in self.rules:
            if rule.severity is Severity.ERROR:
                names |= rule.demands
        if self.role == "area":
            for figure in self.figures:
                names |= figure.reads & set(self.column_names)
        return frozenset(names)

    @field_validator("name")
    @classmethod
    def _can_name_a_sheet(cls, name: str) -> str:
        is_bare = name.isprintable() and name == name.strip() and not set(name) & set("[]:*?/\\'")
        if not name or not is_bare or len(name.encode("utf-16-le")) > 2 * LONGEST_NAME:
            message = f"“{name}”不能作工作表名：要在{LONGEST_NAME}个字以内，不含 [ ] : * ? / \\ '，两端没有空格"
            raise ValueError(message)
        if name.casefold() in TAKEN_NAMES:
            message = f"“{name}”另有用处，不能作工作面的名称"
            raise ValueError(message)
        return name

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        problem = next(self._problems(), None)
        if problem is not None:
            raise ValueError(problem)
        return self

    def _problems(self) -> Iterator[str]:
        """Say what a definition names but does not have."""
        headers = tuple(word for column in self.columns for word in (column.name, *column.aliases))
        yield from _repeated("columns", headers)
        yield from _repeated("figures", tuple(figure.name for figure in self.figures))
        yield from contract_problems(self.role, self.columns)
        for rule in self.written_rules:
            yield from unfit(f"rules（{rule.kind}）：", rule.types, self.columns)
            yield from self._unknown(f"rules（{rule.kind}）", rule.reads, *rule.filters)
        for figure in self.figures:
            yield from self._unknown(f"figures（{figure.name}）", figure.reads, *figure.filters)
            yield from unfit(f"figures（{figure.name}）：", figure.types, self.columns)
        for detail in self.lists:
            yield from self._unknown(f"lists（{detail.title}）", set(detail.columns))
        yield from self._unknown("breakdowns", set(self.breakdowns))
        yield from self._unknown_figures()

    def _unknown(self, where: str, columns: frozenset[str] | set[str], *filters: Where) -> Iterator[str]:
        for name in sorted(columns - set(self.column_names)):
            if name != AMOUNT:
                yield f"{where}：没有“{name}”这一列"
        for name, values in (pair for wanted in filters for pair in wanted.items()):
            if name not in self.column_names:
                yield f"{where}：没有“{name}”这一列"
                continue
            choices = self.column(name).choices
            yield from (
                f"{where}：“{name}”的可选内容里没有“{value}”" for value in values if choices and value not in choices
            )

    def _unknown_figures(self) -> Iterator[str]:
        known = {figure.name for figure in self.figures}
        named = [(f"figures（{figure.name}）", name) for figure in self.figures for name in figure.rests_on]
        named += [
            (f"comparisons（{each.code}）", name) for each in self.comparisons for name in (*each.parts, each.whole)
        ]
        named += [(f"lists（{detail.title}）", detail.figure) for detail in self.lists]
        named += [(f"passages（{passage.lead}）", name) for passage in self.passages for name in passage.figures]
        yield from (f"{where}：没有“{name}”这个指标" for where, name in named if name not in known)


def contract_problems(role: Role, columns: Sequence[Column]) -> Iterator[str]:
    """Say what code knows of this role and the definition lacks, or has otherwise."""
    where, called = ("settings：封面", "一项") if role == "cover" else (f"columns：{_ROLES[role]}", "列")
    given = {each.name for each in columns}
    optional = {name: wanted for name, wanted in OPTIONAL[role].items() if name in given}
    yield from unfit(where, {**REQUIRED[role], **optional}, columns, called)


def unfit(where: str, types: Mapping[str, str], columns: Sequence[Column], called: str = "列") -> Iterator[str]:
    """Say which of the columns is missing or of another type than its use asks for."""
    given = {each.name: each.type for each in columns}
    for name, wanted in types.items():
        if name not in given:
            yield f"{where}必须有“{name}”{called}"
        elif given[name] != wanted:
            yield f"{where}“{name}”{called}的 type 应是 {wanted}"


def _repeated(where: str, names: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{where}：“{name}”写了两次" for index, name in enumerate(names) if name in names[:index])
