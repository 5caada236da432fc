"""Reports that an office brings: from a folder of Word files to papers that can be handed in, by the command line."""

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from batch.check.checked import Checked
from batch.report.fields import fields_of
from batch.report.names import LISTS
from batch.report.scope import Scope
from tests.books import LATER, SAMPLES, write_book
from tests.commands import Batch, Said
from tests.documents import (
    Runs,
    add_runs,
    control_tag,
    document_of,
    element,
    run_xml,
    runs_of,
    template_of,
    text_box_xml,
    texts,
    words,
)
from tests.office import converted

BOOK = "台账.xlsx"
OUT = Path("output/台账")
LEDGER = {"办文": "| 事项 | 数量 |\n" + "| 用印 | 5 |\n" * 3 + "| 发文 | 1 |\n" * 12 + "| 收文 | 1 |\n" * 4}
REPORT: tuple[str | Runs, ...] = (
    "{{ 落款 }}{{ 期间 }}小结",
    [
        ("全年发文", {}),
        ("{{ 办文.发", {"bold": True}),
        ("文|约|单位 }}", {"italic": True}),
        ("，用印", {"underline": True}),
    ],
    "收文{{办文。收文丨单位}}、用印{{　办文．用印　}}人次{% If办文.归档 %}，归档{{ 办文.归档|单位 }}{% End if %}。",
    "{% for 面 in 各工作面 %}",
    "（{{ 面.序 }}）{{ 面.名称 }}",
    "{% endfor %}",
    "{{ (办文.发文 ÷ 办文.收文)|round(1) }}，{{ 成文日期｜日期（“yyyy.m.d”） }}",
)
SAID = [
    "测试学校党建办2022年小结",
    "全年发文10余件，用印",
    "收文4件、用印15人次。",
    *("（一）办文", "（二）党建", "（三）宣传", "（四）保密"),
    "3.0，2022.12.31",
]
FIGURES = ["办文.发文", "办文.收文", "办文.用印"]


def report() -> Document:
    """Return a report with a header, a footer and a text box."""
    document = document_of(*REPORT)
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ 单位名称 }}"
    section.footer.paragraphs[0].text = "共{{ 办文.收文|单位 }}"
    document.core_properties.author = "王某"
    return document


def run(batch: Batch, *options: str | Path) -> Said:
    write_book(Path(BOOK), LEDGER)
    return batch("run", BOOK, "--today", LATER, "--templates", "模板", *options)


def put(name: str, content: str | bytes | Document) -> Path:
    """Put a file into the folder of templates: a document, bytes, or the one paragraph of a document."""
    path = Path("模板") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else template_of(content).content)
    return path


def body_texts(content: bytes) -> list[str]:
    return [text for text in texts(docx.Document(io.BytesIO(content))) if text]


def test_a_report_is_filled_in_its_own_look_and_the_template_stays(batch: Batch) -> None:
    template = put("小结.DOCX", report())
    before = template.read_bytes()
    assert run(batch).code == 0
    content = (OUT / "小结.DOCX").read_bytes()
    made = docx.Document(io.BytesIO(content))
    assert body_texts(content) == SAID
    assert [each.get(qn("w:val")) for each in made.element.body.iter(qn("w:tag"))] == FIGURES
    assert runs_of(made.paragraphs[1]._p) == [
        ("全年发文", (), ""),
        ("10余件", ("b",), "办文.发文"),
        ("，用印", ("u",), ""),
    ]
    assert [words(part._element) for part in (made.sections[0].header, made.sections[0].footer)] == [
        "测试学校",
        "共4件",
    ]
    assert (made.core_properties.title, made.core_properties.author) == ("小结", "")
    assert template.read_bytes() == before
    run(batch)
    assert (OUT / "小结.DOCX").read_bytes() == content


@pytest.mark.slow
@pytest.mark.usefixtures("needs_office")
@pytest.mark.parametrize("kind", ["odt", "rtf", "doc"])
def test_a_report_that_went_through_another_program_says_the_same(batch: Batch, tmp_path: Path, kind: str) -> None:
    (tmp_path / "小结.docx").write_bytes(template_of(report()).content)
    (other,) = converted(tmp_path, kind, tmp_path / "小结.docx")
    (back,) = converted(tmp_path / "回", "docx:MS Word 2007 XML", other)
    put("小结.docx", back.read_bytes())
    assert run(batch).code == 0
    content = (OUT / "小结.docx").read_bytes()
    assert body_texts(content) == SAID
    made = docx.Document(io.BytesIO(content))
    assert [each.get(qn("w:val")) for each in made.element.body.iter(qn("w:tag"))] == FIGURES


