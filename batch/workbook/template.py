"""The standard workbook, blank: written from the definitions alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from batch.areas.contract import CONTENT, DICTIONARY_SHEET, GUIDE_SHEET, SETTING, UNIT, YEAR
from batch.areas.definitions import Definitions
from batch.areas.model import Column, Sheet
from batch.areas.rules import RequiredWhen
from batch.areas.where import in_words as said
from batch.errors import BatchError, in_words
from batch.ledger.clean import EARLIEST, FIRST_YEAR, LAST_YEAR
from batch.ledger.our_sheets import VERSION_MARK, version_of
from batch.system.disk import write_file
from batch.workbook.xlsx import Styles, row_height, set_up_page, write_workbook

ROWS: Final = 2000
"""Rows that carry drop-downs and validation: far past an office's year."""
HEADER_ROW: Final = 1
"""The header's row, from 0; the title stands above it."""

_WIDTHS: Final = {"date": 12, "whole": 8, "number": 9, "choice": 10, "area": 9, "figure": 20, "text": 14, "year": 12}
_FORMATS: Final = {"date": "open_day", "whole": "open_number", "number": "open_number", "text": "open_text"}
GUIDE_WIDTHS: Final = (8, 15, 30, 36, 60)
GUIDE: Final = (
    "一张工作表是一个工作面，一行是一条登记；表头底色较深的列必填，光标停在表头上可看填写要求。",
    "列的次序可以调整，可以另加自己的列，但请不要改动表头文字和工作表名称。",
    "日期写成“2022-03-05”的样子；“数量”不填按1计；有下拉表的列请从表中选。",
    "涉密文件只登记页码、密级和数量，不要填写标题、文号；这份台账不得存放任何国家秘密内容。",
    "程序提示“核实”的行，确有其事的请在“核实说明”中写明原因（五个字以上）。",
    "每人可以各填一份，只填自己负责的工作表，汇总时一并交给程序；各份的封面要一致。",
)
_KIND_NOTES: Final = {
    "date": "日期，如 2022-03-05",
    "whole": "0或正整数",
    "number": "0或正数",
    "area": "从下拉表中选工作面",
    "figure": "从下拉表中选指标",
}


def build_template(definitions: Definitions, year: int | None = None, unit: str = "") -> bytes:
    """Return the standard workbook with nothing filled in but the unit and the year."""

    def write(workbook: xlsxwriter.Workbook, styles: Styles) -> None:
        _Template(workbook, styles, definitions).write(year, unit)

    return write_workbook(definitions.cover.title, unit, write)


def save_template(path: Path, definitions: Definitions, year: int | None = None, unit: str = "") -> None:
    """Write the standard workbook to a new file.

    Raises:
        BatchError: a file is already there, its name is not that of a workbook, or it cannot be written.

    """
    if path.suffix.lower() != ".xlsx":
        message = f"“{path}”的文件名要以 .xlsx 结尾，请改一个文件名。"
        raise BatchError(message)
    try:
        write_file(path, build_template(definitions, year, unit))
    except FileExistsError:
        message = f"“{path}”已经存在，为免覆盖填好的内容没有写出，请换一个文件名。"
        raise BatchError(message) from None
    except OSError as error:
        message = f"“{path}”写不出来（{in_words(error)}），请换一个有写入权限的位置。"
        raise BatchError(message) from error


