"""The marked copy: the user's own workbook with the found cells coloured and commented."""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from batch.finding import Finding, Severity
from batch.intake import FINDINGS_SHEET
from batch.package import repacked
from batch.place import excel_row
from batch.read.file import UNREADABLE, SourceFile

MARK: Final = "【台账检查】"
"""How our comments begin; by this they are known and taken off before new ones are set."""
COLOURS: Final = {Severity.ERROR: "FFFF9999", Severity.VERIFY: "FFFFEB84", Severity.HINT: "FFBDD7EE"}
COPY_PREFIX: Final = "标注-"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one cell of the file: the sheet's own name, the address, the findings."""

    title: str
    address: str
    findings: tuple[Finding, ...]

    @property
    def further(self) -> Iterator[str]:
        """Yield the addresses of the further cells that the findings speak of."""
        letters = self.address.rstrip("0123456789")
        yield from (f"{letters}{excel_row(key)}" for finding in self.findings for key in finding.also)


LARGEST_MARKED: Final = 8 << 20
"""Bytes of a workbook that is loaded whole to be marked: some 150,000 rows, which take half a minute."""
NOT_LOADED: Final = (*UNREADABLE, SyntaxError)
"""What openpyxl is known to raise on workbooks that are written in another way than its own."""


def annotate(file: SourceFile, findings: Sequence[Finding], titles: Mapping[str, str]) -> bytes | None:
    """Return a copy of the workbook in which the cells of the findings are marked, None where none can be made.

    ``titles`` gives the file's own name of each sheet. Marks of an earlier copy are taken off first.
    """
    if not file.is_ooxml or len(file.content) > LARGEST_MARKED:
        return None
    try:
        return _marked(file, findings, titles)
    except NOT_LOADED:
        return None


def _marked(file: SourceFile, findings: Sequence[Finding], titles: Mapping[str, str]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(file.content), keep_vba=file.path.suffix.lower() == ".xlsm")
    _take_marks_off(book)
    marks = _marks([finding for finding in findings if finding.workbook in {file.name, None}], titles)
    for mark in marks:
        page = book[mark.title]
        _set_mark(_shown(page, mark.address), mark)
        for address in mark.further:
            _colour(_shown(page, address), mark.findings)
    _add_list(book, marks)
    stream = io.BytesIO()
    book.save(stream)
    return repacked(stream.getvalue())


def _take_marks_off(book: Workbook) -> None:
    if FINDINGS_SHEET in book.sheetnames:
        del book[FINDINGS_SHEET]
    ours = set(COLOURS.values())
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.comment is None or MARK not in cell.comment.text:
                    continue
                users, _, _ = cell.comment.text.partition(MARK)
                cell.comment = Comment(users.rstrip(), cell.comment.author) if users.strip() else None
                if isinstance(cell, Cell) and cell.fill.fgColor.rgb in ours:
                    cell.fill = PatternFill()


def _marks(findings: Sequence[Finding], titles: Mapping[str, str]) -> list[Mark]:
    """Gather the findings of each cell, settled ones left out, in the order they were found."""
    by_place: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.cell is None or finding.sheet is None or finding.settled or finding.sheet not in titles:
            continue
        address = finding.cell.rpartition("!")[2]
        by_place.setdefault((titles[finding.sheet], address), []).append(finding)
    return [Mark(title, address, tuple(found)) for (title, address), found in by_place.items()]


def _shown(page: Worksheet, address: str) -> Cell:
    """Return the cell, or the one that is shown in its place where it is merged."""
    cell: Cell | MergedCell = page[address]
    if isinstance(cell, Cell):
        return cell
    merged = next(each for each in page.merged_cells.ranges if cell.coordinate in each)
    return cast("Cell", page.cell(merged.min_row, merged.min_col))


def _colour(cell: Cell, findings: Sequence[Finding]) -> None:
    worst = min(findings, key=lambda finding: finding.severity.rank)
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst.severity])


def _set_mark(cell: Cell, mark: Mark) -> None:
    _colour(cell, mark.findings)
    ours = "\n".join(f"{finding.severity.value}：{finding.message}" for finding in mark.findings)
    users = f"{cell.comment.text}\n" if cell.comment is not None else ""
    comment = Comment(f"{users}{MARK}\n{ours}", "")
    comment.width, comment.height = 320, 60 + 20 * (len(ours) // 22)
    cell.comment = comment


def _add_list(book: Workbook, marks: Sequence[Mark]) -> None:
    """Put a first sheet in front that lists the marked cells with links to them."""
    page: Worksheet = book.create_sheet(FINDINGS_SHEET, 0)
    page.append(["严重程度", "单元格", "问题与改法"])
    for mark in marks:
        for finding in mark.findings:
            page.append([finding.severity.value, f"{mark.title}!{mark.address}", finding.message])
            link = page.cell(page.max_row, 2)
            quoted = mark.title.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{mark.address}")
            link.font = Font(color="FF0563C1", underline="single")
            page.cell(page.max_row, 1).fill = PatternFill("solid", fgColor=COLOURS[finding.severity])
    for letter, width in (("A", 10), ("B", 16), ("C", 90)):
        page.column_dimensions[letter].width = width
    for (cell,) in page["C1" : f"C{page.max_row}"]:
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
