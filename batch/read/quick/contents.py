"""What cells hold, as keys found by vector operations, and what each distinct key means, told once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from batch.read.context import Context, without_value
from batch.read.grid import Odd
from batch.read.quick.octets import MASKS, WORD, Octets, Places
from batch.read.quick.tags import CELL, CELL_END, INLINE, VALUE, Tags
from batch.read.texts import SEPARATOR, character_data, decoded
from batch.read.values import plain
from batch.read.xml import whole
from batch.values.cell import CellValue
from batch.values.coded import BLANK, Coded, Numbers

LONGEST_ATTRIBUTES: Final = 3 * WORD
"""Bytes of a cell's tag behind its address."""
_ATTRIBUTES: Final = re.compile(rb'(?: [a-z]{1,5}="[^"<>&]*")*/?')
_ATTRIBUTE: Final = re.compile(rb' ([a-z]{1,5})="([^"]*)"')

SHARED: Final = 1
WHOLE: Final = 2
STYLED: Final = 3
WITHIN: Final = 4
RARE: Final = 5
"""Sorts of keys: the number of a shared text; a whole number; one of a style that makes more of it, with the style;
the number of a text within the cell; the number of whatever else."""
_SORT: Final = 60
"""Bits of a key below its sort."""
_STYLE: Final = 32
"""Bits of the key of a styled number below its style."""
_QUICK: Final = {"s": SHARED, "n": WHOLE, "inlineStr": WITHIN}
"""What a cell says of its kind -> the sort of key that it has if it is written as usual."""
NO_KEY: Final = 0
"""The key of a cell that holds nothing."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the tag of a cell says behind its address; a sheet has a handful of such."""

    kind: str
    style: str | None
    usual: int
    """The key of such a cell but for its number, if it is written as usual; 0 where there is no usual way."""


@dataclass(frozen=True, slots=True)
class _Rare:
    """A cell that needs a closer look, as it is written."""

    kind: str
    style: str | None
    stored: bytes | None
    formula: bytes | None
    is_written: bool
    """Whether a value was written, though it may be empty."""
    is_inline: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """How the cells of a block are written: one entry for each cell, but for the attributes, which are few."""

    which: Places
    """Which of the attributes it has."""
    attributes: list[Attributes]
    usual: Places
    """The key of such a cell but for its number."""
    following: npt.NDArray[np.uint8]
    """The kind of the tag behind its own."""
    starts: Places
    """Where what it stores begins, if it stores anything."""
    ends: Places

    @property
    def is_stored(self) -> npt.NDArray[np.bool_]:
        """Mark the cells with a value."""
        return np.equal(self.following, VALUE)

    @property
    def is_within(self) -> npt.NDArray[np.bool_]:
        """Mark the cells with a text of their own."""
        return np.equal(self.following, INLINE)

    def rare(self, place: int, tags: Tags, cell: int) -> _Rare:
        """Return one cell as it is written."""
        given, following = self.attributes[self.which[place]], self.following[place]
        block = tags.octets.block
        stored = block[self.starts[place] : self.ends[place]] if following in {VALUE, INLINE} else None
        span = tags.formulas.get(int(tags.starts[cell])) if not (stored or b"").strip() else None
        formula = block[slice(*span)] if span is not None else None
        is_written = bool(following in {VALUE, VALUE + 1})
        return _Rare(given.kind, given.style, stored, formula, is_written, bool(following == INLINE))


