"""An .xlsx or .xlsm workbook: its sheets by its own list, each by the reader that can be trusted with it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from batch.read.context import Context
from batch.read.exact import read_exactly
from batch.read.grid import Damaged, Grid, Odd, SheetHead, Sheets, TooMuch
from batch.read.limits import LARGEST_EXACT, MOST_SHEETS
from batch.read.parts import Package
from batch.read.quick.plain import read_plain
from batch.read.styles import CellFormats, read_styles
from batch.read.texts import SharedTexts
from batch.read.xml import attribute, local_name, xml_root
from batch.values.xml_text import Element

_TRUE: Final = frozenset({"1", "true", "on"})


def read_xlsx(content: bytes, package: Package, workbook_part: str) -> Sheets:
    """Open a workbook whose main part has this name; its sheets are read when they are asked for.

    Raises:
        Damaged: its table of contents cannot be followed.
        TooMuch: it has more sheets than any office's.

    """
    workbook = Workbook(content, package, workbook_part)
    return Sheets(tuple(workbook.heads), workbook.read, workbook.has_cells)


class Workbook:
    """An open workbook: what its parts say is looked up once."""

    def __init__(self, content: bytes, package: Package, part: str) -> None:
        """Open the workbook whose main part has this name."""
        self.content = content
        self.package = package
        self.relations = package.relations(part)
        self.is_1904 = False
        self.heads: list[SheetHead] = []
        self.parts: dict[str, str] = {}
        for element in xml_root(package.whole(part)):
            match local_name(element):
                case "workbookPr":
                    self.is_1904 = element.get("date1904") in _TRUE
                case "sheets":
                    self._take_contents(element)

    def _take_contents(self, sheets: Element) -> None:
        """Note the name, the state and the part of each sheet; sheets of charts alone hold no cells."""
        for element in sheets:
            relation = self.relations.get(attribute(element, "id") or "")
            title = element.get("name")
            if title is None or relation is None:
                message = f"no part for the sheet {title}"
                raise Damaged(message)
            if relation.kind != "worksheet" or title in self.parts:
                continue
            self.parts[title] = relation.target
            self.heads.append(SheetHead(title, element.get("state", "visible") != "visible"))
        if len(self.heads) > MOST_SHEETS:
            message = f"有 {len(self.heads)} 张工作表，上限 {MOST_SHEETS} 张"
            raise TooMuch(message)

    def read(self, title: str) -> Grid:
        """Read a sheet by vector operations where it is written as office programs do, else element by element."""
        part = self.parts[title]
        try:
            return read_plain(title, self.package.chunks(part), self.context)
        except Odd:
            return read_exactly(title, self._exact_chunks(part), self.context)

    def has_cells(self, title: str) -> bool:
        """Say whether a sheet holds a value."""
        return any(b"v>" in chunk or b"is>" in chunk for chunk in self.package.chunks(self.parts[title]))

    @cached_property
    def styles(self) -> CellFormats:
        """What the cell styles make of a number."""
        part = self._related("styles")
        return read_styles(self.package.whole(part) if part else None)

    @cached_property
    def context(self) -> Context:
        """What a cell needs of the workbook."""
        part = self._related("sharedStrings")
        texts = SharedTexts.read(self.package.chunks(part)) if part else SharedTexts(())
        return Context(texts, self.styles, self.is_1904)

    def _exact_chunks(self, part: str) -> Iterator[bytes]:
        """Return the bytes of a part that is read element by element, if it is not too large for that."""
        size = self.package.size(part)
        if size > LARGEST_EXACT:
            message = f"一张写法特殊的工作表解压后有 {size >> 20} MB，上限 {LARGEST_EXACT >> 20} MB"
            raise TooMuch(message)
        return self.package.chunks(part)

    def _related(self, kind: str) -> str | None:
        """Return the part of this kind, None where the workbook has none; it then has no such thing."""
        part = next((relation.target for relation in self.relations.values() if relation.kind == kind), None)
        if part is not None and part not in self.package:
            raise Damaged(part)
        return part
