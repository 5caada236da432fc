"""The bytes of a block looked at eight at a time, at thousands of places at once."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Places: TypeAlias = npt.NDArray[np.int64]
Words: TypeAlias = npt.NDArray[np.uint64]
"""Eight bytes each, the first of them the lowest."""

WORD: Final = 8
MASKS: Final = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], np.uint64)
"""Length -> what keeps so many bytes of a word."""
_ONES: Final = 0x0101010101010101
_TOPS: Final = 0x8080808080808080
_ZEROS: Final = ord("0") * _ONES
_BEYOND_NINE: Final = 0x7676767676767676
"""Added to a byte, it sets the top bit of all that are 10 or more."""


def word_of(text: bytes) -> int:
    """Return up to eight bytes as the word that they are found as."""
    return int.from_bytes(text, "little")


class Octets:
    """A block of bytes, with what is found at places in it."""

    def __init__(self, block: bytes) -> None:
        """Look at the block; behind its end zeros stand."""
        self.block = block
        padded = block + bytes(4 * WORD)
        self.bytes = np.frombuffer(padded, np.uint8)
        self.pairs = np.ndarray((len(block) + WORD,), "<u2", padded, strides=(1,))
        self._words = np.ndarray((len(block) + 3 * WORD,), "<u8", padded, strides=(1,))

    def places(self, byte: int) -> Places:
        """Return where the byte stands."""
        return np.flatnonzero(self.bytes == byte)

    def words(self, places: Places) -> Words:
        """Return the eight bytes from each place on."""
        return self._words[places]

    def have(self, places: Places, text: bytes) -> bool:
        """Say whether the text, of eight bytes at most, stands at all these places."""
        return bool(((self._words[places] & MASKS[len(text)]) == word_of(text)).all())

    def lengths(self, places: Places, stop: bytes) -> Places:
        """Return how many bytes from each place on stand before this one, 8 where it is not among the next eight."""
        others = self._words[places] ^ np.uint64(ord(stop) * _ONES)
        marks = (others - np.uint64(_ONES)) & ~others & np.uint64(_TOPS)
        lowest = np.where(marks > 0, marks & (~marks + np.uint64(1)), np.uint64(1))
        return np.where(marks > 0, np.log2(lowest.astype(np.float64)) // WORD, WORD).astype(np.int64)

    def whole_numbers(self, places: Places, lengths: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
        """Return the numbers that stand there, and which of them are such: one digit to eight, and nothing else."""
        is_short = (lengths > 0) & (lengths <= WORD)
        missing = (WORD * (WORD - np.where(is_short, lengths, WORD))).astype(np.uint64)
        digits = (self._words[places] << missing) ^ (np.uint64(_ZEROS) << missing)
        is_whole = is_short & (((digits + np.uint64(_BEYOND_NINE)) | digits) & np.uint64(_TOPS) == 0)
        # eight digits become four numbers below 100, two below 10,000, one: each step joins neighbours in one product
        digits = ((digits * np.uint64((10 << 8) + 1)) >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
        digits = ((digits * np.uint64((100 << 16) + 1)) >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
        digits = (digits * np.uint64((10_000 << 32) + 1)) >> np.uint64(32)
        return digits.astype(np.int64), is_whole
