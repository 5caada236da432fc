"""The standard workbook: what it holds, and that another office program takes it as it is."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from batch.areas.definitions import Definitions
from batch.ledger.our_sheets import UNKNOWN_VERSION, version_in, version_of
from batch.read.file import read_file
from batch.workbook.template import build_template
from tests.books import SAMPLES, edited, figures_of, write_book
from tests.office import converted


def test_every_column_stands_under_its_title(definitions: Definitions) -> None:
    book = load_workbook(io.BytesIO(build_template(definitions, 2022, "测试学校")))
    for sheet in definitions.sheets:
        page = book[sheet.name]
        assert page["A1"].value == sheet.title
        assert tuple(cell.value for cell in page[2]) == sheet.column_names
        assert page.freeze_panes is not None
        assert page.print_title_rows == "$1:$2"
    assert book["字典"].sheet_state == "hidden"
    assert "填写说明" in book.sheetnames


def test_the_guide_says_from_which_version_the_workbook_was_written(definitions: Definitions, tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    assert version_in(read_file(path)) == version_of(definitions) == "封面1、岗位1、办文1、党建1、宣传1、保密1、任务1"
    with edited(path) as book:
        del book["填写说明"]
    assert version_in(read_file(path)) == UNKNOWN_VERSION


def test_every_dictionary_is_a_drop_down_of_any_length(definitions: Definitions) -> None:
    book = load_workbook(io.BytesIO(build_template(definitions)))
    for sheet in definitions.sheets:
        lists = [each for each in book[sheet.name].data_validations.dataValidation if each.type == "list"]
        assert len(lists) == sum(column.has_list for column in sheet.columns)
        for each in lists:
            name, _, cells = str(each.formula1).lstrip("=").partition("!")
            words = [cell.value for row in book[name][cells.replace("$", "")] for cell in row]
            letter = str(each.sqref).split(":")[0].rstrip("0123456789")
            column = sheet.column(str(book[sheet.name][f"{letter}2"].value))
            assert tuple(words) == column.choices


def test_dates_and_counts_are_validated_and_headers_explained(definitions: Definitions) -> None:
    page = load_workbook(io.BytesIO(build_template(definitions)))["办文"]
    kinds = {str(each.sqref).split(":")[0]: each.type for each in page.data_validations.dataValidation}
    assert (kinds["B3"], kinds["L3"], kinds["C3"]) == ("date", "whole", "list")
    comment = page["D2"].comment
    assert comment is not None
    assert "事项为“发文”时必填" in comment.text


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_a_workbook_saved_by_libreoffice_gives_the_same_figures(tmp_path: Path) -> None:
    source = SAMPLES / "全年台账.xlsx"
    (saved,) = converted(tmp_path, "xlsx", source)
    assert figures_of(saved) == figures_of(source)
    assert version_in(read_file(saved)) == version_in(read_file(source)) != UNKNOWN_VERSION
    kept = [each for each in load_workbook(saved)["办文"].data_validations.dataValidation if each.type == "list"]
    assert len(kept) == 6, "the drop-downs are still there"
