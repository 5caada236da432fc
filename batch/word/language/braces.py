"""What looks like a placeholder and is none: braces that are single, spaced, full-width, or of another kind."""

import re
from collections.abc import Iterator
from typing import Final

from batch.word.language.vocabulary import Vocabulary
from batch.word.markup.joining import OBJECT, TaggedParagraph
from batch.word.markup.tags import TAG_LIKE, folded

_SPACED: Final = re.compile(r"(?<!\{)\{\s+[{%]|[}%]\s+\}(?!\})")
_SINGLE: Final = re.compile(r"(?<!\{)\{([^{}%#]+)\}(?!\})")
_OTHER: Final = re.compile(
    r"([（(【［\[〔《〈＜<])\s*\1([^（(【［\[〔《〈＜<）)】］\]〕》〉＞>]+)[）)】］\]〕》〉＞>]{2}"
)
_FULL_WIDTH: Final = str.maketrans("｛｝％＃", "{}%#")
_QUOTED: Final = 14
"""Characters that a fault quotes of what stands before or after a brace."""
_RIGHT: Final = "占位符写成{{ 名称 }}，标签写成{% … %}"


def brace_faults(paragraph: TaggedParagraph, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what looks like a placeholder in a paragraph and is none."""
    rest, at = "", 0
    for tag in paragraph.tags:
        rest += paragraph.text[at : tag.start] + OBJECT
        at = tag.end
        if tag.unclosed:
            yield f"“{tag.unclosed}”没有收尾，成对写成{{{{ 名称 }}}}或{{% … %}}"
    rest += paragraph.text[at:]
    half_width = rest.translate(_FULL_WIDTH)
    full = [each for each in TAG_LIKE.finditer(half_width) if rest[slice(*each.span())] != each.group()]
    if full:
        yield f"“{_around(rest, full[0])}”的花括号是全角的，要换成半角：{{{{ 名称 }}}}"
        return
    for stray in TAG_LIKE.finditer(rest):
        yield f"“{_around(rest, stray)}”的花括号不成对，{_RIGHT}"
    spaced = _SPACED.search(rest)
    if spaced:
        yield f"“{_around(rest, spaced)}”的花括号中间不能有空格，{_RIGHT}"
        return
    yield from _unbraced(rest, half_width, vocabulary)
    yield from _extra(paragraph, rest)


def _unbraced(rest: str, half_width: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield names that stand in one pair of braces, or in two of other brackets."""
    known = {*vocabulary.names}
    for match in _SINGLE.finditer(half_width):
        name = folded(match.group(1)).strip()
        if _name(name) in known:
            yield f"“{rest[match.start() : match.end()]}”少了花括号，要写成{{{{ {name} }}}}"
    for match in _OTHER.finditer(rest):
        name = folded(match.group(2)).strip()
        if _name(name) in known:
            yield f"“{match.group()}”用的不是花括号，要写成{{{{ {name} }}}}"


def _extra(paragraph: TaggedParagraph, rest: str) -> Iterator[str]:
    """Yield tags with a third brace at one end."""
    if rest.count("{") == rest.count("}"):
        return
    for tag in paragraph.tags:
        before, after = paragraph.text[tag.start - 1 : tag.start] == "{", paragraph.text[tag.end : tag.end + 1] == "}"
        if before != after:
            yield f"“{'{' * before}{tag.shown}{'}' * after}”多了一个花括号"


def _name(code: str) -> str:
    return code.partition("|")[0].strip()


def _around(text: str, brace: re.Match[str]) -> str:
    """Return a brace with what it opens, or what it closes."""
    if brace.group().startswith("{"):
        return text[brace.start() : brace.end() + _QUOTED].partition(OBJECT)[0].strip()
    return text[max(brace.start() - _QUOTED, 0) : brace.end()].rpartition(OBJECT)[2].strip()
