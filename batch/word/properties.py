"""What a file says of itself: title and unit, and nothing of who wrote the template, when, or where."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from batch.word.stories import stories

WRITTEN: Final = datetime(2000, 1, 1)  # noqa: DTZ001 fixed: same bytes on any day
_EXTENDED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_PERSONAL: Final = ("Company", "Manager", "Template", "HyperlinkBase", "TotalTime")
_BEFORE_COMPANY: Final = ("TitlesOfParts", "HeadingPairs", "ScaleCrop")
"""Elements one of which Word writes right before the company (any order is valid)."""
_PACKAGE_LEFT_OUT: Final = ("custom-properties", "metadata/thumbnail")
"""Ends of relationship types: WPS keeps build and account there; the thumbnail shows the unfilled template."""
_UNWRITABLE: Final = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PEOPLE: Final = "relationships/people"
_WITH_AUTHOR: Final = qn("w:author")


def set_properties(document: Document, title: str, unit: str) -> None:
    """Set the properties of a document, and take out what the template's author left in the package."""
    _set_core(document, title, unit)
    package = document.part.package
    for number, relation in list(package.rels.items()):
        if relation.reltype.endswith(_PACKAGE_LEFT_OUT):
            del package.rels[number]
        elif relation.reltype == RELATION.EXTENDED_PROPERTIES:
            is_set = _set_extended(relation.target_part, unit)
            if not is_set:
                del package.rels[number]
    _drop_people(document)
    _drop_attached_template(document)


def _set_core(document: Document, title: str, unit: str) -> None:
    properties = document.core_properties
    root = properties._element  # noqa: SLF001 python-docx cannot take a property off
    for each in list(root):
        root.remove(each)
    properties.title, properties.subject = _one_line(title), _one_line(unit)
    properties.author = properties.last_modified_by = properties.keywords = properties.comments = ""
    properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = WRITTEN


def _one_line(text: str) -> str:
    return _UNWRITABLE.sub("", text)[:255]


def _set_extended(part: Part, unit: str) -> bool:
    """Set the company; return whether the part could be read, else it is better left out."""
    try:
        root = parse_xml(part.blob)
    except etree.LxmlError:
        return False
    for name in _PERSONAL:
        for each in root.findall(_EXTENDED + name):
            root.remove(each)
    company = etree.Element(f"{_EXTENDED}Company")
    company.text = _one_line(unit)
    before = next((each for name in _BEFORE_COMPANY if (each := root.find(_EXTENDED + name)) is not None), None)
    if before is None:
        root.append(company)
    else:
        before.addnext(company)
    part._blob = serialize_part_xml(root)  # noqa: SLF001 python-docx has no other way in
    return True


def _drop_people(document: Document) -> None:
    """Take out the list of people, unless a comment or a revision names one."""
    rels = document.part.rels
    if _names_people(document):
        return
    for number in [number for number, each in rels.items() if each.reltype.endswith(_PEOPLE)]:
        del rels[number]


def _names_people(document: Document) -> bool:
    return any(each.reltype == RELATION.COMMENTS for each in document.part.rels.values()) or any(
        _WITH_AUTHOR in element.attrib for root in _roots(document) for element in root.iter()
    )


def _roots(document: Document) -> Iterator[Any]:
    return (story.root for story in stories(document))


def _drop_attached_template(document: Document) -> None:
    settings = document.settings.element
    for each in settings.findall(qn("w:attachedTemplate")):
        settings.remove(each)
    rels = document.part._settings_part.rels  # noqa: SLF001 python-docx keeps the part to itself
    for number in [number for number, each in rels.items() if each.reltype.endswith("/attachedTemplate")]:
        del rels[number]
