"""The styles of GB/T 9704-2012, under the names that Word knows: an office changes them there, for all its text."""

from dataclasses import dataclass
from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

BODY_FONT: Final = "仿宋_GB2312"
TITLE_FONT: Final = "方正小标宋简体"
FIRST_HEADING_FONT: Final = "黑体"
SECOND_HEADING_FONT: Final = "楷体_GB2312"
NUMBER_FONT: Final = "宋体"
LATIN_FONT: Final = "Times New Roman"

BODY_SIZE: Final = 16
TITLE_SIZE: Final = 22
PAGE_NUMBER_SIZE: Final = 14

LINE_PITCH: Final = 579
"""Twips from line to line: 22 lines to the 225 mm of the type area."""
CHARACTER_SPACING: Final = -5
"""Twips added to each 16 pt character, so that 28 of them fill the 156 mm of a line.

A character grid would do the same on paper, but pulls text apart where a font is replaced by a wider one.
"""
_INDENTED: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * BODY_SIZE * 20}"/>'
SIGNED_INDENT: Final = 13
"""Characters left free before a signature and its date, both centred in the rest of the line.

So a date of seven characters (2022年12月31日) ends four from the right and the signature stands in the middle above
it, as GB/T 9704-2012, 7.3.5.1, has them.
"""
_SIGNED: Final = f'<w:ind w:left="{SIGNED_INDENT * (BODY_SIZE * 20 + CHARACTER_SPACING)}"/>'
_NO_GRID: Final = '<w:snapToGrid w:val="0"/>'  # a line grid would give a large title two lines' height
_LINE_BELOW: Final = f'<w:spacing w:after="{LINE_PITCH}"/>'
_DEFAULTS: Final = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{BODY_FONT}" w:cs="{LATIN_FONT}"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_OTHERS: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)
"""The default styles of what is no paragraph."""


@dataclass(frozen=True)
class _Style:
    """One paragraph style: its name in Word, its letters, and its paragraph properties as XML."""

    name: str
    paragraph: str = ""
    font: str = BODY_FONT
    size: int = BODY_SIZE
    spacing: int = CHARACTER_SPACING
    latin: str = LATIN_FONT
    following: str = ""
    """The style of the paragraph that Word begins behind one of this."""


def _heading(level: int, font: str) -> _Style:
    properties = f'<w:keepNext/>{_INDENTED}<w:outlineLvl w:val="{level - 1}"/>'
    return _Style(f"heading {level}", properties, font, following="Body Text")


STYLES: Final = (
    _Style(
        "Normal",
        '<w:widowControl w:val="0"/><w:kinsoku/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>',
    ),
    _Style("Body Text", f'{_INDENTED}<w:jc w:val="both"/>'),
    _heading(1, FIRST_HEADING_FONT),
    _heading(2, SECOND_HEADING_FONT),
    _heading(3, BODY_FONT),
    _Style(
        "Title",
        f'<w:keepNext/>{_NO_GRID}{_LINE_BELOW}<w:jc w:val="center"/>',
        TITLE_FONT,
        TITLE_SIZE,
        spacing=0,
        following="Body Text",
    ),
    _Style(
        "Subtitle",
        f'<w:keepNext/>{_LINE_BELOW}<w:jc w:val="center"/>',
        SECOND_HEADING_FONT,
        following="Body Text",
    ),
    _Style(
        "Signature",
        f'<w:keepNext/><w:spacing w:before="{LINE_PITCH}"/>{_SIGNED}<w:contextualSpacing/><w:jc w:val="center"/>',
        following="Date",
    ),
    _Style("Date", f'{_SIGNED}<w:jc w:val="center"/>'),
    _Style("header", f'{_NO_GRID}<w:jc w:val="center"/>', size=PAGE_NUMBER_SIZE, spacing=0),
    _Style(
        "footer",
        f'{_NO_GRID}<w:spacing w:line="{PAGE_NUMBER_SIZE * 20}" w:lineRule="exact"/>',
        NUMBER_FONT,
        PAGE_NUMBER_SIZE,
        spacing=0,
        latin=NUMBER_FONT,
    ),
)


def define_styles(document: Document) -> None:
    """Give the document the styles of the standard, and no others: their fonts follow no theme."""
    root = document.styles.element
    for tag in ("w:docDefaults", "w:style"):
        for old in root.findall(qn(tag)):
            root.remove(old)
    styles = "".join((_DEFAULTS, *map(_xml, STYLES), _OTHERS))
    defaults, *others = parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>")
    root.insert(0, defaults)
    root.extend(others)


def _xml(style: _Style) -> str:
    if style.name == "Normal":
        default, based = 'w:default="1" ', ""
    else:
        default, based = "", '<w:basedOn w:val="Normal"/>'
    following = f'<w:next w:val="{_id(style.following)}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" {default}w:styleId="{_id(style.name)}"><w:name w:val="{style.name}"/>'
        f"{based}{following}<w:qFormat/><w:pPr>{style.paragraph}</w:pPr><w:rPr>"
        f'<w:rFonts w:ascii="{style.latin}" w:hAnsi="{style.latin}" w:eastAsia="{style.font}" w:hint="eastAsia"/>'
        f'<w:spacing w:val="{style.spacing}"/><w:sz w:val="{style.size * 2}"/><w:szCs w:val="{style.size * 2}"/>'
        "</w:rPr></w:style>"
    )


def _id(name: str) -> str:
    """Return the id that Word gives to a style it knows by this name.

    >>> _id("heading 1"), _id("Body Text")
    ('Heading1', 'BodyText')
    """
    return "".join(word[0].upper() + word[1:] for word in name.split())
