"""Templates checked before any workbook is opened: every fault of every template, told at once."""

from collections import ChainMap
from collections.abc import Iterator, Sequence
from typing import Final

from docx.oxml.ns import qn
from jinja2 import nodes

from batch.areas.figures import PERCENT
from batch.errors import BatchError
from batch.word.language.braces import brace_faults
from batch.word.language.expressions import TagError, figure_id_of, parsed, sole_expression, without_filters
from batch.word.language.reader import Reader
from batch.word.language.vocabulary import Vocabulary
from batch.word.markup.joining import NUMBER, TAG, TaggedParagraph
from batch.word.markup.stories import Fault, stories
from batch.word.markup.tagged import TaggedDocument, tag_document
from batch.word.markup.tags import STRANGE, Tag
from batch.word.markup.template import WordTemplate, opened
from batch.word.markup.unfilled import stale_fields, taken_from_elsewhere, unfilled_faults

_REVISIONS: Final = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange")))


def check_templates(templates: Sequence[tuple[WordTemplate, Vocabulary]]) -> None:
    """Hold each template against the names it may use.

    Raises:
        BatchError: something has to be mended; every fault of every template is listed, one a line.

    """
    lines = [line for template, vocabulary in templates for line in _lines(template, vocabulary)]
    if lines:
        raise BatchError("\n".join((f"Word模板里有{len(lines)}处要改，没有生成任何文件：", *lines)))


def notices(template: WordTemplate) -> list[str]:
    """Return a sentence for each thing in a template that its author may not want in a report."""
    document = opened(template)
    roots = [story.root for story in stories(document)]
    told = []
    if any(next(root.iter(*_REVISIONS), None) is not None for root in roots):
        told.append(f"Word模板“{template.name}”里有没有接受的修订，会原样留在生成的文件里。")
    if any(next(root.iter(qn("w:commentReference")), None) is not None for root in roots):
        told.append(f"Word模板“{template.name}”里有批注，会原样留在生成的文件里。")
    if taken := taken_from_elsewhere(document):
        what = "、".join(taken)
        told.append(
            f"“{template.name}”里有{what}，会原样留在生成的文件里，打开时Word可能去读别处，不需要请在模板里去掉。"
        )
    if fields := stale_fields(document):
        told.append(f"“{template.name}”里有{'和'.join(fields)}，填好的文件要在Word里按Ctrl+A、再按F9更新一次。")
    return told


def _lines(template: WordTemplate, vocabulary: Vocabulary) -> list[str]:
    try:
        document = opened(template)
    except BatchError as error:
        return [str(error)]
    faults = [*unfilled_faults(document), *_faults(tag_document(document), vocabulary)]
    told = dict.fromkeys(f"{template.name}　{place}：{fault}。" for place, fault in faults)
    return list(told)  # a text box stands twice in its paragraph, for new and for old programs


def _faults(tagged: TaggedDocument, vocabulary: Vocabulary) -> Iterator[Fault]:
    for paragraph in tagged.paragraphs:
        yield from ((paragraph.place, fault) for fault in dict.fromkeys(brace_faults(paragraph, vocabulary)))
    yield from tagged.faults
    reader = Reader(vocabulary)
    for story in tagged.stories:
        numbers = [int(element.get(NUMBER)) for element in story.root.iter(TAG)]
        yield from ((tagged.places[number], fault) for number, fault in _spoken_faults(tagged, numbers, reader))
    for paragraph in tagged.paragraphs:
        for tag in paragraph.tags:
            yield from ((paragraph.place, fault) for fault in _doubled(paragraph, tag, reader))


def _spoken_faults(tagged: TaggedDocument, numbers: list[int], reader: Reader) -> Iterator[tuple[int, str]]:
    """Yield the faults of the tags of one story, each read with the names that are given before it."""
    scopes: list[dict[str, frozenset[str] | None]] = [{}]
    told: set[str] = set()
    for number in numbers:
        tag = tagged.tags[number]
        if tag.unclosed or tag.misspelt in told:
            continue  # told with its paragraph, or with the tag that it ends
        if misnamed := reader.misnamed(tag):
            yield number, misnamed
            continue
        try:
            tree = parsed(tag)
        except TagError as error:
            yield number, str(error)
            told.add(f"end{tag.misspelt if tag.keyword == STRANGE else tag.keyword}")
            tree = None
        if tree is not None:
            yield from ((number, fault) for fault in reader.faults(tree, dict(ChainMap(*reversed(scopes)))))
        given = {} if tree is None else {**reader.given(tree)}
        if tag.keyword == "for":
            scopes.append({**given, "loop": None})
        elif tag.keyword == "endfor" and len(scopes) > 1:
            scopes.pop()
        elif not tag.is_placeholder:
            scopes[-1] |= given


def _doubled(paragraph: TaggedParagraph, tag: Tag, reader: Reader) -> Iterator[str]:
    """Yield a word that the text says again right after the placeholder has said it."""
    if not tag.is_placeholder:
        return
    try:
        tree = parsed(tag)
    except TagError:
        return
    base, filters = without_filters(sole_expression(tree) or nodes.Const(None)) if tree else (None, ())
    unit = reader.vocabulary.units.get(figure_id_of(base) or "", "") if base else ""
    said = ["余", "多"] if {"约", "多"} & {*filters} else []
    if "单位" in filters and unit:
        said.append(unit)
    if "百分" in filters or (unit == PERCENT and "单位" in filters):
        said += [PERCENT, "％"]
    following = paragraph.text[tag.end :]
    for word in said:
        if following.startswith(word):
            yield f"{tag.shown}会自己写出“{word}”，后面的“{word}”要去掉"
            return
