"""What may be shown of a classified row: nothing that could be the title typed into the wrong column."""

import re
from typing import Final

from batch.areas.model import Column

SHORTEST_TITLE: Final = 7
"""A shorter text in a column with a list, such as 秘密★10年, is a slip, not a title."""
_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
"""What Excel itself puts into a cell."""
_COUNTED: Final = frozenset({"date", "whole", "number", "year"})
_FIGURES: Final = re.compile(r"[0-9年月日./\-—–~～至到,:+ ]+")
"""Days and counts, however long: they cannot carry a title."""
_SLIP: Final = re.compile(
    r"[0-9年月日号时分秒旬初中底末上下前后左右以内./\\\-—–~～至到、,，:：+%? "
    r"〇零一二两三四五六七八九十百千万亿半约近余多共超过不足未还没有尚待定暂无详人次件份个名篇项条张页册卷枚天]{1,6}"
)
"""A short text of the words that days and counts are written with: 约3份, 三月初, 还没有."""


def may_be_shown(text: str, column: Column) -> bool:
    """Say whether a cell of a classified row may be shown as typed.

    >>> may_be_shown("约3份", Column(name="数量", type="whole"))
    True
    >>> may_be_shown("某工程", Column(name="数量", type="whole"))
    False
    """
    if column.concealed:
        return False
    if text in _ERRORS or _FIGURES.fullmatch(text):
        return True
    if column.type in _COUNTED:
        return _SLIP.fullmatch(text) is not None
    return len(text) < SHORTEST_TITLE
