"""What every kind of figure and rule declares of itself."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Literal, get_args

import pytest
from pydantic import ValidationError

from batch.areas.columns import AnyColumn, DateColumn, ReadsColumns, TextColumn, WholeColumn
from batch.areas.figures import Count, Figure, FigureKind, Percentage, Rate, Share, Sum
from batch.areas.rules import RuleKind
from batch.areas.where import Where


def made(kind: type[Figure], **parameters: object) -> Figure:
    (word,) = get_args(kind.model_fields["kind"].annotation)
    return kind.model_validate({"kind": word, "name": "甲", "definition": "甲的口径", **parameters})


class Shown(ReadsColumns):
    ALWAYS = {"序号": None, "页数": "whole"}

    day: DateColumn = "日期"
    maybe: TextColumn | None = None
    several: tuple[WholeColumn, ...] = ()
    other: AnyColumn = "备注"
    words: str = "不是列名"
    when: Where = {}
    also: Where = {}


def test_what_is_read_follows_from_the_types_of_the_parameters() -> None:
    shown = Shown(maybe="支部", several=("应到", "实到"), when={"事项": ("发文",)})
    assert shown.reads == {"序号", "页数", "日期", "支部", "应到", "实到", "备注", "事项"}
    assert shown.types == {"页数": "whole", "日期": "date", "支部": "text", "应到": "whole", "实到": "whole"}
    assert shown.filters == ({"事项": ("发文",)}, {})
    assert Shown().reads == {"序号", "页数", "日期", "备注"}


@pytest.mark.parametrize("kind", [*get_args(FigureKind), *get_args(RuleKind)], ids=lambda kind: kind.__name__)
def test_every_kind_is_whole_and_is_said_by_a_word_of_its_own(kind: type[ReadsColumns]) -> None:
    assert not getattr(kind, "__abstractmethods__", None)
    assert len(get_args(kind.model_fields["kind"].annotation)) == 1


@pytest.mark.parametrize("kind", get_args(FigureKind), ids=lambda kind: kind.__name__)
def test_every_figure_is_a_count_or_a_percentage(kind: type[Figure]) -> None:
    assert issubclass(kind, Count) is not issubclass(kind, Percentage)


def test_a_kind_that_does_not_say_how_it_adds_up_cannot_be_made() -> None:
    class Most(Figure):
        kind: Literal["most"]
        is_percentage = False

    with pytest.raises(TypeError, match="added"):
        made(Most, unit="件")  # type: ignore[type-abstract]


UNITS = ((3, 1, 2), (None, None, None), (4, 1, 6))


@pytest.mark.parametrize(
    ("figure", "value", "part", "whole"),
    [
        (made(Sum, unit="件"), 7, None, None),
        (made(Rate, unit="%", part="实到", whole="应到"), 25.0, 2, 8),
        (made(Share, unit="%", part="甲", whole="乙"), 25.0, 2, 8),
    ],
    ids=["a count", "a rate", "a share"],
)
def test_units_are_added_up_as_the_kind_says(figure: Figure, value: float, part: int | None, whole: int | None) -> None:
    added = figure.added([SimpleNamespace(value=one, part=two, whole=three) for one, two, three in UNITS])
    assert (added.value, added.part, added.whole, len(added.rows)) == (value, part, whole, 0)


def test_of_no_units_a_percentage_says_nothing() -> None:
    nothing: Sequence[SimpleNamespace] = ()
    assert made(Rate, unit="%", part="实到", whole="应到").added(nothing).value is None


@pytest.mark.parametrize(("kind", "unit"), [(Sum, "%"), (Share, "件")], ids=["a count", "a percentage"])
def test_the_unit_of_a_percentage_is_the_percent_sign_and_of_nothing_else(kind: type[Figure], unit: str) -> None:
    parts = {"part": "甲", "whole": "乙"} if kind is Share else {}
    with pytest.raises(ValidationError, match="unit"):
        made(kind, unit=unit, **parts)
