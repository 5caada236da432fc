"""The names that a Word template may use."""

import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

FIGURES: Final = "指标"
"""The name under which any figure is found by its id, for ids that are no names: 指标["师德（师风）.培训"]."""


@dataclass(frozen=True)
class Vocabulary:
    """What is known before any workbook is opened: the figures, and the other names."""

    units: Mapping[str, str]
    """Figure id (办文.发文) -> its unit."""
    fields: frozenset[str]
    """Names of texts, dates, lists and flags."""
    blocks: frozenset[str]
    """Names of what fills whole paragraphs: tables, charts, generated text."""
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Those of the fields that a loop goes through -> the names of what each item holds."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Names that are of use in another template only -> the file name of that template."""

    @cached_property
    def areas(self) -> frozenset[str]:
        """Return the names that stand before the point of a figure's id."""
        return frozenset(figure.partition(".")[0] for figure in self.units)

    @cached_property
    def unspeakable(self) -> tuple[str, ...]:
        """Return the ids that a tag cannot name as they are, longer ones first."""
        return tuple(
            sorted((each for each in self.units if not _is_speakable(each)), key=lambda each: (-len(each), each))
        )

    @property
    def names(self) -> Iterator[str]:
        """Yield every name that a placeholder may begin with, and every figure, for the question "did you mean"."""
        yield from sorted(self.units)
        yield from sorted(self.fields | self.blocks | self.areas | {FIGURES})


def _is_speakable(figure: str) -> bool:
    area, _, name = figure.partition(".")
    return all(each.isidentifier() and not keyword.iskeyword(each) for each in (area, name))
