"""Templates checked before a run: every fault in one message, with its place and the right form."""

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from batch.errors import BatchError
from batch.word.check import check_templates, notices
from batch.word.markup.template import WordTemplate
from tests.documents import (
    NAME,
    SPACES,
    VOCABULARY,
    Runs,
    add_part,
    document_of,
    element,
    notes_xml,
    run_xml,
    template_of,
    text_box_xml,
)


def told(*content: str | Runs | Document) -> list[str]:
    """Return the faults of a template, without the name of the file."""
    try:
        check_templates([(template_of(*content), VOCABULARY)])
    except BatchError as error:
        heading, *lines = str(error).splitlines()
        assert heading == f"Word模板里有{len(lines)}处要改，没有生成任何文件："
        assert all(line.startswith(f"{NAME}　") and line.endswith("。") for line in lines)
        return [line.removeprefix(f"{NAME}　")[:-1] for line in lines]
    return []


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 办文.发文 }}件，{{ 办文.发文|约|单位|核 }}，{{ 指标['师德（师风）.培训']|大写 }}",
        "{{ 办文['发文'] }}",
        "{% if 办文.发文 > 50 and not 上级党组织 %}甲{% elif 办文.收文 %}乙{% else %}丙{% endif %}",
        "{% for 面 in 其他工作面 %}{{ 面.名称 }}{{ loop.index }}{{ 面.情况 }}{% endfor %}",
        "{% set 甲 = 办文.传阅 + 办文.拟办 %}{% if 甲 %}{% set 乙 = 甲 %}{% endif %}{{ 乙|单位 }}件",
        "{{ 数据来源 }}",
        "{% if 数据来源 or not 数据来源 %}有{% endif %}",
        "{{ 成文日期|日期('yyyy-mm-dd') }}{# 注 {{ #}",
        "{{ 办文.按时办结率 }}%，{{ 办文.发文|约 }}件，{{ 办文.发文|单位 }}文件，{普通} ｛全角｝ }",
        "{{ 上级党组织|default('无') }}{{ 办文.发文 is defined }}",
        "{{ 办文。发文丨约 }}，{{ （办文.传阅 ÷ 办文.收文）｜百分 }}，{{ 办文.发文 × 2 }}",
        "{{ 指标【“师德（师风）.培训”】 }}",
        "{% If办文.发文 ≥ 50 %}甲{% else if 办文.收文 ≠ 3 %}乙{% End if %}",
        "{% for 面 in 其他工作面 %}{{ 面.情况 }}{% endfor %}{% for 面 in [1, 2] %}{{ 面 }}{% endfor %}",
        "{{ 办文.发文 - 办文.发文|上期 }}{{ 成文日期.year }}（办文.发文）[[普通]]{{ 其他工作面|length }}",
    ],
)
def test_a_good_template_has_no_fault(typed: str) -> None:
    assert told(typed) == []


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("{{ 办问.发文 }}", "没有“办问”这个工作面或名称，是不是“办文.发文”"),
        ("{{ 办文.发闻 }}", "没有“办文.发闻”这个指标，是不是“办文.发文”"),
        ("{{ 指标['办文.发闻'] }}", "没有“办文.发闻”这个指标，是不是“办文.发文”"),
        ("{{ 办文 }}", "“办文”后面要写出指标，如{{ 办文.发文 }}"),
        ("{{ 单位名 }}", "没有“单位名”这个名称，是不是“单位名称”"),
        ("{{ 办文.发文|约略 }}", "没有“约略”这种写法，“|”后面可以用约、多、单位、中文、大写、百分、核、上期、日期"),
        ("{% if 办文.发文 is 好 %}{% endif %}", "没有“好”这个判断"),
        ("{% for 面 in 其它工作面 %}{% endfor %}", "没有“其它工作面”这个名称，是不是“其他工作面”"),
        ("{% for 面 in 其他工作面 %}{{ 免.名称 }}{% endfor %}", "没有“免”这个工作面或名称"),
        ("{% for 面 in 其他工作面 %}{% endfor %}{{ 面 }}", "没有“面”这个名称"),
        ("{{ 数据来源|约 }}", "“数据来源”是整段的内容，只能单独写成{{ 数据来源 }}，不能再加写法或运算"),
        ("{{ 数据来源 + 1 }}", "“数据来源”是整段的内容，只能单独写成{{ 数据来源 }}，不能再加写法或运算"),
        ("{{ 单位名称|大写 }}", "“大写”用于指标，不能用于“单位名称”"),
        ("{{ 办文.发文|日期 }}", "“日期”用于日期，不能用于指标“办文.发文”"),
        ("{{ 办文.发文|百分 }}", "“百分”用于百分率和括号里的算式，“办文.发文”的单位是“件”"),
        ("{{ 办文.发文|约 }}余件", "{{ 办文.发文|约 }}会自己写出“余”，后面的“余”要去掉"),
        ("{{ 办文.发文|单位|多 }}多件", "{{ 办文.发文|单位|多 }}会自己写出“多”，后面的“多”要去掉"),
        ("{{ 办文.发文|单位 }}件", "{{ 办文.发文|单位 }}会自己写出“件”，后面的“件”要去掉"),
        ("{{ 办文.按时办结率|百分 }}％", "{{ 办文.按时办结率|百分 }}会自己写出“％”，后面的“％”要去掉"),
        ("{{ 办文.按时办结率|单位 }}%", "{{ 办文.按时办结率|单位 }}会自己写出“%”，后面的“%”要去掉"),
        ("{{ 办文.发文.约 }}", "指标“办文.发文”后面不能再接别的，怎么写放在“|”后面"),
        ("{{ 师德（师风）.培训|单位 }}", '要写成{{ 指标["师德（师风）.培训"]|单位 }}，因为名称里有特殊符号'),
        ("{% if 师德（师风）.培训 > 3 %}{% endif %}", '要写成指标["师德（师风）.培训"]，因为名称里有特殊符号'),
        ("｛｛ 办文.发文 ｝｝", "花括号是全角的，要换成半角：{{ 名称 }}"),
        ("｛% if 办文.发文 %｝", "花括号是全角的，要换成半角：{{ 名称 }}"),
        ("共{办文.发文}件", "“{办文.发文}”少了花括号，要写成{{ 办文.发文 }}"),
        ("共｛办文.发文｜约｝件", "“｛办文.发文｜约｝”少了花括号，要写成{{ 办文.发文|约 }}"),
        ("共{{ 办文.发文 }件", "“{{ 办文.发文 }件”的花括号不成对，占位符写成{{ 名称 }}，标签写成{% … %}"),
        ("共办文.发文 }}件", "“共办文.发文 }}”的花括号不成对，占位符写成{{ 名称 }}，标签写成{% … %}"),
        ("共{{ 办文.发文 件{{ 办文.收文 }}", "“{{ 办文.发文 件”没有收尾，成对写成{{ 名称 }}或{% … %}"),
        (
            "{{ 办文. }}",
            "{{ 办文. }}写法不对：{{ }}里写名称，如{{ 办文.发文 }}；怎么写放在“|”后面，如{{ 办文.发文|约|单位 }}",
        ),
        ("{% if %}{% endif %}", "{% if %}写法不对：写成{% if 办文.发文 %}或{% if 办文.发文 > 50 %}，相等用=="),
        ("{% if 办文.发文 %}甲", "{% if 办文.发文 %}没有收尾，后面要有{% endif %}"),
        ("甲{% endfor %}", "{% endfor %}前面没有对应的{% for %}"),
        ("甲{% else %}", "{% else %}前面没有对应的{% if %}或{% for %}"),
        (
            "甲" + "".join(f"{{% for 面{n} in 其他工作面 %}}" for n in range(5)) + "{% endfor %}" * 5,
            "{% for 面4 in 其他工作面 %}：{% for %}最多套4层",
        ),
        ("{% set 甲 %}乙{% endset %}", "{% set 甲 %}写法不对：写成{% set 合计 = 办文.传阅 + 办文.拟办 %}"),
        ("{% set 甲|约 %}乙{% End set %}", "{% set 甲|约 %}写法不对：写成{% set 合计 = 办文.传阅 + 办文.拟办 %}"),
        (
            "{% 如果 %}",
            "{% 如果 %}写法不对：印出数字用{{ 名称 }}；{% %}里以英文的if、elif、else、endif、for、endfor、set开头",
        ),
        ("{{ 单位名称.upper() }}", "这里不能像函数那样加括号，怎么写放在“|”后面"),
        ("{{ 单位名称.__class__ }}", "不能使用“__class__”"),
        ("{{ 办文.发文 ~ 办文.收文 }}", "不支持 ~ ，把两个占位符接着写就可以"),
        ("{{ 2 ** 9 }}", "不支持 ** 运算"),
        (
            "{% 如果 办文.发文 %}甲{% endif %}",
            "写法不对：印出数字用{{ 名称 }}；{% %}里以英文的if、elif、else、endif、for、endfor、set开头",
        ),
        ("{% 办文.发文|约 %}", "{% 办文.发文|约 %}是印出数字的，要写成{{ 办文.发文|约 }}"),
        ("{% for 面 in 其他工作面 %}甲{% enfor %}", "没有“enfor”这个标签，是不是“endfor”"),
        ("{% if 办文.发文 %}甲{% endfi %}", "没有“endfi”这个标签，是不是“endif”"),
        ("{% if 办文.发文 = 5 %}{% endif %}", "写法不对：写成{% if 办文.发文 %}或{% if 办文.发文 > 50 %}，相等用=="),
        ("{% for 面 在 其他工作面 %}{% endfor %}", "写法不对：写成{% for 面 in 各工作面 %}"),
        ("{% if 办文.发文 }甲{% endif %}", "“{% if 办文.发文 }甲”没有收尾，成对写成{{ 名称 }}或{% … %}"),
        ("{ { 办文.发文 } }", "“{ { 办文.发文 } }”的花括号中间不能有空格，占位符写成{{ 名称 }}，标签写成{% … %}"),
        ("（（办文.发文｜约））", "“（（办文.发文｜约））”用的不是花括号，要写成{{ 办文.发文|约 }}"),
        ("共{{{ 办文.发文 }}件", "“{{{ 办文.发文 }}”多了一个花括号"),
        ("共{{ 办文.发文 }}}件", "“{{ 办文.发文 }}}”多了一个花括号"),
        ("{{ 办文.发文 ｝｝件", "“{{ 办文.发文 ｝｝”的花括号是全角的，要换成半角：{{ 名称 }}"),
        ("{{ “办文.发文” }}", "“办文.发文”外面不要引号，写成{{ 办文.发文 }}"),
        ("{{ 指标.办文.发文 }}", "“指标”后面不用再加“.”，直接写编号，如{{ 办文.发文 }}"),
        (
            "{{ 办文.传阅＋办文.拟办｜单位 }}",
            "算式要先加括号，“|单位”写在括号后面，如{{ (办文.传阅 + 办文.拟办)|单位 }}",
        ),
        ("{{ 成文日期|日期(yyyy-mm-dd) }}", '“日期”的样子要加引号，如|日期("yyyy-mm-dd")'),
        ("{{ 成文日期.时 }}", "“成文日期”后面不能再接“.时”"),
        ("{{ 姓名 }}", "“姓名”只用在个人报告.docx里"),
        ("{{ 其他工作面 }}", "“其他工作面”是几项内容，要逐项写：{% for 面 in 其他工作面 %}{{ 面.名称 }}{% endfor %}"),
        ("{% for 面 in 其他工作面 %}{{ 面 }}{% endfor %}", "“面”后面要写出是哪一项，如{{ 面.名称 }}"),
        ("{% for 面 in 其他工作面 %}{{ 面.名 }}{% endfor %}", "“面”没有“名”这一项，是不是“名称”"),
        ("{{ 1" + " + 1" * 200 + " }}", "套了太多层"),
        ("{{ lipsum() }}", "这里不能像函数那样加括号，怎么写放在“|”后面"),
        ("{%tr for 面 in 其他工作面 %}", "{%tr %}只用在表格里"),
        ("甲{%p if 办文.发文 %}", "{%p %}会去掉整个段落，要独占一段，别的文字请移到另一段"),
    ],
)
def test_a_fault_is_told_with_the_right_form(typed: str, fault: str) -> None:
    (line,) = told("第一段", "", typed)
    place, _, sentence = line.partition("：")
    assert place.startswith("正文第2段“")
    assert sentence == fault or sentence.endswith(fault)


