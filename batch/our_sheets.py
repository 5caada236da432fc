"""The sheets that this program itself writes into workbooks: they hold no entries, and are passed over in silence."""

from typing import Final

from batch.read.file import UNREADABLE, SourceFile
from batch.values.names import fold

GUIDE_SHEET: Final = "填写说明"
DICTIONARY_SHEET: Final = "字典"
LIST_SHEET: Final = "问题清单"
"""The first sheet of a marked copy; numbered where the user has a sheet of that name."""
MARK: Final = "【台账检查】"
"""How our comments begin, and what stands in the first cell of our list: by this they are known again."""


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
