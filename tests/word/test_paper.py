"""A filled file beside its text: its properties, its draft mark, its bytes; and what is no template at all."""

import gc
import io
import zipfile
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart

from batch.errors import BatchError
from batch.word.markup.template import WordTemplate
from batch.word.render.fill import fill
from tests.documents import FIELDS, NAME, PAPER, add_part, document_of, element, filled, template_of, words
from tests.packages import repacked_with


def test_the_same_values_give_the_same_bytes() -> None:
    template = template_of("{{ 办文.发文 }}", "{% for 面 in 其他工作面 %}{{ 面.名称 }}{% endfor %}")
    assert fill(template, FIELDS, PAPER) == fill(template, FIELDS, PAPER)


def test_a_filled_document_is_let_go_without_the_garbage_collector() -> None:
    def kept() -> int:
        return sum(each._element is not None for each in gc.get_objects() if isinstance(each, XmlPart))

    template = template_of("{{ 办文.发文 }}")
    gc.collect()
    before = kept()
    gc.disable()
    try:
        fill(template, FIELDS, PAPER)
        assert kept() == before
    finally:
        gc.enable()


def test_a_file_says_nothing_of_who_made_its_template() -> None:
    template = document_of("{{ 办文.发文 }}")
    template.core_properties.author = template.core_properties.last_modified_by = "王某"
    template.core_properties.keywords = "{{ 坏"
    template.core_properties.version = "王某版"
    package = template.part.package
    extended = next(each for each in package.iter_parts() if str(each.partname) == "/docProps/app.xml")
    extended._blob = extended.blob.replace(b"<Template>", b"<Manager>\xe7\x8e\x8b\xe6\x9f\x90</Manager><Template>")
    settings: Any = template.part._settings_part
    number = settings.relate_to("file:///C:/Users/王某/a.dotm", f"{OFFICE}/attachedTemplate", is_external=True)
    settings.element.insert(0, element(f'<w:attachedTemplate r:id="{number}"/>'))
    add_part(template, "people", "wordprocessingml.people", "<a>王某</a>")
    content = fill(template_of(template), FIELDS, PAPER)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        told = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
    assert [name for name, text in told.items() if "王某" in text] == []
    assert "<Company>××职业学校</Company>" in told["docProps/app.xml"]
    assert "docProps/thumbnail.jpeg" not in told
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert (properties.title, properties.subject, properties.author, properties.revision) == (
        "2022年述职报告",
        "××职业学校",
        "",
        1,
    )
    assert (properties.created, properties.modified) == (properties.modified, properties.created)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_signature_of_the_template_is_none_of_the_report() -> None:
    template = document_of("{{ 办文.发文 }}")
    package = template.part.package
    kind = "application/vnd.openxmlformats-package.digital-signature-origin"
    origin = Part(PackURI("/_xmlsignatures/origin.sigs"), kind, b"", package)
    package.relate_to(origin, "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin")
    content = template_of(template).content
    for file, is_signed in ((content, True), (fill(WordTemplate(NAME, content), FIELDS, PAPER), False)):
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            assert ("_xmlsignatures/origin.sigs" in parts.namelist()) is is_signed


def test_a_draft_says_so_at_the_head_of_every_page() -> None:
    template = document_of("甲")
    template.sections[0].header.paragraphs[0].text = "原有页眉"
    second = template.add_section()
    second.different_first_page_header_footer = True
    third = template.add_section()
    third.header.is_linked_to_previous = False
    third.header.paragraphs[0].text = "第三节"
    template.settings.odd_and_even_pages_header_footer = True
    document = filled(template, draft=True)
    mark = "草稿（台账有错误未改正，有错误的行没有计入）"
    one, two, three = document.sections
    shown = (one.header, one.even_page_header, two.header, two.first_page_header, three.header, three.even_page_header)
    assert [words(each._element) for each in shown] == [
        f"{mark}原有页眉",
        mark,
        f"{mark}原有页眉",
        mark,
        f"{mark}第三节",
        mark,
    ]
    assert two.header.is_linked_to_previous
    assert mark not in words(filled(template).sections[0].header._element)


def test_a_draft_without_a_section_says_so_too() -> None:
    template = document_of("甲")
    body = template.element.body
    body.remove(body.sectPr)
    assert "草稿" in words(filled(template, draft=True).sections[0].header._element)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "不是Word文件（.docx）"),
        (b"", "是空文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "是旧格式的.doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        (b"PK\x03\x04" + bytes(40), "已经损坏"),
    ],
)
def test_a_file_that_is_no_docx_is_refused_in_one_sentence(content: bytes, told: str) -> None:
    with pytest.raises(BatchError, match=told):
        fill(WordTemplate(NAME, content), FIELDS, PAPER)


def test_a_zip_bomb_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/a.xml", "w") as part:
        for _ in range(80):
            part.write(bytes(1 << 20))
    with pytest.raises(BatchError, match="展开后太大"):
        fill(WordTemplate(NAME, stream.getvalue()), FIELDS, PAPER)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "是.dotx模板改的名"),
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", "带有宏"),
        (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "不是Word文件"),
        (b"application/vnd.openxmlformats-officedocument.drawing+xml", "不是普通的Word文档"),
    ],
)
def test_a_file_of_another_kind_is_refused(kind: bytes, told: str) -> None:
    own = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    content = repacked_with(template_of("甲").content, lambda _, part: part.replace(own, kind))
    with pytest.raises(BatchError, match=told):
        fill(WordTemplate(NAME, content), FIELDS, PAPER)


@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        (
            "_rels/.rels",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            "Strict Open XML",
        ),
        (
            "[Content_Types].xml",
            b"</Types>",
            b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            "带有宏",
        ),
    ],
)
def test_a_document_that_word_would_not_open_or_keep_is_refused(part: str, old: bytes, new: bytes, told: str) -> None:
    content = repacked_with(
        template_of("甲").content, lambda name, each: each.replace(old, new) if name == part else each
    )
    with pytest.raises(BatchError, match=told):
        fill(WordTemplate(NAME, content), FIELDS, PAPER)


def test_a_zip_that_holds_no_document_is_no_word_file() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", "甲")
    with pytest.raises(BatchError, match="不是Word文件"):
        fill(WordTemplate(NAME, stream.getvalue()), FIELDS, PAPER)


def test_a_damaged_file_is_refused() -> None:
    content = template_of("甲").content
    for damaged in (
        content[: len(content) // 2],
        repacked_with(content, lambda name, part: None if name == "word/document.xml" else part),
        repacked_with(content, lambda name, part: part[:-20] if name == "word/document.xml" else part),
        repacked_with(content, lambda name, part: b"" if name.endswith(".rels") else part),
    ):
        with pytest.raises(BatchError, match="损坏"):
            fill(WordTemplate(NAME, damaged), FIELDS, PAPER)
