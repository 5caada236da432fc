"""The parts of the package that is being marked: what was changed, added and left out so far."""

import posixpath
from collections.abc import Iterable
from concurrent.futures import Future
from functools import cached_property
from typing import Final

from batch.read.grid import Damaged
from batch.read.parts import Package, Relation
from batch.read.xml import xml_root
from batch.values.xml_text import Element
from batch.workbook.user_copy.package import Packed, Packer, rewritten
from batch.workbook.user_copy.tree import add, children, written

TYPES_PART: Final = "[Content_Types].xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY: Final = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()


class Parts:
    """Gathers the changes of one package; lives only while one copy is made."""

    def __init__(self, content: bytes, packer: Packer) -> None:
        """Open the package.

        Raises:
            Damaged, TooMuch: as for every reader of it.

        """
        self.content = content
        self.package = Package(content)
        self._trees: dict[str, Element] = {}
        self._packer = packer
        self._packed: dict[str, Future[Packed]] = {}
        self._added: dict[str, Future[Packed]] = {}
        self._gone: set[str] = set()

    @cached_property
    def main(self) -> str:
        """Return the name of the workbook part."""
        return self.related("", "officeDocument")

    @cached_property
    def namespace(self) -> str:
        """Return what the types of the workbook's relations begin with; strict files have one of their own."""
        for element in self.tree(_relations_part(self.main)):
            kind = str(element.get("Type"))
            if kind.endswith("/worksheet"):
                return kind.removesuffix("/worksheet")
        message = "no sheets"
        raise Damaged(message)

    def related(self, source: str, kind: str) -> str:
        """Return the part of this kind that a part is related to, nothing where there is none."""
        targets = (each.target for each in self.relations(source).values() if each.kind == kind)
        return next((target for target in targets if target in self.package), "")

    def relations(self, source: str) -> dict[str, Relation]:
        """Return id -> related part, as the package had it."""
        return self.package.relations(source)

    def tree(self, name: str) -> Element:
        """Return a part as a tree; what is changed in it is written."""
        key = name.casefold()
        if key not in self._trees:
            is_new = key.endswith(".rels") and name not in self.package
            self._trees[key] = xml_root(_EMPTY if is_new else self.package.whole(name))
            if is_new:
                self._added[name] = self._packer.packed([])
        return self._trees[key]

    def replace(self, name: str, chunks: Iterable[bytes]) -> None:
        """Put another content in the place of a part's."""
        self._packed[name.casefold()] = self._packer.packed(chunks)

    def add_tree(self, name: str, root: Element, content_type: str) -> None:
        """Add a part of this type, that may still be changed."""
        self.add(name, b"", content_type)
        self._trees[name.casefold()] = root

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part of this type."""
        self._added[name] = self._packer.packed([content])
        types = self.tree(TYPES_PART)
        if name.endswith(".vml"):
            defaults = {(each.get("Extension") or "").casefold() for each in children(types, "Default")}
            if "vml" not in defaults:
                default = add(types, "Default", {"Extension": "vml", "ContentType": content_type})
                types.insert(0, default)
        else:
            add(types, "Override", {"PartName": f"/{name}", "ContentType": content_type})

    def content_type(self, name: str) -> str:
        """Return the type that is declared for a part by its name, nothing where there is none."""
        for each in children(self.tree(TYPES_PART), "Override"):
            if (each.get("PartName") or "").lstrip("/").casefold() == name.casefold():
                return each.get("ContentType") or ""
        return ""

    def drop(self, name: str) -> None:
        """Leave a part out, with its relations and its type."""
        self._gone |= {name.casefold(), _relations_part(name).casefold()}
        types = self.tree(TYPES_PART)
        for each in children(types, "Override"):
            if (each.get("PartName") or "").lstrip("/").casefold() == name.casefold():
                types.remove(each)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part to another by a new relation, and return its id."""
        root = self.tree(_relations_part(source))
        taken = {each.get("Id") for each in root}
        identity = next(each for number in range(1, 1 << 20) if (each := f"rId{number}") not in taken)
        add(root, "Relationship", {"Id": identity, "Type": f"{self.namespace}/{kind}", "Target": f"/{target}"})
        return identity

    def unrelate(self, source: str, target: str) -> None:
        """Take away the relations of a part to another."""
        root = self.tree(_relations_part(source))
        gone = {identity for identity, each in self.relations(source).items() if each.target == target}
        for each in list(root):
            if each.get("Id") in gone:
                root.remove(each)

    def free_name(self, pattern: str) -> str:
        """Return the first name of a pattern (xl/comments%d.xml) that no part has."""
        taken = (self.package.names - self._gone) | {name.casefold() for name in self._added}
        return next(name for number in range(1, 1 << 20) if (name := pattern % number).casefold() not in taken)

    def written(self) -> bytes:
        """Return the package with all changes; that is the end of them."""
        trees = {
            name: self._packer.packed([written(root)]) for name, root in self._trees.items() if name not in self._gone
        }
        added = {name: trees.pop(name.casefold(), part) for name, part in self._added.items()}
        changed = self._packed | trees
        self._packed.clear()
        return rewritten(self.content, changed, added, self._gone)


def _relations_part(name: str) -> str:
    folder, own = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{own}.rels")
