"""The texts of a workbook as they stand in its XML; the shared ones are understood as they are asked for."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from batch.read.grid import Damaged, Odd
from batch.read.xml import discard, local_name, xml_events, xml_root
from batch.values.xml_text import Element

_ROOT: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*<sst\s[^>]*?xmlns="[^"]*"[^>]*>\s*')
_END: Final = re.compile(rb"\s*</sst>\s*")
_BETWEEN: Final = b"</t></si><si><t>"
"""What stands between two items that are nothing but texts."""
_ITEM: Final = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr[^<>]*/>)?(?:</si>\s*)?')
"""An item without runs, behind its <si>."""
_UNSEEN: Final = frozenset({"rPh", "phoneticPr"})
"""Reading aids above a text; they are no part of it."""
_CHARACTER: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
SEPARATOR: Final = b"\x00"
"""Stands in no XML."""


class SharedTexts:
    """The shared texts, by their numbers."""

    def __init__(self, items: Sequence[bytes | str]) -> None:
        """Keep the texts, or the XML behind the <si> of each."""
        self._items = items

    @classmethod
    def read(cls, chunks: Iterable[bytes]) -> "SharedTexts":
        """Return the texts of the part.

        Raises:
            Damaged: it is not well-formed.

        """
        whole = b"".join(chunks)
        head, _, rest = whole.partition(b"<si>")
        body, _, tail = rest.rpartition(b"</si>")
        is_utf8 = b"encoding" not in head or b"utf-8" in head.lower()
        if not is_utf8 or not _ROOT.fullmatch(head) or not _END.fullmatch(tail) or b"<!" in body:
            return cls(_read_exactly([whole]))
        texts = body.count(_BETWEEN) + 1
        if body.count(b"<") == 4 * texts - 2 and body.startswith(b"<t>") and body.endswith(b"</t>"):
            return cls(decoded(body[3:-4], _BETWEEN))
        items = body.split(b"<si>")
        return cls(items if body.count(b"<si") == len(items) - 1 else _read_exactly([whole]))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def __getitem__(self, index: int) -> str:
        """Return one text."""
        return self.several([index])[0]

    def several(self, indices: Sequence[int]) -> list[str]:
        """Return the texts with these numbers, which are known to be there.

        Raises:
            Damaged: the XML of one is not well-formed.

        """
        items = map(self._items.__getitem__, indices)
        return [item if isinstance(item, str) else _understood(item) for item in items]


def decoded(texts: bytes, separator: bytes = SEPARATOR) -> list[str]:
    """Return the texts that stand in the XML like this.

    Raises:
        Damaged: an entity is not known.
        Odd: the bytes are no UTF-8.

    """
    if b"&" in texts or b"\r" in texts or b"_x" in texts:
        return [with_characters(character_data(text)) for text in texts.split(separator)]
    return _as_utf8(texts).split(separator.decode())


def with_characters(text: str) -> str:
    """Return a text with the characters that XML has not, for which Excel writes their numbers: _x000D_."""
    return _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)


def character_data(text: bytes) -> str:
    """Return what XML understands by these bytes: its entities resolved, its line breaks all alike."""
    if b"&" in text or b"\r" in text:
        return str(xml_root(b"<t>" + text + b"</t>").text or "")
    return _as_utf8(text)


def _as_utf8(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Odd from error


def _understood(item: bytes) -> str:
    """Return the text of an item, whatever stands in it."""
    match = _ITEM.fullmatch(item)
    if match is not None:
        return with_characters(character_data(match[1]))
    element, _, rest = item.partition(b"</si>")
    if rest.strip():
        raise Damaged(item[:80].decode(errors="replace"))
    return text_of(xml_root(b"<si>" + element + b"</si>"))


def _read_exactly(chunks: Iterable[bytes]) -> list[str]:
    """Return the shared strings of a workbook, each with its runs put together."""
    texts: list[str] = []
    for event, name, element in xml_events(chunks, "sst", "si"):
        if event == "end" and name == "si":
            texts.append(text_of(element))
            discard(element)
    return texts


def text_of(element: Element) -> str:
    """Return the text of a string item: its runs put together, reading aids left out."""
    parts: list[str] = []
    for child in element:
        match local_name(child):
            case "t":
                parts.append(with_characters(child.text or ""))
            case name if name not in _UNSEEN:
                parts.append(text_of(child))
    return "".join(parts)
