"""A report as a value: headings, paragraphs and tables, before there is a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、, level 2 is （一）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; ``widths`` are shares of the type area's width."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block: TypeAlias = Heading | Paragraph | Table | NewPage


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: title, the line below it, its body, who signs it and when, and what is appended."""

    title: str
    """May have several lines: a title is broken where its sense allows."""
    byline: str
    body: tuple[Block, ...]
    signature: tuple[str, ...]
    appendix: tuple[Block, ...] = ()
    unit: str = ""
    is_draft: bool = False

    @property
    def text(self) -> str:
        """Return every word of the report, one block a line, for reading without Word."""
        return "\n".join((self.title, self.byline, *_texts(self.body), *self.signature, *_texts(self.appendix)))


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(_, text) | Paragraph(text):
                yield text
            case Table(caption, header, rows, _):
                yield from (caption, *("｜".join(cells) for cells in (header, *rows)))
            case NewPage():
                pass


_NUMERALS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Write 1 to 99 as a heading does.

    >>> chinese_number(12)
    '十二'
    """
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return leading + (_NUMERALS[ones] if ones or not tens else "")
