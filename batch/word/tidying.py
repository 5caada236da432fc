"""Paragraphs put in order after clauses were left out: stray punctuation taken off, empty ones dropped."""

import re
from typing import Any, Final

from docx.oxml.ns import qn

from batch.word.joining import FORMATTING, PARAGRAPH, RUN, TEXT
from batch.word.placing import HAD_TAGS
from batch.word.stories import is_blank

_SIGNS: Final = re.compile(r"[，、；：。]{2,}")
_STRENGTH: Final = "、，；。："
"""Of signs that dropped clauses have brought together the strongest stays: what leads in, else what ends most."""
_LEADING: Final = re.compile(r"\s*([，；、。]+)")
_SECTION: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"


def tidied(text: str) -> str:
    """Take out the punctuation that clauses left behind where they were dropped.

    >>> tidied("，发文3件，收文2件；。用印5人次，，。")
    '发文3件，收文2件。用印5人次。'
    """
    stray = _stray(text)
    return "".join(sign for at, sign in enumerate(text) if at not in stray)


def _stray(text: str) -> set[int]:
    leading = _LEADING.match(text)
    stray = set(range(*leading.span(1))) if leading else set()
    for run in _SIGNS.finditer(text):
        kept = max(range(*run.span()), key=lambda at: _STRENGTH.index(text[at]))
        stray |= {*range(*run.span())} - {kept}
    return stray


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
    stray = _stray("".join(each.text or "" for each in texts))
    start = 0
    for each in texts:
        text = each.text or ""
        kept = "".join(sign for at, sign in enumerate(text, start=start) if at not in stray)
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
