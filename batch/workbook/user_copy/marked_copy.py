"""The marked copy of a workbook: what is wrong is coloured, commented and listed; all else stays as it was."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Final

from lxml import etree

from batch.areas.contract import LIST_SHEET
from batch.finding import Finding
from batch.ledger.our_sheets import MARK, our_list
from batch.read.file import UNREADABLE, SourceFile
from batch.read.grid import TooMuch
from batch.system.process import give_back
from batch.values.xml_text import Element
from batch.workbook.user_copy.comments import Comments
from batch.workbook.user_copy.contents import WorkbookPart
from batch.workbook.user_copy.drawing import EMPTY, can_take_shapes, with_boxes
from batch.workbook.user_copy.listing import Listing, list_sheet
from batch.workbook.user_copy.marks import MOST_COMMENTS, MarkedSheet, SheetMarks, sheet_marks
from batch.workbook.user_copy.outline import Outline, read_outline
from batch.workbook.user_copy.package import Packer
from batch.workbook.user_copy.parts import Parts
from batch.workbook.user_copy.rows import RowPatch
from batch.workbook.user_copy.stylesheet import Stylesheet
from batch.workbook.user_copy.tail import patched_tail
from batch.workbook.user_copy.tree import plain_xml

SUFFIXES: Final = {
    "template.macroEnabled.main+xml": ".xltm",
    "template.main+xml": ".xltx",
    "sheet.macroEnabled.main+xml": ".xlsm",
}
"""How the type of a workbook part ends -> what a file with it must be called, or Excel refuses to open it."""
_SIGNATURES: Final = "_xmlsignatures/"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LIST_ALONE: Final = "请对照问题清单修改"


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A copy, None where none can be made; and what a user has to know of it, in whole sentences."""

    content: bytes | None
    notes: tuple[str, ...] = ()
    suffix: str = ".xlsx"
    """How the name of such a file ends."""


def mark_copy(
    file: SourceFile, findings: Sequence[Finding], places: Mapping[str, MarkedSheet], owners: Mapping[str, str]
) -> MarkedCopy:
    """Return a copy of the workbook with its open findings marked, the marks of an earlier copy taken out.

    ``places`` says where our sheets are in the file, ``owners`` whose they are.
    """
    if not file.is_ooxml:
        return _no_copy(file, "不是.xlsx或.xlsm格式")
    own = [each for each in findings if each.workbook in {file.name, None} and not each.settled]
    listing = Listing(sorted(own, key=lambda finding: finding.severity.rank), places, owners)
    try:
        with ThreadPoolExecutor(1) as beside:
            parts = Parts(file.content, Packer(beside))
            if any(name.startswith(_SIGNATURES) for name in parts.package.names):
                return _no_copy(file, "带有数字签名，改动会使签名失效")
            marker = _Marker(file, parts, listing)
            return MarkedCopy(marker.marked(), tuple(marker.notes), marker.suffix)
    except TooMuch as error:
        return _no_copy(file, f"太大（{error}）")
    except UNREADABLE:
        return _no_copy(file, "里有损坏或写法特殊的部件")


def _let_go(chunks: list[bytes]) -> Iterator[bytes]:
    """Yield the chunks and keep none: a sheet may be a hundred megabytes, which go as the packed ones come."""
    chunks.reverse()
    while chunks:
        yield chunks.pop()


def _no_copy(file: SourceFile, why: str) -> MarkedCopy:
    return MarkedCopy(None, (f"“{file.name}”{why}，没有标注的副本，{_LIST_ALONE}。",))


