"""A content control around a figure: whoever asks where a number comes from reads its id in the control's tag."""

import copy
import io
from collections.abc import Iterable
from typing import Final

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from batch.values.xml_text import Element

LONGEST_TAG: Final = 64
"""Characters of a tag or an alias that Word takes."""
FIRST_ID: Final = 1_000_001


def controlled(figure: str, run: Element) -> Element:
    """Return a content control (``w:sdt``) that holds the run and is tagged with the figure's id.

    The run is taken from where it stands; its formatting stays its own, and is also what Word gives to a
    text typed into the control. The control's own number is given by :func:`number_controls`.
    """
    control, properties, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    formatting = run.find(qn("w:rPr"))
    if formatting is not None:
        properties.append(copy.deepcopy(formatting))
    for name in ("w:alias", "w:tag"):
        element = OxmlElement(name)
        element.set(qn("w:val"), figure[:LONGEST_TAG])
        properties.append(element)
    content.append(run)
    control.extend((properties, content))
    return control


def controlled_figures(content: bytes) -> list[str]:
    """Return the tags of the content controls in the text of a Word file, each once, in reading order."""
    tags = docx.Document(io.BytesIO(content)).element.iter(qn("w:tag"))
    return list(dict.fromkeys(str(each.get(qn("w:val"))) for each in tags))


def number_controls(roots: Iterable[Element]) -> None:
    """Give every content control below the roots a number of its own, in reading order.

    Numbers that are there stay, unless a loop of the template has made two of one.
    """
    properties = [each for root in roots for each in root.iter(qn("w:sdtPr"))]
    seen: set[str] = set()
    without = []
    for each in properties:
        number = each.find(qn("w:id"))
        if number is None or number.get(qn("w:val")) in seen:
            without.append(each)
        else:
            seen.add(str(number.get(qn("w:val"))))
    following = FIRST_ID
    for each in without:
        while str(following) in seen:
            following += 1
        seen.add(str(following))
        _set_number(each, str(following))


def _set_number(properties: Element, number: str) -> None:
    element = properties.find(qn("w:id"))
    if element is None:
        element = OxmlElement("w:id")
        before = next(
            (each for name in ("w:tag", "w:alias", "w:rPr") if (each := properties.find(qn(name))) is not None), None
        )
        if before is None:
            properties.insert(0, element)
        else:
            before.addnext(element)
    element.set(qn("w:val"), number)
