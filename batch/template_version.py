"""Which version of the definitions a workbook was written from: a line of its 填写说明."""

from typing import Final

from batch.areas.definitions import Definitions
from batch.our_sheets import GUIDE_SHEET
from batch.read.file import UNREADABLE, SourceFile
from batch.values.names import fold

MARK: Final = "模板版本："
"""How the line begins."""
UNKNOWN: Final = ""
"""The version of a workbook that says none: one that an office made itself, or whose 填写说明 is gone."""


def version_of(definitions: Definitions) -> str:
    """Return the versions of all sheets in one text: 封面1、岗位1、办文1."""
    cover, sheets = definitions.cover, definitions.sheets
    return "、".join([f"{cover.name}{cover.version}", *(f"{each.name}{each.version}" for each in sheets)])


def version_in(file: SourceFile) -> str:
    """Return the version that a workbook says it was written from."""
    for head in file.heads:
        if fold(head.title) == GUIDE_SHEET:
            return _version_on(file, head.title)
    return UNKNOWN


def _version_on(file: SourceFile, title: str) -> str:
    try:
        grid = file.sheets.read(title)
    except UNREADABLE:  # it holds no entries: whatever is the matter with it spoils nothing
        return UNKNOWN
    for cell in grid.columns.get(0, ()):
        if isinstance(cell, str) and cell.strip().startswith(MARK):
            return cell.strip().removeprefix(MARK).strip()
    return UNKNOWN
