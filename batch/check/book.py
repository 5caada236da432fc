"""All checks of a book, in one list; every check has the same signature and yields findings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from batch.areas.contract import AREA, HOLDER, SERIAL
from batch.areas.definitions import Definitions
from batch.areas.model import Sheet
from batch.areas.rules import ControlTotal
from batch.check.control import disagreeing_totals
from batch.check.judge import Times, judge, seen
from batch.check.runs import told_once
from batch.finding import Code, Finding, Severity
from batch.ledger.book import ABSENT_ADVICE, Book
from batch.ledger.ledger import CellFault, Ledger
from batch.period import Period

ABSENT_CODES: Final = frozenset({Code.MISSING_COLUMN, Code.MISSING_SHEET, Code.AMBIGUOUS_SHEET})
"""What the reading of a workbook has already said of a sheet that is not there."""


@dataclass(frozen=True, slots=True)
class Checking:
    """What every check sees."""

    book: Book
    definitions: Definitions
    times: Times
    is_whole: bool
    """Whether every area must be there, as for a run; a clerk's own file may be checked alone."""

    @property
    def ledgers(self) -> Iterator[Ledger]:
        """Yield the ledgers in the workbook's order."""
        yield from (
            self.book.ledgers[sheet.name] for sheet in self.definitions.sheets if sheet.name in self.book.ledgers
        )


def check_book(
    book: Book, definitions: Definitions, *, is_whole: bool, today: date, period: Period | None = None
) -> tuple[Finding, ...]:
    """Return every finding of the book, in the order of its sheets, rows and columns.

    ``period`` is the one asked for, where it is not that of the cover.
    """
    checking = Checking(book, definitions, Times.of(period, book.settings.period, today), is_whole)
    found = [*book.findings, *(finding for check in CHECKS for finding in check(checking))]
    return tuple(sorted(told_once(found), key=lambda finding: _place(finding, definitions)))


def missing_sheets(checking: Checking) -> Iterator[Finding]:
    """Tell sheets that no workbook has, or has without rows."""
    told = {finding.sheet for finding in checking.book.findings if finding.code in ABSENT_CODES}
    for sheet in checking.definitions.sheets:
        ledger = checking.book.ledgers.get(sheet.name)
        if ledger is None and sheet.name not in told:
            yield Finding(
                code=Code.MISSING_SHEET,
                severity=_absence(sheet, checking, is_empty=False),
                problem=f"缺少工作表“{sheet.name}”",
                advice=checking.book.absent.get(sheet.name, ABSENT_ADVICE),
                sheet=sheet.name,
            )
        elif ledger is not None and ledger.frame.empty:
            yield Finding(
                code=Code.EMPTY_SHEET,
                severity=_absence(sheet, checking, is_empty=True),
                problem=f"工作表“{sheet.name}”一行也没有填",
                advice="请填写后再运行",
                sheet=sheet.name,
                workbook=next(iter(ledger.layouts.values())).workbook,
            )


def _absence(sheet: Sheet, checking: Checking, *, is_empty: bool) -> Severity:
    """Weigh an absent sheet: an area or the tasks may be absent from a clerk's own file, posts never."""
    if sheet.role == "posts":
        return Severity.ERROR
    if sheet.role == "tasks" and is_empty:
        return Severity.HINT
    return Severity.ERROR if checking.is_whole else Severity.HINT


def inadmissible_cells(checking: Checking) -> Iterator[Finding]:
    """Tell the cells that their own column does not admit; a serial number is no figure, and told once a sheet."""
    for ledger in checking.ledgers:
        serials: list[CellFault] = []
        for each in ledger.faults:
            if each.column == SERIAL and not each.fault.is_of_text:
                serials.append(each)
                continue
            quoted = f"填的{ledger.quote(each.key, each.column)}" if each.fault.is_of_text else ""
            says = (f"{quoted}{each.fault.problem}", _advice(ledger, each))
            finding = ledger.finding(each.key, each.column, each.fault.code, Severity.ERROR, says)
            yield replace(finding, also=each.also)
        if serials:
            first = serials[0]
            says = (f"{first.fault.problem}（共{len(serials)}格）", "序号不影响统计，如不需要可不理会")
            yield ledger.finding(first.key, first.column, first.fault.code, Severity.HINT, says)


def _advice(ledger: Ledger, cell: CellFault) -> str:
    """Return what to do about a cell; for 同上, with the content that it means."""
    source = ledger.ditto_sources.get((cell.key, cell.column))
    if source is None or ledger.value(source, cell.column) is None:
        return cell.fault.advice
    return f"请写出上一行的内容{ledger.quote(source, cell.column)}"


def blank_cells(checking: Checking) -> Iterator[Finding]:
    """Tell the blank cells of columns that are always required."""
    for ledger in checking.ledgers:
        for column in ledger.sheet.columns:
            if column.required and column.name not in ledger.missing:
                blank = ~ledger.filled[column.name]
                for key in blank.index[blank]:
                    says = ("必填，现未填", "请补填")
                    yield ledger.finding(int(key), column.name, Code.REQUIRED_BLANK, Severity.ERROR, says)


def broken_rules(checking: Checking) -> Iterator[Finding]:
    """Tell what the rules of the definitions find."""
    posts = checking.book.ledgers.get(checking.definitions.posts.name)
    for ledger in checking.ledgers:
        yield from judge(ledger, seen(ledger, posts, checking.times))


def control_totals(checking: Checking) -> Iterator[Finding]:
    """Tell the totals within the ledgers that disagree with their rows."""
    for ledger in checking.ledgers:
        for rule in ledger.sheet.rules:
            if isinstance(rule, ControlTotal):
                yield from disagreeing_totals(ledger, rule)


def missing_owners(checking: Checking) -> Iterator[Finding]:
    """Tell the areas with entries that no post answers for; a fault in the posts is told in its place."""
    posts = checking.book.ledgers.get(checking.definitions.posts.name)
    if posts is None or posts.frame.empty or {AREA, HOLDER} & posts.missing:
        return
    if any(fault.column == AREA for fault in posts.faults):
        return
    owned = set(posts.frame[AREA].dropna())
    for ledger in checking.ledgers:
        area = ledger.sheet
        if area.role == "area" and not ledger.frame.empty and area.name not in owned:
            yield Finding(
                code=Code.MISSING_OWNER,
                severity=Severity.ERROR,
                problem=f"工作表“{posts.sheet.name}”里没有“{area.name}”的负责人",
                advice="请为它补一行A角和B角",
                sheet=posts.sheet.name,
                column=AREA,
                workbook=next(iter(posts.layouts.values())).workbook,
            )


CHECKS: Final[Sequence[Callable[[Checking], Iterator[Finding]]]] = (
    missing_sheets,
    inadmissible_cells,
    blank_cells,
    broken_rules,
    control_totals,
    missing_owners,
)


def _place(finding: Finding, definitions: Definitions) -> tuple[int, str, int, int]:
    """Return the sort key that puts findings in the order a reader meets them in the workbook."""
    names = definitions.sheet_names
    at = names.index(finding.sheet) if finding.sheet in names else len(names)
    columns = definitions.sheets[at - 1].column_names if 0 < at < len(names) else ()
    column = columns.index(finding.column) if finding.column in columns else -1
    key = finding.key if finding.key is not None else (finding.row or 0)
    return at, finding.workbook or "" if finding.key is None else "", key, column
