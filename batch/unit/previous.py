"""The earlier period that a run is compared with: another year's ledger, or the months before in the same one."""

from collections.abc import Iterable, Iterator
from typing import Final

from batch.areas.contract import YEAR
from batch.check.book import ABSENT_CODES, check_book
from batch.check.checked import Checked
from batch.errors import BatchError
from batch.finding import Code, Finding, Severity, count
from batch.ledger.book import Book, read_book
from batch.ledger.shape import listed
from batch.options import Options
from batch.period import MONTHS_OF_YEAR, Window
from batch.total.compare import ON_SPAN_BEFORE, Previous, earlier_by, span_before, year_label
from batch.total.totals import Totals, total_book

NOT_BEGUN: Final = "统计期间到今天还没有开始，没有可以比较的，请去掉 --previous 后再运行。"


def find_previous(checked: Checked, options: Options) -> Previous | None:
    """Return what the totals are compared with: the ledgers asked for, else the months just before.

    Raises:
        BatchError: a ledger asked for cannot be read, or is not of an earlier year of the same unit.

    """
    if checked.totals is None:
        return None
    if options.previous:
        return _earlier_year(checked, checked.totals, options)
    return _months_before(checked, checked.totals)


def _earlier_year(checked: Checked, totals: Totals, options: Options) -> Previous:
    """Read and check the earlier ledgers with the same definitions; their mistakes do not stop the run."""
    definitions = checked.definitions
    book = read_book(options.previous, definitions)
    _refuse_another_ledger(checked.book, book)
    years = _years_between(book, totals)
    period = earlier_by(totals, years * MONTHS_OF_YEAR)
    if period is None:
        raise BatchError(NOT_BEGUN)
    findings = check_book(book, definitions, is_whole=False, today=options.today, period=period)
    earlier = total_book(book, definitions, findings, period, Window.over(period, options.today))
    told = (
        *_told_of_names(findings),
        *_told_of_mistakes(findings, earlier),
        *_told_of_gaps(totals, earlier),
        *_told_of_days(earlier),
    )
    return Previous(year_label(years), period.title, earlier, told)


def _refuse_another_ledger(book: Book, earlier: Book) -> None:
    first = earlier.files[0].name
    own = {file.sha256 for file in book.files}
    same = [file.name for file in earlier.files if file.sha256 in own]
    if same:
        message = f"“{same[0]}”就是本期的台账，不能同时作上期，请选上年的台账。"
        raise BatchError(message)
    here, there = book.settings.unit, earlier.settings.unit
    if here and there and here != there:
        message = (
            f"上期台账“{first}”的单位名称是“{there}”，与本期的“{here}”不同，请确认选对了文件；"
            "如是单位改名，请复制一份上期台账并在封面改用现在的名称。"
        )
        raise BatchError(message)


def _years_between(earlier: Book, totals: Totals) -> int:
    """Return how many years lie between the covers; where this one has no year yet, its period tells it."""
    first, before = earlier.files[0].name, earlier.settings.year
    year = totals.book.settings.year or totals.period.start.year
    if before is None:
        message = f"上期台账“{first}”的封面没有填好{YEAR}，不知道与哪一期比较，请先补填。"
        raise BatchError(message)
    if before >= year:
        message = f"“{first}”的{YEAR}是{before}，不早于本期的{year}，不能作上期，请选上年的台账。"
        raise BatchError(message)
    return year - before


def _told_of_names(findings: Iterable[Finding]) -> Iterator[str]:
    """Say which of its workbooks were left out as copies, and which are called otherwise here."""
    yield from (
        f"上期台账：{each.message}" for each in findings if each.code in {Code.SAME_WORKBOOK, Code.SAME_FILE_NAME}
    )


def _told_of_mistakes(findings: Iterable[Finding], earlier: Totals) -> Iterator[str]:
    """Say how many mistakes its sheets have; what is not there at all is told by itself."""
    own = [each for each in findings if each.sheet in earlier.sheets and each.code not in ABSENT_CODES]
    mistakes = count(own, Severity.ERROR)
    if mistakes:
        yield f"上期台账有{mistakes}处错误，有错误的行没有计入上期。"


def _told_of_gaps(totals: Totals, earlier: Totals) -> Iterator[str]:
    """Say which figures have no earlier value, by the sheets and the columns that are not there."""
    absent = [name for name in totals.sheets if not earlier.has_rows(name)]
    if absent:
        yield f"上期台账的工作表{listed(absent)}没有或没有填写，其中的指标没有上期数。"
    for name, sheet in earlier.sheets.items():
        lacking = sorted({column for total in sheet.figures for column in earlier.missing_columns(total)})
        if lacking and name not in absent:
            yield f"上期台账的工作表“{name}”没有{listed(lacking)}列，用到它的指标没有上期数。"


def _told_of_days(earlier: Totals) -> Iterator[str]:
    """Say where the earlier ledger does not reach over the whole earlier period."""
    recorded, period = earlier.book.settings.period, earlier.period
    if recorded is not None and (period.start < recorded.start or recorded.end < period.end):
        yield f"上期台账登记的是{recorded.title}，不能包括{period.title}的全部，上期数可能不全。"


def _months_before(checked: Checked, totals: Totals) -> Previous | None:
    """Total the same book over the months before; where nothing was entered there, nothing is compared."""
    year = checked.book.settings.year
    period = span_before(totals, year) if year is not None else None
    if period is None:
        return None
    window = Window.over(period, period.end)
    earlier = total_book(checked.book, checked.definitions, checked.findings, period, window)
    is_recorded = any(area.by_month.cells for area in earlier.areas)
    return Previous(ON_SPAN_BEFORE, period.title, earlier) if is_recorded else None
