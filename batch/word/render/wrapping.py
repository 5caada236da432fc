"""Figures of a template put in content controls before they are rendered, where Word allows one."""

from collections.abc import Callable, Sequence
from typing import Final

from docx.oxml.ns import qn

from batch.values.xml_text import Element
from batch.word.markup.joining import TaggedParagraph
from batch.word.markup.placing import isolated, tag_elements
from batch.word.markup.stories import RUN
from batch.word.markup.tags import Tag
from batch.word.page.control import controlled

_HOLDERS: Final = frozenset(
    map(
        qn,
        (
            *("w:p", "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdtContent"),
            *("w:fldSimple", "w:customXml", "w:dir", "w:bdo"),
        ),
    )
)
"""Elements whose content may have a control among its runs (ISO/IEC 29500-1, 17.5.2.30 to 32)."""
_CONTROL, _PROPERTIES = qn("w:sdt"), qn("w:sdtPr")
_CLOSED: Final = frozenset(
    map(
        qn,
        (
            *("w:text", "w:date", "w:dropDownList", "w:comboBox"),
            *("w:picture", "w:citation", "w:equation", "w14:checkbox"),
        ),
    )
)
"""Kinds of a control whose content holds no further one."""
_UNDONE: Final = frozenset(map(qn, ("w:dataBinding", "w:showingPlcHdr")))
"""What would put the old text back in place of a value when the file is opened."""


def wrap_figures(paragraphs: Sequence[TaggedParagraph], figure_of: Callable[[Tag], str | None]) -> None:
    """Put each placeholder that is one figure into a control of its own, tagged with the figure's id."""
    for paragraph in paragraphs:
        for tag, element in list(tag_elements(paragraph)):
            if not tag.is_placeholder:
                continue
            _free(element)
            figure = figure_of(tag)
            if figure and _may_be_wrapped(element.getparent().getparent()):
                run = isolated(element)
                parent, index = run.getparent(), run.getparent().index(run)
                parent.insert(index, controlled(figure, run))


def _may_be_wrapped(run: Element) -> bool:
    return (
        run.tag == RUN
        and run.getparent().tag in _HOLDERS
        and not any(each.tag in _CLOSED for control in run.iterancestors(_CONTROL) for each in _properties(control))
    )


def _free(element: Element) -> None:
    """Untie the controls around a placeholder from what would be shown in its stead."""
    for control in element.iterancestors(_CONTROL):
        for each in [each for each in _properties(control) if each.tag in _UNDONE]:
            each.getparent().remove(each)


def _properties(control: Element) -> list[Element]:
    properties = control.find(_PROPERTIES)
    return [] if properties is None else list(properties)
