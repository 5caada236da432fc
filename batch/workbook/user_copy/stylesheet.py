"""The cell styles of a workbook, with those added that colour a cell and change nothing else of it."""

from copy import deepcopy
from typing import Final

from lxml import etree

from batch.finding import Severity
from batch.ledger.our_sheets import MARK
from batch.read.grid import Damaged, TooMuch
from batch.read.xml import whole
from batch.values.xml_text import Element
from batch.workbook.user_copy.marks import COLOURS
from batch.workbook.user_copy.tree import add, add_in_order, child

SECTIONS: Final = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
    *("dxfs", "tableStyles", "colors", "extLst"),
)
"""The order of what a styles part holds (ECMA-376 part 1, 18.8.39)."""
MOST_STYLES: Final = 64_000
"""Cell styles that Excel takes are 65,490."""
_KEEPER: Final = f"{MARK}底色"
"""How the named styles begin that keep a cell's own fill while ours lies over it."""
_SOLID: Final = "solid"


class Stylesheet:
    """The styles of the copy: every style is made when it is first asked for."""

    def __init__(self, root: Element) -> None:
        """Take the styles as they are.

        Raises:
            TooMuch: there is no room for further styles.

        """
        self.root = root
        self.fills = self._section("fills", "fill")
        self.formats = self._section("cellXfs", "xf")
        if len(self.formats) > MOST_STYLES:
            message = f"有 {len(self.formats)} 种单元格样式，上限 {MOST_STYLES} 种"
            raise TooMuch(message)
        self.keepers = self._kept_fills()
        self.ours = frozenset(number for number, each in enumerate(self.formats) if self._is_ours(each))
        self._painted: dict[tuple[int, Severity], int] = {}
        self._cleaned: dict[int, int] = {}
        self._known: dict[str, dict[str, int]] = {}
        """Section -> what each of its entries looks like -> its number."""

    def painted(self, style: int, severity: Severity) -> int:
        """Return the number of the style that is this one in the colour of a severity."""
        key = (style, severity)
        if key not in self._painted:
            made = self._clone(style, self.formats)
            if self._colour(whole(made.get("fillId"), 0)) is not None:
                made.set("xfId", str(self._keeper(style)))
            made.set("fillId", str(self._fill(COLOURS[severity])))
            made.set("applyFill", "1")
            self._painted[key] = self._placed(self.formats, made)
        return self._painted[key]

    def cleaned(self, style: int) -> int:
        """Return the number of the style that this one was before an earlier copy coloured it."""
        if style not in self._cleaned:
            made = self._clone(style, self.formats)
            kept = self.keepers.get(whole(made.get("xfId"), 0))
            made.set("fillId", str(kept or 0))
            if kept is not None:
                made.set("xfId", "0")
            else:
                made.attrib.pop("applyFill", None)
            self._cleaned[style] = self._placed(self.formats, made)
        return self._cleaned[style]

    def made(self, *, colour: str = "", link: bool = False, bold: bool = False, wrap: bool = False) -> int:
        """Return the number of a style for our own sheet: bordered, with this fill, font and alignment."""
        made = add(self.formats, "xf")
        made.attrib.update({"numFmtId": "0", "fontId": str(self._font(link=link, bold=bold))})
        made.attrib.update({"fillId": str(self._fill(colour)) if colour else "0", "borderId": str(self._border())})
        made.attrib.update({"xfId": "0", "applyFont": "1", "applyAlignment": "1"})
        add(made, "alignment", {"vertical": "center", **({"wrapText": "1"} if wrap else {})})
        return self._placed(self.formats, made)

    def _section(self, name: str, entry: str) -> Element:
        section = add_in_order(self.root, name, SECTIONS)
        if not len(section):
            self._begin(section, entry)
        return section

    def _begin(self, section: Element, entry: str) -> None:
        """Give a section that is empty what every workbook has there."""
        if entry == "fill":
            for pattern in ("none", "gray125"):
                add(add(section, "fill"), "patternFill", {"patternType": pattern})
        else:
            add(section, entry)
        self._counted(section)

    def _is_ours(self, each: Element) -> bool:
        return self._colour(whole(each.get("fillId"), 0)) in COLOURS.values()

    def _colour(self, number: int) -> str | None:
        """Return what a fill shows: its solid colour, 「other」 for all else that shows, nothing for none."""
        fill = self.fills[number] if number < len(self.fills) else None
        pattern = child(fill, "patternFill") if fill is not None else None
        if pattern is None:
            return "other" if fill is not None and len(fill) else None
        if pattern.get("patternType", "none") == "none":
            return None
        front = child(pattern, "fgColor")
        if pattern.get("patternType") != _SOLID or front is None:
            return "other"
        return str(front.get("rgb")).upper()

    def _kept_fills(self) -> dict[int, int]:
        """Return the number of each named style that keeps a fill -> that fill."""
        names = child(self.root, "cellStyles")
        parents = child(self.root, "cellStyleXfs")
        if names is None or parents is None:
            return {}
        numbers = [whole(each.get("xfId"), 0) for each in names if (each.get("name") or "").startswith(_KEEPER)]
        return {number: whole(parents[number].get("fillId"), 0) for number in numbers if number < len(parents)}

    def _keeper(self, style: int) -> int:
        """Return the number of a hidden named style that keeps the fill of this one."""
        fill = whole(self.formats[style].get("fillId"), 0)
        known = next((number for number, kept in self.keepers.items() if kept == fill), None)
        if known is not None:
            return known
        parents = self._section("cellStyleXfs", "xf")
        self._clone(style, parents).attrib.pop("xfId", None)
        number = self._counted(parents)
        names = add_in_order(self.root, "cellStyles", SECTIONS)
        add(names, "cellStyle", {"name": f"{_KEEPER}{number}", "xfId": str(number), "hidden": "1"})
        self._counted(names)
        self.keepers[number] = fill
        return number

    def _clone(self, style: int, section: Element) -> Element:
        """Add a copy of a style to a section."""
        if style >= len(self.formats):
            message = f"no style {style}"
            raise Damaged(message)
        section.append(deepcopy(self.formats[style]))
        return section[-1]

    def _fill(self, colour: str) -> int:
        fill = add(self.fills, "fill")
        pattern = add(fill, "patternFill", {"patternType": _SOLID})
        add(pattern, "fgColor", {"rgb": colour})
        add(pattern, "bgColor", {"indexed": "64"})
        return self._placed(self.fills, fill)

    def _font(self, *, link: bool, bold: bool) -> int:
        fonts = self._section("fonts", "font")
        font = add(fonts, "font")
        if bold:
            add(font, "b")
        if link:
            add(font, "u")
        add(font, "sz", {"val": "11"})
        if link:
            add(font, "color", {"rgb": "FF0563C1"})
        add(font, "name", {"val": "宋体"})
        return self._placed(fonts, font)

    def _border(self) -> int:
        borders = self._section("borders", "border")
        border = add(borders, "border")
        for side in ("left", "right", "top", "bottom"):
            add(add(border, side, {"style": "thin"}), "color", {"rgb": "FFBFBFBF"})
        add(border, "diagonal")
        return self._placed(borders, border)

    def _placed(self, section: Element, made: Element) -> int:
        """Return the number of the last entry of a section, or of an equal one before it, which is then taken."""
        if section.tag not in self._known:
            entries = list(enumerate(section))[:-1]
            self._known[section.tag] = {_look(entry): number for number, entry in reversed(entries)}
        known = self._known[section.tag]
        look = _look(made)
        if look in known:
            section.remove(made)
            return known[look]
        known[look] = self._counted(section)
        return known[look]

    @staticmethod
    def _counted(section: Element) -> int:
        """Write down how many entries a section has, and return the number of the last."""
        section.set("count", str(len(section)))
        return len(section) - 1


def _look(entry: Element) -> str:
    """Return what two entries have in common that look alike: all but what says nothing."""
    attributes = sorted((name, value) for name, value in entry.attrib.items() if value != "0" and name != "applyFill")
    inner = [etree.tostring(each, encoding="unicode", with_tail=False) for each in entry]
    return "".join((str(attributes), *map(str, inner)))