@pytest.mark.parametrize(
    "typed",
    [
        "{% macro 项() %}甲{% endmacro %}",
        "{% call 项 %}甲{% endcall %}",
        "{% filter 约 %}甲{% endfilter %}",
        "{% with %}甲{% endwith %}",
        "{% With 甲 = 1 %}甲{% End with %}",
        "{% block 甲 %}乙{% endblock %}",
        "{% raw %}甲{% endraw %}",
        "{%p macro 项() %}",
        "{% endmacro %}",
        "{% include '甲' %}",
        "{% import '甲' as 乙 %}",
        "{% from '甲' import 乙 %}",
        "{% extends '甲' %}",
        "{% do 甲 %}",
        "{% colspan 3 %}",
    ],
)
def test_a_tag_that_templates_do_not_have_is_told_with_those_they_have(typed: str) -> None:
    (line,) = told("第一段", typed)
    place, _, sentence = line.partition("：")
    assert place.startswith("正文第2段“{%")
    tag = typed[: typed.index("%}") + 2]
    offered = "{% if %}、{% elif %}、{% else %}、{% endif %}、{% for %}、{% endfor %}、{% set %}"
    assert sentence == f"不能使用{tag}这样的标签，可以用{offered}"


def test_a_block_that_templates_do_not_have_is_told_once_wherever_it_ends() -> None:
    lines = told("{% macro 项() %}", "{{ 办文.发文 }}", "{% endmacro %}", "{{ 办文.发问 }}")
    assert [line.partition("：")[0] for line in lines] == ["正文第1段“{% macro 项() %}”", "正文第4段“{{ 办文.发问 }}”"]


