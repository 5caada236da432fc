"""What Word needs of a file, after rows, clauses and controls were left out or repeated."""

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.documents import document_of, element, figure, filled, run_xml, texts, words


def tags(document: Document) -> list[str]:
    return [each.tag.partition("}")[2] for each in document.element.body]


def table_of(*rows: tuple[str, ...]) -> Document:
    document = document_of("前")
    table = document.add_table(len(rows), len(rows[0]))
    for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
        cell.text = text
    document.add_paragraph("后")
    return document


def test_a_table_without_rows_is_dropped() -> None:
    document = table_of(("{%tr if 办文.归档 %}", ""), ("甲", "乙"), ("{%tr endif %}", ""))
    assert tags(filled(document)) == ["p", "p", "sectPr"]
    assert tags(filled(document, 办文={"归档": figure("办文.归档", 1)})) == ["p", "tbl", "p", "sectPr"]


def test_a_row_without_cells_is_dropped() -> None:
    (table,) = filled(table_of(("{%tc if 办文.归档 %}", "甲", "{%tc endif %}"), ("甲", "乙", "丙"))).tables
    assert [words(row._tr) for row in table.rows] == ["甲乙丙"]


def test_a_control_that_holds_nothing_any_more_is_dropped() -> None:
    document = document_of("前")
    inside = "".join(f"<w:p>{run_xml(text)}</w:p>" for text in ("{% if 办文.归档 %}", "甲", "{% endif %}"))
    document.element.body.insert(1, element(f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"))
    assert tags(filled(document)) == ["p", "sectPr"]


def test_a_bookmark_in_a_loop_stands_once() -> None:
    marked = '<w:bookmarkStart w:id="7" w:name="甲"/>' + run_xml("{{ 面.名称 }}") + '<w:bookmarkEnd w:id="7"/>'
    document = document_of("{% for 面 in 其他工作面 %}", "{% endfor %}")
    document.element.body.insert(1, element(f'<w:p w14:paraId="00000001">{marked}</w:p>'))
    made = filled(document)
    assert texts(made) == ["办会", "信访"]
    assert [len(list(made.element.body.iter(qn(f"w:bookmark{end}")))) for end in ("Start", "End")] == [1, 1]
    identities = [
        each.get("{http://schemas.microsoft.com/office/word/2010/wordml}paraId") for each in made.element.body
    ]
    assert identities == ["00000001", None, None]


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ('<w:permStart w:id="5" w:edGrp="everyone"/>', '<w:permEnd w:id="5"/>'),
        ('<w:commentRangeStart w:id="5"/>', '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'),
    ],
)
def test_what_has_a_number_stands_once(begins: str, ends: str) -> None:
    document = document_of("{% for 面 in 其他工作面 %}", "{% endfor %}")
    document.element.body.insert(1, element(f"<w:p>{begins}{run_xml('{{ 面.名称 }}')}{ends}</w:p>"))
    made = filled(document)
    assert texts(made) == ["办会", "信访"]
    numbered = [each.tag for each in made.element.body.iter() if each.get(qn("w:id")) == "5"]
    assert len(numbered) == len(set(numbered)) == begins.count("w:id") + ends.count("w:id")


@pytest.mark.parametrize(
    "text", ["前{{% if 办文.归档 %}}{}甲{{% endif %}}{}后", "前{}{{% if 办文.归档 %}}甲{}{{% endif %}}后"]
)
def test_half_a_bookmark_does_not_stay(text: str) -> None:
    marks = (
        '</w:t></w:r><w:bookmarkStart w:id="7" w:name="甲"/><w:r><w:t>',
        '</w:t></w:r><w:bookmarkEnd w:id="7"/><w:r><w:t>',
    )
    document = docx.Document()
    document.element.body.insert(0, element(f"<w:p>{run_xml(text.format(*marks))}</w:p>"))
    made = filled(document)
    assert texts(made) == ["前后"]
    assert list(made.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))) == []


def test_a_cell_that_ends_with_a_mark_gets_no_further_paragraph() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{{ 办文.发文 }}"
    cell._tc.append(element('<w:bookmarkEnd w:id="7"/>'))
    assert len(list(filled(document).element.body.iter(qn("w:p")))) == 1


@pytest.mark.parametrize("text", ["{% if 办文.归档 %}归档{% endif %}", "{% if 办文.归档 %}"])
def test_a_header_and_a_text_box_keep_a_paragraph(text: str) -> None:
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = text
    if text == "{% if 办文.归档 %}":
        header.add_paragraph("{% endif %}")
    assert len(filled(document).sections[0].header.paragraphs) == 1


def test_drawings_have_numbers_of_their_own() -> None:
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图"/></wp:inline></w:drawing></w:r>'
    document = document_of("{% for 面 in 其他工作面 %}", "{% endfor %}")
    document.element.body.insert(1, element(f"<w:p>{drawing}</w:p>"))
    numbers = [each.get("id") for each in filled(document).element.body.iter(qn("wp:docPr"))]
    assert len(numbers) == len(set(numbers)) == 2


def test_elements_stand_in_the_order_of_the_schema() -> None:
    document = docx.Document()
    typed = "甲{{ 办文.发文|单位 }}乙{% if 办文.收文 %}丙{{ 单位名称 }}{% endif %}"
    content = run_xml(typed[:9], "<w:b/>") + "<w:proofErr w:type='spellStart'/>" + run_xml(typed[9:], "<w:i/>")
    properties = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    document.element.body.insert(0, element(f"<w:p>{properties}{content}</w:p>"))
    (paragraph,) = filled(document, 单位名称="一\n二").element.body.iter(qn("w:p"))
    firsts = {each.tag: each[0].tag for each in paragraph.iter() if len(each) and each.tag != qn("w:sdtContent")}
    assert firsts[qn("w:p")] == qn("w:pPr")
    assert {firsts[qn(name)] for name in ("w:r", "w:sdtPr")} == {qn("w:rPr")}
    (control,) = paragraph.iter(qn("w:sdt"))
    assert [each.tag for each in control] == [qn("w:sdtPr"), qn("w:sdtContent")]
    assert [each.tag for each in control[0]] == [qn(f"w:{name}") for name in ("rPr", "alias", "tag", "id")]
    assert [words(run) for run in paragraph.iter(qn("w:r"))] == ["甲", "1071件", "乙", "丙一\n二"]
