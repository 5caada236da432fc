"""Any person's or unit's name as a file name that Windows, macOS and Linux take, and that stays apart from others."""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

LONGEST: Final = 60
"""Characters of a name."""
LONGEST_BYTES: Final = 180
"""Bytes of it in UTF-8: systems take 255, ending, period and the mark of an old version among them."""

_FORBIDDEN: Final = frozenset('\\/:*?"<>|')
_DEVICES: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
"""What Windows opens as a device, whatever ending or blanks stand behind it."""
_LOCK: Final = "~$"
"""How the lock files of an office program begin, which everybody passes over."""
_EDGES: Final = ". \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Windows drops dots and blanks behind a name; a dot before it hides the file elsewhere."""
_EMPTY: Final = "_"
_SKIN_TONES: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


def file_name(name: str) -> str:
    """Return the name with what a file system refuses replaced by an underscore, and what nobody sees left out.

    >>> file_name("张三/李四")
    '张三_李四'
    """
    seen = "".join(each for each in name if unicodedata.category(each) not in {"Cf", "Cs"})
    safe = "".join(map(_safe_character, unicodedata.normalize("NFC", seen)))
    cut = _trimmed(safe, LONGEST, LONGEST_BYTES)
    return _trimmed(f"_{cut}", LONGEST, LONGEST_BYTES) if _is_reserved(cut) else cut


def legible_name(name: str) -> str:
    """Return the name of a file in characters, whatever bytes the system keeps it as.

    What is not in the system's encoding is read as GB 18030: so Chinese Windows packs the names in its zip files.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


def file_names(names: Sequence[str]) -> dict[str, str]:
    """Return name -> file name, all of them different on systems that do not tell A from a, or １ from 1.

    Of names that would come out alike the later ones are numbered from 2.

    >>> file_names(["张三", "张三.", "李四"])
    {'张三': '张三', '张三.': '张三-2', '李四': '李四'}
    """
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        chosen[name] = next(each for each in _candidates(file_name(name)) if _folded(each) not in taken)
        taken.add(_folded(chosen[name]))
    return chosen


def cut_to_size(text: str, characters: int, size: int) -> str:
    """Return as much of the text as fits into so many characters and bytes, no character of a reader's cut in two."""
    kept, length, weight = 0, 0, 0
    for each in _graphemes(text):
        length, weight = length + len(each), weight + len(each.encode("utf-8", "surrogatepass"))
        if length > characters or weight > size:
            break
        kept = length
    return text[:kept]


def _safe_character(character: str) -> str:
    """Replace control characters, line breaks, and what no version of Unicode has yet: macOS refuses that."""
    is_refused = character in _FORBIDDEN or unicodedata.category(character) in {"Cc", "Cn", "Zl", "Zp"}
    return "_" if is_refused else character


def _is_reserved(name: str) -> bool:
    return name.startswith(_LOCK) or _DEVICES.fullmatch(name) is not None


def _trimmed(name: str, characters: int, size: int) -> str:
    return cut_to_size(name.strip(_EDGES), characters, size).strip(_EDGES) or _EMPTY


def _candidates(name: str) -> Iterator[str]:
    """Yield the name, and then the name numbered from 2, without end."""
    yield name
    number = 2
    while True:
        suffix = f"-{number}"
        yield _trimmed(name, LONGEST - len(suffix), LONGEST_BYTES - len(suffix)) + suffix
        number += 1


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _graphemes(text: str) -> Iterator[str]:
    """Yield the text in pieces that a reader takes for one character: a letter with its marks, the two of a flag."""
    start = 0
    for index in range(1, len(text)):
        if not _joins(text[start:index], text[index]):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def _joins(before: str, character: str) -> bool:
    if unicodedata.category(character).startswith("M") or character in _SKIN_TONES:
        return True
    return character in _FLAG_LETTERS and before in _FLAG_LETTERS
