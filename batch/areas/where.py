"""Which rows a rule or a figure speaks of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import pandas as pd

Where: TypeAlias = Mapping[str, tuple[str, ...]]
"""Column -> admitted values; a row matches when every column holds one of its values."""

SPELT_OUT: Final = 4
"""A condition with more values is shortened in a sentence."""


def matches(frame: "pd.DataFrame", where: Where) -> "pd.Series[bool]":
    """Return the mask of the rows that match; no condition matches every row."""
    mask = frame.index.to_series().notna()
    for column, values in where.items():
        mask &= frame[column].isin(values)
    return mask


def in_words(where: Where) -> str:
    """Say the condition in Chinese: 事项为“发文”; of a long list the first two values stand for all."""
    return "，".join(f"{column}为{_values_in_words(values)}" for column, values in where.items())


def _values_in_words(values: tuple[str, ...]) -> str:
    quoted = [f"“{value}”" for value in values]
    return "或".join(quoted) if len(quoted) <= SPELT_OUT else f"{''.join(quoted[:2])}等"
