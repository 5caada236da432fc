"""The marked copies of all workbooks of a run: their names, their contents, and the links to their cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from batch.areas.contract import SERIAL
from batch.check.checked import Checked
from batch.finding import Finding
from batch.read.file import SourceFile
from batch.system.file_name import cut_to_size
from batch.workbook.user_copy.marked_copy import MarkedCopy, mark_copy
from batch.workbook.user_copy.marks import MarkedSheet

COPY_PREFIX: Final = "标注-"
LONGEST_STEM: Final = 240
"""Bytes of a workbook's name that its copy keeps: systems take 255, with what stands before and behind it."""
LONGEST_LINK: Final = 2000
"""Characters of a link; Excel refuses to open a file with one of more than 2,079."""


@dataclass(frozen=True)
class Copies:
    """The marked copies, as files; and what a user has to know of them."""

    files: Mapping[str, bytes]
    """Name of the copy -> its content."""
    names: Mapping[str, str]
    """Name of the workbook -> name of its copy, where one could be made."""
    places: Mapping[str, Mapping[str, MarkedSheet]]
    """Name of the workbook -> sheet -> where it is in it."""
    notes: tuple[str, ...]
    """Whole sentences."""

    def link(self, finding: Finding) -> str | None:
        """Return the link to a finding's cell in its copy, None where there is none to go to."""
        workbook = finding.workbook or ""
        place = self.places.get(workbook, {}).get(finding.sheet or "")
        if workbook not in self.names or place is None or finding.cell is None:
            return None
        title = place.title.replace("'", "''")
        link = f"external:{self.names[workbook]}#'{title}'!{finding.cell.rpartition('!')[2]}"
        return link if len(link) < LONGEST_LINK else None


def mark_copies(checked: Checked) -> Copies:
    """Mark a copy of each workbook."""
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    places: dict[str, Mapping[str, MarkedSheet]] = {}
    told: list[str] = []
    for number, file in enumerate(checked.book.files):
        places[file.name] = _places(checked, number)
        copy = mark_copy(file, checked.findings, places[file.name], checked.owner_names)
        told += copy.notes
        if copy.content is not None:
            name = _free_name(file, copy, files)
            names[file.name] = name
            files[name] = copy.content
    return Copies(files, names, places, tuple(told))


def _places(checked: Checked, workbook: int) -> dict[str, MarkedSheet]:
    """Return sheet -> where it is in one workbook."""
    layouts = {name: ledger.layouts.get(workbook) for name, ledger in checked.book.ledgers.items()}
    places = {
        name: MarkedSheet(each.title, each.letters.get(SERIAL)) for name, each in layouts.items() if each is not None
    }
    title = checked.book.cover_titles.get(workbook)
    return places if title is None else places | {checked.definitions.cover.name: MarkedSheet(title)}


def _free_name(file: SourceFile, copy: MarkedCopy, taken: Mapping[str, bytes]) -> str:
    """Return the name of a copy: the workbook's own; its ending is what Excel asks for such a content."""
    own = file.path.stem.removeprefix(COPY_PREFIX)
    stem = f"{COPY_PREFIX}{cut_to_size(own, LONGEST_STEM, LONGEST_STEM)}"
    suffix = file.path.suffix if file.path.suffix.casefold() == copy.suffix else copy.suffix
    others = {name.casefold() for name in taken}
    names = (f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(2, len(others) + 3)))
    return next(name for name in names if name.casefold() not in others)
