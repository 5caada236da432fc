"""Paragraphs put in order after clauses were left out: stray punctuation taken off, empty ones dropped."""

import re
from typing import Any, Final

from docx.oxml.ns import qn

from batch.word.joining import FORMATTING, PARAGRAPH, RUN, TEXT
from batch.word.placing import HAD_TAGS
from batch.word.stories import is_blank

_STRAY: Final = tuple(
    map(
        re.compile,
        (
            r"([，；、]+)(?=[。；])",  # before a stop
            r"(?<=[。：；])([。，；、]+)",  # after one
            r"(?<=[，、])([，、]+)",  # after its like
            r"^\s*([，；、。]+)",  # at the beginning
        ),
    )
)
"""What is stray, looked for one after the other: what one takes out is no longer there for the next."""
_SECTION: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"


def tidied(text: str) -> str:
    """Take out the punctuation that clauses left behind where they were dropped.

    >>> tidied("，发文3件，收文2件，。")
    '发文3件，收文2件。'
    """
    return "".join(text[at] for at in _kept(text))


def _kept(text: str) -> list[int]:
    """Return the places of the signs that stay."""
    kept = list(range(len(text)))
    for pattern in _STRAY:
        left = "".join(text[at] for at in kept)
        stray = {at for match in pattern.finditer(left) for at in range(*match.span(1))}
        kept = [at for index, at in enumerate(kept) if index not in stray]
    return kept


def tidy(root: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    """Tidy the paragraphs of a rendered story whose template held control tags; the others are left as typed."""
    for paragraph in list(root.iter(PARAGRAPH)):
        if paragraph.attrib.pop(HAD_TAGS, None) is None:
            continue
        _take_stray_punctuation(paragraph)
        if is_blank(paragraph) and paragraph.find(_SECTION) is None and _has_company(paragraph):
            paragraph.getparent().remove(paragraph)


def _take_stray_punctuation(paragraph: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    texts = [each for each in paragraph.iter(TEXT) if next(each.iterancestors(PARAGRAPH)) is paragraph]
    kept_places = {*_kept("".join(each.text or "" for each in texts))}
    start = 0
    for each in texts:
        text = each.text or ""
        kept = "".join(sign for at, sign in enumerate(text, start=start) if at in kept_places)
        if kept != text:
            each.text = kept
            _drop_if_empty(each)
        start += len(text)


def _has_company(paragraph: Any) -> bool:  # noqa: ANN401 lxml's elements are untyped
    return any(each is not paragraph for each in paragraph.getparent().iterchildren(PARAGRAPH))


def _drop_if_empty(text: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    run = text.getparent()
    if not text.text:
        run.remove(text)
    if run.tag == RUN and all(each.tag == FORMATTING for each in run):
        run.getparent().remove(run)
