"""docxtpl, with its patching of XML by patterns replaced: the tags are already whole and in their places.

docxtpl reads and writes the parts, renders body, headers and footers, and puts them back. Its patterns look
for tags over the whole text of a part, which takes time that grows with its square, edits quotation marks
and braces outside of tags, and cannot see where one text box ends; none of that is needed here.
"""

import io
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, Template
from jinja2.exceptions import SecurityError

from batch.values.xml_text import Element, unescaped
from batch.word.language.environment import compiled
from batch.word.markup.joining import TAG
from batch.word.markup.stories import stories
from batch.word.markup.template import LARGEST_PART

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

    def get_xml(self) -> str:
        """Return the whole main part: its root stands for the body, see :meth:`map_tree`."""
        return str(self.xml_to_string(self.docx.element))

    def map_tree(self, tree: Element) -> None:
        """Take the rendered root as the document's own.

        docxtpl puts a new body into the old root; lxml then carries every name space over, element by
        element, which takes ten times as long as all the rest.
        """
        part = self.docx.part
        part._element = tree  # noqa: SLF001 python-docx has no other way in
        self.docx = part.document

    def patch_xml(self, src_xml: str) -> str:
        """Return the part as a jinja2 template with one line for each tag; all text outside of tags is inert."""
        self.lines = []
        return "".join(self._template_pieces(src_xml))

    def _template_pieces(self, xml: str) -> Iterator[str]:
        at = 0
        for match in _ELEMENT.finditer(xml):
            yield _inert(xml[at : match.start()])
            text = unescaped(match.group(2))
            opening = _OPENING.match(text)
            if opening:  # not a comment
                self.lines.append(int(match.group(1)))
                yield f"{opening.group()}\n{text[opening.end() :]}"
            at = match.end()
        yield _inert(xml[at:])

    def render_xml_part(self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: Environment) -> str:
        """Render one part, without a second look at what the values hold; one without tags is as it is."""
        self.current_rendering_part = part
        if not self.lines:
            return src_xml
        template = Template.from_code(jinja_env, compiled(src_xml), jinja_env.make_globals(None))
        return "".join(_measured(template.generate(context)))

    def fix_tables(self, xml: str) -> Element:
        """Parse the rendered part strictly; tables are fitted with all else that a rendered story needs.

        docxtpl counts the rows of nested tables to the outer one, and drops columns of cells in content controls.
        """
        return parse_xml(xml)

    def fix_docpr_ids(self, tree: Element) -> None:
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

    @property
    def document(self) -> Document:
        """Return the document as it is now."""
        document: Document = self.docx
        return document

    def tag_of(self, error: BaseException) -> int | None:
        """Return the number of the tag that was being rendered when the error arose."""
        frames = traceback.walk_tb(error.__traceback__)
        lines = [line for frame, line in frames if frame.f_code.co_filename == _TEMPLATE]
        line = lines[-1] if lines else getattr(error, "lineno", None)
        index = (line or 0) - 2  # the first tag's own text begins on the second line
        return self.lines[index] if 0 <= index < len(self.lines) else None


def _measured(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a rendered part as long as it can be opened again."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_PART:
            message = "填出来的文字太长"
            raise SecurityError(message)
        yield piece


def _inert(xml: str) -> str:
    """Write what jinja2 would take for a tag, and every line end, so that only XML reads it."""
    return xml.replace("{", "&#123;").replace("\n", "&#10;")
