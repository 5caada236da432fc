"""A new workbook of ours: the same bytes for the same content, and one look."""

import io
from collections.abc import Callable, Iterable, Sequence
from math import ceil
from pathlib import Path
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from batch.values.same_bytes import CREATED, without_origin
from batch.values.widths import display_width

MOST_LINKS: Final = 60_000
"""Links on a sheet; Excel takes 65,530."""
A4: Final = 9
LINE_HEIGHT: Final = 15
BODY_SIZE: Final = 11
"""The size whose digits measure the width of a column."""
TITLE_SIZE: Final = 16
HIGHEST_ROW: Final = 409
"""Points; Excel takes no higher row."""
HEADER_COLOUR: Final = "#D9E2F3"
REQUIRED_COLOUR: Final = "#F8CBAD"

_STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": TITLE_SIZE, "align": "center", "valign": "vcenter", "font_name": "黑体"},
    "subtitle": {"font_size": 10, "align": "left", "valign": "vcenter", "font_color": "#595959"},
    "header": {"bold": True, "align": "center", "bg_color": HEADER_COLOUR, "border": 1},
    "required": {"bold": True, "align": "center", "bg_color": REQUIRED_COLOUR, "border": 1},
    "text": {"border": 1},
    "number": {"border": 1, "align": "center"},
    "amount": {"border": 1, "align": "center", "num_format": "0;-0;"},
    "rate": {"border": 1, "align": "center", "num_format": "0.0"},
    "difference": {"border": 1, "align": "center", "num_format": "+0;-0;0"},
    "points": {"border": 1, "align": "center", "num_format": "+0.0;-0.0;0.0"},
    "day": {"border": 1, "align": "center", "num_format": "yyyy-mm-dd"},
    "signature": {"bottom": 1, "valign": "bottom"},
    "section": {"bold": True, "font_name": "黑体", "text_wrap": False},
    "note": {"font_size": 10, "font_color": "#595959", "text_wrap": False},
    "strong": {"border": 1, "bold": True},
    "link": {"border": 1, "font_color": "#0563C1", "underline": 1},
    "错误": {"border": 1, "bg_color": "#FFC7CE"},
    "核实": {"border": 1, "bg_color": "#FFEB9C"},
    "提示": {"border": 1, "bg_color": "#DDEBF7"},
    "open_text": {"num_format": "@"},
    "open_day": {"num_format": "yyyy-mm-dd"},
    "open_number": {},
}


class Styles:
    """The formats of one workbook by name, each made when first asked for."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        """Make the formats in this workbook."""
        self.workbook = workbook
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        """Return the format with this name."""
        if name not in self._made:
            common = {"font_name": "宋体", "font_size": BODY_SIZE, "text_wrap": True, "valign": "vcenter"}
            self._made[name] = self.workbook.add_format(common | _STYLES[name])
        return self._made[name]


class _Sheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A sheet whose formulas are written as they are: ours use no function that Office 2007 did not have.

    XlsxWriter looks through every formula for each later function by its own pattern, in quoted words too.
    """

    def _prepare_formula(self, formula: str, *_: object) -> str:
        return formula.removeprefix("=")


def write_workbook(
    title: str, unit: str, write: Callable[[xlsxwriter.Workbook, Styles], None], scratch: Path | None = None
) -> bytes:
    """Return the bytes of a workbook that ``write`` fills; texts never become formulas or links.

    With a folder for what is in the making, the workbook is written row by row, each sheet from the top: a row leaves
    the memory as soon as the next one begins.

    Raises:
        OSError: that folder cannot be written.

    """
    stream = io.BytesIO()
    memory = {"in_memory": True} if scratch is None else {"constant_memory": True, "tmpdir": str(scratch)}
    options = {**memory, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(stream, options) as workbook:
            workbook.worksheet_class = _Sheet
            workbook.set_properties({"title": title, "company": unit, "author": "", "created": CREATED})
            write(workbook, Styles(workbook))
    except FileCreateError as error:
        raise OSError(*error.args[0].args) from error  # the library's own name for what the system has said
    return without_origin(stream.getvalue())


class PageSetup(NamedTuple):
    """How a sheet of ours is laid out."""

    widths: Sequence[float]
    """Characters of each column."""
    header_row: int
    """From 0; the rows down to it stay in sight and are printed on every page."""
    is_landscape: bool = True


def titled_page(styles: Styles, name: str, title: str, setup: PageSetup) -> Worksheet:
    """Add a sheet with its title, its columns and its print set-up."""
    page: Worksheet = styles.workbook.add_worksheet(name)
    page.merge_range(0, 0, 0, len(setup.widths) - 1, title, styles["title"])
    page.set_row(0, title_height(title, setup.widths))
    for column, width in enumerate(setup.widths):
        page.set_column(column, column, width)
    page.freeze_panes(setup.header_row + 1, 0)
    set_up_page(page, setup.header_row, landscape=setup.is_landscape)
    return page


def row_height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Return the height in points that shows these texts whole in columns of these widths (characters).

    Spreadsheet programs do not agree on fitting rows by themselves when a file is opened.
    """
    lines = (ceil(display_width(text) / max(width - 1, 1)) for text, width in zip(texts, widths, strict=True))
    return min(LINE_HEIGHT * max((1, *lines)) + 3, HIGHEST_ROW)


def title_height(title: str, widths: Iterable[float]) -> float:
    """Return the height in points of a title over columns of these widths: a long name takes more lines."""
    room = sum(widths) * BODY_SIZE / TITLE_SIZE
    lines = max(1, ceil(display_width(title) / max(room - 1, 1)))
    return min(6 + 1.5 * TITLE_SIZE * lines, HIGHEST_ROW)


def set_up_page(sheet: Worksheet, header_row: int, *, landscape: bool = True, first_repeated: int = 0) -> None:
    """Print on A4, one page wide, the rows down to the header (from 0) repeated, pages numbered."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.repeat_rows(first_repeated, header_row)
    sheet.set_footer("&C第 &P 页，共 &N 页")
