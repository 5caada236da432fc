"""Word files made run by run, as Word itself splits them, and read back as runs."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from batch.report.phrase import Phrase
from batch.word.language.vocabulary import Vocabulary
from batch.word.markup.template import WordTemplate
from batch.word.render.fill import Paper, fill

Runs = Sequence[tuple[str, Mapping[str, bool]]]
NAME: Final = "述职报告.docx"
PAPER: Final = Paper("2022年述职报告", "××职业学校", is_draft=False)


def figure(name: str, value: float | None, unit: str = "件", **also: Any) -> Phrase:  # noqa: ANN401 fields of a phrase
    settings: dict[str, Any] = {"is_exact": False, "is_unsettled": False, **also}
    return Phrase(name, value, unit, **settings)


FIGURES: Final = (
    figure("办文.发文", 1071, is_unsettled=True, previous=figure("办文.发文", 986)),
    figure("办文.收文", 260),
    figure("办文.传阅", 200),
    figure("办文.拟办", 31),
    figure("办文.归档", 0),
    figure("办文.按时办结率", 87.8, "%"),
    figure("党建.转正", None, "名", is_exact=True),
    figure("师德（师风）.培训", 12, "次"),
)
AREAS: Final = tuple(dict.fromkeys(each.figure.partition(".")[0] for each in FIGURES))
FIELDS: Final[dict[str, object]] = {
    **{
        area: {each.figure.partition(".")[2]: each for each in FIGURES if each.figure.startswith(f"{area}.")}
        for area in AREAS
    },
    "指标": {each.figure: each for each in FIGURES},
    "单位名称": "××职业学校",
    "上级党组织": "",
    "成文日期": date(2022, 3, 5),
    "其他工作面": [{"名称": "办会", "情况": "办会3次"}, {"名称": "信访", "情况": "接访2人"}],
}
VOCABULARY: Final = Vocabulary(
    {each.figure: each.unit for each in FIGURES},
    frozenset({"单位名称", "上级党组织", "成文日期", "其他工作面"}),
    frozenset({"数据来源"}),
    {"其他工作面": frozenset({"名称", "情况"})},
    {"姓名": "个人报告.docx"},
)


def add_runs(paragraph: Paragraph, runs: Runs) -> Paragraph:
    """Add runs of (text, formatting) to a paragraph."""
    for text, formatting in runs:
        run = paragraph.add_run(text)
        for name, value in formatting.items():
            setattr(run.font, name, value)
    return paragraph


def document_of(*paragraphs: str | Runs) -> Document:
    """Return a document with these paragraphs."""
    document = docx.Document()
    for each in paragraphs:
        add_runs(document.add_paragraph(), [(each, {})] if isinstance(each, str) else each)
    return document


def template_of(*content: str | Runs | Document, name: str = NAME) -> WordTemplate:
    """Return a template of a document, or of paragraphs."""
    (first, *rest) = content
    document = first if not rest and hasattr(first, "save") else document_of(*content)  # type: ignore[arg-type] # no document among several
    stream = io.BytesIO()
    document.save(stream)
    return WordTemplate(name, stream.getvalue())


def filled(*content: str | Runs | Document, draft: bool = False, **fields: object) -> Document:
    """Fill a template and open what came out."""
    paper = Paper(PAPER.title, PAPER.unit, is_draft=draft)
    return docx.Document(io.BytesIO(fill(template_of(*content), {**FIELDS, **fields}, paper)))


def texts(document: Document) -> list[str]:
    """Return the text of each paragraph of the body, content controls too."""
    return [words(each) for each in document.element.body.iter(qn("w:p"))]


def words(element: Any) -> str:  # noqa: ANN401 lxml's elements are untyped
    """Return the text of an element as it is read: line breaks and tabs as such."""
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(each.tag, each.text or "") for each in element.iter(qn("w:t"), *signs))


def runs_of(paragraph: Any) -> list[tuple[str, tuple[str, ...], str]]:  # noqa: ANN401 as above
    """Return (text, formatting, tag of the control around it) of each run of a paragraph."""
    return [
        (words(run), tuple(each.tag.partition("}")[2] for each in formatting(run)), control_tag(run))
        for run in paragraph.iter(qn("w:r"))
    ]


def formatting(run: Any) -> Iterable[Any]:  # noqa: ANN401 as above
    """Return the children of the run's properties."""
    properties = run.find(qn("w:rPr"))
    return () if properties is None else properties


def control_tag(run: Any) -> str:  # noqa: ANN401 as above
    """Return the tag of the content control around a run; empty if there is none."""
    control = next(run.iterancestors(qn("w:sdt")), None)
    tag = None if control is None else control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if tag is None else str(tag.get(qn("w:val")))


SPACES: Final = (
    f'{nsdecls("w", "r", "wp", "a")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def element(xml: str) -> Any:  # noqa: ANN401 as above
    """Return an element written with the prefixes that Word uses."""
    end = min(at for sign in " />" if (at := xml.find(sign, 1)) > 0)
    return parse_xml(f"{xml[:end]} {SPACES}{xml[end:]}")


def run_xml(text: str, properties: str = "") -> str:
    """Return the XML of a run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def text_box_xml(text: str) -> str:
    """Return a run with a text box, written twice as Word writes it: for itself, and for programs before 2010."""
    box = f"<w:txbxContent><w:p>{run_xml(text)}</w:p></w:txbxContent>"
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="900000" cy="360000"/><wp:docPr id="1" name="文本框"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="360000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"/></wps:spPr><wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:rect style="width:70pt;height:28pt"><v:textbox>{box}</v:textbox></v:rect></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def add_part(document: Document, name: str, kind: str, xml: str) -> Part:
    """Add a part beside the document: (footnotes, wordprocessingml.footnotes, its XML)."""
    content_type = f"application/vnd.openxmlformats-officedocument.{kind}+xml"
    part = Part(PackURI(f"/word/{name}.xml"), content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}")
    return part


def notes_xml(kind: str, text: str) -> str:
    """Return the XML of a part of footnotes or endnotes with one note."""
    note = f'<w:{kind} w:id="1"><w:p>{run_xml(text)}</w:p></w:{kind}>'
    return f"<w:{kind}s {SPACES}>{note}</w:{kind}s>"
