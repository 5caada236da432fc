"""Workbook files to one book: every sheet found, every cell cleaned, files of one unit joined."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from batch.areas.definitions import Definitions
from batch.areas.model import Sheet
from batch.clean import fold
from batch.cover import NAME_COLUMN, CoverSheet, Settings, disagreements, read_cover
from batch.errors import BatchError
from batch.finding import Finding, Severity
from batch.ledger import Ledger, build_ledger, join_ledgers
from batch.suggest import nearest
from batch.workbook.locate import Table, find_table
from batch.workbook.read import Grid, SourceFile, read_file

GUIDE_SHEET: Final = "填写说明"
DICTIONARY_SHEET: Final = "字典"
FINDINGS_SHEET: Final = "问题清单"
OUR_SHEETS: Final = frozenset({GUIDE_SHEET, DICTIONARY_SHEET, FINDINGS_SHEET})
"""Sheets that this program writes into workbooks; they hold no entries."""


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
    ignored: tuple[str, ...] = ()
    """Workbooks left out because they are copies of another, byte for byte."""

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


def read_book(paths: Sequence[Path], definitions: Definitions) -> Book:
    """Read the workbooks of one unit and year as one book.

    Raises:
        BatchError: a file cannot be read, has no known sheet, or belongs to another unit or year.

    """
    files: dict[str, SourceFile] = {}
    copies: list[str] = []
    for path in paths:
        file = read_file(path)
        if file.sha256 in files:
            copies.append(file.name)
        files.setdefault(file.sha256, file)
    parts = [_read_part(number, file, definitions) for number, file in enumerate(files.values())]
    return _joined(parts, definitions, tuple(copies))


def _read_part(number: int, file: SourceFile, definitions: Definitions) -> _Part:
    grids = _known_grids(file, definitions)
    findings: list[Finding] = list(_unknown_sheets(file, grids, definitions))
    cover = None
    if definitions.cover.name in grids:
        table = find_table(grids[definitions.cover.name], definitions.cover.columns)
        if table is None or NAME_COLUMN not in table.positions or len(table.positions) < len(definitions.cover.columns):
            findings.append(_no_header(file, definitions.cover.name, ("项目", "内容")))
        else:
            cover = read_cover(definitions.cover, table, file.name)
            findings += cover.findings
    year = cover.settings.year if cover else None
    ledgers: dict[str, Ledger] = {}
    for sheet in definitions.sheets:
        if sheet.name not in grids:
            continue
        table = find_table(grids[sheet.name], sheet.columns)
        if table is None:
            findings.append(_no_header(file, sheet.name, sheet.column_names))
            continue
        ledgers[sheet.name] = build_ledger(sheet, table, number, file.name, year)
        findings += _column_findings(sheet, table, file)
    return _Part(file, cover, ledgers, tuple(findings))


def _known_grids(file: SourceFile, definitions: Definitions) -> dict[str, Grid]:
    """Return sheet name -> grid for the sheets that a definition knows."""
    by_title = {fold(grid.title): grid for grid in file.grids}
    grids = {name: by_title[fold(name)] for name in definitions.sheet_names if fold(name) in by_title}
    if not grids:
        names = "、".join(definitions.sheet_names)
        message = f"“{file.name}”里没有一张认识的工作表（应有：{names}），请确认选对了文件。"
        raise BatchError(message)
    return grids


def _unknown_sheets(file: SourceFile, grids: Mapping[str, Grid], definitions: Definitions) -> Iterator[Finding]:
    titles = {grid.title for grid in grids.values()}
    absent = [name for name in definitions.sheet_names if name not in grids]
    for grid in file.grids:
        if grid.title in titles or fold(grid.title) in OUR_SHEETS or not grid.rows:
            continue
        near = nearest(fold(grid.title), absent)
        advice = f"是不是“{near}”？如是请把工作表改名为“{near}”" if near else "如不需要可不理会"
        yield Finding(
            code="unknown-sheet",
            severity=Severity.HINT,
            message=f"工作表“{grid.title}”不在标准台账之内，没有读取，{advice}。",
            sheet=grid.title,
            workbook=file.name,
        )


def _no_header(file: SourceFile, sheet: str, names: Sequence[str]) -> Finding:
    return Finding(
        code="missing-column",
        severity=Severity.ERROR,
        message=f"工作表“{sheet}”里找不到表头行，请恢复写有“{'、'.join(names[:4])}”等列名的那一行。",
        sheet=sheet,
        workbook=file.name,
    )


def _column_findings(sheet: Sheet, table: Table, file: SourceFile) -> Iterator[Finding]:
    for column in sheet.columns:
        if column.name in table.positions:
            continue
        is_essential = column.name in sheet.essential
        near = nearest(column.name, table.extra)
        advice = f"是不是把列名写成了“{near}”？请改回来" if near else "请补上这一列"
        yield Finding(
            code="missing-column",
            severity=Severity.ERROR if is_essential else Severity.HINT,
            message=f"工作表“{sheet.name}”缺少“{column.name}”列，{advice if is_essential else '如不需要可不理会'}。",
            sheet=sheet.name,
            column=column.name,
            workbook=file.name,
        )
    if table.extra:
        yield Finding(
            code="extra-column",
            severity=Severity.HINT,
            message=f"工作表“{sheet.name}”多出的列（{'、'.join(table.extra)}）不参与统计，如不需要可不理会。",
            sheet=sheet.name,
            workbook=file.name,
        )


def _joined(parts: Sequence[_Part], definitions: Definitions, copies: tuple[str, ...]) -> Book:
    """Join what the workbooks bring: one cover, one bringer for each area, posts and tasks together."""
    findings = [finding for part in parts for finding in part.findings]
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
    return Book(tuple(part.file for part in parts), settings, ledgers, tuple(findings), titles, copies)


def _joined_settings(parts: Sequence[_Part], definitions: Definitions, findings: list[Finding]) -> Settings:
    """Join the covers; what they lack or differ in is added to the findings."""
    name = definitions.cover.name
    for part in parts:
        if part.cover is None and not any(finding.sheet == name for finding in part.findings):
            message = f"“{part.file.name}”缺少工作表“{name}”，请从标准模板复制过来并填写。"
            findings.append(Finding("missing-sheet", Severity.ERROR, message, sheet=name, workbook=part.file.name))
    covers = [(part.file.name, part.cover) for part in parts if part.cover is not None]
    if not covers:
        return Settings({})
    (first_name, first), *others = covers
    settings = first.settings
    for workbook, other in others:
        _refuse_another_unit(first_name, first.settings, workbook, other.settings)
        findings += disagreements(definitions.cover, first, other, workbook)
        settings = settings.joined(other.settings)
    return settings


def _refuse_another_unit(first_name: str, first: Settings, name: str, other: Settings) -> None:
    for what, here, there in (("单位名称", first.unit, other.unit), ("年度", first.year, other.year)):
        if here and there and here != there:
            message = f"“{first_name}”和“{name}”的{what}不同（{here}、{there}），请分别运行。"
            raise BatchError(message)


def _brought_twice(sheet: Sheet, first: _Part, other: _Part) -> Finding:
    return Finding(
        code="brought-twice",
        severity=Severity.ERROR,
        message=f"“{other.file.name}”和“{first.file.name}”都填了工作表“{sheet.name}”，为免重复计算没有采用前者，"
        "请并成一份。",
        sheet=sheet.name,
        workbook=other.file.name,
    )
