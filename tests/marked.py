"""Marked copies for the tests: made of a checked workbook, or with findings put at chosen cells of any workbook."""

import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from openpyxl.utils.cell import coordinate_from_string

from batch.finding import Code, Finding, Severity
from batch.read.file import read_file
from batch.workbook.user_copy.copies import Copies, mark_copies
from batch.workbook.user_copy.marked_copy import mark_copy
from batch.workbook.user_copy.marks import MarkedSheet
from tests.books import checked_of

WANTED: Final = ("A1", "B2", "C3", "D40", "AB7", "B3")
"""Cells that are there and cells that are not, in rows that are there and rows that are not."""
MARKED_SHEETS: Final = 4


def copies_of(*paths: Path) -> Copies:
    return mark_copies(checked_of(*paths))


def marked(path: Path, target: Path) -> Path:
    """Write the marked copy of a checked ledger, and return where."""
    (content,) = copies_of(path).files.values()
    target.write_bytes(content)
    return target


def marked_at(path: Path, target: Path, addresses: Iterable[str] = WANTED) -> Path | None:
    """Write a copy with findings at these addresses of the first sheets; None where none can be made."""
    file = read_file(path)
    titles = [head.title for head in file.heads if not head.title.startswith("问题清单")][:MARKED_SHEETS]
    findings = [
        finding_at(title, address, severity)
        for title in titles
        for address, severity in zip(addresses, [*Severity] * 2, strict=False)
    ]
    copy = mark_copy(file, findings, {title: MarkedSheet(title, "A") for title in titles}, {})
    if copy.content is None:
        return None
    target.write_bytes(copy.content)
    return target


def finding_at(sheet: str, address: str, severity: Severity) -> Finding:
    row = coordinate_from_string(address)[1]
    found = Finding(
        Code.BAD_NUMBER, severity, "填的“约3”不是数", "请填准确的数", place=f"{sheet}!{address}", sheet=sheet
    )
    return replace(found, row=row, key=row, cell=f"{sheet}!{address}")


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
