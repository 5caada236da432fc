"""The workbooks of an inbox, unit by unit: whose they are, and what the folder of each is called."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from batch.bureau.inbox import InboxFile
from batch.bureau.work import Survey
from batch.system.file_name import file_name, file_names
from batch.unit.outputs import with_period
from batch.values.names import in_reading_order
from batch.workbook.user_copy.copies import COPY_PREFIX

CITY: Final = "全市"
"""What all units together are called, as a unit."""
CITY_FOLDER: Final = "全市汇总"


@dataclass(frozen=True, slots=True)
class UnitWorkbook:
    """A workbook of an inbox as it was when it was first looked at."""

    file: InboxFile
    sha256: str

    @property
    def name(self) -> str:
        """Return its file name."""
        return self.file.path.name


@dataclass(frozen=True, slots=True)
class Unit:
    """The workbooks that are joined: those of one 单位名称 and 年度."""

    name: str
    """The 单位名称; of a workbook that says none, where it lies in the inbox."""
    year: int | None
    folder: str
    workbooks: tuple[UnitWorkbook, ...]

    def key(self, base: str) -> str:
        """Return the digest of where its files go and what they follow from but the day; ``base`` is the run's."""
        files = sorted((each.name, each.sha256) for each in self.workbooks)
        return digest([base, self.folder, files])


def group(surveyed: Sequence[tuple[UnitWorkbook, Survey]], period: str) -> tuple[Unit, ...]:
    """Return the units in reading order; a workbook without a year belongs to the one year that its unit has.

    A folder is called like the unit, with the year where the unit has several, and with the period asked for.
    """
    found = _joined(surveyed)
    years = Counter(name for name, _ in found)
    places = {name: place for place, name in enumerate(in_reading_order(years))}
    several = {name for name, count in years.items() if count > 1}
    ordered = sorted(found, key=lambda each: (places[each[0]], each[1] or 0))
    titles: dict[tuple[str, int | None], str] = {}
    for each in ordered:
        title = _title(*each, has_several=each[0] in several)
        while title in titles.values():  # a unit may be called as another one with its year
            title += "_"
        titles[each] = title
    folders = file_names([CITY_FOLDER, *titles.values()])
    return tuple(
        Unit(*each, folder=with_period(folders[titles[each]], period), workbooks=tuple(found[each])) for each in ordered
    )


def _title(name: str, year: int | None, *, has_several: bool) -> str:
    if name == CITY_FOLDER:
        return f"{name}（单位）"
    return f"{name}-{year or '无年度'}" if has_several else name


def _joined(surveyed: Iterable[tuple[UnitWorkbook, Survey]]) -> dict[tuple[str, int | None], list[UnitWorkbook]]:
    """Return (unit, year) -> its workbooks."""
    found: dict[tuple[str, int | None], list[UnitWorkbook]] = {}
    undated: list[tuple[UnitWorkbook, Survey]] = []
    for workbook, survey in surveyed:
        name = survey.unit or _unnamed(workbook)
        if survey.year is None:
            undated.append((workbook, survey))
        else:
            found.setdefault((name, survey.year), []).append(workbook)
    known: dict[str, set[int | None]] = {}
    for name, year in found:
        known.setdefault(name, set()).add(year)
    for workbook, survey in undated:
        name = survey.unit or _unnamed(workbook)
        years = known.get(name, set()) if survey.unit else set()
        found.setdefault((name, next(iter(years)) if len(years) == 1 else None), []).append(workbook)
    return found


def _unnamed(workbook: UnitWorkbook) -> str:
    """Return what a workbook that says no 单位名称 is called by: where it lies in the inbox."""
    *folders, name = workbook.file.label.split("/")
    return file_name("_".join((*folders, Path(name).stem.removeprefix(COPY_PREFIX))))


def digest(content: Any) -> str:  # noqa: ANN401 whatever JSON can say
    """Return the sha256 of a value."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