def test_a_paragraph_of_nothing_but_openings_is_told_in_a_few_lines() -> None:
    lines = told("{{ " * 20_000)
    assert 0 < len(lines) < 10
    assert all("的花括号不成对" in line for line in lines)


def test_halves_that_stand_in_the_middle_of_two_paragraphs_are_told() -> None:
    (line,) = told("前{% if 办文.发文 %}甲", "乙{% endif %}后")
    assert line == (
        "正文第2段“乙{% endif %}后”：{% if 办文.发文 %}和{% endif %}不在一处：要写在同一段里，或各自独占一段"
        "（隔着表格的行用{%tr %}，隔着单元格用{%tc %}）"
    )


def test_all_faults_of_all_templates_are_told_at_once() -> None:
    good, bad, no_word = template_of("{{ 办文.发文 }}"), template_of("{{ 甲 }}", "{{ 乙 }}", name="乙.docx"), b"text"
    with pytest.raises(BatchError) as raised:
        check_templates([(each, VOCABULARY) for each in (good, bad, WordTemplate("丙.docx", no_word))])
    assert str(raised.value).splitlines() == [
        "Word模板里有3处要改，没有生成任何文件：",
        "乙.docx　正文第1段“{{ 甲 }}”：没有“甲”这个名称。",
        "乙.docx　正文第2段“{{ 乙 }}”：没有“乙”这个名称。",
        "Word模板“丙.docx”不是Word文件（.docx）。",
    ]


