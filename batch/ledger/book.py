"""Workbook files to one book: every sheet found, every cell cleaned, files of one unit joined."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations
from os import cpu_count
from pathlib import Path
from typing import Final

from batch.areas.definitions import Definitions
from batch.areas.model import Sheet
from batch.errors import BatchError
from batch.finding import Code, Finding, Severity
from batch.ledger.cover import CoverSheet, Settings, disagreements, read_cover
from batch.ledger.entries import build_ledger
from batch.ledger.input_files import InputFiles, read_inputs
from batch.ledger.ledger import Ledger, join_ledgers
from batch.ledger.our_sheets import our_sheets
from batch.ledger.shape import absences, listed, missing_header, sheet_findings, table_findings
from batch.ledger.table import find_table
from batch.ledger.titles import Matching, match_titles
from batch.read.file import SourceFile

WORTH_THREADS: Final = 1 << 20
"""Bytes of a workbook from which on its sheets are read side by side; of a smaller one they wait for each other."""
ABSENT_ADVICE: Final = "请从标准模板复制过来并填写"
"""What to do about a sheet that is not there, where nothing better can be said."""


class SeveralUnits(BatchError):  # noqa: N818 what is the matter, not that something is
    """Workbooks that are no parts of one unit's: their names differ, and some area is filled in more than one."""


@dataclass(frozen=True)
class Book:
    """All that the workbooks of one unit say, joined; and what was wrong with how they say it."""

    files: tuple[SourceFile, ...]
    settings: Settings
    ledgers: Mapping[str, Ledger]
    """Sheet name -> entries, for every sheet that some workbook has."""
    findings: tuple[Finding, ...]
    cover_titles: Mapping[int, str] = field(default_factory=dict)
    """Workbook number -> the name of its cover sheet as it stands in the file."""
    absent: Mapping[str, str] = field(default_factory=dict)
    """Sheet name -> what to do about its absence, where a workbook has a sheet that might be it."""

    @property
    def is_joined(self) -> bool:
        """Say whether the book comes from several workbooks."""
        return len(self.files) > 1


@dataclass(frozen=True, slots=True)
class _Part:
    """What one workbook brings."""

    file: SourceFile
    cover: CoverSheet | None
    ledgers: Mapping[str, Ledger]
    findings: tuple[Finding, ...]
    absent: Mapping[str, str]

    @property
    def filled(self) -> tuple[str, ...]:
        """Return the areas that it brings entries of."""
        filled = (ledger.sheet for ledger in self.ledgers.values() if not ledger.frame.empty)
        return tuple(sheet.name for sheet in filled if sheet.role == "area")


def read_book(paths: Sequence[Path], definitions: Definitions) -> Book:
    """Read the workbooks of one unit and year as one book, the same in whatever order they are given.

    Raises:
        BatchError: a file cannot be read, has no known sheet, or belongs to another unit or year.

    """
    return join_book(read_inputs(paths), definitions)


def join_book(given: InputFiles, definitions: Definitions) -> Book:
    """Return the opened workbooks of one unit and year as one book.

    Raises:
        SeveralUnits: they are the ledgers of several units.
        BatchError: one of them cannot be read, has no known sheet, or belongs to another unit or year.

    """
    parts: list[_Part] = []
    refusals = [*given.unread]
    for number, file in enumerate(given.files):
        try:
            parts.append(_read_part(number, file, definitions))
        except BatchError as error:
            refusals.append(error)
    _refuse_several_units(parts)
    if refusals:
        raise refusals[0]
    return _joined(parts, definitions, _told_of_names(given, parts))


def read_settings(file: SourceFile, definitions: Definitions) -> Settings:
    """Return what the cover of a workbook says; nothing where it has none that can be read.

    Raises:
        BatchError: the workbook has no known sheet, or its cover is damaged.

    """
    title = _matched(file, definitions).chosen.get(definitions.cover.name)
    cover = _read_cover(file, title, definitions, [])
    return cover.settings if cover else Settings({})


def _matched(file: SourceFile, definitions: Definitions) -> Matching:
    """Return which sheet of a workbook is which, where it has any that is known."""
    matching = match_titles(file.heads, definitions.sheet_names, our_sheets(file))
    if not matching.chosen:
        raise BatchError(_nothing_known(file, matching, definitions))
    return matching


def _read_part(number: int, file: SourceFile, definitions: Definitions) -> _Part:
    matching = _matched(file, definitions)
    findings: list[Finding] = [*sheet_findings(file, matching)]
    cover = _read_cover(file, matching.chosen.get(definitions.cover.name), definitions, findings)
    year = cover.settings.year if cover else None
    sheets = [sheet for sheet in definitions.sheets if sheet.name in matching.chosen]

    def read(sheet: Sheet) -> tuple[Ledger | None, list[Finding]]:
        table = find_table(file.read(matching.chosen[sheet.name]), sheet.columns)
        if table is None:
            return None, [missing_header(file, sheet.name, sheet.column_names)]
        ledger = build_ledger(sheet, table, number, file.name, year)
        return ledger, [*table_findings(sheet, table, file)]

    ledgers: dict[str, Ledger] = {}
    with ThreadPoolExecutor(cpu_count()) as threads:
        reading = threads.map(read, sheets) if len(file.content) >= WORTH_THREADS else map(read, sheets)
        for sheet, (ledger, told) in zip(sheets, reading, strict=True):
            findings += told
            if ledger is not None:
                ledgers[sheet.name] = ledger
    return _Part(file, cover, ledgers, tuple(findings), absences(matching))


