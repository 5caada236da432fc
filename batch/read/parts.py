"""The parts of a zip package, unpacked within limits and checked by their checksums; nothing is unpacked to disk."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final, NamedTuple

from batch.read.grid import Damaged, TooMuch
from batch.read.limits import HIGHEST_RATIO, LARGEST_INDEX, LARGEST_UNPACKED, MOST_PARTS, RATIO_FREE
from batch.read.xml import local_name, xml_root

CHUNK: Final = 1 << 20
"""Bytes unpacked at a time."""
BINARY_PART: Final = "xl/workbook.bin"
"""The main part of an .xlsb."""
_ENCRYPTED: Final = 0x1


class Relation(NamedTuple):
    """A part that another part refers to."""

    kind: str
    """The last word of the relationship's type: worksheet, styles, sharedStrings …"""
    target: str
    """The part's name within the package."""


class Package:
    """A zip package in memory. Names are looked up without regard to case, as Office does."""

    def __init__(self, content: bytes) -> None:
        """Open the package.

        Raises:
            Damaged: it is no zip file, or two parts have one name.
            TooMuch: it has too many parts, or they would unpack to too many bytes.

        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Damaged(str(error)) from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MOST_PARTS:
            message = f"文件包里有 {len(entries)} 个部件，上限 {MOST_PARTS} 个"
            raise TooMuch(message)
        self._entries = {_canonical(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            message = "two parts of one name"
            raise Damaged(message)
        self._refuse_bombs()

    def _refuse_bombs(self) -> None:
        """Refuse by what the package itself declares; a part that declares less than it holds fails its checksum."""
        total = 0
        for name, entry in self._entries.items():
            if not name.endswith((".xml", ".rels", ".bin")):
                continue
            total += entry.file_size
            if entry.file_size > max(RATIO_FREE, HIGHEST_RATIO * entry.compress_size):
                ratio = entry.file_size // max(entry.compress_size, 1)
                message = f"部件解压后达到压缩前的 {ratio} 倍，上限 {HIGHEST_RATIO} 倍"
                raise TooMuch(message)
        if total > LARGEST_UNPACKED:
            message = f"解压后有 {total >> 20} MB，上限 {LARGEST_UNPACKED >> 20} MB"
            raise TooMuch(message)

    def __contains__(self, name: str) -> bool:
        """Say whether the package has the part."""
        return _canonical(name) in self._entries

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all parts, in lower case."""
        return frozenset(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part, some at a time; its checksum is verified at the end.

        Raises:
            Damaged: the part is missing, encrypted, truncated or altered.

        """
        entry = self._entries.get(_canonical(name))
        if entry is None or entry.flag_bits & _ENCRYPTED:
            raise Damaged(name)
        with self._zip.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def size(self, name: str) -> int:
        """Return the bytes that a part declares to unpack to; a missing part has none."""
        entry = self._entries.get(_canonical(name))
        return entry.file_size if entry is not None else 0

    def whole(self, name: str) -> bytes:
        """Return a part that has to be held whole.

        Raises:
            TooMuch: it is larger than such a part ever is.

        """
        if self.size(name) > LARGEST_INDEX:
            message = f"目录或样式部件有 {self.size(name) >> 20} MB，上限 {LARGEST_INDEX >> 20} MB"
            raise TooMuch(message)
        return b"".join(self.chunks(name))

    def relations(self, source: str) -> dict[str, Relation]:
        """Return id -> related part for a part, or for the package itself where ``source`` is empty."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part not in self:
            return {}
        relations: dict[str, Relation] = {}
        for element in xml_root(self.whole(part)):
            if local_name(element) == "Relationship" and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or ""))
                kind = (element.get("Type") or "").rpartition("/")[2]
                relations[element.get("Id") or ""] = Relation(kind, target.lstrip("/"))
        return relations


def _canonical(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
