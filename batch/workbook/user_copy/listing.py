"""The first sheet of the marked copy: all its findings, what to mend first on top, with links to their cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from batch.finding import Finding, Severity
from batch.ledger.our_sheets import MARK
from batch.read.limits import LONGEST_TEXT
from batch.values.cell import legible
from batch.values.xml_text import escaped, quoted
from batch.workbook.user_copy.marks import COLOURS, MarkedSheet
from batch.workbook.user_copy.stylesheet import Stylesheet
from batch.workbook.xlsx import MOST_LINKS, row_height

HEADER: Final = ("严重程度", "工作面", "负责人", "单元格", "原值", "问题", "怎么改")
WIDTHS: Final = (10, 10, 10, 16, 20, 52, 46)
LINK_COLUMN: Final = "D"
FIRST_ROW: Final = 3
"""Above it stand the guidance and the header."""
GUIDANCE: Final = (
    f"{MARK}先改“错误”，再看“核实”（写错的请改正，确有其事的在该行“核实说明”写明原因），“提示”供参考。"
    "点“单元格”到问题所在的格，点那一行的“序号”回到这里。改好保存后，可直接用本文件再次检查和运行；"
    "本表、涂色和以“【台账检查】”开头的批注不会被当作内容。"
)
NO_FINDINGS: Final = "没有问题"
_LAST: Final = "G"


@dataclass(frozen=True, slots=True)
class Listing:
    """The findings of one workbook in the order of the list, and where its sheets are."""

    findings: Sequence[Finding]
    places: Mapping[str, MarkedSheet]
    owners: Mapping[str, str]
    """Sheet -> owner."""

    @property
    def rows(self) -> Iterator[tuple[int, Finding]]:
        """Yield each finding with the row of the list it stands in."""
        yield from enumerate(self.findings, start=FIRST_ROW)


def list_sheet(listing: Listing, styles: Stylesheet, namespace: str, *, is_active: bool) -> bytes:
    """Return the sheet part; ``namespace`` is that of the workbook's own sheets."""
    text, link = styles.made(wrap=True), styles.made(link=True)
    head = styles.made(bold=True)
    colours = {severity: styles.made(colour=COLOURS[severity]) for severity in Severity}
    rows = [_row(1, 54, [_cell("A1", GUIDANCE, text)]), _row(2, 20, _cells(2, HEADER, [head] * len(HEADER)))]
    links: list[str] = []
    for number, finding in listing.rows:
        texts = _texts(listing, finding)
        place = listing.places.get(finding.sheet or "")
        is_linked = finding.cell is not None and place is not None and len(links) < MOST_LINKS
        if is_linked and place is not None:
            links.append(_link(number, place.title, finding))
        kinds = [colours[finding.severity], text, text, link if is_linked else text, text, text, text]
        rows.append(_row(number, row_height(texts, WIDTHS), _cells(number, texts, kinds)))
    if not listing.findings:
        rows.append(
            _row(FIRST_ROW, 20, _cells(FIRST_ROW, (NO_FINDINGS, *[""] * (len(HEADER) - 1)), [text] * len(HEADER)))
        )
    last = max(FIRST_ROW, FIRST_ROW + len(listing.findings) - 1)
    selected = ' tabSelected="1"' if is_active else ""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(WIDTHS, 1)
    )
    return "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">',
            '<sheetPr><tabColor rgb="FFFF0000"/><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<sheetViews><sheetView{selected} workbookViewId="0">',
            '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
            f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>",
            f'<autoFilter ref="A2:{_LAST}{last}"/><mergeCells count="1"><mergeCell ref="A1:{_LAST}1"/></mergeCells>',
            f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>',
        )
    ).encode()


def _texts(listing: Listing, finding: Finding) -> tuple[str, ...]:
    where = finding.cell.rpartition("!")[2] if finding.cell else ""
    place = listing.places.get(finding.sheet or "")
    title = place.title if place is not None else finding.sheet or ""
    return (
        str(finding.severity),
        finding.sheet or "",
        listing.owners.get(finding.sheet or "", ""),
        f"{title}!{where}{finding.reach}" if where else "",
        finding.value or "",
        finding.problem,
        finding.remedy,
    )


def _link(row: int, title: str, finding: Finding) -> str:
    name = title.replace("'", "''")
    location = quoted(f"'{name}'!{(finding.cell or '').rpartition('!')[2]}")
    return f'<hyperlink ref="{LINK_COLUMN}{row}" location={location}/>'


def _cells(row: int, texts: Sequence[str], styles: Sequence[int]) -> list[str]:
    return [_cell(f"{letter}{row}", text, style) for letter, text, style in zip("ABCDEFG", texts, styles, strict=True)]


def _cell(address: str, text: str, style: int) -> str:
    words = escaped(legible(text)[:LONGEST_TEXT])
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _row(number: int, height: float, cells: Sequence[str]) -> str:
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'
