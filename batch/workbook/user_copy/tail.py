"""What follows the rows of a sheet part, with the links and the drawing that the marks need."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from batch.values.xml_text import quoted
from batch.workbook.user_copy.marks import Cell, cell_at
from batch.workbook.user_copy.outline import Outline, TailElement
from batch.workbook.xlsx import MOST_LINKS

_BEFORE_LINKS: Final = frozenset(
    {
        *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
        *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
        "dataValidations",
    }
)
_BEFORE_NOTES: Final = _BEFORE_LINKS | {
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing"),
}
"""What stands before the links and before the drawing of the comments (ECMA-376 part 1, 18.3.1.99)."""
_LINK: Final = re.compile(rb"<(?:[\w.-]+:)?hyperlink\s[^<>]*?(?:/>|></(?:[\w.-]+:)?hyperlink>)")
_REF: Final = re.compile(rb"""\sref=["']([A-Z]{1,3}[0-9]+(?::[A-Z]{1,3}[0-9]+)?)["']""")
_LOCATION: Final = re.compile(rb"""\slocation=["']([^"]*?)["'](?=[\s/>])""")


def patched_tail(outline: Outline, backs: Mapping[Cell, int], list_title: str, old_list: str, drawing: str) -> bytes:
    """Return the tail with links back to the list, those of an earlier copy taken out.

    ``drawing`` is the legacyDrawing element to put in, if the sheet has none yet.
    """
    tail = outline.tail
    elements = outline.tail_elements
    links = next((each for each in elements if each.name == "hyperlinks"), None)
    at, end, own = _links_of(outline, links, old_list)
    taken = _Taken(own)
    wanted = [(cell, row) for cell, row in backs.items() if cell not in taken][:MOST_LINKS]
    inner = own + b"".join(_link(outline.prefix, cell, row, list_title) for cell, row in wanted)
    name = b"%shyperlinks" % outline.prefix
    written = b"<%s>%s</%s>" % (name, inner, name) if inner.strip() else b""
    if links is not None and not wanted and own == _inside(tail[at:end]):
        written = tail[at:end]
    if not drawing:
        return tail[:at] + written + tail[end:]
    put = _place(elements, _BEFORE_NOTES, outline)
    return tail[:at] + written + tail[end:put] + drawing.encode() + tail[put:]


def _links_of(outline: Outline, links: TailElement | None, old_list: str) -> tuple[int, int, bytes]:
    """Return where the links start and end, and the user's own among them."""
    if links is None:
        at = _place(outline.tail_elements, _BEFORE_LINKS, outline)
        return at, at, b""
    inner = _inside(outline.tail[links.start : links.end])
    if not old_list:
        return links.start, links.end, inner
    kept = _LINK.sub(lambda found: b"" if _leads_to(found[0], old_list) else found[0], inner)
    return links.start, links.end, kept


class _Taken:
    """The cells that have a link of the user's own."""

    def __init__(self, links: bytes) -> None:
        ends = [ref.decode().split(":") for ref in _REF.findall(links)]
        ranges = [(cell_at(each[0]), cell_at(each[-1])) for each in ends]
        self.cells = {first for first, last in ranges if first == last}
        self.wide = [(first, last) for first, last in ranges if first != last]

    def __contains__(self, cell: Cell) -> bool:
        return cell in self.cells or any(
            first.row <= cell.row <= last.row and first.column <= cell.column <= last.column
            for first, last in self.wide
        )


def _inside(element: bytes) -> bytes:
    start = element.index(b">") + 1
    return element[start : max(element.rfind(b"</"), start)]


def _leads_to(link: bytes, title: str) -> bool:
    found = _LOCATION.search(link)
    place = unescape(found[1].decode("utf-8", "replace")) if found is not None else ""
    return place.startswith((f"{title}!", f"'{title}'!"))


def _link(prefix: bytes, cell: Cell, row: int, list_title: str) -> bytes:
    location, tip = quoted(f"'{list_title}'!D{row}"), quoted(f"回到“{list_title}”")
    link = f'hyperlink ref="{cell.address}" location={location} tooltip={tip}/>'
    return b"<" + prefix + link.encode()


def _place(elements: tuple[TailElement, ...], before: frozenset[str], outline: Outline) -> int:
    """Return where an element belongs that stands behind those named."""
    following = next((each.start for each in elements if each.name not in before), None)
    return outline.tail.rindex(b"</") if following is None else following
