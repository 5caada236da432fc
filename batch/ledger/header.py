"""Where the table stands on a sheet: its header, over one row or two, and the column of each header text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from batch.areas.model import Column
from batch.read.grid import Grid, Merge
from batch.values.cell import CellValue, legible

HEADER_WITHIN: Final = 20
"""Rows from the top among which the header is looked for."""
FEWEST_HEADERS: Final = 2
"""A row with fewer known header texts is not a header."""

_NOTES: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DROPPED: Final = re.compile(r"[\s:*＊]+")
_HINTS: Final = frozenset({"", "必填", "选填", "可不填", "下拉选择", "自动生成"})
"""What a second header row may say below a column's name without being a name itself, notes in brackets left out."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the rows it takes, and what stands in its columns (from 0, A)."""

    last_row: int
    positions: Mapping[str, int]
    """Column name -> column."""
    texts: Mapping[str, str]
    """Column name -> header text as typed."""
    extra: Mapping[int, str]
    """Column -> header text that is no column of the definition."""
    beside: frozenset[int]
    """Columns that belong to a second table beside this one."""
    labels: Mapping[int, frozenset[str]]
    """Column -> its folded header texts, by which a repeated header is known."""


def fold_header(text: str) -> str:
    """Return the header text without notes in brackets, white space, colons and stars.

    >>> fold_header("数量（件）")
    '数量'
    """
    folded = _folded(text)
    return _NOTES.sub("", folded) or folded


def known_headers(columns: Sequence[Column]) -> dict[str, str]:
    """Return folded header text -> column name, aliases included."""
    return {fold_header(word): column.name for column in columns for word in (column.name, *column.aliases)}


def find_header(grid: Grid, columns: Sequence[Column]) -> Header | None:
    """Return the header that names the most of these columns, or None where no row is one."""
    names = known_headers(columns)
    best: Header | None = None
    most = FEWEST_HEADERS - 1
    for candidate in _candidates(grid, names):
        if len(candidate.positions) > most:
            best, most = candidate, len(candidate.positions)
    return best


def _candidates(grid: Grid, names: Mapping[str, str]) -> Iterator[Header]:
    """Yield each row near the top as a header by itself, then each together with the row below it."""
    numbers = grid.numbers[grid.numbers <= HEADER_WITHIN].tolist()
    top = [(number, grid.row(place)) for place, number in enumerate(numbers)]
    for number, cells in top:
        yield _header(number, cells, {}, names, frozenset())
    for (number, upper), (next_number, lower) in pairwise(top):
        if next_number == number + 1 and all(isinstance(value, str) for value in lower.values()):
            groups = _groups(grid.merges, number, upper)
            yield _header(next_number, upper | groups, lower, names, frozenset(groups))


def is_note(value: CellValue) -> bool:
    """Say whether a cell below a header only adds to it: （件）, 必填."""
    return isinstance(value, str) and _NOTES.sub("", _folded(value)) in _HINTS


def _groups(merges: Sequence[Merge], row: int, upper: Mapping[int, CellValue]) -> dict[int, CellValue]:
    """Return column -> the text over it, for the columns that a merged cell of the row spans."""
    spans = [
        merge for merge in merges if merge.first_row == row == merge.last_row and merge.first_column < merge.last_column
    ]
    return {
        column: upper[merge.first_column]
        for merge in spans
        if merge.first_column in upper
        for column in range(merge.first_column, merge.last_column + 1)
    }


def _header(
    last_row: int,
    upper: Mapping[int, CellValue],
    lower: Mapping[int, CellValue],
    names: Mapping[str, str],
    grouped: frozenset[int],
) -> Header:
    spellings: dict[int, str] = {}
    labels: dict[int, frozenset[str]] = {}
    others: dict[int, str] = {}
    for column in sorted({*upper, *lower}):
        above, below = _text(upper.get(column)), _text(lower.get(column))
        labels[column] = frozenset({fold_header(above), fold_header(below)} - {""})
        read_as = [above + below, below] if column in grouped and below else [above + below, below, above]
        read_as += [text.partition("/")[0] for text in read_as if "/" in text]
        spelling = next((text for text in read_as if fold_header(text) in names), None)
        if spelling is not None:
            spellings[column] = spelling
        others[column] = " ".join((below or above).split())
    positions: dict[str, int] = {}
    texts: dict[str, str] = {}
    for column in sorted(spellings, key=lambda each: (_is_alias(spellings[each], names), each)):
        name = names[fold_header(spellings[column])]
        if name not in positions:
            positions[name], texts[name] = column, spellings[column]
            del others[column]
    beside = _beside(positions, others)
    extra = {column: text for column, text in others.items() if column not in beside}
    return Header(last_row, positions, texts, extra, beside, labels)


def _is_alias(spelling: str, names: Mapping[str, str]) -> bool:
    """Say whether a header is another word for its column: the column's own name goes before it."""
    folded = fold_header(spelling)
    return fold_header(names[folded]) != folded


def _beside(positions: Mapping[str, int], others: Mapping[int, str]) -> frozenset[int]:
    """Return the columns of each block of headers, set apart by a blank one, that names no column of ours."""
    ours = set(positions.values())
    blocks: list[list[int]] = []
    for column in sorted({*ours, *others}):
        if blocks and column == blocks[-1][-1] + 1:
            blocks[-1].append(column)
        else:
            blocks.append([column])
    return frozenset(
        column for block in blocks if len(block) >= FEWEST_HEADERS and ours.isdisjoint(block) for column in block
    )


def _text(value: CellValue) -> str:
    return legible(str(value)) if isinstance(value, str | int | float) else ""


def _folded(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", legible(text))).casefold()