class CellContents:
    """Numbers what the cells of a sheet hold, and tells it in the end; lives only while one sheet is read."""

    def __init__(self, context: Context) -> None:
        """Know the workbook."""
        self.context = context
        self.attributes: dict[bytes, Attributes] = {}
        self.within = Numbers()
        self.rare = Numbers()

    def keys(self, tags: Tags, cells: Places, behind: Places) -> Places:
        """Return the key of what each cell holds; its attributes begin behind its address.

        Raises:
            Odd: a cell is not written as the office programs do.

        """
        cell = self._written(tags, cells, behind)
        numbers, are_whole = tags.octets.whole_numbers(cell.starts, cell.ends - cell.starts)
        sorts = cell.usual >> _SORT
        is_number = cell.is_stored & are_whole & (sorts > 0) & (sorts < WITHIN)
        keys: Places = np.where(is_number, cell.usual | numbers, NO_KEY)
        texts = np.flatnonzero(cell.is_within & (sorts == WITHIN))
        keys[texts] = self._texts(tags.octets.block, cell.starts[texts], cell.ends[texts])
        has_formula = np.isin(tags.starts[cells], np.fromiter(tags.formulas, np.int64, len(tags.formulas)))
        is_bare = ~(cell.is_stored | cell.is_within | has_formula) & (sorts != 0)
        for place in np.flatnonzero((keys == NO_KEY) & ~is_bare).tolist():
            keys[place] = RARE << _SORT | self.rare[cell.rare(place, tags, int(cells[place]))]
        return keys

    def _written(self, tags: Tags, cells: Places, behind: Places) -> "_Written":
        """Return how the cells are written."""
        which, attributes = self._attributes(tags.octets, behind, tags.ends[cells] - behind)
        following = np.where(tags.kinds[cells] == CELL, tags.kinds[cells + 1], CELL_END)
        value = cells + 1 + (following == INLINE)
        return _Written(
            which=which,
            attributes=attributes,
            usual=np.array([each.usual for each in attributes], np.int64)[which],
            following=following,
            starts=tags.ends[value] + 1,
            ends=tags.starts[np.minimum(value + 1, len(tags.starts) - 1)],
        )

    def _texts(self, block: bytes, starts: Places, ends: Places) -> Places:
        """Return the keys of texts that stand within their cells."""
        found = [self.within[block[start:end]] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return np.array(found, np.int64) | WITHIN << _SORT

    def coded(self, keys: Places) -> Coded:
        """Return the cells with these keys, of which none is :data:`NO_KEY`."""
        codes, distinct = pd.factorize(keys)
        values = self._values(distinct)
        if len({*values, None}) > len(values):
            return Coded(codes.astype(np.int32), values)
        numbers = Numbers()  # some are blank, or the same though written otherwise
        places = np.array([BLANK if value is None else numbers[value] for value in values], np.int32)
        return Coded(places[codes], list(numbers))

    def _values(self, keys: Places) -> list[CellValue]:
        """Return what each of these keys means."""
        values = np.empty(len(keys), object)
        sorts, numbers = keys >> _SORT, keys & ((1 << _SORT) - 1)
        within, rare = [*self.within], [*self.rare]
        understand: dict[int, Callable[[list[int]], Iterable[CellValue]]] = {
            SHARED: lambda found: map(plain, self._shared(found)),
            WHOLE: lambda found: found,
            STYLED: lambda found: map(self._styled, found),
            WITHIN: lambda found: map(plain, decoded(SEPARATOR.join([within[each] for each in found]))),
            RARE: lambda found: (self._looked_at(rare[each]) for each in found),
        }
        for sort in np.unique(sorts).tolist():
            of_sort = sorts == sort
            values[of_sort] = np.fromiter(understand[sort](numbers[of_sort].tolist()), object)
        told: list[CellValue] = values.tolist()
        return told

    def _shared(self, indices: list[int]) -> list[str]:
        if indices:
            self.context.shared(max(indices))  # sees that it is there
        return self.context.texts.several(indices)

    def _styled(self, key: int) -> CellValue:
        style, number = divmod(key, 1 << _STYLE)
        return self.context.number(str(number), style)

    def _looked_at(self, cell: _Rare) -> CellValue:
        if cell.is_inline and cell.kind == "inlineStr":
            return plain(decoded(cell.stored or b"")[0])
        stored = character_data(cell.stored or b"") if not cell.is_inline else ""
        if not stored.strip():
            formula = character_data(cell.formula) if cell.formula is not None else None
            return without_value(cell.kind, formula, is_stored=cell.is_written)
        return self.context.value(cell.kind, stored, cell.style)

    def _attributes(self, octets: Octets, starts: Places, lengths: Places) -> tuple[Places, list[Attributes]]:
        """Return for each cell the number of its attributes, and what these are."""
        longest = int(lengths.max(initial=0))
        if longest > LONGEST_ATTRIBUTES or lengths.min(initial=0) < 0:
            raise Odd
        which, first = _numbered(octets.words(starts) & MASKS[np.minimum(lengths, WORD)])
        for done in range(WORD, longest, WORD):
            further, _ = _numbered(octets.words(starts + done) & MASKS[np.clip(lengths - done, 0, WORD)])
            which, first = _numbered(which * (int(further.max()) + 1) + further)
        spans = zip(starts[first].tolist(), lengths[first].tolist(), strict=True)
        return which, [self._understood(octets.block[start : start + length]) for start, length in spans]

    def _understood(self, text: bytes) -> Attributes:
        if text not in self.attributes:
            if not _ATTRIBUTES.fullmatch(text):
                raise Odd
            given = {name: value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(text)}
            kind, style = given.get(b"t") or "n", given.get(b"s")
            self.attributes[text] = Attributes(kind, style, self._usual(kind, whole(style, 0)))
        return self.attributes[text]

    def _usual(self, kind: str, style: int) -> int:
        if kind == "n" and self.context.styles.tells(style):
            return STYLED << _SORT | style << _STYLE
        return _QUICK.get(kind, 0) << _SORT


def _numbered(words: npt.NDArray[Any]) -> tuple[Places, Places]:
    """Return the number of each distinct word, and where each stands first."""
    codes, distinct = pd.factorize(words)
    first = np.full(len(distinct), len(codes), np.int64)
    np.minimum.at(first, codes, np.arange(len(codes)))
    return codes, first
