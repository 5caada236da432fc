"""Control tags put where they act: between rows, cells, paragraphs or runs, each with its other half in one place."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from docx.oxml.ns import qn

from batch.values.xml_text import Element
from batch.word.markup.joining import NUMBER, PRINTS, TAG, TaggedParagraph
from batch.word.markup.stories import FORMATTING, PARAGRAPH, RUN, ends_section, is_shown
from batch.word.markup.tags import COMMENT, STRANGE, Tag

HAD_TAGS: Final = "batch-tags"
"""The attribute of a paragraph from which a clause may have been left out; taken off after rendering."""
HAD_CELLS: Final = "batch-cells"
"""The attribute of a table whose cells may be repeated or left out."""
MIDDLE: Final = frozenset({"elif", "else"})
OPENING: Final = frozenset({"if", "for"})
_AROUND: Final = {"tr": (qn("w:tr"), "整一行，这一行"), "tc": (qn("w:tc"), "整个单元格，这个单元格")}
DEEPEST: Final = 4
"""Loops within loops: each level multiplies the time, and no report has a fourth dimension."""


def place_tags(paragraphs: Sequence[TaggedParagraph]) -> list[tuple[TaggedParagraph, str]]:
    """Move the control tags of a story to where they act; return (paragraph, fault) for what would lose text.

    A paragraph with nothing but control tags acts as a whole, and so does a tag at the very beginning or
    end of a paragraph whose other half stands in another. The rest act within their paragraph, between runs.
    """
    faults = [fault for level in _AROUND for fault in _place_around(paragraphs, level)]
    for paragraph in paragraphs:
        if any(tag.keyword not in {"", COMMENT} for tag in paragraph.tags):
            paragraph.element.set(HAD_TAGS, "1")
        elements = [(tag, element) for tag, element in tag_elements(paragraph) if not tag.is_placeholder]
        if not elements:
            continue
        if _is_bare(paragraph.element):
            _place_for_paragraph(paragraph.element, elements)
        elif any(tag.level == "p" for tag, _ in elements):
            faults.append((paragraph, "{%p %}会去掉整个段落，要独占一段，别的文字请移到另一段"))
        else:
            _place_within(paragraph, elements)
    return faults


def tag_elements(paragraph: TaggedParagraph) -> Iterator[tuple[Tag, Element]]:
    """Yield the tags of a paragraph with their elements, those that still stand in it."""
    for element in paragraph.element.iter(TAG):
        number = int(element.get(NUMBER)) - paragraph.first
        if 0 <= number < len(paragraph.tags):  # not one of a text box in it
            yield paragraph.tags[number], element


def isolated(element: Element) -> Element:
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


def _run_of(like: Element, content: list[Element]) -> Element:
    run = like.makeelement(RUN, dict(like.attrib))
    formatting = like.find(FORMATTING)
    if formatting is not None:
        run.append(copy.deepcopy(formatting))
    run.extend(content)
    return run


def _place_around(paragraphs: Sequence[TaggedParagraph], level: str) -> Iterator[tuple[TaggedParagraph, str]]:
    """Let the tags of one level stand for the row or the cell that holds them."""
    around, called = _AROUND[level]
    asking = [paragraph for paragraph in paragraphs if any(tag.level == level for tag in paragraph.tags)]
    for paragraph in asking:
        holder: Element = next(paragraph.element.iterancestors(around), None)
        elements = [] if holder is None else list(holder.iter(TAG))
        if holder is None and next(paragraph.element.iter(TAG), None) is not None:
            yield paragraph, f"{{%{level} %}}只用在表格里"
        elif holder is not None and any(not _is_bare(each) for each in holder.iter(PARAGRAPH)):
            yield paragraph, f"{{%{level} %}}会去掉{called}里不能有别的文字"
        elif holder is not None and elements:
            if level == "tc":
                next(holder.iterancestors(qn("w:tbl"))).set(HAD_CELLS, "1")
            for element in elements:
                holder.addprevious(element)
            holder.getparent().remove(holder)


def _is_bare(paragraph: Element) -> bool:
    """Say whether a paragraph holds control tags at most, and nothing to be read or seen."""
    return not any(is_shown(each) or (each.tag == TAG and each.get(PRINTS)) for each in paragraph.iter())


def _place_for_paragraph(paragraph: Element, elements: list[tuple[Tag, Element]]) -> None:
    """Put the tags in the paragraph's place; one that ends a section stays, empty, whatever they leave out."""
    is_last = ends_section(paragraph)
    astray = _without_other_half(elements)
    last = paragraph
    for tag, element in elements:
        holder = element.getparent()
        if is_last and tag.keyword in OPENING and element in astray:
            last.addnext(element)
            last = element
        else:
            paragraph.addprevious(element)
        holder.getparent().remove(holder)
    if not is_last:
        paragraph.getparent().remove(paragraph)


