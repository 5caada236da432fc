"""What a Word file takes from elsewhere when it is opened: linked pictures and files, fields that fetch."""

from collections.abc import Iterator
from typing import Final

from docx.document import Document

from batch.word.stories import stories
from batch.word.unfilled import field_codes

_HARMLESS: Final = ("/hyperlink", "/attachedTemplate")
"""Ends of relationship types: a link is followed by who clicks it, and the template of a template is taken off."""
_LINKED: Final = {
    "/image": "链接的图片",
    "/mailMergeSource": "邮件合并的数据源",
    "/mailMergeHeaderSource": "邮件合并的数据源",
}
_OTHER: Final = "链接的文件"
_INSERTED: Final = "/aFChunk"
_FETCHING: Final = frozenset(
    {"DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"}
)


def taken_from_elsewhere(document: Document) -> tuple[str, ...]:
    """Return what kinds of such things there are, in the reader's words."""
    return tuple(dict.fromkeys((*_linked(document), *_fetched(document))))


def _linked(document: Document) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.reltype.endswith(_INSERTED):
                yield "插入的文件"
            elif relation.is_external and not relation.reltype.endswith(_HARMLESS):
                yield next((told for end, told in _LINKED.items() if relation.reltype.endswith(end)), _OTHER)


def _fetched(document: Document) -> Iterator[str]:
    codes = (code for story in stories(document) for code in field_codes(story.root))
    words = (code.split(maxsplit=1) for code in codes)
    yield from (f"{first[0].upper()}域" for first in words if first and first[0].upper() in _FETCHING)
