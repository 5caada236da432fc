"""Word templates filled: every placeholder, wherever it stands and however Word has split it."""

import io
import re
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from batch.errors import BatchError
from batch.report.content import Blocks, Mention, Paragraph
from batch.word.markup.stories import stories
from batch.word.markup.template import WordTemplate
from batch.word.render.fill import Paper, fill
from tests.documents import (
    FIELDS,
    NAME,
    PAPER,
    Runs,
    add_part,
    add_runs,
    control_tag,
    document_of,
    element,
    figure,
    filled,
    notes_xml,
    run_xml,
    runs_of,
    template_of,
    text_box_xml,
    texts,
    words,
)
from tests.office import converted

NOTHING_SENT: dict[str, Any] = {
    "办文": {"发文": figure("办文.发文", 0), "收文": figure("办文.收文", 260), "归档": figure("办文.归档", 0)}
}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("共{{ 办文.发文 }}件", "共1071件"),
        ("共{{办文.发文|约|单位|核}}。", "共1000余件（待核实）。"),
        ("{{ 指标['师德（师风）.培训']|单位 }}", "12次"),
        ("{{ 指标[“师德（师风）.培训”]｜单位 }}", "12次"),
        ("{{　办文．发文｜单位　}}", "1071件"),
        ("{{ （办文.传阅＋办文.拟办）|单位 }}", "231件"),
        ("{{ 成文日期 }}，{{ 成文日期|日期(“yyyy-mm-dd”) }}", "2022年3月5日，2022-03-05"),
        ("{{ (办文.传阅 / 办文.收文)|百分 }}", "76.9%"),
        ("{{ 党建.转正|单位 }}", "—"),
        ("“好”{{ 单位名称 }}‘好’ {x} &amp; }", "“好”××职业学校‘好’ {x} &amp; }"),
        ("{{{ 单位名称 }}}", "{××职业学校}"),
        ("甲{# 只给自己看 #}乙", "甲乙"),
        ("{% if 办文.发文 > 1000 and not 上级党组织 %}多{% else %}少{% endif %}", "多"),
        ("{% set 合计 = 办文.传阅 + 办文.拟办 %}{{ 合计|单位 }}", "231件"),
        ("{% for 面 in 其他工作面 %}{{ loop.index }}.{{ 面.名称 }}；{% endfor %}", "1.办会；2.信访；"),
        ("{% set 甲, 乙 = 办文.传阅, '<' + 单位名称 + '>' %}{{ 甲 }}{{ 乙 }}", "200<××职业学校>"),
        ("{{ 办文.发文|上期|单位 }}", "986件"),
        ("{{ 空 }}{{ 真 }}{{ 数 }}", "是2.5"),
        ("{{ none }}{{ true }}{{ 3.14159 }}", "是3.14159"),
        ("{{ 0.1 + 0.2 }}，{{ 1 / 3 }}，{{ 7 // 2 }}，{{ 7 % 4 }}", "0.3，0.3，3，3"),
        ("{{ [1, 2, 3]|join('、') }}{% if 1 in [1, 2] %}有{% endif %}", "1、2、3有"),
        ("{{ 党建.转正 or 单位名称 }}", "××职业学校"),
    ],
)
def test_a_placeholder_is_filled(typed: str, printed: str) -> None:
    assert texts(filled(typed, 空=None, 真=True, 数=2.5)) == [printed]


HOSTILE = "甲&乙<w:p>\"丙\"'丁'{{ 办文.发文 }}{% if %}{_{$ \\1"


@pytest.mark.parametrize("text", [HOSTILE, "第一行\n第二行", "一\t二", "{", "}}", "￼"])
def test_a_value_is_printed_as_it_is(text: str) -> None:
    template = document_of("甲{{ 单位名称 }}乙", "{{ 单位名称 }}")
    add_part(template, "footnotes", "wordprocessingml.footnotes", notes_xml("footnote", "{{ 单位名称 }}"))
    template.add_section().header.paragraphs[0].text = "{{ 单位名称 }}"
    document = filled(template, 单位名称=text)
    assert texts(document)[:2] == [f"甲{text}乙", text]
    assert [words(story.root) for story in stories(document)[1:]] == [text] * len(stories(document)[1:])


