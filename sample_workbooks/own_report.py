"""A report of the office's own, as it may have kept it from last year, with placeholders for the figures.

It is written with Word's usual look, not with this program's layout, since that is what an office brings.
"""

from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from batch.values.same_bytes import repacked

TITLE: Final = "{{ 落款 }}{{ 期间 }}工作小结"
PARAGRAPHS: Final = (
    "{{ 期间 }}，{{ 部门 }}在{{ 党组织 }}的领导下，紧扣学校中心工作，把日常事务做细做实。现将有关情况小结如下。",
    (
        "公文办理有序。制发文件{{ 办文.发文|约|单位 }}，收发电子公文{{ 办文.电子公文|约|单位 }}，"
        "报送材料{{ 办文.报送材料|约|单位 }}；{% if 办文.请示 %}向上级呈报请示{{ 办文.请示|单位 }}，{% endif %}"
        "按时办结率{{ 办文.按时办结率|单位|核 }}。"
    ),
    (
        "党的建设扎实。组织专题党课{{ 党建.专题党课|中文 }}次、专题学习{{ 党建.专题学习|中文 }}次，"
        "谈心谈话{{ 党建.谈心谈话|单位 }}，新发展党员{{ 党建.新发展党员|单位 }}，平均到会率{{ 党建.平均到会率|单位 }}。"
    ),
    (
        "宣传保密并重。各级媒体刊发稿件{{ 宣传.校级外宣 + 宣传.县级外宣 + 宣传.市级以上外宣 }}篇，"
        "签订保密承诺书{{ 保密.承诺书|约|单位 }}，在管涉密文件{{ 保密.在管涉密文件|单位 }}。"
    ),
)
FIGURES: Final = (
    ("制发文件", "{{ 办文.发文|单位 }}", "{{ 办文.发文|上期 }}"),
    ("接收来文", "{{ 办文.收文|单位 }}", "{{ 办文.收文|上期 }}"),
    ("用印", "{{ 办文.用印|单位 }}", "{{ 办文.用印|上期 }}"),
    ("主题党日", "{{ 党建.主题党日|单位 }}", "{{ 党建.主题党日|上期 }}"),
)


def own_report() -> bytes:
    """Return the document, the same bytes every time."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    title = _paragraph(document, TITLE, size=20, is_bold=True)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in PARAGRAPHS:
        _paragraph(document, text).paragraph_format.first_line_indent = Pt(28)
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for cells in (("指标", "本期", "上期"), *FIGURES):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    for text in ("{{ 落款 }}", "{{ 成文日期 }}"):
        _paragraph(document, text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    stream = BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _paragraph(document: Document, text: str, *, size: float | None = None, is_bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = is_bold or None
    if size is not None:
        run.font.size = Pt(size)
    return paragraph
