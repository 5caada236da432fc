"""The texts of a workbook as they stand in its XML; the shared ones are understood as they are asked for."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl.utils.escape import unescape

from batch.read.grid import Damaged, Odd
from batch.read.xml import Element, discard, local_name, xml_events, xml_root

_ROOT: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*<sst\s[^>]*?xmlns="[^"]*"[^>]*>\s*')
_END: Final = re.compile(rb"</sst>\s*")
_BETWEEN: Final = b"<si>"
_TAGS: Final = (b"<t>", b"</t>", b"</si>", b"<si>")
"""The tags of an item that is nothing but a text."""
_ITEM: Final = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr[^<>]*/>)?</si>\s*')
"""An item without runs, behind its <si>."""
_UNSEEN: Final = frozenset({"rPh", "phoneticPr"})
"""Reading aids above a text; they are no part of it."""
_SEPARATOR: Final = b"\x00"
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
        head, *items = whole.split(_BETWEEN)
        last = items.pop().partition(b"</sst>") if items else None
        is_plain = (
            last is not None
            and _ROOT.fullmatch(head) is not None
            and (b"encoding" not in head or b"utf-8" in head.lower())
            and whole.count(b"<si") == len(items) + 1
            and b"<!" not in whole
            and _END.fullmatch(last[1] + last[2]) is not None
        )
        if not is_plain or last is None:
            return cls(_read_exactly([whole]))
        return cls([*items, last[0]])

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
        items = [self._items[index] for index in indices]
        joined = _BETWEEN.join(item for item in items if isinstance(item, bytes))
        is_plain = joined.startswith(b"<t>") and joined.endswith(b"</t></si>")
        if is_plain and joined.count(b"<") == len(items) * len(_TAGS) - 1:
            texts = joined.removeprefix(b"<t>").removesuffix(b"</t></si>").split(b"</t></si><si><t>")
            if len(texts) == len(items):
                return decoded(texts)
        return [_understood(item) for item in items]


def decoded(texts: Sequence[bytes]) -> list[str]:
    """Return the texts that stand in the XML like this, without what Excel writes for characters that XML has not.

    Raises:
        Damaged: an entity is not known.
        Odd: the bytes are no UTF-8.

    """
    joined = _SEPARATOR.join(texts)
    try:
        if b"&" in joined or b"\r" in joined or b"_x" in joined or joined.count(_SEPARATOR) != max(len(texts) - 1, 0):
            return [unescape(character_data(text)) for text in texts]
        return joined.decode().split(_SEPARATOR.decode()) if texts else []
    except UnicodeDecodeError as error:
        raise Odd from error


def character_data(text: bytes) -> str:
    """Return what XML understands by these bytes: its entities resolved, its line breaks all alike."""
    if b"&" in text or b"\r" in text:
        return str(xml_root(b"<t>" + text + b"</t>").text or "")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Odd from error


def _understood(item: bytes | str) -> str:
    """Return the text of an item, whatever stands in it."""
    if isinstance(item, str):
        return item
    match = _ITEM.fullmatch(item)
    if match is not None:
        return unescape(character_data(match[1]))
    element, found, rest = item.rpartition(b"</si>")
    if not found or rest.strip():
        raise Damaged(item[:80].decode(errors="replace"))
    return text_of(xml_root(b"<si>" + element + b"</si>"))


def _read_exactly(chunks: Iterable[bytes]) -> list[str]:
    """Return the shared strings of a workbook, each with its runs put together."""
    texts: list[str] = []
    for event, _, element in xml_events(chunks, "sst", "si"):
        if event == "end":
            texts.append(text_of(element))
            discard(element)
    return texts


def text_of(element: Element) -> str:
    """Return the text of a string item: its runs put together, reading aids left out."""
    parts: list[str] = []
    for child in element:
        match local_name(child):
            case "t":
                parts.append(unescape(child.text or ""))
            case name if name not in _UNSEEN:
                parts.append(text_of(child))
    return "".join(parts)