@pytest.mark.parametrize(
    ("text", "printed"),
    [("\x00\x07甲\x1b", "��甲�"), ("甲\r\n乙\v丙", "甲\n乙\n丙"), ("\ud800", "�"), ("\U0010fffd0\U0010fffd", "�0�")],
)
def test_what_xml_cannot_hold_is_shown_as_such(text: str, printed: str) -> None:
    assert texts(filled("{{ 单位名称 }}", 单位名称=text)) == [printed]


SENTENCE: Runs = [("共发文", {}), ("{{ 办文.发文|单位 }}", {"bold": True}), ("，收文", {"italic": True})]


def test_the_figure_stands_in_a_control_and_all_else_keeps_its_look() -> None:
    document = filled([*SENTENCE, ("{{ 办文.收文 }}件{{ 单位名称 }}", {})])
    assert runs_of(document.paragraphs[0]._p) == [
        ("共发文", (), ""),
        ("1071件", ("b",), "办文.发文"),
        ("，收文", ("i",), ""),
        ("260", (), "办文.收文"),
        ("件××职业学校", (), ""),
    ]


@pytest.mark.slow
@given(st.lists(st.integers(1, 40), max_size=12), st.booleans())
def test_where_word_splits_a_placeholder_does_not_matter(cuts: list[int], with_marks: bool) -> None:  # noqa: FBT001 hypothesis
    text = "共发文{{ 办文.发文|单位 }}，{% if 办文.归档 %}归档{% endif %}收文{{ 办文.收文 }}"
    places = sorted({0, len(text), *(cut % len(text) for cut in cuts)})
    document = docx.Document()
    paragraph = document.add_paragraph()
    for start, end in pairwise(places):
        add_runs(paragraph, [(text[start:end], {})])
        if with_marks:
            paragraph._p.append(element('<w:proofErr w:type="spellStart"/>'))
            paragraph.runs[-1]._r.append(element("<w:lastRenderedPageBreak/>"))
            paragraph._p.append(element(f'<w:bookmarkStart w:id="{end}" w:name="b{end}"/>'))
    made = filled(document).paragraphs[0]._p
    assert words(made) == "共发文1071件，收文260"
    controls = list(made.iter(qn("w:sdt")))
    assert [(words(each), control_tag(next(each.iter(qn("w:r"))))) for each in controls] == [
        ("1071件", "办文.发文"),
        ("260", "办文.收文"),
    ]


def test_the_run_where_a_placeholder_begins_gives_its_look() -> None:
    runs: Runs = [("甲{", {"bold": True}), ("{ 单位", {"italic": True}), ("名称 }", {}), ("}乙", {"underline": True})]
    assert runs_of(filled(runs).paragraphs[0]._p) == [("甲××职业学校", ("b",), ""), ("乙", ("u",), "")]


def test_a_tab_and_a_break_within_a_tag_are_dropped() -> None:
    document = docx.Document()
    content = run_xml("{{ 办文") + "<w:r><w:br/></w:r>" + run_xml(".发文 }}件") + "<w:r><w:tab/></w:r>" + run_xml("尾")
    document.element.body.insert(0, element(f"<w:p>{content}</w:p>"))
    assert texts(filled(document)) == ["1071件\t尾"]


def in_paragraph(inside: str) -> Document:
    document = docx.Document()
    document.element.body.insert(0, element(f"<w:p>{inside}</w:p>"))
    return document


