"""What no filling reaches: placeholders in charts, equations, field codes; what is fetched when the file is opened."""

from collections.abc import Iterator
from typing import Final

from docx.document import Document
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from batch.values.xml_text import Element
from batch.word.markup.stories import PARAGRAPH, TEXT, Fault, Story, own, quoted, stories
from batch.word.markup.tags import find_tags

_PARTS: Final = {
    "drawingml.chart+xml": "图表",
    "ms-office.chartex+xml": "图表",
    "drawingml.diagramData+xml": "SmartArt图形",
    "wordprocessingml.comments+xml": "批注",
}
"""Ends of the content types of parts whose text stays as it is."""
_CHUNK: Final = "/aFChunk"
"""End of the type of the relationship to a file that Word puts into the text when it opens it."""
_PARAGRAPHS, _TEXTS = (qn("a:p"), PARAGRAPH), (qn("a:t"), TEXT)
_IN_PARAGRAPHS: Final = {qn("m:t"): "公式", qn("w:instrText"): "域代码", qn("a:t"): "图形"}
_IN_ATTRIBUTES: Final = {
    "fldSimple": "域代码",
    "textpath": "艺术字或水印",
    "docPr": "图形的替换文字",
    "listItem": "下拉列表",
}
"""Elements whose attributes say something that is read."""
_SIMPLE, _CODE = qn("w:fldSimple"), qn("w:instrText")
_FIELDS: Final = {"TOC": "目录", "=": "公式"}
"""How the code of a field begins whose result Word works out only when it is told to."""
_HARMLESS: Final = ("/hyperlink", "/attachedTemplate")
"""Ends of relationship types: a link is followed by who clicks it, and the template of a template is taken off."""
_LINKED: Final = {
    "/image": "链接的图片",
    "/mailMergeSource": "邮件合并的数据源",
    "/mailMergeHeaderSource": "邮件合并的数据源",
}
_OTHER: Final = "链接的文件"
_FETCHING: Final = frozenset(
    {"DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"}
)


def unfilled_faults(document: Document) -> Iterator[Fault]:
    """Yield what looks like a placeholder where none is filled."""
    for part in document.part.package.iter_parts():
        called = next((name for end, name in _PARTS.items() if part.content_type.endswith(end)), None)
        if called is not None:
            yield from ((f"{called}里{quoted(text)}", _stays(called)) for text in _told(part) if find_tags(text))
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_CHUNK) and not relation.is_external and _has_tag(relation.target_part.blob):
            yield "插入的文件", _stays("插入的文件")
    for story in stories(document):
        yield from _in_paragraphs(story)
        yield from _in_attributes(story)


def stale_fields(document: Document) -> tuple[str, ...]:
    """Return what kinds of fields there are whose results are those of the template until Word is told otherwise."""
    codes = [code.strip() for story in stories(document) for code in field_codes(story.root)]
    return tuple(name for begin, name in _FIELDS.items() if any(code.upper().startswith(begin) for code in codes))


def field_codes(root: Element) -> Iterator[str]:
    """Yield the code of every field, put together from the runs that Word cuts it into."""
    code = ""
    for element in root.iter(_SIMPLE, _CODE, qn("w:fldChar")):
        if element.tag == _CODE:
            code += element.text or ""
        else:
            yield from (each for each in (code, element.get(qn("w:instr"))) if each)
            code = ""
    if code:
        yield code


def _stays(called: str) -> str:
    return f"{called}里的占位符不会填写，请移到正文"


def _told(part: Part) -> Iterator[str]:
    try:
        root = parse_xml(part.blob)
    except LxmlError:
        return
    for paragraph in root.iter(*_PARAGRAPHS):
        yield "".join(each.text or "" for each in paragraph.iter(*_TEXTS))


def _has_tag(content: bytes) -> bool:
    return bool(find_tags(content.decode("utf-8", "replace")))


def _in_paragraphs(story: Story) -> Iterator[Fault]:
    for paragraph, where in story.places():
        for name, called in _IN_PARAGRAPHS.items():
            text = "".join(each.text or "" for each in own(paragraph, name))
            if find_tags(text):
                yield f"{where}的{called}{quoted(text)}", _stays(called)


def _in_attributes(story: Story) -> Iterator[Fault]:
    for element in story.root.iter(*(f"{{*}}{name}" for name in _IN_ATTRIBUTES)):
        called = _IN_ATTRIBUTES[element.tag.rpartition("}")[2]]
        for text in element.attrib.values():
            if find_tags(text):
                yield f"{story.name}的{called}{quoted(text)}", _stays(called)


def taken_from_elsewhere(document: Document) -> tuple[str, ...]:
    """Return what kinds of such things there are, in the reader's words."""
    return tuple(dict.fromkeys((*_linked(document), *_fetched(document))))


def _linked(document: Document) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.reltype.endswith(_CHUNK):
                yield "插入的文件"
            elif relation.is_external and not relation.reltype.endswith(_HARMLESS):
                yield next((told for end, told in _LINKED.items() if relation.reltype.endswith(end)), _OTHER)


def _fetched(document: Document) -> Iterator[str]:
    codes = (code for story in stories(document) for code in field_codes(story.root))
    words = (code.split(maxsplit=1) for code in codes)
    yield from (f"{first[0].upper()}域" for first in words if first and first[0].upper() in _FETCHING)
