"""The search for words in whatever a command leaves behind: bytes, packages within packages, names, screens.

A word is looked for in every guise a file may give it: split over runs, escaped, percent-encoded, in another
encoding, cut by a line break.
"""

import html
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_TAG: Final = re.compile(r"<[^<>]*>")
_ESCAPE: Final = re.compile(r"(?:\\u|_x|&#x)([0-9a-fA-F]{4})[_;]?")
"""A character as JSON, spreadsheets and XML escape it."""


def leaks(place: str, content: bytes, words: Iterable[str]) -> list[str]:
    """Return where one of the words stands in a file, its name and the names of its parts among the places."""
    return sorted({part for part, number in occurrences(place, content, words).items() if number})


def occurrences(place: str, content: bytes, words: Iterable[str]) -> Counter[str]:
    """Return part -> how often the words stand in it, in the guise in which they stand most often."""
    wanted = tuple(map(_bare, words))
    found: Counter[str] = Counter()
    for name, part in _parts(place, content):
        found[name] = max(_count(_bare(name), wanted), _most(part, wanted))
    return found


@lru_cache(maxsize=1024)
def _most(part: bytes, wanted: tuple[str, ...]) -> int:
    """Return how often the words stand in a part, in the guise in which they do most often; many parts are the same."""
    return max(_count(_bare(text), wanted) for text in _guises(part))


def _count(text: str, wanted: tuple[str, ...]) -> int:
    return sum(text.count(word) for word in wanted)


def leaks_in_folder(folder: Path, words: Iterable[str]) -> list[str]:
    """Return where one of the words stands below a folder, in the contents and in the names of its files."""
    words = tuple(words)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return [place for name, path in named for place in leaks(name, path.read_bytes(), words)]


def _parts(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the file and all that is packed in it, packages in packages too."""
    yield place, content
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            yield f"{place}:{entry.filename}#", entry.comment + entry.extra
            yield from _parts(f"{place}:{entry.filename}", package.read(entry))


def _guises(content: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        text = content.decode(encoding, "ignore")
        yield text
        if encoding == "utf-8":
            plain = html.unescape(unquote(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)))
            yield plain
            yield html.unescape(_TAG.sub("", plain))


def _bare(text: str) -> str:
    """Return the text without what a screen or a search may change in it: width, case, white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
