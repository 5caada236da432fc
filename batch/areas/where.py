"""Which rows a rule or a figure speaks of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from batch.period import Window
from batch.values.coded import Mask

if TYPE_CHECKING:
    import pandas as pd

Where: TypeAlias = Mapping[str, tuple[str, ...]]
"""Column -> admitted values; a row matches when every column holds one of its values."""

SPELT_OUT: Final = 4
"""A condition with more values is shortened in a sentence."""


def matches(frame: "pd.DataFrame", where: Where) -> Mask:
    """Mark the rows that match; no condition matches every row."""
    mask = np.ones(len(frame), bool)
    for column, values in where.items():
        mask &= frame[column].isin(values).to_numpy()
    return mask


def within(days: "pd.Series[Any]", window: Window) -> Mask:
    """Mark the rows whose day, of a cleaned column, lies in the window."""
    given = days.to_numpy()
    return (given >= np.datetime64(window.start)) & (given <= np.datetime64(window.end))


def in_words(where: Where) -> str:
    """Say the condition in Chinese: 事项为“发文”; of a long list the first two values stand for all."""
    return "，".join(f"{column}为{_values_in_words(values)}" for column, values in where.items())


def _values_in_words(values: tuple[str, ...]) -> str:
    quoted = [f"“{value}”" for value in values]
    return "或".join(quoted) if len(quoted) <= SPELT_OUT else f"{''.join(quoted[:2])}等"
