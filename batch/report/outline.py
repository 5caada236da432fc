"""The duty report's outline: a text with placeholders, rendered to the blocks of a report."""

import re
from collections.abc import Mapping
from importlib import resources
from typing import Final

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from batch.report.content import Block, Heading, Paragraph
from batch.report.phrase import NOTHING, Phrase

HEADING_MARK: Final = "## "
_BEFORE_STOP: Final = re.compile(r"[，；、]+(?=[。；])")
_AFTER_STOP: Final = re.compile(r"(?<=[。：；])[。，；、]+")


class Figures(dict[str, Phrase]):
    """The figures of one sheet by name; a figure that these definitions do not have has nothing to say."""

    def __missing__(self, name: str) -> Phrase:
        """Return the phrase that is left out."""
        return NOTHING


def outline_text() -> str:
    """Return the shipped outline."""
    return resources.files("batch.report").joinpath("述职报告.txt").read_text(encoding="utf-8")


def render_outline(outline: str, values: Mapping[str, object]) -> tuple[Block, ...]:
    """Fill an outline and return its blocks: one line is one heading or one paragraph.

    An unknown name outside the figures is an error of the outline and raises jinja2's ``UndefinedError``.
    """
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters.update(
        {"约": lambda each: each.rough, "单位": lambda each: each.measured, "核": lambda each: each.marked}
    )
    text = environment.from_string(outline).render(values)
    return tuple(_block(tidied(line)) for line in map(str.strip, text.splitlines()) if line)


def tidied(text: str) -> str:
    """Take out the punctuation that clauses left behind where they were dropped.

    >>> tidied("发文3件，收文2件，。")
    '发文3件，收文2件。'
    """
    return _AFTER_STOP.sub("", _BEFORE_STOP.sub("", text))


def _block(line: str) -> Block:
    if line.startswith(HEADING_MARK):
        return Heading(1, line.removeprefix(HEADING_MARK))
    return Paragraph(line)
