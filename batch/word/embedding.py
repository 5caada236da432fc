"""What a value holds beyond plain words, put into the rendered document: line breaks, tabs, whole blocks."""

import copy
import re
from collections.abc import Sequence
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.parts.story import StoryPart

from batch.report.content import Blocks
from batch.word.blocks import drop_placeholder, insert_blocks
from batch.word.environment import BLOCK_MARK, LINE_MARK, TAB_MARK
from batch.word.joining import FORMATTING, PARAGRAPH, RUN, TEXT
from batch.word.stories import is_blank

_BLOCK: Final = re.compile(f"{BLOCK_MARK}([0-9]+){BLOCK_MARK}")
_BREAK: Final = re.compile(f"([{LINE_MARK}{TAB_MARK}])")
_ELEMENTS: Final = {LINE_MARK: "w:br", TAB_MARK: "w:tab"}


def embed_breaks(root: Any) -> None:  # noqa: ANN401 lxml's elements are untyped
    """Let Word's own line breaks and tabs stand where a value had them."""
    for text in list(root.iter(TEXT)):
        pieces = _BREAK.split(text.text or "")
        if len(pieces) == 1:
            continue
        for piece in pieces:
            if piece in _ELEMENTS:
                text.addprevious(OxmlElement(_ELEMENTS[piece]))
            elif piece:
                part = copy.copy(text)
                part.text = piece
                text.addprevious(part)
        text.getparent().remove(text)


def embed_blocks(root: Any, blocks: Sequence[Blocks], part: StoryPart) -> None:  # noqa: ANN401 as above
    """Put each value that is made of blocks behind the paragraph that names it; drop one that names nothing else."""
    for paragraph in [each for each in root.iter(PARAGRAPH) if _marks(each)]:
        for text, numbers in reversed(_marks(paragraph)):
            formatting = text.getparent().find(FORMATTING)
            for number in reversed(numbers):
                insert_blocks(paragraph, blocks[number].blocks, part, formatting=formatting)
            text.text = _BLOCK.sub("", text.text)
        if is_blank(paragraph):
            drop_placeholder(paragraph)


def _marks(paragraph: Any) -> list[tuple[Any, list[int]]]:  # noqa: ANN401 lxml's elements are untyped
    """Return the texts of the paragraph itself that name blocks, with the blocks' numbers."""
    return [
        (text, list(map(int, numbers)))
        for text in paragraph.iter(TEXT)
        if (numbers := _BLOCK.findall(text.text or ""))
        and text.getparent().tag == RUN
        and next(text.iterancestors(PARAGRAPH)) is paragraph
    ]