@pytest.mark.parametrize(
    ("around", "is_wrapped"),
    [
        ("{}", True),
        ('<w:hyperlink w:anchor="a">{}</w:hyperlink>', True),
        ('<w:ins w:id="1" w:author="a">{}</w:ins>', True),
        ('<w:fldSimple w:instr="TITLE">{}</w:fldSimple>', True),
        ("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", True),
        ("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", False),
        ("<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", False),
        ("<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", False),
        ("<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase/></w:ruby></w:r>", False),
    ],
)
def test_a_figure_is_wrapped_only_where_word_allows_it(around: str, *, is_wrapped: bool) -> None:
    document = filled(in_paragraph(around.format(run_xml("甲{{ 办文.发文 }}乙", "<w:b/>"))))
    (paragraph,) = document.element.body.iter(qn("w:p"))
    assert words(paragraph) == "甲1071乙"
    assert ("办文.发文" in [control_tag(run) for run in paragraph.iter(qn("w:r"))]) is is_wrapped


def test_a_control_no_longer_shows_what_it_was_bound_to() -> None:
    bound = '<w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{B}"/><w:text/>'
    inside = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{run_xml('{{ 单位名称 }}')}</w:sdtContent></w:sdt>"
    document = filled(in_paragraph(inside))
    assert texts(document) == ["××职业学校"]
    properties = next(document.element.body.iter(qn("w:sdtPr")))
    assert [each.tag for each in properties] == [qn("w:text"), qn("w:id")][: len(properties)] or properties[-1].tag


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 办文.传阅 + 办文.拟办 }}",
        "{{ 单位名称 }}",
        "{{ 办文.发文|上期 }}",
        "{% for 办文 in 各办 %}{{ 办文.发文 }}{% endfor %}",
        "{% set 甲 = 办文.发文 %}{{ 甲 }}",
    ],
)
def test_what_is_not_one_figure_of_the_ledger_stays_plain(typed: str) -> None:
    document = filled(typed, 各办=[{"发文": figure("办文.发文", 3)}])
    assert list(document.element.body.iter(qn("w:sdt"))) == []


def test_controls_have_numbers_of_their_own_all_over_the_document() -> None:
    template = document_of("{% for 面 in 其他工作面 %}", "{{ 办文.发文 }}{{ 办文.收文 }}", "{% endfor %}")
    template.sections[0].header.paragraphs[0].text = "{{ 办文.发文 }}"
    document = filled(template)
    roots = [story.root for story in stories(document)]
    numbers = [each.get(qn("w:val")) for root in roots for each in root.iter(qn("w:id"))]
    assert len(numbers) == len(set(numbers)) == 5


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (["{% if 办文.发文 %}", "甲", "{% endif %}", "乙"], ["乙"]),
        (["{%p if 办文.发文 %}", "甲", "{%p endif %}", "乙"], ["乙"]),
        (["{% if 办文.发文 %}甲", "乙{% endif %}", "丙"], ["丙"]),
        (["{% if 办文.发文 %}甲{% else %}", "乙", "{% endif %}"], ["乙"]),
        (["{% if 办文.发文 %}", "甲", "{% elif 办文.收文 %}", "乙", "{% else %}", "丙", "{% endif %}"], ["乙"]),
        (["甲", "{# 注 #}", "乙"], ["甲", "乙"]),
        (
            ["{% for 面 in 其他工作面 %}{{ 面.名称 }}", "{{ 面.情况 }}{% endfor %}"],
            ["办会", "办会3次", "信访", "接访2人"],
        ),
        (["甲，{% if 办文.发文 %}发文，{% endif %}。"], ["甲。"]),
        (
            ["{% if 办文.发文 %}发文{% endif %}，收文{{ 办文.收文 }}件，{% if 办文.发文 %}发文；{% endif %}。"],
            ["收文260件。"],
        ),
        (["归档3件；{% if 办文.发文 %}发文{% endif %}。后文"], ["归档3件。后文"]),
        (["　　{% if 办文.发文 %}发文{% endif %}，收文"], ["　　收文"]),
        (["甲、{% if 办文.发文 %}乙{% endif %}、丙"], ["甲、丙"]),
        (["没有标签的，。段落，，不动"], ["没有标签的，。段落，，不动"]),
        (["甲", "{% if 办文.发文 %}只有这句{% endif %}", "乙"], ["甲", "乙"]),
        (["甲", "{{ 上级党组织 }}", "乙"], ["甲", "", "乙"]),
    ],
)
def test_what_is_left_out_leaves_nothing_behind(paragraphs: list[str], wanted: list[str]) -> None:
    assert texts(filled(*paragraphs, **NOTHING_SENT)) == wanted


