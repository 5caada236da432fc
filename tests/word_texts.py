"""What a reader sees of Word files: their words, paragraph by paragraph, whatever holds them."""

import io
from collections.abc import Iterator
from datetime import date

import docx
from docx.oxml.ns import qn
from lxml.etree import _Element

from batch.areas.load import load_definitions
from batch.check.checked import Checked
from batch.options import Options
from batch.unit.documents import read_templates, word_files


def documents_of(checked: Checked) -> dict[str, bytes]:
    """Return the Word files of a run with the shipped templates, by path."""
    assert checked.totals is not None
    templates = read_templates(Options(today=date(2023, 6, 30)), load_definitions())
    return word_files(checked, checked.totals, templates).files


def texts_of(checked: Checked) -> dict[str, str]:
    """Return the words of each Word file by its name."""
    return {
        path.rpartition("/")[2].removesuffix(".docx"): text_of(each) for path, each in documents_of(checked).items()
    }


def text_of(content: bytes) -> str:
    """Return the words of a document, a paragraph or a table row a line."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join(_lines(body))


def _lines(container: _Element) -> Iterator[str]:
    for element in container:
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield "｜".join(_words(cell) for cell in row.iter(qn("w:tc")))
        elif element.tag == qn("w:p"):
            yield _words(element)
        else:
            yield from _lines(element)


def _words(element: _Element) -> str:
    kinds = {qn("w:t"): "", qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(kinds[str(each.tag)] or each.text or "" for each in element.iter(*kinds))
