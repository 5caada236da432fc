"""The runs of a paragraph: words as they are, and figures in controls that name them."""

import copy
import re
from collections.abc import Iterator
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from batch.report.content import Mention, Text, spans
from batch.word.control import controlled

_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def runs(text: Text, formatting: Any = None) -> Iterator[Any]:  # noqa: ANN401 lxml's elements are untyped
    """Yield the runs that say a text, all in one formatting (``w:rPr``, copied), a figure's in its control."""
    for span in spans(text):
        if isinstance(span, Mention):
            yield controlled(span.figure, _run(span.text, formatting))
        elif span:
            yield _run(span, formatting)


def printable(text: str) -> str:
    r"""Return the text with a space for each character that XML or a line cannot hold.

    Private characters stay: rare characters of names are kept there.

    >>> printable("张\x0b三　李\n四")
    '张 三\u3000李 四'
    """
    return _UNPRINTABLE.sub(" ", text)


def _run(text: str, formatting: Any) -> Any:  # noqa: ANN401 lxml's elements are untyped
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    if formatting is not None:
        run.append(copy.deepcopy(formatting))
    words.text = printable(text)
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run