def test_punctuation_is_taken_out_across_runs() -> None:
    runs: Runs = [
        ("甲", {"bold": True}),
        ("，", {"italic": True}),
        ("{% if 办文.发文 %}发文{% endif %}", {}),
        ("，", {}),
        ("。“乙”", {"bold": True}),
    ]
    assert runs_of(filled(runs, **NOTHING_SENT).paragraphs[0]._p) == [("甲", ("b",), ""), ("。“乙”", ("b",), "")]


@pytest.mark.parametrize("keep", ['<w:r><w:br w:type="page"/></w:r>', text_box_xml("框")])
def test_an_empty_paragraph_that_holds_something_stays(keep: str) -> None:
    document = in_paragraph(run_xml("{% if 办文.归档 %}归档{% endif %}") + keep)
    assert len(list(filled(document).element.body.iterchildren(qn("w:p")))) == 1


def test_the_end_of_a_section_stays() -> None:
    document = document_of("甲")
    section = '<w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr></w:pPr>'
    document.element.body.insert(1, element(f"<w:p>{section}{run_xml('{% if 办文.归档 %}')}</w:p>"))
    document.element.body.insert(2, element(f"<w:p>{section}{run_xml('{% if 办文.归档 %}归档{% endif %}')}</w:p>"))
    document.element.body.insert(3, element(f"<w:p>{run_xml('{% endif %}')}</w:p>"))
    assert len(filled(document).sections) == 2
    assert len(filled(document, 办文={"归档": figure("办文.归档", 1)}).sections) == 3


def test_rows_and_cells_are_repeated() -> None:
    document = docx.Document()
    table = document.add_table(4, 2)
    typed = [
        "{%tr for 面 in 其他工作面 %}",
        "",
        "{{ 面.名称 }}",
        "{{ 面.情况 }}",
        "{%tr endfor %}",
        "",
        "计",
        "{{ 办文.发文 }}",
    ]
    for cell, text in zip(table._cells, typed, strict=True):
        cell.text = text
    wide = document.add_table(1, 3)
    for cell, text in zip(wide._cells, ["{%tc for 面 in 三 %}", "{{ 面 }}", "{%tc endfor %}"], strict=True):
        cell.text = text
    first, second = filled(document, 三="子丑寅卯").tables
    assert [[words(cell._tc) for cell in row.cells] for row in first.rows] == [
        ["办会", "办会3次"],
        ["信访", "接访2人"],
        ["计", "1071"],
    ]
    assert [words(cell) for cell in second._tbl.iter(qn("w:tc"))] == list("子丑寅卯")
    assert len(list(second._tbl.tblGrid)) == 4


def test_a_nested_table_keeps_its_own_columns() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    inner = outer.cell(0, 0).add_table(1, 5)
    inner.cell(0, 0).text = "{{ 办文.发文 }}"
    made = filled(document).tables[0]
    assert [len(list(table.tblGrid)) for table in made._tbl.iter(qn("w:tbl"))] == [2, 5]
    assert words(made._tbl) == "1071"


