"""The stories of a Word document (body, headers, footers, notes), and where a paragraph stands in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from batch.values.xml_text import Element

Fault: TypeAlias = tuple[str, str]
"""(Place, what is wrong there.)"""

RUN, TEXT, PARAGRAPH, FORMATTING = (qn(name) for name in ("w:r", "w:t", "w:p", "w:rPr"))
BODY: Final = "正文"
NOTES: Final = {RELATION.FOOTNOTES: "脚注", RELATION.ENDNOTES: "尾注"}
HEADS: Final = {RELATION.HEADER: "页眉", RELATION.FOOTER: "页脚"}
QUOTED: Final = 20
"""Characters of a paragraph's beginning that a fault quotes."""
_SEEN: Final = frozenset(
    map(
        qn,
        (
            *("w:drawing", "w:pict", "w:object", "w:sym", "w:br", "w:tab", "w:fldChar", "m:oMath"),
            *("w:footnoteReference", "w:endnoteReference", "w:footnoteRef", "w:endnoteRef"),
        ),
    )
)
"""What there is to see in a paragraph beside its text."""
_SECTION: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"
_TEXT_BOX: Final = qn("w:txbxContent")
_TABLE: Final = qn("w:tbl")


@dataclass(frozen=True)
class Story:
    """One part with text of the document, and the root element of that text."""

    name: str
    part: Part
    root: Element

    def store(self) -> None:
        """Make the root that of its part, which python-docx keeps as elements or, of notes, as bytes."""
        if isinstance(self.part, XmlPart):
            self.part._element = self.root  # noqa: SLF001 python-docx has no other way in
        else:
            self.part._blob = serialize_part_xml(self.root)  # noqa: SLF001 as above

    def places(self) -> Iterator[tuple[Element, str]]:
        """Yield every paragraph and where it stands: 正文第3段, 表格里, 文本框里, 页眉."""
        number = 0
        for paragraph in self.root.iter(PARAGRAPH):
            around = {each.tag for each in paragraph.iterancestors()}
            if _TEXT_BOX in around:
                yield paragraph, f"{self.name}的文本框里"
            elif _TABLE in around:
                yield paragraph, f"{self.name}的表格里"
            elif self.name == BODY:
                number += paragraph_has_text(paragraph)
                yield paragraph, f"{BODY}第{number}段"
            else:
                yield paragraph, f"{self.name}里"


def stories(document: Document) -> list[Story]:
    """Return the stories in which placeholders are filled: the body first, then heads and feet, then notes."""
    found = [Story(BODY, document.part, document.element)]
    for names in (HEADS, NOTES):
        parts = {id(part): (name, part) for name, part in _related(document.part, names)}
        found += [Story(name, part, _root(part)) for name, part in parts.values()]
    return found


def paragraph_has_text(paragraph: Element) -> bool:
    """Say whether there is anything to read in a paragraph."""
    return any((each.text or "").strip() for each in paragraph.iter(TEXT))


def is_blank(paragraph: Element) -> bool:
    """Say whether there is nothing to read or see in a paragraph."""
    return not any(map(is_shown, paragraph.iter()))


def is_shown(element: Element) -> bool:
    """Say whether an element is something to read or see."""
    return element.tag in _SEEN or (element.tag == TEXT and bool((element.text or "").strip()))


def own(paragraph: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name in the paragraph itself, without those of a text box in it."""
    return (each for each in paragraph.iter(name) if next(each.iterancestors(PARAGRAPH)) is paragraph)


def ends_section(paragraph: Element) -> bool:
    """Say whether a section of the document ends in a paragraph."""
    return paragraph.find(_SECTION) is not None


def quoted(text: str) -> str:
    """Return a paragraph's beginning in quotes.

    >>> quoted("本年共制发各类文件{{ 办文.发文 }}件")
    '“本年共制发各类文件{{ 办文.发文 }}…”'
    """
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= QUOTED else f"“{text[:QUOTED]}…”"


def _related(part: Part, names: dict[str, str]) -> Iterable[tuple[str, Part]]:
    for relation in part.rels.values():
        if relation.reltype in names and not relation.is_external:
            yield names[relation.reltype], relation.target_part


def _root(part: Part) -> Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