class _Template:
    """One workbook being written."""

    def __init__(self, workbook: xlsxwriter.Workbook, styles: Styles, definitions: Definitions) -> None:
        self.workbook = workbook
        self.styles = styles
        self.definitions = definitions
        self.ranges = _dictionary_ranges(definitions)

    def write(self, year: int | None, unit: str) -> None:
        self._write_guide()
        self._write_cover({UNIT: unit or None, YEAR: year})
        for sheet in self.definitions.sheets:
            self._write_sheet(sheet)
        self._write_dictionaries()

    def _write_cover(self, filled: dict[str, str | int | None]) -> None:
        cover = self.definitions.cover
        page = self.workbook.add_worksheet(cover.name)
        page.merge_range(0, 0, 0, 2, cover.title, self.styles["title"])
        page.set_row(0, 30)
        page.write_row(HEADER_ROW, 0, (SETTING, CONTENT, "说明"), self.styles["header"])
        for width, column in ((16, 0), (34, 1), (44, 2)):
            page.set_column(column, column, width)
        for row, setting in enumerate(cover.settings, start=HEADER_ROW + 1):
            page.write(row, 0, setting.name, self.styles["required" if setting.required else "header"])
            page.write(row, 1, filled.get(setting.name), self.styles["day" if setting.type == "date" else "text"])
            page.write(row, 2, _described(setting), self.styles["text"])
            page.set_row(row, 24)
            self._validate(page, setting, row, 1, row)
        page.freeze_panes(HEADER_ROW + 1, 0)
        set_up_page(page, HEADER_ROW, landscape=False)

    def _write_sheet(self, sheet: Sheet) -> None:
        page = self.workbook.add_worksheet(sheet.name)
        page.set_comments_author(GUIDE_SHEET)  # never an account
        last = len(sheet.columns) - 1
        page.merge_range(0, 0, 0, last, sheet.title, self.styles["title"])
        page.set_row(0, 30)
        page.set_row(HEADER_ROW, 24)
        for index, column in enumerate(sheet.columns):
            width = column.width or max(_WIDTHS[column.type], 2 * len(column.name) + 2)
            page.set_column(index, index, width, self.styles[_FORMATS.get(column.type, "open_text")])
            page.write(HEADER_ROW, index, column.name, self.styles["required" if column.required else "header"])
            note = "\n".join(_header_note(sheet, column))
            if note:
                page.write_comment(HEADER_ROW, index, note, {"x_scale": 1.5, "font_name": "宋体", "font_size": 10})
            self._validate(page, column, HEADER_ROW + 1, index, HEADER_ROW + ROWS)
        page.autofilter(HEADER_ROW, 0, HEADER_ROW + ROWS, last)
        page.freeze_panes(HEADER_ROW + 1, min(3, last))
        page.hide_gridlines(0)
        set_up_page(page, HEADER_ROW)

    def _validate(self, page: Worksheet, column: Column, first: int, index: int, last: int) -> None:
        criterion = self._criterion(column)
        if criterion is None:
            return
        told = {"input_title": column.name, "input_message": column.note} if column.note else {}
        page.data_validation(first, index, last, index, {"error_title": f"{column.name}填写有误", **criterion, **told})

    def _criterion(self, column: Column) -> dict[str, Any] | None:
        match column.type:
            case "choice" | "area" | "figure":
                source = self.ranges[column.choices]
                return {"validate": "list", "source": source, "error_message": "请从下拉表中选。"}
            case "date":
                days = {"minimum": EARLIEST, "maximum": EARLIEST.replace(LAST_YEAR, 12, 31)}
                return {"validate": "date", "criteria": "between", **days, "error_message": "请填日期，如 2022-03-05。"}
            case "whole":
                return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填0或正整数。"}
            case "number":
                return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填0或正数。"}
            case "year":
                span = {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}
                return {
                    "validate": "integer",
                    "criteria": "between",
                    **span,
                    "error_message": "请填四位年份，如 2022。",
                }
            case "text":
                return None

    def _write_guide(self) -> None:
        page = self.workbook.add_worksheet(GUIDE_SHEET)
        page.merge_range(0, 0, 0, 4, f"{self.definitions.cover.title}填写说明", self.styles["title"])
        page.set_row(0, 30)
        for index, width in enumerate(GUIDE_WIDTHS):
            page.set_column(index, index, width)
        row = 1
        lines = (f"{number}．{line}" for number, line in enumerate(GUIDE, start=1))
        for line in (*lines, f"{VERSION_MARK}{version_of(self.definitions)}"):
            page.merge_range(row, 0, row, 4, line, self.styles["text"])
            page.set_row(row, 24)
            row += 1
        page.write_row(row, 0, ("工作表", "列", "是否必填", "填写要求", "可选内容"), self.styles["header"])
        header_row = row
        for sheet in self.definitions.sheets:
            for column in sheet.columns:
                row += 1
                demand = "必填" if column.required else "；".join(_conditions(sheet, column))
                choices = "、".join(column.choices) if column.type == "choice" else ""
                kind = column.note or _KIND_NOTES.get(column.type, "")
                told = (sheet.name, column.name, demand, kind, choices)
                page.write_row(row, 0, told, self.styles["text"])
                page.set_row(row, row_height(told, GUIDE_WIDTHS))
        page.freeze_panes(header_row + 1, 0)
        set_up_page(page, header_row, first_repeated=header_row)

    def _write_dictionaries(self) -> None:
        """Keep the drop-downs' words on a hidden sheet: Excel cuts a list inside a cell at 255 characters."""
        page = self.workbook.add_worksheet(DICTIONARY_SHEET)
        for index, (name, choices) in enumerate(_dictionaries(self.definitions)):
            page.write_column(0, index, (name, *choices))
        page.hide()


def _dictionaries(definitions: Definitions) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (name, words) for every different dictionary."""
    seen: set[tuple[str, ...]] = set()
    for sheet in definitions.sheets:
        for column in sheet.columns:
            if column.has_list and column.choices and column.choices not in seen:
                seen.add(column.choices)
                yield f"{sheet.name}.{column.name}", column.choices


def _dictionary_ranges(definitions: Definitions) -> dict[tuple[str, ...], str]:
    """Return dictionary -> where its words stand on the hidden sheet."""
    return {
        choices: f"={DICTIONARY_SHEET}!${xl_col_to_name(index)}$2:${xl_col_to_name(index)}${len(choices) + 1}"
        for index, (_, choices) in enumerate(_dictionaries(definitions))
    }


def _header_note(sheet: Sheet, column: Column) -> Iterator[str]:
    """Yield the lines of a header's note: demand, kind, advice."""
    if column.required:
        yield "必填"
    yield from _conditions(sheet, column)
    if column.note:
        yield column.note
    elif column.type in _KIND_NOTES:
        yield _KIND_NOTES[column.type]


def _conditions(sheet: Sheet, column: Column) -> Iterator[str]:
    """Yield when a column must be filled, from the rules."""
    for rule in sheet.rules:
        if isinstance(rule, RequiredWhen) and column.name in rule.columns:
            excuse = f"（已填{rule.unless_filled}的除外）" if rule.unless_filled else ""
            yield f"{said(rule.when)}时必填{excuse}"


def _described(setting: Column) -> str:
    return "　".join(word for word in ("必填" if setting.required else "", setting.note) if word)
