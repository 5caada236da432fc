"""The workbooks of an inbox, unit by unit: whose they are, and what the folder of each is called."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from batch.bureau.inbox import Given
from batch.bureau.work import Survey
from batch.file_name import file_name, file_names, legible_name
from batch.mark.copies import COPY_PREFIX
from batch.order import in_reading_order

WHOLE: Final = "全市"
"""What the whole of all units is called, as a unit."""
WHOLE_FOLDER: Final = "全市汇总"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook of an inbox as it was when it was first looked at."""

    given: Given
    sha256: str

    @property
    def name(self) -> str:
        """Return its file name."""
        return self.given.path.name


@dataclass(frozen=True, slots=True)
class Unit:
    """The workbooks that are joined: those of one 单位名称 and 年度."""

    name: str
    """The 单位名称; of a workbook that says none, its file name."""
    year: int | None
    folder: str
    workbooks: tuple[Workbook, ...]

    def key(self, base: str) -> str:
        """Return the digest of all that the unit's files follow from but the day; ``base`` is that of the run."""
        files = sorted((each.name, each.sha256) for each in self.workbooks)
        return digest([base, files])


def group(surveyed: Sequence[tuple[Workbook, Survey]], period: str) -> tuple[Unit, ...]:
    """Return the units in reading order; a workbook without a year belongs to the one year that its unit has.

    A folder is called like the unit, with the year where the unit has several, and with the period asked for.
    """
    found = _joined(surveyed)
    names = in_reading_order(name for name, _ in found)
    several = {name for name in names if sum(each == name for each, _ in found) > 1}
    ordered = sorted(found, key=lambda each: (names.index(each[0]), each[1] or 0))
    titles = {each: f"{each[0]}-{each[1] or '无年度'}" if each[0] in several else each[0] for each in ordered}
    folders = file_names([WHOLE_FOLDER, *titles.values()])
    suffix = f".{period}" if period else ""
    return tuple(
        Unit(name, year, folders[titles[name, year]] + suffix, tuple(found[name, year])) for name, year in ordered
    )


def _joined(surveyed: Iterable[tuple[Workbook, Survey]]) -> dict[tuple[str, int | None], list[Workbook]]:
    """Return (unit, year) -> its workbooks."""
    found: dict[tuple[str, int | None], list[Workbook]] = {}
    undated: list[tuple[Workbook, Survey]] = []
    for workbook, survey in surveyed:
        name = survey.unit or file_name(legible_name(workbook.given.path.stem).removeprefix(COPY_PREFIX))
        if survey.year is None:
            undated.append((workbook, survey))
        else:
            found.setdefault((name, survey.year), []).append(workbook)
    for workbook, survey in undated:
        name = survey.unit or file_name(legible_name(workbook.given.path.stem).removeprefix(COPY_PREFIX))
        years = [year for other, year in found if other == name and year is not None] if survey.unit else []
        found.setdefault((name, years[0] if len(years) == 1 else None), []).append(workbook)
    return found


def digest(content: Any) -> str:  # noqa: ANN401 whatever JSON can say
    """Return the sha256 of a value."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
