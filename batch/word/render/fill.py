"""A Word template filled with the values of a run."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from docx.document import Document
from docx.parts.story import StoryPart
from jinja2 import Environment, UndefinedError
from jinja2.exceptions import SecurityError
from lxml.etree import LxmlError

from batch.errors import BatchError
from batch.report.phrase import Phrase
from batch.values.same_bytes import without_origin
from batch.word.language.environment import Printer, environment
from batch.word.language.expressions import (
    TagError,
    figure_id_of,
    parsed,
    sole_expression,
    stored_names,
    without_filters,
)
from batch.word.language.filters import UnfitError
from batch.word.language.vocabulary import FIGURES
from batch.word.markup.stories import Fault, Story
from batch.word.markup.tagged import TaggedDocument, tag_document
from batch.word.markup.tags import Tag
from batch.word.markup.template import WordTemplate, let_go, opened
from batch.word.page.chart import number_drawings, renumber_drawings
from batch.word.page.control import number_controls
from batch.word.render.draft import mark_draft
from batch.word.render.finishing import embed_blocks, embed_breaks, settle, tidy
from batch.word.render.properties import set_properties
from batch.word.render.story_template import story_template
from batch.word.render.wrapping import wrap_figures

OF_ANOTHER_PERIOD: Final = "上期"
"""The filter that speaks of a figure which is not this ledger's own."""


@dataclass(frozen=True)
class Paper:
    """What a filled file is, beside its text."""

    title: str
    unit: str
    is_draft: bool


def fill(template: WordTemplate, fields: Mapping[str, object], paper: Paper) -> bytes:
    """Return the template as a .docx with every placeholder filled; the same values give the same bytes.

    Raises:
        BatchError: the template is no .docx, or a tag cannot be rendered; the place is told.

    """
    document = opened(template)
    tagged = tag_document(document)
    fault = next(_faults(tagged), None)
    if fault is not None:
        raise _failure(template, *fault)
    printer = Printer()
    wrap_figures(tagged.paragraphs, _figures(tagged, fields))
    rendered = _rendered(template, tagged, fields, environment(printer))
    document = document.part.document  # that of the rendered body
    _complete(rendered, document, printer)
    set_properties(document, paper.title, paper.unit)
    if paper.is_draft:
        mark_draft(document)
    stream = io.BytesIO()
    document.save(stream)
    let_go(document)
    return without_origin(stream.getvalue())


def _faults(tagged: TaggedDocument) -> Iterator[Fault]:
    """Yield the tags that cannot act where they stand, then those that cannot be read."""
    yield from tagged.faults
    for number, tag in tagged.tags.items():
        try:
            parsed(tag)
        except TagError as error:
            yield tagged.places[number], str(error)


def _figures(tagged: TaggedDocument, fields: Mapping[str, object]) -> Callable[[Tag], str | None]:
    """Return what says which figure a placeholder is, if it is one figure with filters at most."""
    trees = [tree for tag in tagged.tags.values() if (tree := parsed(tag)) is not None]
    own = frozenset(name for tree in trees for name in stored_names(tree))

    def figure_of(tag: Tag) -> str | None:
        tree = parsed(tag)
        expression = None if tree is None else sole_expression(tree)
        if expression is None:
            return None
        base, filters = without_filters(expression)
        figure = figure_id_of(base, own)
        value = None if figure is None or OF_ANOTHER_PERIOD in filters else _value(figure, fields)
        return value.figure or None if isinstance(value, Phrase) else None

    return figure_of


def _value(figure: str, fields: Mapping[str, object]) -> object:
    area, _, name = figure.partition(".")
    for owner, key in ((fields.get(area), name), (fields.get(FIGURES), figure)):
        if isinstance(owner, Mapping) and key in owner:
            return owner[key]
    return None


def _rendered(
    template: WordTemplate, tagged: TaggedDocument, fields: Mapping[str, object], jinja: Environment
) -> list[Story]:
    """Return the stories with every tag carried out, each stored in its part."""
    rendered = []
    for story in tagged.stories:
        source = story_template(story.root)
        try:
            rendered.append(replace(story, root=source.rendered(fields, jinja)))
        except LxmlError as error:
            raise _failure(template, "", "填写以后不是完整的Word文件，请检查成对的标签") from error
        except Exception as error:  # whatever a template makes jinja2 raise is the template's fault, and is told so
            number = source.tag_of(error)
            place = "" if number is None else tagged.places[number]
            typed = "" if number is None else tagged.tags[number].shown
            raise _failure(template, place, f"{typed}填不出来，{_reason(error)}") from error
        rendered[-1].store()
    return rendered


def _reason(error: Exception) -> str:
    match error:
        case UndefinedError() | UnfitError() | SecurityError():
            return str(error)
        case ZeroDivisionError():
            return "除数是0"
        case TypeError():
            return "这里的内容不能这样运算"
        case RecursionError():
            return "套了太多层"
    return "写法不对"


def _failure(template: WordTemplate, place: str, fault: str) -> BatchError:
    return BatchError(f"Word模板“{template.name}”{place}：{fault}。")


def _complete(rendered: list[Story], document: Document, printer: Printer) -> None:
    """Put in what values hold beyond words, tidy up, and number the controls of the whole document."""
    renumber_drawings(document.element)
    for story in rendered:
        embed_breaks(story.root)
        part = story.part if isinstance(story.part, StoryPart) else document.part
        embed_blocks(story.root, printer.blocks, part)
        tidy(story.root)
        settle(story.root)
    roots = [story.root for story in rendered]
    number_controls(roots)
    number_drawings(roots)
    for story in rendered:
        story.store()