@pytest.mark.parametrize("text", ["{% if 办文.归档 %}归档{% endif %}", "{% if 办文.归档 %}", "{{ 数据来源 }}"])
def test_a_cell_keeps_a_paragraph(text: str) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = text
    if text == "{% if 办文.归档 %}":
        cell.add_paragraph("归档")
        cell.add_paragraph("{% endif %}")
    made = filled(document, 数据来源=Blocks(()))
    assert [each.tag for each in next(made.element.body.iter(qn("w:tc"))) if each.tag != qn("w:tcPr")] == [qn("w:p")]


def test_every_story_is_filled() -> None:
    document = document_of("正文{{ 办文.发文 }}")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for part in (section.header, section.first_page_header, section.even_page_header, section.footer):
        part.paragraphs[0].text = "头{{ 办文.发文 }}"
    document.add_section().footer.is_linked_to_previous = False
    document.sections[1].footer.paragraphs[0].text = "脚{{ 办文.发文 }}"
    document.element.body.insert(
        1, element(f"<w:p>{text_box_xml('框{{ 办文.发文 }}')}{run_xml('旁{{ 办文.收文 }}')}</w:p>")
    )
    for kind in ("footnote", "endnote"):
        add_part(document, f"{kind}s", f"wordprocessingml.{kind}s", notes_xml(kind, "注{{ 办文.发文 }}"))
    made = stories(filled(document))
    assert texts(filled(document)) == ["正文1071", "框1071框1071旁260", "框1071", "框1071", ""]
    assert sorted(words(story.root) for story in made[1:]) == sorted(["头1071"] * 4 + ["脚1071"] + ["注1071"] * 2)


SOURCES = Blocks((Paragraph(("发文", Mention("办文.发文", "3件"), "。")), Paragraph("第二段")))


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (["甲", "{{ 数据来源 }}", "乙"], ["甲", "发文3件。", "第二段", "乙"]),
        (["甲", "{{p 数据来源 }}", "乙"], ["甲", "发文3件。", "第二段", "乙"]),
        (["甲{{ 数据来源 }}乙"], ["甲乙", "发文3件。", "第二段"]),
        (["甲", "{{ 空 }}", "乙"], ["甲", "乙"]),
        (["{% if 空 %}甲{% endif %}{% if 数据来源 %}乙{% endif %}"], ["乙"]),
        (
            ["{% for 面 in 各面 %}", "{{ 面.名称 }}", "{{ 面.指标表 }}", "{% endfor %}"],
            ["办会", "发文3件。", "第二段", "信访"],
        ),
        (["{{ 数据来源 }}{{ 另一 }}"], ["发文3件。", "第二段", "另"]),
    ],
)
def test_blocks_stand_in_the_place_of_their_name(paragraphs: list[str], wanted: list[str]) -> None:
    areas = [{"名称": "办会", "指标表": SOURCES}, {"名称": "信访", "指标表": Blocks(())}]
    values: dict[str, Any] = {"数据来源": SOURCES, "空": Blocks(()), "另一": Blocks((Paragraph("另"),)), "各面": areas}
    assert texts(filled(*paragraphs, **values)) == wanted


def test_blocks_take_the_look_of_their_name() -> None:
    document = filled([("{{ 数据来源 }}", {"bold": True})], 数据来源=SOURCES)
    assert runs_of(document.paragraphs[0]._p) == [
        ("发文", ("b",), ""),
        ("3件", ("b",), "办文.发文"),
        ("。", ("b",), ""),
    ]


