"""Inboxes of little workbooks, as schools hand them in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from tests.books import LATER, write_book
from tests.rested import rested

TODAY: Final = ("--today", LATER)


def hand_in(
    path: Path,
    unit: str,
    seals: int = 1,
    tables: Mapping[str, str] | None = None,
    cover: Mapping[str, str | int | None] | None = None,
) -> Path:
    """Write the workbook of a unit: sound, with so many seals in 办文, unless the tables say otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    given = {"办文": f"| 事项 | 数量 |\n| 用印 | {seals} |", **(tables or {})}
    return write_book(path, given, cover={"单位名称": unit, **(cover or {})})


def write_roster(path: Path, *units: tuple[str, str]) -> Path:
    """Write a roster of (unit, contact)."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["全市学校名单"])
    sheet.append(["单位名称", "联系人"])
    for unit in units:
        sheet.append([*unit])
    book.save(path)
    return rested(path)


def files_below(folder: Path) -> dict[str, bytes]:
    """Return path -> content of every file below a folder that is not hidden."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
