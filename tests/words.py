"""Word files looked into: the order that the schema asks of an element's children, and what a page shows."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from batch.values.same_bytes import repacked
from tests.office import converted

ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs kinsoku wordWrap"
    " snapToGrid spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color spacing w kern position sz szCs u lang",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "w:trPr": "cantSplit tblHeader",
    "w:tbl": "tblPr tblGrid tr",
    "w:style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "w:sdtPr": "rPr alias tag id",
    "c:chartSpace": "lang roundedCorners chart spPr txPr externalData printSettings",
    "c:chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "c:barChart": "barDir grouping varyColors ser gapWidth overlap axId",
    "c:ser": "idx order tx spPr invertIfNegative cat val",
    "c:catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr"
    " crossAx crosses auto lblAlgn lblOffset",
    "c:valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr"
    " crossAx crosses crossBetween majorUnit",
    "c:title": "tx layout overlay",
    "c:legend": "legendPos layout overlay spPr txPr",
}


def misplaced(root: Any) -> Iterator[str]:  # noqa: ANN401 lxml's elements are untyped
    """Yield each element whose children stand in another order than the schema's."""
    for name, order in ORDERS.items():
        places = {qn(f"{name[0]}:{child}"): place for place, child in enumerate(order.split())}
        for element in root.iter(qn(name)):
            found = [places.get(child.tag, -1) for child in element if child.tag not in _ANYWHERE]
            if found != sorted(found) or -1 in found:
                yield f"{name}: {[child.tag.partition('}')[2] for child in element]}"


_ANYWHERE = {qn("w:bookmarkStart"), qn("w:bookmarkEnd")}


def packed(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def pages(document: Document, folder: Path, *options: str) -> list[str]:
    """Return what pdftotext finds on each page that LibreOffice makes of a document."""
    path = folder / "report.docx"
    path.write_bytes(packed(document))
    (pdf,) = converted(folder, "pdf", path)
    text = subprocess.run(["pdftotext", *options, str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1] if "\f" in text else [text]
