"""Charts that Word draws itself and an office can edit: a chart part, and the workbook that holds its numbers.

XlsxWriter draws up both. What it leaves out is said outright here: it writes as Office 2007 did, for which an
absent switch is off, while some later programs take an absent switch for on.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import count
from math import fsum
from typing import Any, Final

import xlsxwriter
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from lxml import etree

from batch.report.content import Chart, Series
from batch.values.same_bytes import CREATED, without_origin
from batch.values.xml_text import Element, quoted
from batch.word.page.paragraphs import caption, paragraph_properties, printable
from batch.word.page.room import TWIP

HEIGHT: Final = 2_160_000
"""6 cm in English Metric Units."""
COLOURS: Final = ("#1F3864", "#B4C7E7", "#4E8AC8", "#EDEDED", "#335F95", "#A5A5A5")
"""One a series; side by side they differ in lightness, so that they do on a black-and-white print too."""
EDGE_COLOUR: Final = "#404040"
GRID_COLOUR: Final = "#D9D9D9"
GAP: Final = 60
"""Room between columns, in hundredths of a column's width."""
OTHERS: Final = "其他"
FEW: Final = 8
"""Up to this height of a column an axis would be marked in halves, were it not told to count by ones."""
FONT: Final = {"name": "宋体", "size": 9, "bold": False}
SHEET: Final = "数据"
CHART_NAME: Final = "/word/charts/chart%d.xml"
WORKBOOK_NAME: Final = "/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"
MOST_CHARTS: Final = 512
"""Charts that are kept as they were drawn: an owner's report shows those of the summary again."""
FIRST_DRAWING: Final = 1001
"""Where the numbers of a template's own drawings begin; those of charts are below."""
_UNNUMBERED: Final = ""
_CHART_PART: Final = "xl/charts/chart1.xml"
_SWITCHES: Final = (
    ("c:chartSpace", "c:roundedCorners", "c:lang"),
    ("c:barChart", "c:varyColors", "c:grouping"),
    ("c:ser", "c:invertIfNegative", "c:spPr"),
    ("c:catAx", "c:delete", "c:scaling"),
    ("c:valAx", "c:delete", "c:scaling"),
    ("c:title", "c:overlay", "c:layout"),
    ("c:legend", "c:overlay", "c:layout"),
)
"""(owner, switch, what stands before it): each is off."""


def chart_elements(chart: Chart, room: int, part: StoryPart) -> tuple[Element, ...]:
    """Return the paragraphs of a chart as wide as the room (twips), and of its caption below it.

    The part gets the chart and its workbook. Where there is nothing to draw, there are no paragraphs.
    """
    chart = replace(chart, series=_few(chart.series))
    if not chart.categories or not chart.series:
        return ()
    name = part.relate_to(_chart_part(chart, part), RELATIONSHIP_TYPE.CHART)
    return _drawing(chart, name, room), caption(chart.caption, before=40, after=120, is_kept=False)


def renumber_drawings(root: Element) -> None:
    """Give the drawings below a root numbers of their own again: a loop may have repeated one."""
    for number, drawing in enumerate(root.iter(qn("wp:docPr")), start=FIRST_DRAWING):
        drawing.set("id", str(number))


def number_drawings(roots: Iterable[Element]) -> None:
    """Give every chart below the roots that has no number yet one that no other drawing has, in reading order."""
    drawings = [each for root in roots for each in root.iter(qn("wp:docPr"))]
    taken = {each.get("id") for each in drawings}
    free = (number for number in count(1) if str(number) not in taken)
    for each in drawings:
        if each.get("id") == _UNNUMBERED:
            number = next(free)
            each.set("id", str(number))
            each.set("name", f"{each.get('name')} {number}")


def _few(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Return the series that have something to show; the smallest of too many are gathered into one."""
    shown = [each for each in series if any(each.values)]
    if len(shown) <= len(COLOURS):
        return tuple(shown)
    largest = sorted((each for each in shown if each.name != OTHERS), key=lambda each: -fsum(each.values))
    kept = largest[: len(COLOURS) - 1]
    gathered = [each.values for each in shown if each not in kept]
    others = Series(OTHERS, tuple(sum(values) for values in zip(*gathered, strict=True)))
    return (*(each for each in shown if each in kept), others)


def _chart_part(chart: Chart, part: StoryPart) -> Part:
    """Return the chart as a new part of the document's package, with its workbook embedded."""
    package = part.package
    if package is None:
        raise TypeError(part)
    workbook = Part(package.next_partname(WORKBOOK_NAME), CONTENT_TYPE.SML_SHEET, _workbook(chart), package)
    made = Part(package.next_partname(CHART_NAME), CONTENT_TYPE.DML_CHART, package=package)
    made._blob = _chart_xml(chart, made.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))  # noqa: SLF001 it names its own relation
    return made


