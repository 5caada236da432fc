"""What the files of a folder say of themselves: the unit and the title, no account, machine, path or program's user."""

import getpass
import io
import platform
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from batch.word.markup.template import WordTemplate
from batch.word.render.fill import Paper, fill
from batch.workbook.user_copy.copies import COPY_PREFIX
from tests.books import LATER, edited, write_book
from tests.packages import repacked_with

UNIT = "测试<学>校&附中"
EMPTY = ("creator", "lastModifiedBy", "description", "keywords", "category", "contentStatus", "identifier", "Manager")
KNOWN = {
    "docProps/core.xml": {"title", "subject", "created", "modified", "revision", *EMPTY},
    "docProps/app.xml": {
        *("Application", "AppVersion", "Company", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc"),
        *("HyperlinksChanged", "HeadingPairs", "TitlesOfParts", "Template", "TotalTime"),
    },
}
PROGRAMS = {"Microsoft Excel", "Microsoft Office Word"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft, its pending list, and a blank template, made by a user's own command from a workbook with an author."""
    place = tmp_path_factory.mktemp("properties")
    book = write_book(place / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |\n| 2022-03-05 | 用印 |"})
    with edited(book) as opened:
        opened.properties.creator = opened.properties.lastModifiedBy = "zhangsan"
        opened["封面"]["B3"] = UNIT
    for command in (("run", "--draft"), ("run",)):
        words = [sys.executable, "-m", "batch", *command, str(book), "--today", LATER]
        assert subprocess.run(words, cwd=place, check=False, capture_output=True).returncode == 1
    words = [sys.executable, "-m", "batch", "template", "空.xlsx", "--unit", UNIT]
    subprocess.run(words, cwd=place, check=True, capture_output=True)
    return place


def packages(folder: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    for path in sorted([*folder.glob("output/**/*.docx"), *folder.glob("output/**/*.xlsx"), folder / "空.xlsx"]):
        if not path.name.startswith(COPY_PREFIX):
            with zipfile.ZipFile(path) as package:
                yield path.name, {name: package.read(name) for name in package.namelist()}


def test_every_file_names_its_title_and_the_unit(folder: Path) -> None:
    found = dict(packages(folder))
    assert {"汇总报告.docx", "述职报告.docx", "张三.docx", "汇总表.xlsx", "问题清单.xlsx", "空.xlsx"} <= set(found)
    for name, parts in found.items():
        core, application = (dict(told(parts[each])) for each in KNOWN)
        assert core["title"], name
        assert UNIT in {application.get("Company"), core.get("subject")}, name
        assert application["Application"] in PROGRAMS, name


def test_no_file_names_who_made_it(folder: Path) -> None:
    for name, parts in packages(folder):
        assert {each for each in parts if each.startswith("docProps/")} == set(KNOWN), name
        for part, known in KNOWN.items():
            values = dict(told(parts[part]))
            assert set(values) <= known, name
            assert [key for key in EMPTY if values.get(key)] == [], name
            assert values.get("created", "2000-01-01T00:00:00Z") == "2000-01-01T00:00:00Z"
            assert values.get("Template", "") in {"", "Normal.dotm"}


def test_no_part_names_the_account_the_machine_or_a_path(folder: Path) -> None:
    words = ["zhangsan", "python-docx", "openpyxl", "xlsxwriter", str(folder), str(Path.home()), "Macintosh"]
    words += [each for each in (getpass.getuser(), platform.node()) if len(each) > len("root")]
    for name, parts in packages(folder):
        for part, content in parts.items():
            assert [word for word in words if word.encode() in content] == [], f"{name}:{part}"


def test_the_marked_copy_keeps_the_properties_of_the_user_s_own_workbook(folder: Path) -> None:
    (copy,) = folder.glob(f"output/台账.待修改/{COPY_PREFIX}台账.xlsx")
    with zipfile.ZipFile(copy) as marked, zipfile.ZipFile(folder / "台账.xlsx") as own:
        assert marked.read("docProps/core.xml") == own.read("docProps/core.xml")
    properties = openpyxl.load_workbook(copy).properties
    assert properties.creator == "zhangsan"


def told(part: bytes) -> Iterator[tuple[str, str]]:
    for each in etree.fromstring(part):
        yield etree.QName(each).localname, "".join(each.itertext())


def test_what_another_program_noted_is_left_out() -> None:
    stream = io.BytesIO()
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = "zhangsan", "标题<1>"
    document.save(stream)
    note = b'<Properties xmlns="x"><property name="ICV"/></Properties>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="docProps/custom.xml"/></Relationships>'.encode()
    override = b'<Override PartName="/docProps/custom.xml" ContentType="application/xml"/></Types>'

    def change(name: str, part: bytes) -> bytes:
        if name == "_rels/.rels":
            return part.replace(b"</Relationships>", relation)
        return part.replace(b"</Types>", override) if name == "[Content_Types].xml" else part

    noted = repacked_with(stream.getvalue(), change, {"docProps/custom.xml": note})
    own = fill(WordTemplate("总结.docx", noted), {}, Paper(title="总结<1>", unit=UNIT, is_draft=False))
    with zipfile.ZipFile(io.BytesIO(own)) as package:
        assert {name for name in package.namelist() if name.startswith("docProps")} == set(KNOWN)
        assert not any(
            word in package.read(part) for part in package.namelist() for word in (b"custom.xml", b"zhangsan")
        )
    read = docx.Document(io.BytesIO(own)).core_properties
    assert (read.title, read.subject, read.author) == ("总结<1>", UNIT, "")
