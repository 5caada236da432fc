"""docxtpl, with its patching of XML by patterns replaced: the tags are already whole and in their places.

docxtpl reads and writes the parts, renders body, headers and footers, and puts them back. Its patterns look
for tags over the whole text of a part, which takes time that grows with its square, edits quotation marks
and braces outside of tags, and cannot see where one text box ends; none of that is needed here.
"""

import io
import re
import traceback
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.sax.saxutils import unescape

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment

from batch.word.joining import TAG
from batch.word.placing import HAD_CELLS
from batch.word.stories import stories

FIRST_DRAWING: Final = 1001
"""Where the numbers of drawings begin, as docxtpl numbers them."""
_ELEMENT: Final = re.compile(rf'<{TAG}\b[^>]*?\bn="([0-9]+)"[^>]*>(.*?)</{TAG}>', re.DOTALL)
_OPENING: Final = re.compile(r"\{[{%][-+]?")
_TEMPLATE: Final = "<template>"
"""The file that jinja2 names in the traces of a template without one."""


class Engine(DocxTemplate):  # type: ignore[misc] # docxtpl is untyped
    """Renders a document whose tags are elements; tells which tag was being rendered when it failed."""

    def __init__(self, document: Document) -> None:
        """Take a document as it is in memory."""
        super().__init__(io.BytesIO())
        self.docx = document
        self.lines: list[int] = []
        """The tag on each line of what is being rendered."""

    def patch_xml(self, src_xml: str) -> str:
        """Return the part as a jinja2 template with one line for each tag; all text outside of tags is inert."""
        self.lines = []
        return "".join(self._template_pieces(src_xml))

    def _template_pieces(self, xml: str) -> Iterator[str]:
        at = 0
        for match in _ELEMENT.finditer(xml):
            yield _inert(xml[at : match.start()])
            text = unescape(match.group(2), {"&quot;": '"'})
            opening = _OPENING.match(text)
            if opening:  # not a comment
                self.lines.append(int(match.group(1)))
                yield f"{opening.group()}\n{text[opening.end() :]}"
            at = match.end()
        yield _inert(xml[at:])

    def render_xml_part(self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: Environment) -> str:
        """Render one part, without a second look at what the values hold."""
        self.current_rendering_part = part
        return jinja_env.from_string(src_xml).render(context)

    def fix_tables(self, xml: str) -> Any:  # noqa: ANN401 lxml's elements are untyped
        """Parse the body strictly, and give a table whose cells were repeated as many columns."""
        body = parse_xml(xml)
        for table in body.iter(qn("w:tbl")):
            if table.attrib.pop(HAD_CELLS, None):
                fit_columns(table)
        return body

    def fix_docpr_ids(self, tree: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
        """Give the drawings numbers of their own again: a loop may have repeated one."""
        for number, drawing in enumerate(tree.iter(qn("wp:docPr")), start=FIRST_DRAWING):
            drawing.set("id", str(number))

    def map_headers_footers_xml(self, rel_key: str, xml: bytes) -> None:
        """Put a rendered header or footer back into its part, which keeps its kind and relationships."""
        self.docx.part.rels[rel_key].target_part._element = parse_xml(xml)  # noqa: SLF001 no other way in

    def render_properties(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """Leave the properties: they are set anew."""

    def render_footnotes(self, context: Mapping[str, Any], jinja_env: Environment) -> None:
        """Render footnotes and endnotes, each once."""
        for story in stories(self.docx):
            if not isinstance(story.part, XmlPart):
                xml = self.patch_xml(self.xml_to_string(story.root))
                story.part._blob = self.render_xml_part(xml, story.part, context, jinja_env).encode()  # noqa: SLF001

    def tag_of(self, error: BaseException) -> int | None:
        """Return the number of the tag that was being rendered when the error arose."""
        frames = traceback.walk_tb(error.__traceback__)
        lines = [line for frame, line in frames if frame.f_code.co_filename == _TEMPLATE]
        line = lines[-1] if lines else getattr(error, "lineno", None)
        index = (line or 0) - 2  # the first tag's own text begins on the second line
        return self.lines[index] if 0 <= index < len(self.lines) else None


def fit_columns(table: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    """Give a table's grid as many columns as its widest row has, all within the width it had."""
    grid = table.find(qn("w:tblGrid"))
    if grid is None:
        return
    wanted = max((sum(map(_span, row.findall(qn("w:tc")))) for row in table.findall(qn("w:tr"))), default=0)
    widths = [int(float(column.get(qn("w:w"), "0"))) for column in grid]
    if not wanted or wanted == len(widths):
        return
    width = sum(widths) // wanted
    for column in list(grid):
        grid.remove(column)
    for _ in range(wanted):
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        grid.append(column)
    for cell in table.iterfind(f"{qn('w:tr')}/{qn('w:tc')}"):
        for cell_width in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
            cell_width.set(qn("w:w"), str(width * _span(cell)))
            cell_width.set(qn("w:type"), "dxa")


def _span(cell: Any) -> int:  # noqa: ANN401 lxml's elements are untyped
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")))


def _inert(xml: str) -> str:
    """Write what jinja2 would take for a tag, and every line end, so that only XML reads it."""
    return xml.replace("{", "&#123;").replace("\n", "&#10;")
