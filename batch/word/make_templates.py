"""Rewrite the shipped Word templates from their outlines: `python -m batch.word.make_templates`.

An outline is a text file beside its template, one line a paragraph: `# ` title, `^ ` the line below it, `## ` and
`### ` headings, `+ ` body text kept on the page of what follows, `> ` who signs and then the date, `---` a new page,
anything else body text. The Word files are what
is shipped and exported; the outlines are where their wording is changed, so that a change can be read.
"""

import io
from itertools import groupby
from pathlib import Path
from typing import Final

from docx.document import Document

from batch.values.same_bytes import repacked
from batch.word.page.layout import Layout, add_body, add_byline, add_heading, add_signature, add_title, blank_document

MARKS: Final = ("# ", "^ ", "## ", "### ", "+ ", "> ", "---")
FOLDER: Final = Path(__file__).resolve().parent / "templates"


def main() -> None:
    """Write every template beside its outline."""
    for path, content in build_templates().items():
        path.write_bytes(content)


def build_templates() -> dict[Path, bytes]:
    """Return path -> content of every template, the same bytes every time."""
    outlines = sorted(FOLDER.glob("*.txt"))
    return {path.with_suffix(".docx"): template_of(path.read_text(encoding="utf-8")) for path in outlines}


def template_of(outline: str) -> bytes:
    """Return the Word file of an outline."""
    document = blank_document(Layout())
    starts_page = False
    for mark, lines in groupby(filter(None, map(str.strip, outline.splitlines())), _mark):
        texts = [line.removeprefix(mark).strip() for line in lines]
        if mark == "---":
            starts_page = True
            continue
        first = len(document.paragraphs)
        _add(document, mark, texts)
        document.paragraphs[first].paragraph_format.page_break_before = starts_page or None
        starts_page = False
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _mark(line: str) -> str:
    return next((mark for mark in MARKS if line.startswith(mark)), "")


def _add(document: Document, mark: str, texts: list[str]) -> None:
    """Append lines of one kind; those of a title are one paragraph, and the last that sign are the date."""
    match mark:
        case "# ":
            add_title(document, "\n".join(texts))
        case "> ":
            add_signature(document, tuple(texts[:-1]), texts[-1])
        case _:
            for text in texts:
                _add_line(document, mark, text)


def _add_line(document: Document, mark: str, text: str) -> None:
    match mark:
        case "^ ":
            add_byline(document, text)
        case "## ":
            add_heading(document, 1, text)
        case "### ":
            add_heading(document, 2, text)
        case _:
            add_body(document, text).paragraph_format.keep_with_next = mark == "+ " or None


if __name__ == "__main__":
    main()
