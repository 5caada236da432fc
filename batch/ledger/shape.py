"""What is told of a workbook's shape: sheets and columns that are missing or too many, and all that was not read."""

from collections.abc import Iterator, Sequence
from typing import Final

from batch.areas.model import Sheet
from batch.finding import Code, Finding, Severity
from batch.ledger.table import SheetTable
from batch.ledger.titles import Matching
from batch.read.file import SourceFile
from batch.values.cell import one_line, shortened
from batch.values.names import nearest
from batch.values.rows import row_ranges

COMPARED: Final = 200
"""Header texts among which a misspelt column is looked for: far more than a ledger has."""
LONGEST_NAME: Final = 40
"""A longer name is cut in a sentence."""
NAMED: Final = 5
"""Names that a sentence lists; of more it gives the number."""


def sheet_findings(file: SourceFile, matching: Matching) -> Iterator[Finding]:
    """Tell the sheets of a workbook that were not read."""
    for name, titles in matching.several.items():
        yield Finding(
            code=Code.AMBIGUOUS_SHEET,
            severity=Severity.ERROR,
            problem=f"{listed(titles)}都像是工作表“{name}”，不知道该读哪一张，没有读取",
            advice=f"请并成一张并命名为“{name}”",
            sheet=name,
            workbook=file.name,
        )
    others = [title for title in matching.others if file.has_cells(title)]
    if others:
        says = (f"工作表{listed(others)}不在标准台账之内，没有读取", "如不需要可不理会")
        yield _of_sheets(Code.UNKNOWN_SHEET, says, others, file)
    hidden = [title for title in matching.hidden_others if file.has_cells(title)]
    if hidden:
        says = (f"隐藏的工作表{listed(hidden)}没有读取", "如需统计，请取消隐藏并改用标准名称")
        yield _of_sheets(Code.HIDDEN_SHEET, says, hidden, file)


def absences(matching: Matching) -> dict[str, str]:
    """Return sheet name -> what to do about its absence, where the workbook has one that might be it."""
    hidden = {name: f"名为“{title}”的工作表是隐藏的，没有读取，请取消隐藏" for name, title in matching.hidden.items()}
    near = {name: f"是不是“{title}”？如是请把它改名为“{name}”" for name, title in matching.near.items()}
    return hidden | near


def missing_header(file: SourceFile, sheet: str, names: Sequence[str]) -> Finding:
    """Tell a sheet on which no row is a header."""
    return Finding(
        code=Code.MISSING_COLUMN,
        severity=Severity.ERROR,
        problem=f"工作表“{sheet}”里找不到表头行",
        advice=f"请恢复写有“{'、'.join(names[:4])}”等列名的那一行",
        sheet=sheet,
        workbook=file.name,
    )


def table_findings(sheet: Sheet, table: SheetTable, file: SourceFile) -> Iterator[Finding]:
    """Tell what a sheet lacks, and what stands on it that was not read, or was read though nobody sees it."""
    yield from _missing_columns(sheet, table, file)
    name = sheet.name
    extra = list(table.header.extra.values())
    if extra:
        says = (f"多出的列（{listed(extra, '')}）不参与统计", "如不需要可不理会")
        yield _hint(Code.EXTRA_COLUMN, sheet, says, file)
    if table.second:
        says = (
            f"还有别的表（从 {listed(table.second, '')} 开始），没有读取",
            "如是台账内容，请移到本表的表头之下",
        )
        yield _hint(Code.SECOND_TABLE, sheet, says, file, f"{name}!{table.second[0]}")
    if table.outside:
        says = (
            f"表格之外还有 {len(table.outside)} 格内容（如 {table.outside[0]}），没有读取",
            "如有用，请移到有表头的列中",
        )
        yield _hint(Code.OUTSIDE_TABLE, sheet, says, file, f"{name}!{table.outside[0]}")
    skipped = [f"第{row}行“{shortened(one_line(text), LONGEST_NAME)}”" for row, text in table.skipped.items()]
    if skipped:
        says = (f"有 {len(skipped)} 行不是台账记录（{listed(skipped, '')}），没有计入", "请确认")
        yield _hint(Code.SKIPPED_ROW, sheet, says, file)
    if table.hidden_rows:
        rows = row_ranges(table.hidden_rows)
        says = (f"有 {len(table.hidden_rows)} 行被隐藏或筛选掉（第{rows}行），照常计入", "请确认")
        yield _hint(Code.HIDDEN_ROW, sheet, says, file)
    if table.hidden_columns:
        says = (f"有隐藏的列（{listed(table.hidden_columns, '')}），照常读取", "请确认")
        yield _hint(Code.HIDDEN_COLUMN, sheet, says, file)


def listed(names: Sequence[str], quote: str = "“”") -> str:
    """Name the first few in quotation marks, and say how many there are in all.

    >>> listed(["甲", "乙"])
    '“甲”、“乙”'
    """
    before, after = (quote[:1], quote[1:]) if quote else ("", "")
    named = "、".join(f"{before}{shortened(one_line(name), LONGEST_NAME)}{after}" for name in names[:NAMED])
    return named if len(names) <= NAMED else f"{named}等{len(names)}处"


def _missing_columns(sheet: Sheet, table: SheetTable, file: SourceFile) -> Iterator[Finding]:
    for column in sheet.columns:
        if column.name in table.positions:
            continue
        is_essential = column.name in sheet.essential
        near = nearest(column.name, list(table.header.extra.values())[:COMPARED])
        advice = f"是不是把列名写成了“{near}”？请改回来" if near else "请补上这一列"
        yield Finding(
            code=Code.MISSING_COLUMN,
            severity=Severity.ERROR if is_essential else Severity.HINT,
            problem=f"工作表“{sheet.name}”缺少“{column.name}”列",
            advice=advice if is_essential else "如不需要可不理会",
            sheet=sheet.name,
            column=column.name,
            workbook=file.name,
        )


def _hint(code: Code, sheet: Sheet, says: tuple[str, str], file: SourceFile, cell: str | None = None) -> Finding:
    """Return a hint on a sheet; ``says`` is what is the matter, and what to do."""
    return Finding(
        code=code,
        severity=Severity.HINT,
        problem=f"工作表“{sheet.name}”{says[0]}",
        advice=says[1],
        sheet=sheet.name,
        row=int("".join(filter(str.isdigit, cell.rpartition("!")[2]))) if cell else None,
        cell=cell,
        workbook=file.name,
    )


def _of_sheets(code: Code, says: tuple[str, str], titles: Sequence[str], file: SourceFile) -> Finding:
    sheet = titles[0] if len(titles) == 1 else None
    return Finding(code, Severity.HINT, *says, sheet=sheet, workbook=file.name)
