"""Charts that Word draws: their parts, their numbers, and what LibreOffice shows of them."""

import io
import zipfile
from itertools import combinations, pairwise
from pathlib import Path

import openpyxl
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn

from batch.report.content import Chart, Series
from batch.word.page.blocks import insert_blocks
from batch.word.page.chart import COLOURS, number_drawings
from batch.word.page.layout import Layout, blank_document
from tests.words import misplaced, packed, pages

MONTHS = ("1月", "2月", "3月")
SENT, RECEIVED = Series("发文", (3, 0, 5)), Series("收文", (4, 1, 0))
CHART = Chart("办文分月情况", MONTHS, (SENT, RECEIVED), "件")
NUMBERED = tuple(Series(f"事项{number}", (number, number, 0)) for number in range(1, 9))


def drawn(*charts: Chart) -> Document:
    document = blank_document(Layout())
    insert_blocks(document.add_paragraph()._p, charts, document.part)
    number_drawings([document.element])
    return document


def part_of(document: Document, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed(document))) as package:
        return package.read(name)


def cached(document: Document, number: int = 1) -> dict[str, list[float]]:
    """Return what a chart part says by itself: the numbers of each series by its name."""
    space = parse_xml(part_of(document, f"word/charts/chart{number}.xml"))
    return {
        each.findtext("c:tx//c:v", None, nsmap): [float(value.text) for value in each.iterfind("c:val//c:v", nsmap)]
        for each in space.iter(qn("c:ser"))
    }


def embedded(document: Document, number: int = 1) -> list[tuple[object, ...]]:
    content = part_of(document, f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)  # type: ignore[union-attr]


def test_a_chart_and_its_workbook_hold_the_same_numbers() -> None:
    document = drawn(CHART)
    assert cached(document) == {"发文": [3, 0, 5], "收文": [4, 1, 0]}
    assert embedded(document) == [(None, "发文", "收文"), ("1月", 3, 4), ("2月", 0, 1), ("3月", 5, 0)]


def test_each_chart_has_its_own_parts_and_number() -> None:
    document = drawn(CHART, Chart("其二", MONTHS, (RECEIVED,), "件"))
    assert (cached(document, 2), embedded(document, 2)[0]) == ({"收文": [4, 1, 0]}, (None, "收文"))
    assert document.element.xpath("//wp:docPr/@id") == ["1", "2"]


def test_the_parts_are_of_the_kinds_that_word_asks_for() -> None:
    document = drawn(CHART)
    content_types = part_of(document, "[Content_Types].xml").decode()
    chart_kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    assert f'PartName="/word/charts/chart1.xml" ContentType="{chart_kind}"' in content_types
    assert "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" in content_types
    relations = part_of(document, "word/charts/_rels/chart1.xml.rels").decode()
    assert "relationships/package" in relations
    assert 'Target="../embeddings/Microsoft_Excel_Sheet1.xlsx"' in relations
    assert 'relationships/chart"' in part_of(document, "word/_rels/document.xml.rels").decode()


def test_a_chart_stands_in_the_order_of_the_schema_and_leaves_no_switch_to_the_reader() -> None:
    space = parse_xml(part_of(drawn(CHART), "word/charts/chart1.xml"))
    assert list(misplaced(space)) == []
    off = ("c:roundedCorners", "c:varyColors", "c:delete", "c:overlay", "c:invertIfNegative")
    assert [(name, {each.get("val") for each in space.iter(qn(name))}) for name in off] == [
        (name, {"0"}) for name in off
    ]
    assert space.find(qn("c:externalData")).get(qn("r:id")) == "rId1"
    assert {each.get("typeface") for each in space.iter(qn("a:ea"))} == {"宋体"}


def test_more_series_than_a_reader_tells_apart_are_summed() -> None:
    shown = cached(drawn(Chart("图", MONTHS, NUMBERED, "件")))
    assert shown == {**{f"事项{number}": [number, number, 0] for number in (4, 5, 6, 7, 8)}, "其他": [6, 6, 0]}
    assert len(shown) == len(COLOURS)


def test_what_is_called_others_already_is_summed_with_them() -> None:
    shown = cached(drawn(Chart("图", MONTHS, (Series("其他", (99, 0, 0)), *NUMBERED), "件")))
    assert shown["其他"] == [105, 6, 0]


def test_a_series_of_zeros_takes_no_colour() -> None:
    assert list(cached(drawn(Chart("图", MONTHS, (Series("空", (0, 0, 0)), SENT), "件")))) == ["发文"]


@pytest.mark.parametrize(
    "chart",
    [
        Chart("图", (), (), "件"),
        Chart("图", (), (Series("发文", ()),), "件"),
        Chart("图", MONTHS, (), "件"),
        Chart("图", MONTHS, (Series("发文", (0, 0, 0)),), "件"),
    ],
)
def test_where_nothing_is_to_be_drawn_nothing_stands(chart: Chart) -> None:
    document = drawn(chart)
    assert len(document.paragraphs) == 1
    assert "chart" not in part_of(document, "[Content_Types].xml").decode()


@pytest.mark.parametrize(
    ("values", "step"), [((1, 0, 2), ["1"]), ((8, 0, 2), ["1"]), ((90, 0, 2), []), ((0.5, 1, 2), [])]
)
def test_few_counts_are_marked_by_ones(values: tuple[float, ...], step: list[str]) -> None:
    space = parse_xml(part_of(drawn(Chart("图", MONTHS, (Series("发文", values),), "件")), "word/charts/chart1.xml"))
    assert [each.get("val") for each in space.iter(qn("c:majorUnit"))] == step
    assert [each.get("val") for each in space.iter(qn("c:min"))] == ["0"]


def test_a_chart_is_told_to_those_who_cannot_see_it() -> None:
    (described,) = drawn(CHART).element.xpath("//wp:docPr/@descr")
    assert described == "办文分月情况：堆积柱形图，单位：件；1月至3月；发文合计8，收文合计5。"


def test_a_chart_fills_the_line_and_is_not_clipped_to_it() -> None:
    document = drawn(CHART)
    assert document.element.xpath("//wp:extent/@cx") == [str((11906 - 1588 - 1474) * 635)]
    layout = document.paragraphs[1].paragraph_format
    assert (layout.line_spacing, layout.keep_with_next, layout.first_line_indent) == (1.0, True, 0)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_labels_and_legend_are_shown(tmp_path: Path) -> None:
    shown = "".join("".join(pages(drawn(CHART), tmp_path)).split())
    assert [word for word in (*MONTHS, "发文", "收文", "件", "办文分月情况") if word not in shown] == []


def test_colours_differ_on_a_black_and_white_print() -> None:
    parts = [[int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in COLOURS]
    lightness = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in parts]
    assert min(abs(one - other) for one, other in combinations(lightness, 2)) > 30
    assert min(abs(one - other) for one, other in pairwise(lightness)) > 60