class _Marker:
    """Changes the parts of one package; lives only while one copy is made."""

    def __init__(self, file: SourceFile, parts: Parts, listing: Listing) -> None:
        self.file = file
        self.parts = parts
        self.listing = listing
        self.contents = WorkbookPart(parts)
        self.old_list = our_list(file)
        titles = {title.casefold() for title in self.contents.titles if title != self.old_list}
        names = chain([LIST_SHEET], (f"{LIST_SHEET}-{number}" for number in range(2, 1000)))
        self.list_title = next(name for name in names if name not in titles)
        self.styles = Stylesheet(self._related_tree(parts.main, "styles", "styleSheet"))
        self.notes: list[str] = []

    def marked(self) -> bytes:
        """Return the bytes of the copy."""
        found: dict[str, list[tuple[int, Finding]]] = {}
        for row, finding in self.listing.rows:
            place = self.listing.places.get(finding.sheet or "")
            if place is not None and finding.cell is not None:
                found.setdefault(place.title, []).append((row, finding))
        serials = {place.title: place.serial for place in self.listing.places.values()}
        for title, part in self._sheets():
            if title != self.old_list:
                self._mark_sheet(title, part, found.get(title, []), serials.get(title))
                give_back()
        was_active = self.contents.remove(self.old_list) if self.old_list else False
        content = list_sheet(self.listing, self.styles, self._own_namespace, is_active=was_active)
        self.contents.put_first(self.list_title, content, is_active=was_active)
        return self.parts.written()

    @property
    def suffix(self) -> str:
        """Return how the name of a file with such a content ends."""
        kind = self.parts.content_type(self.parts.main)
        return next((suffix for end, suffix in SUFFIXES.items() if kind.endswith(end)), ".xlsx")

    def _sheets(self) -> Iterator[tuple[str, str]]:
        """Yield (title, part) of each sheet of cells."""
        relations = self.parts.relations(self.parts.main)
        for title, identity in self.contents.sheet_ids:
            if identity in relations and relations[identity].kind == "worksheet":
                yield title, relations[identity].target

    def _mark_sheet(self, title: str, part: str, found: Sequence[tuple[int, Finding]], serial: str | None) -> None:
        if any(relation.kind == "threadedComment" for relation in self.parts.relations(part).values()):
            if found:
                self.notes.append(
                    f"“{self.file.name}”的工作表“{title}”有可以答复的批注，没有涂色和加批注，{_LIST_ALONE}。"
                )
            return
        had_notes = self._has_our_notes(part)
        if not found and not self.styles.ours and not had_notes:
            return
        chunks = list(self.parts.package.chunks(part))
        outline = read_outline(chunks)
        if outline is None:
            chunks = [plain_xml(b"".join(chunks))]
            outline = read_outline(chunks)
        if outline is None:
            raise ValueError(part)
        marks = sheet_marks(found, serial, outline.merges)
        drawing = self._comment(title, part, outline, marks) if marks.notes or had_notes else ""
        rows = RowPatch(outline, marks.colours, self.styles).patched(_let_go(chunks))
        tail = patched_tail(outline, marks.backs, self.list_title, self.old_list, drawing)
        self.parts.replace(part, chain(rows, [tail]))

    def _has_our_notes(self, part: str) -> bool:
        comments = self.parts.related(part, "comments")
        return bool(comments) and MARK.encode() in self.parts.package.whole(comments)

    def _comment(self, title: str, part: str, outline: Outline, marks: SheetMarks) -> str:
        """Put the comments in, and return the element that shows them, if the sheet has none yet."""
        legacy = next((each for each in outline.tail_elements if each.name == "legacyDrawing"), None)
        drawing = self._drawing_part(part, legacy.attributes if legacy else {})
        shapes = self.parts.package.whole(drawing) if drawing else EMPTY
        if (legacy is not None and not drawing) or not can_take_shapes(shapes):
            self.notes.append(
                f"“{self.file.name}”的工作表“{title}”的批注写法特殊，只涂了颜色，没有加批注，{_LIST_ALONE}。"
            )
            return ""
        if marks.unnoted:
            self.notes.append(f"工作表“{title}”的问题太多，前{MOST_COMMENTS}格有批注，其余只涂了颜色，{_LIST_ALONE}。")
        notes = Comments(self._related_tree(part, "comments", "comments"))
        notes.put(marks.notes)
        boxes = with_boxes(shapes, outline, notes.removed, notes.texts)
        if drawing:
            self.parts.replace(drawing, [boxes])
            return ""
        name = self.parts.free_name("xl/drawings/vmlDrawing%d.vml")
        self.parts.add(name, boxes, _DRAWING_TYPE)
        identity = self.parts.relate(part, "vmlDrawing", name)
        namespace = self.parts.namespace
        return f'<{outline.prefix.decode()}legacyDrawing xmlns:r="{namespace}" r:id="{identity}"/>'

    def _drawing_part(self, part: str, attributes: Mapping[str, str]) -> str:
        """Return the drawing that a sheet's legacyDrawing names."""
        identity = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
        relation = self.parts.relations(part).get(identity)
        return relation.target if relation is not None and relation.target in self.parts.package else ""

    def _related_tree(self, source: str, kind: str, root: str) -> Element:
        """Return the part of this kind that a part is related to, a new one where it has none."""
        name = self.parts.related(source, kind)
        if name:
            return self.parts.tree(name)
        name = self.parts.free_name(f"xl/{kind}%d.xml")
        made = etree.Element(f"{{{self._own_namespace}}}{root}", nsmap={None: self._own_namespace})
        self.parts.add_tree(name, made, f"{_TYPES}.{kind}+xml")
        self.parts.relate(source, kind, name)
        return made

    @property
    def _own_namespace(self) -> str:
        """Return the namespace of the workbook's elements; strict files have one of their own."""
        return str(etree.QName(self.contents.root).namespace)