def test_the_place_of_a_fault_is_told() -> None:
    document = document_of("甲")
    document.add_table(1, 1).cell(0, 0).text = "{{ 表 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 头 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 脚 }}"
    document.element.body.insert(1, element(f"<w:p>{text_box_xml('{{ 框 }}')}</w:p>"))
    for kind in ("footnote", "endnote"):
        add_part(document, f"{kind}s", f"wordprocessingml.{kind}s", notes_xml(kind, f"{{{{ {kind} }}}}"))
    assert [line.partition("：")[0] for line in told(document)] == [
        "正文的文本框里“{{ 框 }}”",
        "正文的表格里“{{ 表 }}”",
        "页眉里“{{ 头 }}”",
        "页脚里“{{ 脚 }}”",
        "脚注里“{{ footnote }}”",
        "尾注里“{{ endnote }}”",
    ]


def test_a_row_with_a_loop_holds_nothing_else() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%tr for 面 in 其他工作面 %}", "文字"
    table.cell(1, 0).text = "{%tr endfor %}"
    (line,) = told(document)
    assert line == "正文的表格里“{%tr for 面 in 其他工作面 …”：{%tr %}会去掉整一行，这一行里不能有别的文字"


def test_a_placeholder_where_none_is_filled_is_told() -> None:
    document = docx.Document()
    text = "<a:p><a:r><a:t>{{ 办文.</a:t></a:r><a:r><a:t>发文 }}</a:t></a:r></a:p>"
    chart = f"<c:chart xmlns:c='c' {SPACES}>{text}</c:chart>"
    add_part(document, "chart", "drawingml.chart", chart)
    assert told(document) == ["图表里“{{ 办文.发文 }}”：图表里的占位符不会填写，请移到正文"]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("inside", "called"),
    [
        ("<m:oMath><m:r><m:t>{{ 办文.</m:t></m:r><m:r><m:t>发文 }}</m:t></m:r></m:oMath>", "正文第1段的公式"),
        (FIELD.format("={{ 办文.发文 }}"), "正文第1段的域代码"),
        ('<w:fldSimple w:instr="={{ 办文.发文 }}"/>', "正文的域代码"),
        ('<w:r><w:pict><v:shape><v:textpath string="{{ 办文.发文 }}"/></v:shape></w:pict></w:r>', "正文的艺术字或水印"),
        (
            '<w:r><w:drawing><wp:docPr id="1" name="图" descr="{{ 办文.发文 }}"/></w:drawing></w:r>',
            "正文的图形的替换文字",
        ),
    ],
)
def test_a_placeholder_outside_of_the_text_is_told(inside: str, called: str) -> None:
    document = docx.Document()
    document.element.body.insert(0, element(f"<w:p>{run_xml('甲')}{inside}</w:p>"))
    (line,) = told(document)
    assert line.startswith(called)
    assert line.endswith("里的占位符不会填写，请移到正文")