def test_blocks_stand_in_cells_and_headers() -> None:
    template = docx.Document()
    template.add_table(1, 1).cell(0, 0).text = "{{ 数据来源 }}"
    template.sections[0].header.paragraphs[0].text = "{{ 数据来源 }}"
    document = filled(template, 数据来源=SOURCES)
    assert texts(document) == ["发文3件。", "第二段"]
    assert words(document.sections[0].header._element) == "发文3件。第二段"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("{{ 办文.没有 }}", "{{ 办文.没有 }}填不出来，没有“没有”这一项"),
        ("{{ 没有 }}", "{{ 没有 }}填不出来，没有“没有”这个名称"),
        ("{{ 单位名称|约 }}", "{{ 单位名称|约 }}填不出来，“约”只用于数，这里是“××职业学校”"),
        ("{{ 其他工作面|first|单位 }}", "填不出来，“单位”只用于数"),
        ("{{ 办文.发文|日期 }}", "填不出来，“日期”只用于日期，这里是“1071”"),
        ("{% for 面 in 其他工作面 %}{{ 面.名 }}{% endfor %}", "{{ 面.名 }}填不出来，没有“名”这一项"),
        ("{{ 1 / 0 }}", "填不出来，除数是0"),
        ("{{ 单位名称 + 办文.发文 }}", "填不出来，“+”两边要都是数"),
        ("{{ 单位名称 > 办文.发文 }}", "填不出来，这里的内容不能这样运算"),
        ("{% if 办文.发文 %}", "没有收尾"),
    ],
)
def test_what_cannot_be_filled_is_told_with_its_place(typed: str, told: str) -> None:
    with pytest.raises(BatchError, match="正文第2段") as raised:
        filled("第一段{{ 办文.发文 }}{# 注 #}", f"甲{typed}", "后面{{ 办文.收文 }}")
    assert told in str(raised.value)
    assert str(raised.value).startswith(f"Word模板“{NAME}”")


@pytest.mark.parametrize(
    "typed",
    [
        "{{ ''.__class__ }}",
        "{{ 单位名称['__class__'] }}",
        "{{ 办文.__class__ }}",
        "{{ 办文.发文.__init__ }}",
        "{{ 办文.发文.text }}",
        "{{ 办文.clear() }}",
        "{{ 单位名称.upper() }}",
        "{{ 单位名称.format }}",
        "{{ 成文日期.today() }}",
        "{{ cycler }}{{ range(3) }}",
        "{{ namespace(a=1) }}",
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{{ 9**9**9 }}",
        "{{ '甲' * 999999999 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ [1] * 999999999 }}",
        "{{ 办文.发文 * 办文 }}",
        "{{ 单位名称|safe }}",
        "{{ 单位名称|attr('upper') }}",
        "{{ 单位名称|center(999999999) }}",
        *("".join(f"{{% set 甲 = {each} %}}" for each in ["9", *["甲 * 甲"] * 60]) + "{{ 甲 }}",),
        *("".join(f"{{% set 甲 = {each} %}}" for each in ["'甲'", *["甲 + 甲"] * 60]) + "{{ 甲 }}",),
        *("".join(f"{{% set 甲 = {each} %}}" for each in ["'甲'", *["[甲, 甲]|join"] * 60]) + "{{ 甲 }}",),
        "{% set 甲 %}甲{% endset %}" + "{% set 甲 %}{{ 甲 }}{{ 甲 }}{% endset %}" * 60,
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}",
        "{% call 甲 %}乙{% endcall %}",
        "{% filter 约 %}1071{% endfilter %}",
        "{% with 甲 = 1 %}{{ 甲 }}{% endwith %}",
        "{% set 甲 = 办文.clear() %}",
        "{% for 面 in 其他工作面 %}{{ loop.cycle('甲', '乙') }}{% endfor %}",
        *(f"{'{% for 字 in 长 %}' * 4}{each}{'{% endfor %}' * 4}" for each in ("", "甲", "{{ 字 }}")),
        "{% for 一 in [1, 2, 3] %}" * 1 + "{% for 字 in 长 %}" * 3 + "{% endfor %}" * 4,
        "".join(f"{{% set 甲 = {each} %}}" for each in ["[1]", *["[甲, 甲]"] * 60]) + "{% if 甲 == 1 %}{% endif %}",
        "".join(f"{{% set 甲 = {each} %}}" for each in ["(1,)", *["(甲, 甲)"] * 60]) + "{{ 甲|length }}",
        "".join(f"{{% set 甲 = {each} %}}" for each in ["{}", *["{1: 甲, 2: 甲}"] * 60]) + "{{ 甲|length }}",
        "{{ 成文日期.replace }}",
        "{% for 面 in 其他工作面 recursive %}{{ loop(其他工作面) }}{% endfor %}",
        "{% for 一 in 办文.发文 %}{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_but_its_values(typed: str) -> None:
    with pytest.raises(BatchError, match=NAME) as raised:
        filled(typed, 长="字" * 60)
    assert not re.search("[a-z]{6}", re.sub(r"\{[{%].*[%}]\}|“.*?”", "", str(raised.value)))  # told in Chinese


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 其他工作面 }}",
        "{{ 其他工作面|first }}",
        "{{ 其他工作面|join }}",
        "{% for 面 in 其他工作面 %}{{ 面 }}{% endfor %}",
        "{{ [1, 2] }}",
        "{{ (1, 2) }}",
        "{{ {1: 2} }}",
        "{{ 办文 }}",
    ],
)
def test_what_is_not_one_value_is_never_printed(typed: str) -> None:
    with pytest.raises(BatchError, match=r"要写明其中哪一项|只用于文字和数"):
        filled(typed)


