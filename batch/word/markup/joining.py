"""Tags put together: Word splits a placeholder into runs at any character, and here each becomes one element again."""

import copy
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from batch.values.xml_text import Element
from batch.word.markup.stories import FORMATTING, PARAGRAPH, RUN, TEXT, Story, quoted
from batch.word.markup.tags import Tag, find_tags

TAG: Final = "batch-tag"
"""The element that holds a tag until it is rendered; its ``n`` is the tag's number in the document."""
NUMBER: Final = "n"
PRINTS: Final = "prints"
"""The attribute of a tag that stays where text stands."""
_STRUCK: Final = frozenset(map(qn, ("w:moveFrom", "w:del", "w:pPr", "w:rPr")))
"""What is no longer text, or none."""
_GAPS: Final = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:ptab")))
_OBJECTS: Final = frozenset(map(qn, ("w:drawing", "w:pict", "w:object", "w:sym", "w:fldChar")))
OBJECT: Final = "\ufffc"
"""What stands in a paragraph's text for a picture, which no tag may reach over."""


@dataclass(frozen=True)
class TaggedParagraph:
    """A paragraph with its text and the tags in it."""

    element: Element
    where: str
    text: str
    tags: tuple[Tag, ...]
    first: int
    """The number of its first tag in the document; the others follow."""

    @property
    def place(self) -> str:
        """Say where it stands, and how it begins."""
        return f"{self.where}{quoted(self.text)}"


def joined(story: Story, first: int) -> Iterator[TaggedParagraph]:
    """Put together the tags of a story, and yield each paragraph that has text with what was found.

    Each tag becomes one element in the run where it begins, in a ``w:t`` of its own; all other text keeps
    its run. ``first`` is the number of the story's first tag.
    """
    for paragraph, where in list(story.places()):
        pieces = [(element, text) for element in _own(paragraph) if (text := _text(element))]
        text = "".join(piece for _, piece in pieces)
        tags = find_tags(text) if "{" in text else ()
        if tags:
            _rewrite(pieces, tags, first)
        if text:
            yield TaggedParagraph(paragraph, where, text, tags, first)
        first += len(tags)


def _own(paragraph: Element) -> Iterator[Element]:
    """Yield what the paragraph holds, in order, without the paragraphs of text boxes in it."""
    for child in paragraph:
        if child.tag != PARAGRAPH and child.tag not in _STRUCK:
            yield child
            yield from _own(child)


def _text(element: Element) -> str:
    if element.tag == TEXT:
        return element.text or ""
    return " " if element.tag in _GAPS else OBJECT if element.tag in _OBJECTS else ""


def _rewrite(pieces: list[tuple[Element, str]], tags: tuple[Tag, ...], first: int) -> None:
    start = 0
    numbered = deque(enumerate(tags, start=first))
    for element, text in pieces:
        end = start + len(text)
        while numbered and numbered[0][1].end <= start:
            numbered.popleft()
        within = list(takewhile(lambda each, end=end: each[1].start < end, numbered))  # type: ignore[misc] # bound now
        if within:
            _cut(element, text, start, within)
        start = end


def _cut(element: Element, text: str, start: int, tags: list[tuple[int, Tag]]) -> None:
    """Put in the place of one piece of text what is left of it, and the tags that begin in it."""
    end, at = start + len(text), start
    new: list[Element] = []
    for number, tag in tags:
        if tag.start > at:
            new.append(_text_element(element, text[at - start : tag.start - start]))
        if tag.start >= start:
            new.append(_tag_element(element, number, tag))
        at = min(tag.end, end)
    if at < end:
        new.append(_text_element(element, text[at - start :]))
    for each in new:
        element.addprevious(each)
    remove_from_run(element)


def remove_from_run(element: Element) -> None:
    """Take an element out of its run, and the run out of its paragraph where nothing is left in it."""
    run = element.getparent()
    run.remove(element)
    if run.tag == RUN and all(each.tag == FORMATTING for each in run):
        run.getparent().remove(run)


def _text_element(like: Element, text: str) -> Element:
    element = copy.copy(like)
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


def _tag_element(like: Element, number: int, tag: Tag) -> Element:
    holder = _text_element(like, "")
    element = etree.SubElement(holder, TAG, {NUMBER: str(number)})
    element.text = tag.text
    if tag.is_placeholder:
        element.set(PRINTS, "1")
    return holder