def _place_within(tagged: TaggedParagraph, elements: list[tuple[Tag, Element]]) -> None:
    """Put each tag between runs; before or after the paragraph where its other half stands in another."""
    paragraph = tagged.element
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


def _without_other_half(elements: list[tuple[Tag, Element]]) -> list[Element]:
    """Return the tags that open, divide or close a clause which does not both begin and end among them."""
    astray: list[Element] = []
    open_clauses: list[list[Element]] = []
    for tag, element in elements:
        if tag.keyword in OPENING:
            open_clauses.append([element])
        elif tag.keyword in MIDDLE:
            (open_clauses[-1] if open_clauses else astray).append(element)
        elif tag.keyword.startswith("end"):
            if open_clauses:
                open_clauses.pop()
            else:
                astray.append(element)
    return astray + [element for clause in open_clauses for element in clause]


def _at_the_edge(nodes: Iterable[Element], astray: list[Element]) -> list[Element]:
    """Return those of the tags before which, in this order of the nodes, there is nothing to read or see."""
    found: list[Element] = []
    for each in nodes:
        if each.tag == TAG:
            if each not in astray:
                break
            found.append(each)
        elif is_shown(each):
            break
    return found


def nesting_faults(root: Element, tags: Mapping[int, Tag]) -> Iterator[tuple[int, str]]:
    """Yield (number of the tag, fault) for every placed control tag of a story without its other half."""
    waiting: list[tuple[int, Tag, Element]] = []
    own = [(int(element.get(NUMBER)), element.getparent()) for element in root.iter(TAG)]
    placed = [(number, tags[number], place) for number, place in own if not tags[number].is_placeholder]
    if any(tag.keyword == STRANGE or tag.unclosed for _, tag, _ in placed):
        return  # told for themselves: whose half such a tag would be, nobody knows
    for number, tag, place in placed:
        if tag.keyword in OPENING:
            waiting.append((number, tag, place))
            if sum(each.keyword == "for" for _, each, _ in waiting) > DEEPEST:
                yield number, f"{tag.shown}：{{% for %}}最多套{DEEPEST}层"
        elif tag.keyword in MIDDLE or tag.keyword.startswith("end"):
            wanted = _openers(tag.keyword)
            if not waiting or waiting[-1][1].keyword not in wanted:
                yield number, f"{tag.shown}前面没有对应的{_either(wanted)}"
                continue
            _, opener, where = waiting[-1]
            if where is not place:
                yield number, _apart(opener, tag)
            if tag.keyword not in MIDDLE:
                waiting.pop()
    for number, tag, _ in waiting:
        yield number, f"{tag.shown}没有收尾，后面要有{{% end{tag.keyword} %}}"


def _openers(keyword: str) -> frozenset[str]:
    if keyword == "elif":
        return frozenset({"if"})
    return frozenset({"if", "for"}) if keyword == "else" else frozenset({keyword.removeprefix("end")})


def _either(keywords: frozenset[str]) -> str:
    return "或".join(f"{{% {each} %}}" for each in sorted(keywords, reverse=True))


def _apart(opener: Tag, tag: Tag) -> str:
    return (
        f"{opener.shown}和{tag.shown}不在一处：要写在同一段里，或各自独占一段"
        "（隔着表格的行用{%tr %}，隔着单元格用{%tc %}）"
    )