def test_a_file_that_grows_without_end_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batch.word.render.story_template.LARGEST_PART", 100_000)
    with pytest.raises(BatchError, match="填出来的文字太长"):
        filled("{% for 字 in 长 %}", "文" * 10_000, "{% endfor %}", 长="字" * 20)


def test_every_paragraph_of_a_long_file_is_filled() -> None:
    paragraphs = ["文" * 100 + "{{ 办文.发文 }}"] * 2000
    assert texts(filled(*paragraphs)) == ["文" * 100 + "1071"] * 2000


def test_private_marks_do_not_stay() -> None:
    template = document_of("{% if 办文.发文 %}甲{{ 办文.收文 }}{% endif %}")
    template.add_table(1, 2).cell(0, 0).text = "{%tc if 办文.发文 %}"
    template.tables[0].cell(0, 1).text = "{%tc endif %}"
    with zipfile.ZipFile(io.BytesIO(fill(template_of(template), FIELDS, PAPER))) as parts:
        assert "batch" not in parts.read("word/document.xml").decode()


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
def test_the_file_opens_and_so_does_one_from_a_template_saved_by_another_program(tmp_path: Path) -> None:
    typed = document_of(
        "{% for 面 in 其他工作面 %}",
        [("抓好{{ 面.", {"bold": True}), ("名称 }}，", {"italic": True}), ("发文{{ 办文.发文", {}), ("|单位 }}。", {})],
        "{% endfor %}",
    )
    typed.sections[0].footer.paragraphs[0].text = "{{ 单位名称 }}"
    typed.element.body.insert(3, element(f"<w:p>{text_box_xml('框内{{ 办文.收文|单位 }}')}</w:p>"))
    path = tmp_path / "模板.docx"
    path.write_bytes(template_of(typed).content)
    (saved,) = converted(tmp_path, "odt", path)
    (again,) = converted(tmp_path, "docx:MS Word 2007 XML", saved)
    pages = []
    for name, template in (("一", template_of(typed)), ("二", WordTemplate(NAME, again.read_bytes()))):
        made = tmp_path / f"{name}.docx"
        made.write_bytes(fill(template, FIELDS, Paper("标题", "单位", is_draft=True)))
        (printed,) = converted(tmp_path, "pdf", made)
        shown = subprocess.run(["pdftotext", str(printed), "-"], check=True, capture_output=True, text=True).stdout
        pages.append("".join(shown.split()))
    for page in pages:
        for words_shown in ("草稿（台账有错误", "抓好办会，发文1071件。", "抓好信访，", "框内260件", "××职业学校"):
            assert words_shown in page
