"""The workbook part: our list put before the user's sheets, and what counts sheets by their place counted anew."""

from typing import Final

from batch.read.grid import Damaged
from batch.read.xml import attribute, whole
from batch.values.xml_text import Element
from batch.workbook.user_copy.parts import Parts
from batch.workbook.user_copy.tree import add, child, children

WORKSHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
LIST_PATTERN: Final = "xl/worksheets/findings%d.xml"


class WorkbookPart:
    """The workbook part of the package that is being marked."""

    def __init__(self, parts: Parts) -> None:
        """Open the part.

        Raises:
            Damaged: it lists no sheets.

        """
        self.parts = parts
        self.root = parts.tree(parts.main)
        self.sheets: Element = child(self.root, "sheets")
        if self.sheets is None:
            message = "no sheets"
            raise Damaged(message)

    @property
    def titles(self) -> list[str]:
        """Return the names of all sheets, in their order."""
        return [str(each.get("name")) for each in children(self.sheets, "sheet")]

    @property
    def sheet_ids(self) -> list[tuple[str, str]]:
        """Return (name, id of the relation) of all sheets."""
        return [(str(each.get("name")), attribute(each, "id") or "") for each in children(self.sheets, "sheet")]

    def remove(self, title: str) -> bool:
        """Take a sheet out, with its part; return whether it was the one that the workbook opened with."""
        place = self.titles.index(title)
        element = list(children(self.sheets, "sheet"))[place]
        relation = self.parts.relations(self.parts.main).get(attribute(element, "id") or "")
        if relation is not None:
            self.parts.unrelate(self.parts.main, relation.target)
            self.parts.drop(relation.target)
        self.sheets.remove(element)
        names = child(self.root, "definedNames")
        if names is not None:
            self._remove_names(names, place)
        was_active = any(whole(view.get("activeTab"), 0) == place for view in self._views())
        self._renumber(place, -1)
        return was_active

    def _remove_names(self, names: Element, place: int) -> None:
        gone = [name for name in children(names, "definedName") if name.get("localSheetId") == str(place)]
        for name in gone:
            names.remove(name)
        if gone and not len(names):
            self.root.remove(names)

    def put_first(self, title: str, content: bytes, *, is_active: bool) -> None:
        """Put a sheet before all others; the workbook opens with it, or as it did."""
        name = self.parts.free_name(LIST_PATTERN)
        self.parts.add(name, content, WORKSHEET_TYPE)
        identity = self.parts.relate(self.parts.main, "worksheet", name)
        number = 1 + max((whole(each.get("sheetId"), 0) for each in children(self.sheets, "sheet")), default=0)
        related = self.parts.namespace
        attributes = {"name": title, "sheetId": str(number), f"{{{related}}}id": identity}
        made = add(self.sheets, "sheet", attributes, prefixes={"r": related})
        self._renumber(0, 1)
        self.sheets.insert(0, made)
        for view in self._views() or [self._add_view()]:
            view.attrib.pop("firstSheet", None)  # the tabs begin with ours
            if is_active:
                view.attrib.pop("activeTab", None)

    def _renumber(self, start: int, step: int) -> None:
        """Shift the places of the sheets from ``start`` on, wherever they are written down."""
        names = child(self.root, "definedNames")
        for name in children(names, "definedName") if names is not None else ():
            place = name.get("localSheetId")
            if place is not None and whole(place, 0) >= start:
                name.set("localSheetId", str(whole(place, 0) + step))
        for view in self._views():
            active = whole(view.get("activeTab"), 0)
            if active >= start:
                view.set("activeTab", str(max(0, active + step)))

    def _add_view(self) -> Element:
        """Say which sheet the workbook opens with, where nothing says so: the first of the user's."""
        views = add(self.root, "bookViews")
        self.sheets.addprevious(views)
        return add(views, "workbookView", {"activeTab": "1"})

    def _views(self) -> list[Element]:
        views = child(self.root, "bookViews")
        return list(children(views, "workbookView")) if views is not None else []
