"""A document made ready to be rendered: every tag one element, in the place where it acts."""

from dataclasses import dataclass

from docx.document import Document

from batch.word.markup.joining import TaggedParagraph, joined
from batch.word.markup.placing import nesting_faults, place_tags
from batch.word.markup.stories import Fault, Story, stories
from batch.word.markup.tags import Tag


@dataclass(frozen=True)
class TaggedDocument:
    """The stories of a document with their tags, numbered through."""

    stories: tuple[Story, ...]
    paragraphs: tuple[TaggedParagraph, ...]
    """Every paragraph with text, story after story."""
    tags: dict[int, Tag]
    places: dict[int, str]
    """Tag number -> where it stands, and how its paragraph begins."""
    faults: tuple[Fault, ...]
    """The tags that cannot act where they stand."""


def tag_document(document: Document) -> TaggedDocument:
    """Put together and place the tags of a document, in the document itself."""
    paragraphs: list[TaggedParagraph] = []
    tags: dict[int, Tag] = {}
    places: dict[int, str] = {}
    faults: list[Fault] = []
    found = stories(document)
    for story in found:
        own = list(joined(story, len(tags)))
        for paragraph in own:
            numbered = dict(enumerate(paragraph.tags, start=paragraph.first))
            tags |= numbered
            places |= dict.fromkeys(numbered, paragraph.place)
        misplaced = {paragraph.place: fault for paragraph, fault in place_tags(own)}
        faults += misplaced.items()
        if not misplaced:  # else halves would be missed that only stand wrong
            faults += [(places[number], fault) for number, fault in nesting_faults(story.root, tags)]
        paragraphs += own
    return TaggedDocument(tuple(found), tuple(paragraphs), tags, places, tuple(faults))
