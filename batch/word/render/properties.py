"""What a file says of itself: title and unit, and nothing of who wrote the template, when, or where."""

import re
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import nsmap, qn
from lxml.etree import XPath

from batch.values.same_bytes import CREATED
from batch.values.xml_text import escaped
from batch.word.markup.stories import stories

_EXTENDED_XML: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><Company>{unit}</Company></Properties>"
)
"""The program named is the kind of file, not the one that wrote it: others look there how to read it.

Whatever else stood there (pages and words of the template, who manages it, where it lay) is no longer so.
"""
_PACKAGE_LEFT_OUT: Final = ("custom-properties", "metadata/thumbnail", "digital-signature/origin")
"""Ends of relationship types: WPS keeps build and account there; the thumbnail shows the unfilled template, and
who signed that has not signed what it was filled with.
"""
_UNWRITABLE: Final = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PEOPLE: Final = "relationships/people"
_names_author: Final = XPath("boolean(//@w:author)", namespaces={"w": nsmap["w"]})


def set_properties(document: Document, title: str, unit: str) -> None:
    """Set the properties of a document, and take out what the template's author left in the package."""
    _set_core(document, title, unit)
    package = document.part.package
    for number, relation in list(package.rels.items()):
        if relation.reltype.endswith(_PACKAGE_LEFT_OUT):
            del package.rels[number]
        elif relation.reltype == RELATION.EXTENDED_PROPERTIES:
            relation.target_part._blob = _EXTENDED_XML.format(unit=escaped(_one_line(unit))).encode()  # noqa: SLF001 python-docx has no other way in
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
    properties.created = properties.modified = CREATED


def _one_line(text: str) -> str:
    return _UNWRITABLE.sub("", text)[:255]


def _drop_people(document: Document) -> None:
    """Take out the list of people, unless a comment or a revision names one."""
    rels = document.part.rels
    people = [number for number, each in rels.items() if each.reltype.endswith(_PEOPLE)]
    if people and not _names_people(document):
        for number in people:
            del rels[number]


def _names_people(document: Document) -> bool:
    return any(each.reltype == RELATION.COMMENTS for each in document.part.rels.values()) or any(
        bool(_names_author(story.root)) for story in stories(document)
    )


def _drop_attached_template(document: Document) -> None:
    settings = document.settings.element
    for each in settings.findall(qn("w:attachedTemplate")):
        settings.remove(each)
    rels = document.part._settings_part.rels  # noqa: SLF001 python-docx keeps the part to itself
    for number in [number for number, each in rels.items() if each.reltype.endswith("/attachedTemplate")]:
        del rels[number]