def test_every_fault_of_every_file_is_told_and_nothing_is_written(batch: Batch) -> None:
    put("甲.docx", document_of("发文{{ 办文.发问 }}件", "{{ 姓名 }}，{ 办文.收文 }"))
    boxed = docx.Document()
    boxed.element.body.insert(0, element(f"<w:p>{run_xml('旁')}{text_box_xml('{{ 面.名称 }}')}</w:p>"))
    put("乙.docx", boxed)
    put("丙.docx", b"")
    said = run(batch)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "Word模板里有5处要改，没有生成任何文件：",
        "Word模板“丙.docx”是空文件。",
        "乙.docx　正文的文本框里“{{ 面.名称 }}”：没有“面”这个工作面或名称。",
        "甲.docx　正文第2段“{{ 姓名 }}，{ 办文.收文 }”：“{ 办文.收文 }”少了花括号，要写成{{ 办文.收文 }}。",
        "甲.docx　正文第1段“发文{{ 办文.发问 }}件”：没有“办文.发问”这个指标，是不是“办文.发文”。",
        "甲.docx　正文第2段“{{ 姓名 }}，{ 办文.收文 }”：“姓名”只用在个人报告.docx里。",
    ]
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("版式.toml", 'page = "centre"', "“page”没有这样一项设置"),
        ("版式.toml", 'page_number = "center"', "只能是 'outside' 或 'centre'"),
        ("版式.toml", "line_spacing = 5", "“line_spacing”不能小于 18"),
        ("版式.TOML", "line_spacing = 28磅", "第1行第18列附近的写法有误"),
        ("版式.toml", "# 版式".encode("gbk"), "不是UTF-8编码"),
        (
            "报告.doc",
            "x",
            "里没有Word模板（*.docx 文件），请检查 --templates 后面的位置。模板文件夹“模板”里的“报告.doc”不是 .docx",
        ),
        ("~$报告.docx", "x", "有文件正打开着（~$报告.docx）"),
        ("报告.docx/a.txt", "x", "“报告.docx”是文件夹，没有使用"),
        ("旧版/报告.docx", "x", "里没有Word模板"),
    ],
)
def test_a_folder_that_is_of_no_use_is_told_in_one_line(
    batch: Batch, name: str, content: str | bytes, told: str
) -> None:
    put(name, content if isinstance(content, bytes) else content.encode())
    said = run(batch)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert told in said.err
    assert not Path("output").exists()


def test_a_file_in_the_place_of_the_folder_is_told(batch: Batch) -> None:
    Path("模板").write_bytes(b"x")
    assert "是文件，--templates 后面要写放模板的文件夹" in run(batch).err


def test_two_names_that_are_one_on_windows_are_refused(batch: Batch) -> None:
    for name in ("述职报告.docx", "述职报告.DOCX"):
        put(name, "甲")
    if len(list(Path("模板").iterdir())) == 1:
        pytest.skip("capitals make no difference here")
    assert "“述职报告.DOCX”和“述职报告.docx”只有大小写不同" in run(batch).err


def test_what_was_not_used_is_told_beside_what_was(batch: Batch) -> None:
    put("述职报告 - 副本.docx", "{{ 办文.发文 }}")
    for name in ("说明.txt", "Thumbs.db", ".~报告.docx", "x.docx/a.txt"):
        put(name, b"x")
    said = run(batch)
    assert (said.code, said.err) == (0, "")
    told = "".join(said.out.split())
    assert "“说明.txt”不是.docx，没有使用" in told
    assert "有文件正打开着（.~报告.docx）" in told
    assert "“x.docx”是文件夹，没有使用" in told
    assert "要用它代替随程序的述职报告.docx，请改名为“述职报告.docx”" in told
    assert "Thumbs" not in told


@pytest.mark.slow
def test_exported_templates_are_changed_and_given_back(batch: Batch) -> None:
    write_book(Path(BOOK), LEDGER)
    assert batch("run", BOOK, "--today", LATER).code == 0
    shipped = {name: (OUT / name).read_bytes() for name in ("汇总报告.docx", "述职报告.docx", "个人报告/张三.docx")}
    assert batch("export", "templates", "模板").code == 0
    assert batch("export", "templates", "模板").code == 2
    assert run(batch).code == 0
    assert {name: (OUT / name).read_bytes() for name in shipped} == shipped
    for name in ("述职报告.docx", "个人报告.docx"):
        (Path("模板") / name).unlink()
    changed = docx.Document("模板/汇总报告.docx")
    named = {paragraph.text: paragraph for paragraph in changed.paragraphs}
    named["{{ 登记图 }}"]._p.getparent().remove(named["{{ 登记图 }}"]._p)
    named["{{ 统计说明 }}"]._p.addnext(named["{{ 数据来源 }}"]._p)
    add_runs(named["一、总体情况"], [("（改）", {"bold": True})])
    changed.save("模板/汇总报告.docx")
    assert run(batch).code == 0
    told = body_texts((OUT / "汇总报告.docx").read_bytes())
    assert "一、总体情况（改）" in told
    assert told.index("各指标的口径和来源") < told.index("二、各工作面情况")
    assert "各工作面各月登记行数" not in told
    assert (OUT / "述职报告.docx").read_bytes() == shipped["述职报告.docx"]


@pytest.mark.parametrize("options", [["--period", "2022Q3"], ["--previous", str(SAMPLES / "上年台账.xlsx")]])
def test_figures_of_another_period_stand_without_a_control(batch: Batch, options: list[str]) -> None:
    put("小结.docx", document_of("{{ 期间 }}{{ 办文.发文 }}，{% if 比较 %}{{ 上期 }}{{ 办文.发文|上期 }}{% endif %}"))
    said = batch("run", SAMPLES / "全年台账.xlsx", "--templates", "模板", "--today", LATER, *options)
    assert said.code == 0
    (folder,) = Path("output").iterdir()
    (paragraph,) = docx.Document(str(folder / "小结.docx")).paragraphs
    controls = [control_tag(each) for each in paragraph._p.iter(qn("w:r"))]
    assert words(paragraph._p) in {"2022年第三季度12，2022年第二季度16", "2022年59，2021年44"}
    assert [each for each in controls if each] == ["办文.发文"]


def test_the_names_of_a_list_are_those_that_its_items_have(full_year: Checked) -> None:
    assert full_year.totals is not None
    fields = fields_of(Scope(full_year, full_year.totals))
    items = fields["各工作面"]
    assert isinstance(items, list)
    assert {name for each in items for name in each} == LISTS["各工作面"]
