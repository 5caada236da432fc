"""The tags of a block of rows, found all at once, and the proof that they stand as office programs write them.

What is written otherwise, though lawfully, is odd: the exact reader takes it. So nothing rests on a guess here.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from batch.read.grid import Odd
from batch.read.quick.octets import Octets, Places, word_of

ROW: Final = 1
CELL: Final = 3
FORMULA: Final = 5
VALUE: Final = 7
INLINE: Final = 9
TEXT: Final = 11
"""The kinds of opening tags; one more is the same, closed in itself: <c r="A1"/>."""
ROW_END: Final = 13
CELL_END: Final = 14
FORMULA_END: Final = 15
VALUE_END: Final = 16
INLINE_END: Final = 17
TEXT_END: Final = 18
_KINDS: Final = 19

_BEGINNINGS: Final = {
    b"ro": ROW,
    b"c ": CELL,
    b"f>": FORMULA,
    b"f ": FORMULA,
    b"f/": FORMULA,
    b"v>": VALUE,
    b"v/": VALUE,
    b"is": INLINE,
    b"t>": TEXT,
    b"t ": TEXT,
    b"/r": ROW_END,
    b"/c": CELL_END,
    b"/f": FORMULA_END,
    b"/v": VALUE_END,
    b"/i": INLINE_END,
    b"/t": TEXT_END,
}
"""The two bytes behind < -> the kind of the tag."""
_LENGTHS: Final = {
    VALUE: 2,
    VALUE + 1: 3,
    INLINE: 3,
    ROW_END: 5,
    CELL_END: 3,
    FORMULA_END: 3,
    VALUE_END: 3,
    INLINE_END: 4,
    TEXT_END: 3,
}
"""Kind -> how far > stands behind <, of the tags that have no attributes."""
_BETWEEN_ROWS: Final = (ROW, ROW + 1)
_WITHIN_ROW: Final = (CELL, CELL + 1, ROW_END)
_FOLLOWING: Final = {
    ROW: _WITHIN_ROW,
    ROW + 1: _BETWEEN_ROWS,
    ROW_END: _BETWEEN_ROWS,
    CELL: (FORMULA, FORMULA + 1, VALUE, VALUE + 1, INLINE, CELL_END),
    CELL + 1: _WITHIN_ROW,
    CELL_END: _WITHIN_ROW,
    FORMULA: (FORMULA_END,),
    FORMULA + 1: (VALUE, VALUE + 1, CELL_END),
    FORMULA_END: (VALUE, VALUE + 1, CELL_END),
    VALUE: (VALUE_END,),
    VALUE + 1: (CELL_END,),
    VALUE_END: (CELL_END,),
    INLINE: (TEXT,),
    TEXT: (TEXT_END,),
    TEXT_END: (INLINE_END,),
    INLINE_END: (CELL_END,),
}
"""Kind -> the kinds of which one must come next."""


def _table(size: int, dtype: type, entries: dict[int, int]) -> npt.NDArray[Any]:
    table: npt.NDArray[Any] = np.zeros(size, dtype)
    table[[*entries]] = [*entries.values()]
    return table


_KIND_OF: Final = _table(1 << 16, np.uint8, {word_of(two): kind for two, kind in _BEGINNINGS.items()})
_LENGTH_OF: Final = _table(_KINDS, np.int64, _LENGTHS)
_MAY_FOLLOW: Final = _table(
    1 << 10, np.bool_, {kind << 5 | following: 1 for kind, others in _FOLLOWING.items() for following in others}
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a block in their order, those of formulas left out."""

    octets: Octets
    kinds: npt.NDArray[np.uint8]
    starts: Places
    """Where their < stands."""
    ends: Places
    """Where their > stands."""
    formulas: dict[int, tuple[int, int]]
    """Where the < of a cell stands -> from where to where its formula stands."""


def find_tags(block: bytes) -> Tags:
    """Return the tags of a block, which is whole rows and nothing else.

    Raises:
        Odd: there is a tag of another kind, or one where it does not belong.

    """
    octets = Octets(block)
    starts, ends = octets.places(ord("<")), octets.places(ord(">"))
    if len(starts) != len(ends) or not ((starts < ends).all() and (ends[:-1] < starts[1:]).all()):
        raise Odd
    kinds = _KIND_OF[octets.pairs[starts + 1]]
    if not kinds.all():
        raise Odd
    kinds = kinds + (octets.bytes[ends - 1] == ord("/"))
    _refuse_odd(octets, kinds, starts, ends)
    return _without_formulas(octets, kinds, starts, ends)


def _refuse_odd(octets: Octets, kinds: npt.NDArray[np.uint8], starts: Places, ends: Places) -> None:
    follows = _MAY_FOLLOW[(kinds[:-1].astype(np.uint16) << 5) | kinds[1:]]
    lengths = _LENGTH_OF[kinds]
    if not follows.all() or not ((ends - starts == lengths) | (lengths == 0)).all():
        raise Odd
    is_whole = len(kinds) == 0 or (kinds[0] in {ROW, ROW + 1} and kinds[-1] in {ROW_END, ROW + 1})
    is_addressed = octets.have(starts[(kinds == CELL) | (kinds == CELL + 1)], b'<c r="')
    if not is_whole or not is_addressed or not octets.have(starts[kinds == ROW_END], b"</row>"):
        raise Odd


def _without_formulas(octets: Octets, kinds: npt.NDArray[np.uint8], starts: Places, ends: Places) -> Tags:
    is_formula = (kinds == FORMULA) | (kinds == FORMULA + 1) | (kinds == FORMULA_END)
    formulas: dict[int, tuple[int, int]] = {}
    if not is_formula.any():
        return Tags(octets, kinds, starts, ends, formulas)
    for place in np.flatnonzero((kinds == FORMULA) | (kinds == FORMULA + 1)):
        first = int(ends[place]) + 1
        last = int(starts[place + 1]) if kinds[place] == FORMULA else first
        formulas[int(starts[place - 1])] = (first, last)
    kept = ~is_formula
    return Tags(octets, kinds[kept], starts[kept], ends[kept], formulas)
