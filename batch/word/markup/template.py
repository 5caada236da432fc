"""A Word template as it was given, and the document in it: opened within limits, or refused in one sentence."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from lxml.etree import LxmlError

from batch.errors import BatchError
from batch.word.markup.stories import stories

LARGEST_UNPACKED: Final = 256 << 20
"""Bytes of all parts unpacked: a report of a hundred pages with its pictures takes some tens of millions."""
LARGEST_PART: Final = 64 << 20
"""Bytes of one XML part: the text of a thousand pages takes some twenty millions."""
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
"""How an old .doc begins, and also an encrypted .docx."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_DOCUMENT_TYPES: Final = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))
"""What every trick with entities needs, and no program that writes Word files puts into one."""
_NO_WORD: Final = "不是Word文件（.docx）。"
_KINDS: Final = {
    b"spreadsheetml.sheet.main+xml": _NO_WORD,
    b"presentationml.presentation.main+xml": _NO_WORD,
    b"wordprocessingml.template.main+xml": "是.dotx模板改的名：请在Word中打开，另存为.docx再用。",
    b"ms-word.document.macroEnabled": "带有宏：请在Word中另存为不带宏的.docx再用。",
    b"ms-office.vbaProject": "带有宏：请在Word中另存为不带宏的.docx再用。",
}
"""Content type in a package that is no document -> why it is refused.

Word does not open a document with macros whose name ends in .docx.
"""
_DAMAGED: Final = (
    *(OpcError, LxmlError, zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(LookupError, AttributeError, TypeError, RuntimeError),  # parts missing or of the wrong kind, seen on broken files
)


@dataclass(frozen=True)
class WordTemplate:
    """A Word file with placeholders: its file name and its bytes."""

    name: str
    content: bytes
    is_ours: bool = False
    """Whether it is shipped with the program, and so known to be sound."""


def opened(template: WordTemplate) -> Document:
    """Return the document of a template.

    Raises:
        BatchError: it is no .docx, is encrypted, damaged, or unpacks to more than any report holds.

    """
    if template.is_ours:
        return docx.Document(io.BytesIO(template.content))
    refusal = _refusal(template.content)
    if refusal:
        message = f"Word模板“{template.name}”{refusal}"
        raise BatchError(message)
    damaged = f"Word模板“{template.name}”打不开，可能已经损坏：请在Word中打开，另存为.docx再用。"
    try:
        document = docx.Document(io.BytesIO(template.content))
        if _is_whole(document):
            return document
    except ValueError as error:  # python-docx asks for the content type of a document
        message = f"Word模板“{template.name}”不是普通的Word文档：请在Word中另存为.docx再用。"
        raise BatchError(message) from error
    except _DAMAGED as error:
        raise BatchError(damaged) from error
    raise BatchError(damaged)


def let_go(document: Document) -> None:
    """Free the parts of a document that is not used any more.

    python-docx ties package and parts in a circle, which otherwise waits, ten megabytes a report, for the garbage
    collector.
    """
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            part._element = None  # type: ignore[assignment] # noqa: SLF001 there is no other way
        part._blob = b""  # noqa: SLF001 as above


def _is_whole(document: Document) -> bool:
    """Say whether the parts that are filled or written are there; one that cannot be read raises."""
    rels = document.part.rels
    named = document.element.iter(qn("w:headerReference"), qn("w:footerReference"))
    return (
        document.element.body is not None
        and document.core_properties is not None
        and all(part.content_type and part.blob is not None for part in document.part.package.iter_parts())
        and all(relation.reltype for relation in rels.values())
        and all(isinstance(rels[each.get(qn("r:id"))].target_part, StoryPart) for each in named)
        and all(story.root is not None for story in stories(document))
    )


def _refusal(content: bytes) -> str:
    """Say why the bytes are not opened at all; empty if they may be."""
    if not content:
        return "是空文件。"
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content:
            return "设有打开密码：请在Word中去掉密码，另存后再用。"
        return "是旧格式的.doc：请在Word中另存为.docx再用。"
    if not content.startswith(_ZIP):
        return _NO_WORD
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            xml = [entry for entry in entries if entry.filename.casefold().endswith((".xml", ".rels"))]
            largest = max((entry.file_size for entry in xml), default=0)
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED or largest > LARGEST_PART:
                return "展开后太大，不像一份报告，没有打开。"
            if any(map(_has_document_type, map(package.read, xml))):
                return "里有文档类型声明（DOCTYPE），正常的Word文件没有：请在Word中打开，另存为.docx再用。"
            names = {entry.filename for entry in entries}
            return _kind_refusal(*(package.read(name) if name in names else b"" for name in (_TYPES, _RELATIONS)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return "已经损坏：请在Word中打开，另存为.docx再用。"


def _has_document_type(part: bytes) -> bool:
    return any(mark in part for mark in _DOCUMENT_TYPES)


def _kind_refusal(types: bytes, relations: bytes) -> str:
    """Say what kind of package it is, by its list of content types, if it is no document."""
    if not types:
        return _NO_WORD
    if _STRICT in relations:
        return "是“Strict Open XML”格式：请在Word中另存为，类型选“Word 文档（*.docx）”，再用。"
    return next((told for kind, told in _KINDS.items() if kind in types), "")
