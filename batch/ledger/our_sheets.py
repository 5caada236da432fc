"""The sheets that this program itself writes into workbooks: passed over in silence, but for the version they tell."""

from typing import Final

from batch.areas.contract import DICTIONARY_SHEET, GUIDE_SHEET, LIST_SHEET
from batch.areas.definitions import Definitions
from batch.read.file import UNREADABLE, SourceFile
from batch.values.names import fold

MARK: Final = "【台账检查】"
"""How our comments begin, and what stands in the first cell of our list: by this they are known again."""
VERSION_MARK: Final = "模板版本："
"""How the line begins."""
UNKNOWN_VERSION: Final = ""
"""The version of a workbook that says none: one that an office made itself, or whose 填写说明 is gone."""


def our_sheets(file: SourceFile) -> frozenset[str]:
    """Return the titles of the sheets of a workbook that are ours."""
    return frozenset(head.title for head in file.heads if _is_ours(file, head.title))


def our_list(file: SourceFile) -> str:
    """Return the title of the list that an earlier marking put into a workbook, nothing where there is none."""
    return next((title for title in sorted(our_sheets(file)) if title.startswith(LIST_SHEET)), "")


def _is_ours(file: SourceFile, title: str) -> bool:
    if title.startswith(LIST_SHEET):
        return _is_our_list(file, title)
    return fold(title) in {GUIDE_SHEET, DICTIONARY_SHEET}


def _is_our_list(file: SourceFile, title: str) -> bool:
    """Say whether a sheet is the list of a marked copy, by what its first cell says."""
    try:
        grid = file.sheets.read(title)
    except UNREADABLE:
        return False
    return grid.numbers.size > 0 and str(grid.row(0).get(0, "")).startswith(MARK)


def version_of(definitions: Definitions) -> str:
    """Return the versions of all sheets in one text: 封面1、岗位1、办文1."""
    cover, sheets = definitions.cover, definitions.sheets
    return "、".join([f"{cover.name}{cover.version}", *(f"{each.name}{each.version}" for each in sheets)])


def version_in(file: SourceFile) -> str:
    """Return the version that a workbook says it was written from."""
    for head in file.heads:
        if fold(head.title) == GUIDE_SHEET:
            return _version_on(file, head.title)
    return UNKNOWN_VERSION


def _version_on(file: SourceFile, title: str) -> str:
    try:
        grid = file.sheets.read(title)
    except UNREADABLE:  # it holds no entries: whatever is the matter with it spoils nothing
        return UNKNOWN_VERSION
    for cell in grid.columns.get(0, ()):
        if isinstance(cell, str) and cell.strip().startswith(VERSION_MARK):
            return cell.strip().removeprefix(VERSION_MARK).strip()
    return UNKNOWN_VERSION
