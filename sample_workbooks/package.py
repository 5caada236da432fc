"""Equal content as equal bytes: a saved workbook without the moment of its saving."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can have."""
PROPERTIES = "docProps/core.xml"
PROPERTY_TIME = b"2022-12-31T00:00:00Z"
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")
UNIX = 3
"""The system a zip entry says it comes from: it would otherwise follow the machine."""


def save_workbook(workbook: Workbook) -> bytes:
    """Return the workbook's file, the same for the same content."""
    saved = io.BytesIO()
    workbook.save(saved)
    result = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            target.writestr(fixed_entry(name), without_moment(name, source.read(name)))
    return result.getvalue()


def fixed_entry(name: str) -> zipfile.ZipInfo:
    """Return an entry that tells neither time nor machine."""
    entry = zipfile.ZipInfo(name, ENTRY_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    return entry


def without_moment(name: str, content: bytes) -> bytes:
    """Return the part, with fixed times if it is the one that tells them."""
    if name != PROPERTIES:
        return content
    return MOMENT.sub(rb"\g<1>" + PROPERTY_TIME + rb"\g<2>", content)
