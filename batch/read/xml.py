"""XML as a tree or as a stream of events: no entities, no document types, nothing fetched."""

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from batch.read.grid import Damaged
from batch.values.xml_text import Element

LONGEST_WHOLE: Final = 19
"""Digits; a number in a part that counts something has fewer."""

_SAFELY: Final = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def local_name(element: Element) -> str:
    """Return an element's name without its namespace: strict and transitional files differ in nothing else."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its name without namespace, or None where it is not there."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def whole(text: str | None, default: int) -> int:
    """Return the whole number that an attribute states, or the default where it states none.

    Raises:
        Damaged: it states something else.

    """
    if text is None:
        return default
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit() and len(stripped) < LONGEST_WHOLE:
        return int(stripped)
    raise Damaged(text)


def xml_root(content: bytes) -> Element:
    """Return the root element of a small part.

    Raises:
        Damaged: it is not well-formed, or has a document type.

    """
    try:
        root = etree.fromstring(content, etree.XMLParser(**_SAFELY))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(str(error)) from error
    _refuse_document_type(root)
    return root


def xml_events(chunks: Iterable[bytes], *names: str) -> Iterator[tuple[str, str, Element]]:
    """Yield ("start" or "end", name, element) of the elements with these names (without namespace), as chunks come in.

    Who is done with an element takes it out by :func:`discard`, or it stays in memory.

    Raises:
        Damaged: the part is not well-formed, breaks off, or has a document type.

    """
    parser = etree.XMLPullParser(events=("start", "end"), tag=[f"{{*}}{name}" for name in names], **_SAFELY)
    is_first = True
    try:
        for chunk in chunks:
            parser.feed(chunk)
            for event, element in parser.read_events():
                if is_first:
                    _refuse_document_type(element)
                    is_first = False
                yield event, local_name(element), element
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(str(error)) from error


def discard(element: Element) -> None:
    """Take a finished element out of its tree, with all it holds."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _refuse_document_type(element: Element) -> None:
    """Refuse a document type: no office program writes one, and every entity trick needs one."""
    if element.getroottree().docinfo.internalDTD is not None:
        message = "document type"
        raise Damaged(message)