def _read_cover(
    file: SourceFile, title: str | None, definitions: Definitions, findings: list[Finding]
) -> CoverSheet | None:
    """Read the cover of a workbook; what is wrong with it is added to the findings."""
    definition = definitions.cover
    if title is None:
        return None
    table = find_table(file.read(title), definition.columns)
    if table is None or len(table.positions) < len(definition.columns):
        findings.append(missing_header(file, definition.name, tuple(column.name for column in definition.columns)))
        return None
    cover = read_cover(definition, table, file.name)
    findings += cover.findings
    return cover


def _nothing_known(file: SourceFile, matching: Matching, definitions: Definitions) -> str:
    names = "、".join(definitions.sheet_names)
    known = f"“{file.name}”里没有一张认识的工作表（应有：{names}），"
    if matching.hidden:
        return f"{known}名为“{'”“'.join(matching.hidden.values())}”的是隐藏的，请取消隐藏后再试。"
    if matching.several:
        titles = next(iter(matching.several.values()))
        return f"{known}{listed(titles)}不知道该读哪一张，请改用标准名称。"
    return f"{known}请确认选对了文件。"


def _told_of_names(given: InputFiles, parts: Sequence[_Part]) -> Iterator[Finding]:
    """Tell the workbooks left out as copies, and those called otherwise here, by what they bring."""
    for kept, name in given.copies:
        problem = f"“{name}”给了两份，内容完全相同" if name == kept else f"“{name}”和“{kept}”内容完全相同"
        advice = "请确认没有选错文件"
        yield Finding(Code.SAME_WORKBOOK, Severity.HINT, f"{problem}，只读了一份", advice, workbook=kept)
    filled = {part.file.name: part.filled for part in parts}
    for name, own in given.renamed:
        which = f"填有{listed(filled[name])}的" if filled[name] else "没有填工作面的"
        problem = f"有几份台账都叫“{own}”，{which}一份在这里写作“{name}”"
        yield Finding(Code.SAME_FILE_NAME, Severity.HINT, problem, "请改用不同的文件名", workbook=name)


def _joined(parts: Sequence[_Part], definitions: Definitions, told: Iterable[Finding]) -> Book:
    """Join what the workbooks bring: one cover, one bringer for each area, posts and tasks together."""
    findings = [*told, *(finding for part in parts for finding in part.findings)]
    settings = _joined_settings(parts, definitions, findings)
    ledgers: dict[str, Ledger] = {}
    for sheet in definitions.sheets:
        having = [part for part in parts if sheet.name in part.ledgers]
        bringing = [part for part in having if not part.ledgers[sheet.name].frame.empty] or having[:1]
        if not bringing:
            continue
        if sheet.role == "area":
            ledgers[sheet.name] = bringing[0].ledgers[sheet.name]
            findings += [_brought_twice(sheet, bringing[0], other) for other in bringing[1:]]
        else:
            ledgers[sheet.name] = join_ledgers([part.ledgers[sheet.name] for part in bringing])
    titles = {number: part.cover.title for number, part in enumerate(parts) if part.cover is not None}
    absent = {name: advice for part in parts for name, advice in part.absent.items()}
    return Book(tuple(part.file for part in parts), settings, ledgers, tuple(findings), titles, absent)


def _joined_settings(parts: Sequence[_Part], definitions: Definitions, findings: list[Finding]) -> Settings:
    """Join the covers; what they lack or differ in is added to the findings."""
    name = definitions.cover.name
    for part in parts:
        if part.cover is None and not any(finding.sheet == name for finding in part.findings):
            problem = f"“{part.file.name}”缺少工作表“{name}”"
            advice = part.absent.get(name, ABSENT_ADVICE)
            workbook = part.file.name
            findings.append(Finding(Code.MISSING_SHEET, Severity.ERROR, problem, advice, sheet=name, workbook=workbook))
    covers = [(part.file.name, part.cover) for part in parts if part.cover is not None]
    if not covers:
        return Settings({})
    for (one, here), (other, there) in combinations(covers, 2):
        _refuse_another_unit(one, here.settings, other, there.settings)
    settings = covers[0][1].settings
    for workbook, other_cover in covers[1:]:
        findings += disagreements(definitions.cover, settings, other_cover, workbook)
        settings = settings.joined(other_cover.settings)
    return settings


def _refuse_several_units(parts: Sequence[_Part]) -> None:
    """Refuse ledgers of several units; a unit whose name is not everywhere the same has each area but once."""
    named = {part.cover.settings.unit: part.file.name for part in reversed(parts) if part.cover}
    units = [unit for unit in named if unit]
    areas = [area for part in parts for area in part.filled]
    if len(units) > 1 and len(set(areas)) < len(areas):
        *_, second, first = units
        message = _another(named[first], named[second], "单位名称", first, second)
        raise SeveralUnits(message)


def _refuse_another_unit(first_name: str, first: Settings, name: str, other: Settings) -> None:
    for what, here, there in (("单位名称", first.unit, other.unit), ("年度", first.year, other.year)):
        if here and there and here != there:
            raise BatchError(_another(first_name, name, what, here, there))


def _another(first_name: str, name: str, what: str, here: object, there: object) -> str:
    return f"“{first_name}”和“{name}”的{what}不同（{here}、{there}），请分别运行。"


def _brought_twice(sheet: Sheet, first: _Part, other: _Part) -> Finding:
    return Finding(
        code=Code.BROUGHT_TWICE,
        severity=Severity.ERROR,
        problem=f"“{other.file.name}”和“{first.file.name}”都填了工作表“{sheet.name}”，为免重复计算没有采用前者",
        advice="请并成一份",
        sheet=sheet.name,
        workbook=other.file.name,
    )
