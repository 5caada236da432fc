"""What a Word file of ours says of itself: its title and the unit, and nothing of who made it, when or with what."""

import io
import zipfile
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree

from batch.package import repacked

LONGEST_PROPERTY: Final = 255
"""Characters of a property; Word takes no more."""
_CORE: Final = "docProps/core.xml"
_APPLICATION: Final = "docProps/app.xml"
_RELATIONS: Final = "_rels/.rels"
_TYPES: Final = "[Content_Types].xml"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_TOLD: Final = ("thumbnail", "custom-properties")
"""How the relationships end that lead to a picture of another document's first page, and to what other programs note:
WPS puts there which copy of it a file was saved with."""

_CORE_XML: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{unit}</dc:subject><dc:creator></dc:creator>"
    "<cp:lastModifiedBy></cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)
_APPLICATION_XML: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application><Company>{unit}</Company></Properties>"
)
"""The program is the kind of file, not the one that wrote it: others look there how to read it."""


def with_own_properties(document: bytes, unit: str) -> bytes:
    """Return the Word file with its own title and this unit as its only properties."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    told = _told_besides(parts)
    title = etree.fromstring(parts[_CORE]).findtext(_TITLE) or "" if _CORE in parts else ""
    own = {
        _CORE: _CORE_XML.format(title=_fitting(title), unit=_fitting(unit)).encode(),
        _APPLICATION: _APPLICATION_XML.format(unit=_fitting(unit)).encode(),
        _RELATIONS: _without(parts[_RELATIONS], "Target", told),
        _TYPES: _without(parts[_TYPES], "PartName", told),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in parts.items():
            if name not in told:
                target.writestr(name, own.get(name, content))
    return repacked(stream.getvalue())


def _fitting(text: str) -> str:
    return escape(text[:LONGEST_PROPERTY])


def _told_besides(parts: dict[str, bytes]) -> frozenset[str]:
    """Return the parts that tell of the document's past."""
    relations = etree.fromstring(parts[_RELATIONS])
    return frozenset(str(each.get("Target")).lstrip("/") for each in relations if str(each.get("Type")).endswith(_TOLD))


def _without(part: bytes, attribute: str, names: Iterable[str]) -> bytes:
    """Return the XML without the entries that name one of these parts."""
    root = etree.fromstring(part)
    gone = frozenset(names)
    for each in [each for each in root if str(each.get(attribute)).lstrip("/") in gone]:
        root.remove(each)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
