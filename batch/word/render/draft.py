"""草稿 at the head of every page, above what the header already holds."""

from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section, _Header

from batch.values.xml_text import Element

DRAFT: Final = "草稿（台账有错误未改正，有错误的行没有计入）"
_PARAGRAPH: Final = f"""<w:p {nsdecls("w")}><w:pPr>
<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>
<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr>
<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:hint="eastAsia"/><w:b w:val="0"/>
<w:color w:val="C00000"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr><w:t>{DRAFT}</w:t></w:r></w:p>"""


def mark_draft(document: Document) -> None:
    """Say 草稿 in every header that is shown; make one where a page has none."""
    document.element.body.get_or_add_sectPr()  # without one, as some programs write, there is no section to mark
    seen: dict[str, bool] = {}
    marked: list[Element] = []
    for section in document.sections:
        for kind, header in _shown(section, is_two_sided=document.settings.odd_and_even_pages_header_footer):
            if header.is_linked_to_previous and seen.get(kind):
                continue  # that of the section before, which is marked
            is_new = header.is_linked_to_previous
            if is_new:
                header.is_linked_to_previous = False
            root = header._element  # noqa: SLF001 python-docx has no way to put a paragraph first
            if not any(root is each for each in marked):
                _put_first(root, is_new=is_new)
                marked.append(root)
            seen[kind] = True


def _shown(section: Section, *, is_two_sided: bool) -> list[tuple[str, _Header]]:
    shown = [("default", section.header)]
    if section.different_first_page_header_footer:
        shown.append(("first", section.first_page_header))
    if is_two_sided:
        shown.append(("even", section.even_page_header))
    return shown


def _put_first(root: Element, *, is_new: bool) -> None:
    if is_new:
        for each in list(root):
            root.remove(each)
    root.insert(0, parse_xml(_PARAGRAPH))