@lru_cache(maxsize=MOST_CHARTS)
def _workbook(chart: Chart, *, is_drawn: bool = False) -> bytes:
    """Return a workbook with the numbers, categories downwards, and with the chart if it is to be drawn."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": printable(chart.caption), "author": "", "created": CREATED})
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_column(1, 0, map(printable, chart.categories))
        for column, each in enumerate(chart.series, start=1):
            sheet.write_column(0, column, (printable(each.name), *each.values))
        if is_drawn:
            sheet.insert_chart(0, len(chart.series) + 1, _drawn(chart, workbook))
    return without_origin(stream.getvalue())


def _drawn(chart: Chart, workbook: xlsxwriter.Workbook) -> Any:  # noqa: ANN401 XlsxWriter has no types
    drawn = workbook.add_chart({"type": "column", "subtype": "stacked"})
    last = len(chart.categories)
    for column, colour in enumerate(COLOURS[: len(chart.series)], start=1):
        drawn.add_series(
            {
                "name": [SHEET, 0, column],
                "categories": [SHEET, 1, 0, last, 0],
                "values": [SHEET, 1, column, last, column],
                "fill": {"color": colour},
                "border": {"color": EDGE_COLOUR, "width": 0.5},
                "gap": GAP,
            }
        )
    line = {"color": EDGE_COLOUR, "width": 0.75}
    drawn.set_x_axis({"num_font": FONT, "line": line})
    drawn.set_y_axis(
        {
            "name": printable(chart.unit),
            "name_font": FONT | {"rotation": 360},  # XlsxWriter's word for upright
            "num_font": FONT,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": GRID_COLOUR, "width": 0.5}},
            **_scale(chart),
        }
    )
    drawn.set_legend({"position": "bottom", "font": FONT})
    drawn.set_title({"none": True})
    drawn.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    return drawn


def _scale(chart: Chart) -> dict[str, int]:
    """Return where the value axis begins, and its step where counts are so few that it would be split."""
    numbers = [value for each in chart.series for value in each.values]
    scale = {"min": 0} if min(numbers) >= 0 else {}
    tallest = max(map(fsum, zip(*(each.values for each in chart.series), strict=True)))
    is_counted = all(value == round(value) for value in numbers)
    return scale | ({"major_unit": 1} if is_counted and tallest <= FEW else {})


@lru_cache(maxsize=MOST_CHARTS)
def _chart_xml(chart: Chart, workbook: str) -> bytes:
    """Return the chart (``c:chartSpace``) that names the relation to its workbook, made for Chinese text."""
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, is_drawn=True))) as package:
        space = parse_xml(package.read(_CHART_PART))
    for owner, switch, before in _SWITCHES:
        for each in space.iter(qn(owner)):
            each.find(qn(before)).addnext(parse_xml(f'<{switch} {nsdecls("c")} val="0"/>'))
    for each in space.iter(qn("c:tickLblPos")):
        for kind in ("majorTickMark", "minorTickMark"):
            each.addprevious(parse_xml(f'<c:{kind} {nsdecls("c")} val="none"/>'))
    for latin in space.iter(qn("a:latin")):
        latin.addnext(parse_xml(f"<a:ea {nsdecls('a')} typeface={quoted(latin.get('typeface'))}/>"))
    for each in space.iter(qn("a:rPr"), qn("a:endParaRPr")):
        each.set("lang", "zh-CN")
    space.find(qn("c:lang")).set("val", "zh-CN")
    external = f'<c:externalData {nsdecls("c", "r")} r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData>'
    space.find(qn("c:printSettings")).addprevious(parse_xml(external))
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def _drawing(chart: Chart, name: str, room: int) -> Element:
    """Return the centred paragraph that shows a chart, kept with its caption; it is numbered later."""
    return parse_xml(
        f"<w:p {nsdecls('w', 'wp', 'a', 'c', 'r')}>{paragraph_properties('center', before=120, is_kept=True)}"
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{room * TWIP}" cy="{HEIGHT}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{_UNNUMBERED}" name="图表" descr={quoted(_described(chart))}/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{name}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def _described(chart: Chart) -> str:
    """Say what the chart shows, for those who cannot see it."""
    unit = f"，单位：{chart.unit}" if chart.unit else ""
    sums = "，".join(f"{each.name}合计{fsum(each.values):g}" for each in chart.series)
    extent = chart.categories[0] if len(chart.categories) == 1 else f"{chart.categories[0]}至{chart.categories[-1]}"
    return printable(f"{chart.caption}：堆积柱形图{unit}；{extent}；{sums}。")