def test_a_placeholder_in_an_inserted_file_is_told() -> None:
    document = docx.Document()
    part = Part(PackURI("/word/a.htm"), "text/html", "<p>{{ 办文.发文 }}</p>".encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk")
    assert told(document) == ["插入的文件：插入的文件里的占位符不会填写，请移到正文"]


def test_results_that_word_works_out_are_noticed() -> None:
    document = docx.Document()
    for code in (" =SUM(ABOVE) ", ' TOC \\o "1-3" ', " PAGE "):
        document.element.body.insert(0, element(f"<w:p>{FIELD.format(code)}</w:p>"))
    assert notices(template_of(document)) == [f"“{NAME}”里有目录和公式，填好的文件要在Word里按Ctrl+A、再按F9更新一次。"]


def test_a_code_that_word_has_cut_into_runs_is_read_whole() -> None:
    cut = FIELD.replace("<w:instrText>{}</w:instrText>", "<w:instrText> TO</w:instrText><w:instrText>C </w:instrText>")
    document = document_of("甲")
    document.element.body.insert(0, element(f"<w:p>{cut}</w:p>"))
    assert notices(template_of(document)) == [f"“{NAME}”里有目录，填好的文件要在Word里按Ctrl+A、再按F9更新一次。"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("image", "链接的图片"),
        ("oleObject", "链接的文件"),
        ("subDocument", "链接的文件"),
        ("mailMergeSource", "邮件合并的数据源"),
        ("aFChunk", "插入的文件"),
        ("hyperlink", ""),
        ("attachedTemplate", ""),
    ],
)
def test_what_is_taken_from_elsewhere_is_noticed(kind: str, told: str) -> None:
    document = document_of("甲")
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    document.part.rels.get_or_add_ext_rel(relation, "file:///D:/甲.docx")
    (sentence,) = notices(template_of(document)) or [""]
    assert sentence.partition("，")[0] == (told and f"“{NAME}”里有{told}")


@pytest.mark.parametrize("code", ["INCLUDETEXT", "IncludePicture", "DDEAUTO", "LINK"])
def test_a_field_that_fetches_is_noticed(code: str) -> None:
    document = document_of("甲")
    document.element.body.insert(0, element(f"<w:p>{FIELD.format(f' {code} D:/甲.docx ')}</w:p>"))
    (sentence,) = notices(template_of(document))
    assert sentence.startswith(f"“{NAME}”里有{code.upper()}域，")


def test_revisions_and_comments_are_noticed() -> None:
    document = docx.Document()
    revised = f'<w:ins w:id="1" w:author="甲">{run_xml("{{ 办文.发文 }}")}</w:ins>'
    document.element.body.insert(0, element(f"<w:p>{revised}</w:p>"))
    assert told(document) == []
    assert notices(template_of(document)) == [f"Word模板“{NAME}”里有没有接受的修订，会原样留在生成的文件里。"]
    commented = document_of("甲")
    commented.add_comment(commented.paragraphs[0].runs, "看这里", author="乙")
    assert notices(template_of(commented)) == [f"Word模板“{NAME}”里有批注，会原样留在生成的文件里。"]
    assert notices(template_of("甲")) == []
