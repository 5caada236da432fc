"""Small parts as trees, and what is added to them."""

from collections.abc import Iterator, Mapping

from lxml import etree

from batch.read.xml import local_name, xml_root
from batch.values.xml_text import Element


def written(root: Element) -> bytes:
    """Return the bytes of a tree, as Office writes them."""
    tree: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
    return tree


def plain_xml(content: bytes) -> bytes:
    """Return a part of any lawful make in UTF-8, without CDATA, comments and instructions."""
    return written(xml_root(content))


def children(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children with this name, whatever their namespace."""
    yield from (child for child in list(parent) if isinstance(child.tag, str) and local_name(child) == name)


def child(parent: Element, name: str) -> Element | None:
    """Return the first child with this name."""
    return next(children(parent, name), None)


def add(
    parent: Element,
    name: str,
    attributes: Mapping[str, str] | None = None,
    text: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> Element:
    """Add a child in the parent's own namespace; what its attributes are of has these prefixes, or those in use."""
    namespace = etree.QName(parent).namespace
    tag = f"{{{namespace}}}{name}" if namespace else name
    element = etree.SubElement(parent, tag, attributes or {}, nsmap=prefixes)
    element.text = text
    return element


def add_in_order(parent: Element, name: str, order: tuple[str, ...]) -> Element:
    """Return the child with this name, made and put where the order of the schema wants it if it is missing."""
    found = child(parent, name)
    if found is not None:
        return found
    made = add(parent, name)
    later = order[order.index(name) + 1 :]
    after = next((each for each in parent if isinstance(each.tag, str) and local_name(each) in later), None)
    if after is not None:
        after.addprevious(made)
    return made
