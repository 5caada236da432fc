"""A story as a jinja2 template: the tags are already whole and in their places, so all else is inert text."""

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docx.oxml import parse_xml
from jinja2 import Environment, Template
from jinja2.exceptions import SecurityError
from lxml import etree

from batch.values.xml_text import Element, unescaped
from batch.word.language.environment import compiled
from batch.word.markup.joining import TAG
from batch.word.markup.template import LARGEST_PART

_ELEMENT: Final = re.compile(rf'<{TAG}\b[^>]*?\bn="([0-9]+)"[^>]*>(.*?)</{TAG}>', re.DOTALL)
_OPENING: Final = re.compile(r"\{[{%][-+]?")
_TEMPLATE: Final = "<template>"
"""The file that jinja2 names in the traces of a template without one."""


@dataclass(frozen=True)
class StoryTemplate:
    """The XML of a story with one line for each tag, so that a line tells which tag it is of."""

    source: str
    tags: tuple[int, ...]
    """The number of the tag that begins at the end of each line."""

    def rendered(self, fields: Mapping[str, object], environment: Environment) -> Element:
        """Return the root of the story with every tag carried out.

        Raises:
            LxmlError: what comes out is no XML.
            Exception: whatever a tag makes jinja2 raise, see :meth:`tag_of`.

        """
        if not self.tags:
            return parse_xml(self.source)
        template = Template.from_code(environment, compiled(self.source), environment.make_globals(None))
        return parse_xml("".join(_measured(template.generate(fields))))

    def tag_of(self, error: BaseException) -> int | None:
        """Return the number of the tag that was being rendered when the error arose."""
        frames = traceback.walk_tb(error.__traceback__)
        lines = [line for frame, line in frames if frame.f_code.co_filename == _TEMPLATE]
        line = lines[-1] if lines else getattr(error, "lineno", None)
        index = (line or 0) - 2  # the first tag's own text begins on the second line
        return self.tags[index] if 0 <= index < len(self.tags) else None


def story_template(root: Element) -> StoryTemplate:
    """Return the template of a story whose tags are elements."""
    tags: list[int] = []
    source = "".join(_pieces(etree.tostring(root, encoding="unicode"), tags))
    return StoryTemplate(source, tuple(tags))


def _pieces(xml: str, tags: list[int]) -> Iterator[str]:
    """Yield the pieces of a template, and note the number of each tag."""
    at = 0
    for match in _ELEMENT.finditer(xml):
        yield _inert(xml[at : match.start()])
        text = unescaped(match.group(2))
        opening = _OPENING.match(text)
        if opening:  # not a comment
            tags.append(int(match.group(1)))
            yield f"{opening.group()}\n{text[opening.end() :]}"
        at = match.end()
    yield _inert(xml[at:])


def _inert(xml: str) -> str:
    """Write what jinja2 would take for a tag, and every line end, so that only XML reads it."""
    return xml.replace("{", "&#123;").replace("\n", "&#10;")


def _measured(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a rendered part as long as it can be opened again."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST_PART:
            message = "填出来的文字太长"
            raise SecurityError(message)
        yield piece
