"""A report as a value: headings, paragraphs, tables and charts, before there is a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure named in a text: its id, and how it is spoken there; a reader can ask where it comes from."""

    figure: str
    text: str


Span: TypeAlias = str | Mention
Text: TypeAlias = str | tuple[Span, ...]
"""What a paragraph or a cell says: plain words, or words with figures among them."""


def spans(text: Text) -> tuple[Span, ...]:
    """Return a text as its spans."""
    return (text,) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """Return the words of a text.

    >>> plain(("发文", Mention("办文.发文", "3件"), "。"))
    '发文3件。'
    """
    return "".join(span.text if isinstance(span, Mention) else span for span in spans(text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、, level 2 is （一）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text."""

    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()
    """Shares of the room; none where the words in the columns decide."""
    is_dense: bool = False
    """Set small: a table in which something is looked up, not one that is read."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a chart, one for each category."""

    name: str
    values: tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns over categories, one colour a series, stacked upon each other."""

    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    """What the numbers count: the title of the value axis."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block: TypeAlias = Heading | Paragraph | Table | Chart | NewPage


@dataclass(frozen=True, slots=True)
class Blocks:
    """What stands in a report at the place of one name: any number of blocks; none of them makes it false."""

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, *found: Block | None) -> "Blocks":
        """Return the blocks that there are."""
        return cls(tuple(each for each in found if each is not None))

    def __bool__(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.blocks)

    @property
    def text(self) -> str:
        """Return every word, one block or row a line, for reading without Word."""
        return "\n".join(block_texts(self.blocks))


def block_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the words of each block, of a table one row after the other."""
    for block in blocks:
        match block:
            case Heading(_, text):
                yield text
            case Paragraph(text):
                yield plain(text)
            case Table(caption, header, rows, _, _):
                yield from (caption, "｜".join(header), *("｜".join(map(plain, cells)) for cells in rows))
            case Chart(caption, categories, series, _):
                yield from (caption, "｜".join(categories))
                yield from ("｜".join((each.name, *map(str, each.values))) for each in series)
            case NewPage():
                pass
