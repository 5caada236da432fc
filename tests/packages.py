"""Packages written part by part, for what no library would write."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.rested import rested

SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
HEADER: Final = ("日期", "事项", "数量", "经办人")

Part = str | bytes | Iterable[str | bytes]


def repacked_with(
    content: bytes, change: Callable[[str, bytes], bytes | None], further: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the package with each part changed by (name, bytes), and with further parts.

    A part that comes back as None is left out.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            changed = change(name, source.read(name))
            if changed is not None:
                target.writestr(name, changed)
        for name, part in (further or {}).items():
            target.writestr(name, part)
    return stream.getvalue()


def write_package(path: Path, sheets: dict[str, Part], texts: Part | None = None, before: str = "") -> Path:
    """Write an .xlsx from the XML of its sheets and of its shared strings; ``before`` stands before the root."""
    numbered = list(enumerate(sheets.items(), start=1))
    relations = [_relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number, _ in numbered]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        _add(package, "_rels/.rels", _relations([_relation("rId1", "officeDocument", "xl/workbook.xml")]))
        listed = "".join(f'<sheet name="{name}" sheetId="{each}" r:id="rId{each}"/>' for each, (name, _) in numbered)
        workbook = f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        _add(package, "xl/workbook.xml", before + workbook)
        if texts is not None:
            relations.append(_relation("rIdT", "sharedStrings", "sharedStrings.xml"))
            _add(package, "xl/sharedStrings.xml", texts)
        _add(package, "xl/_rels/workbook.xml.rels", _relations(relations))
        for number, (_, xml) in numbered:
            _add(package, f"xl/worksheets/sheet{number}.xml", xml)
    return rested(path)


def sheet_of(*rows: str, dimension: str = "", tail: str = "", before: str = "") -> str:
    """Return the XML of a sheet: a header of four columns and an entry, then these rows."""
    header = "".join(cell(f"{letter}1", text) for letter, text in zip("ABCD", HEADER, strict=True))
    entry = f'<c r="A2"><v>44625</v></c>{cell("B2", "用印")}<c r="C2"><v>3</v></c>{cell("D2", "张三")}'
    body = f'<row r="1">{header}</row><row r="2">{entry}</row>{"".join(rows)}'
    given = f'<dimension ref="{dimension}"/>' if dimension else ""
    root = f'<worksheet xmlns="{SHEET}">{given}<sheetData>{body}</sheetData>{tail}</worksheet>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}{root}'


def cell(address: str, text: str) -> str:
    """Return the XML of a cell with a text of its own."""
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def write_ods(path: Path, tables: str) -> Path:
    """Write an .ods from the XML of its tables."""
    names = {each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("office", "table", "text")}
    spaces = " ".join(f'xmlns:{each}="{name}"' for each, name in names.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        package.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return rested(path)


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _relations(relations: list[str]) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(relations)}</Relationships>'


def _add(package: zipfile.ZipFile, name: str, part: Part) -> None:
    with package.open(name, "w", force_zip64=True) as stream:
        for piece in [part] if isinstance(part, str | bytes) else part:
            stream.write(piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass"))
