"""Chinese and Latin text as lines of a screen, broken where a reader of Chinese expects it."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from batch.values.cell import one_line

HANG: Final = 2
"""Columns that the second and later lines stand further in than the first."""
_OPENING: Final = "“‘（《〈「『【〔"
_CLOSING: Final = "，。、；：？！”’）》〉」』】〕…"
_PIECE: Final = re.compile(f"[{_OPENING}]*(?:[!-~]+|[^ ])[{_CLOSING}]* *")
"""What stays on one line: a Latin word or number, or one character, with the marks that may not be parted from it."""


def wrapped(text: str, width: int, indent: int) -> list[str]:
    """Return the text as lines of at most ``width`` columns, without blanks at their ends."""
    lines, line = [], " " * indent
    for piece in _pieces(_plain(text), width - indent - HANG):
        if display_width(line) + display_width(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * (indent + HANG)
        line += piece
    return [*lines, line.rstrip()]


def display_width(text: str) -> int:
    """Return how many columns the text takes at most: quotation marks take two on a GBK console, one elsewhere.

    >>> display_width("第3行"), display_width("“日期”")
    (5, 8)
    """
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """The columns of each character, looked up once: a long list has millions of a few thousand."""

    def __missing__(self, character: str) -> int:
        columns = self[character] = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        return columns


_WIDTHS: Final = _Widths()


def _plain(text: str) -> str:
    """Return the text without what would move the cursor: a cell may hold line breaks and control characters."""
    return "".join(each for each in one_line(text) if each.isprintable())


def _pieces(text: str, room: int) -> Iterator[str]:
    """Yield what is not to be broken, character by character where it is wider than a whole line."""
    for piece in _PIECE.findall(text):
        yield from piece if display_width(piece) > room else (piece,)
