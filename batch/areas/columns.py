"""Parameters that name columns: what a rule or a figure reads is declared by their types, and nowhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Final, TypeAlias, get_args

from batch.areas.frozen import Frozen
from batch.areas.where import Where


@dataclass(frozen=True, slots=True)
class Reads:
    """Marks a parameter whose text is the name of a column, and the type that the column must have, if any."""

    type: str | None = None


AnyColumn: TypeAlias = Annotated[str, Reads()]
TextColumn: TypeAlias = Annotated[str, Reads("text")]
DateColumn: TypeAlias = Annotated[str, Reads("date")]
WholeColumn: TypeAlias = Annotated[str, Reads("whole")]
ChoiceColumn: TypeAlias = Annotated[str, Reads("choice")]

_WHERE: Final[Any] = Where


class ReadsColumns(Frozen):
    """What reads columns: those that its parameters name, those of its conditions, and those that it always needs."""

    ALWAYS: ClassVar[Mapping[str, str | None]] = {}
    """Column -> the type it must have, if any; those that no parameter names."""

    @cached_property
    def reads(self) -> frozenset[str]:
        """Name the columns it looks at."""
        return frozenset(
            {*self.ALWAYS, *(name for name, _ in self._named()), *(each for w in self.filters for each in w)}
        )

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Return column -> the type it must have for this to make sense."""
        return {name: wanted for name, wanted in (*self.ALWAYS.items(), *self._named()) if wanted is not None}

    @property
    def filters(self) -> tuple[Where, ...]:
        """Return the conditions it puts on rows."""
        return tuple(getattr(self, parameter) for parameter in _conditions(type(self)))

    def _named(self) -> Iterator[tuple[str, str | None]]:
        """Yield (column, type) for each column that a parameter names."""
        for parameter, reads in _columns(type(self)).items():
            value = getattr(self, parameter)
            names = value if isinstance(value, tuple) else (value,) if value else ()
            yield from ((name, reads.type) for name in names)


@cache
def _columns(kind: type[ReadsColumns]) -> Mapping[str, Reads]:
    """Return parameter -> what it says of the columns it names: of one, of one or none, of several."""
    marks = {name: _mark((*each.metadata, each.annotation)) for name, each in kind.model_fields.items()}
    return {name: mark for name, mark in marks.items() if mark is not None}


def _mark(parts: tuple[Any, ...]) -> Reads | None:
    for part in parts:
        found = part if isinstance(part, Reads) else _mark((*getattr(part, "__metadata__", ()), *get_args(part)))
        if found is not None:
            return found
    return None


@cache
def _conditions(kind: type[ReadsColumns]) -> tuple[str, ...]:
    """Return the parameters that are conditions on rows."""
    return tuple(name for name, each in kind.model_fields.items() if each.annotation == _WHERE)
