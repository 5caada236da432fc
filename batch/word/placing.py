"""Control tags put where they act: between rows, cells, paragraphs or runs, so that what they leave out is whole."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from docx.oxml.ns import qn

from batch.word.joining import FORMATTING, NUMBER, PARAGRAPH, PRINTS, RUN, TAG, TEXT, Passage
from batch.word.stories import SEEN
from batch.word.tags import COMMENT, Tag

HAD_TAGS: Final = "batch-tags"
"""The attribute of a paragraph from which a clause may have been left out; taken off after rendering."""
HAD_CELLS: Final = "batch-cells"
"""The attribute of a table whose cells may be repeated or left out."""
MIDDLE: Final = frozenset({"elif", "else"})
OPENING: Final = frozenset({"if", "for", "with"})
_AROUND: Final = {"tr": (qn("w:tr"), "整一行，这一行"), "tc": (qn("w:tc"), "整个单元格，这个单元格")}
_SECTION: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"


def place_tags(passages: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """Move the control tags of a story to where they act; return (passage, fault) for what would lose text.

    A paragraph with nothing but control tags acts as a whole, and so does a tag at the very beginning or
    end of a paragraph whose other half stands in another. The rest act within their paragraph, between runs.
    """
    faults = [fault for level in _AROUND for fault in _place_around(passages, level)]
    for passage in passages:
        if any(tag.keyword not in {"", COMMENT} for tag in passage.tags):
            passage.element.set(HAD_TAGS, "1")
        elements = [(tag, element) for tag, element in tag_elements(passage) if not tag.is_output]
        if not elements:
            continue
        if _is_bare(passage.element):
            _place_for_paragraph(passage.element, elements)
        elif any(tag.level == "p" for tag, _ in elements):
            faults.append((passage, "{%p %}会去掉整个段落，要独占一段，别的文字请移到另一段"))
        else:
            _place_within(passage, elements)
    return faults


def tag_elements(passage: Passage) -> Iterator[tuple[Tag, Any]]:
    """Yield the tags of a paragraph with their elements, those that still stand in it."""
    for element in passage.element.iter(TAG):
        number = int(element.get(NUMBER)) - passage.first
        if 0 <= number < len(passage.tags):  # not one of a text box in it
            yield passage.tags[number], element


def isolated(element: Any) -> Any:  # noqa: ANN401 lxml's elements are untyped
    """Give a tag's element a run of its own, with the formatting of the run it stands in, and return that run."""
    text = element.getparent()
    run = text.getparent()
    before = [each for each in run[: run.index(text)] if each.tag != FORMATTING]
    after = list(run[run.index(text) + 1 :])
    if before:
        run.addprevious(_run_of(run, before))
    if after:
        run.addnext(_run_of(run, after))
    return run


def _run_of(like: Any, content: list[Any]) -> Any:  # noqa: ANN401 lxml's elements are untyped
    run = like.makeelement(RUN, dict(like.attrib))
    formatting = like.find(FORMATTING)
    if formatting is not None:
        run.append(copy.deepcopy(formatting))
    run.extend(content)
    return run


def _place_around(passages: Sequence[Passage], level: str) -> Iterator[tuple[Passage, str]]:
    """Let the tags of one level stand for the row or the cell that holds them."""
    around, called = _AROUND[level]
    asking = [passage for passage in passages if any(tag.level == level for tag in passage.tags)]
    for passage in asking:
        holder: Any = next(passage.element.iterancestors(around), None)
        elements = [] if holder is None else list(holder.iter(TAG))
        if holder is None and next(passage.element.iter(TAG), None) is not None:
            yield passage, f"{{%{level} %}}只用在表格里"
        elif holder is not None and any(not _is_bare(each) for each in holder.iter(PARAGRAPH)):
            yield passage, f"{{%{level} %}}会去掉{called}里不能有别的文字"
        elif holder is not None and elements:
            if level == "tc":
                next(holder.iterancestors(qn("w:tbl"))).set(HAD_CELLS, "1")
            for element in elements:
                holder.addprevious(element)
            holder.getparent().remove(holder)


def _is_bare(paragraph: Any) -> bool:  # noqa: ANN401 lxml's elements are untyped
    """Say whether a paragraph holds control tags at most, and nothing to be read or seen."""
    for each in paragraph.iter():
        if each.tag in SEEN or (each.tag == TEXT and (each.text or "").strip()):
            return False
        if each.tag == TAG and each.get(PRINTS):
            return False
    return True


def _place_for_paragraph(paragraph: Any, elements: list[tuple[Tag, Any]]) -> None:  # noqa: ANN401 as above
    """Put the tags in the paragraph's place; one that ends a section stays, empty, whatever they leave out."""
    ends_section = paragraph.find(_SECTION) is not None
    astray = _without_other_half(elements)
    last = paragraph
    for tag, element in elements:
        holder = element.getparent()
        if ends_section and tag.keyword in OPENING and element in astray:
            last.addnext(element)
            last = element
        else:
            paragraph.addprevious(element)
        holder.getparent().remove(holder)
    if not ends_section:
        paragraph.getparent().remove(paragraph)


def _place_within(passage: Passage, elements: list[tuple[Tag, Any]]) -> None:
    """Put each tag between runs; before or after the paragraph where its other half stands in another."""
    paragraph = passage.element
    astray = _without_other_half(elements)
    leading = _at_the_edge(paragraph.iter(), astray)
    trailing = _at_the_edge(reversed(list(paragraph.iter())), [each for each in astray if each not in leading])
    for _, element in elements:
        run = isolated(element)
        if element in leading:
            paragraph.addprevious(element)
        elif element not in trailing:
            run.addprevious(element)
        if element not in trailing:
            run.getparent().remove(run)
    for element in trailing:  # the last one first, so that each is put before the one that follows it
        run = element.getparent().getparent()
        paragraph.addnext(element)
        run.getparent().remove(run)


def _without_other_half(elements: list[tuple[Tag, Any]]) -> list[Any]:
    """Return the tags that open, divide or close a passage which does not both begin and end among them."""
    astray: list[Any] = []
    open_passages: list[list[Any]] = []
    for tag, element in elements:
        if tag.keyword in OPENING:
            open_passages.append([element])
        elif tag.keyword in MIDDLE:
            (open_passages[-1] if open_passages else astray).append(element)
        elif tag.keyword.startswith("end"):
            if open_passages:
                open_passages.pop()
            else:
                astray.append(element)
    return astray + [element for passage in open_passages for element in passage]


def _at_the_edge(nodes: Iterable[Any], astray: list[Any]) -> list[Any]:
    """Return those of the tags before which, in this order of the nodes, there is nothing to read or see."""
    found: list[Any] = []
    for each in nodes:
        if each.tag == TAG:
            if each not in astray:
                break
            found.append(each)
        elif each.tag in SEEN or (each.tag == TEXT and (each.text or "").strip()):
            break
    return found
