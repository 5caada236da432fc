"""A package written anew from an old one: what is unchanged is copied as it is packed, byte for byte."""

import copy
import io
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, NamedTuple

from batch.values.same_bytes import FIXED_TIME

LEVEL: Final = 1
"""Of deflate: 6 makes a file a tenth smaller in three times the time."""
AHEAD: Final = 32
"""Chunks, of a megabyte at most, that may wait to be packed."""
_RAW: Final = -15
"""Tells zlib to write no header of its own, as zip files want it."""
_LOCAL_HEADER: Final = 30
"""Bytes of a local file header before the name."""
_NAME_LENGTH: Final = slice(26, 28)
_EXTRA_LENGTH: Final = slice(28, 30)
_SIZES_FOLLOW: Final = 0x08
"""The flag of an entry whose sizes stand behind its data; here they stand before it."""


class Packed(NamedTuple):
    """The content of a part as a zip file holds it."""

    data: bytes
    checksum: int
    size: int


class Packer:
    """Packs the contents of parts in a thread of its own, while the next chunks and the next parts come in."""

    def __init__(self, beside: ThreadPoolExecutor) -> None:
        """Pack in this pool, which has one thread: one part after another."""
        self._beside = beside
        self._waiting: deque[Future[bytes]] = deque()

    def packed(self, chunks: Iterable[bytes]) -> "Future[Packed]":
        """Take in the content of a part, and return what will be its packed content."""
        compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW)
        pieces: list[Future[bytes]] = []
        checksum = size = 0
        for chunk in chunks:
            checksum = zlib.crc32(chunk, checksum)
            size += len(chunk)
            pieces.append(self._beside.submit(compressor.compress, chunk))
            self._waiting.append(pieces[-1])
            if len(self._waiting) > AHEAD:
                self._waiting.popleft().result()

        def finish() -> Packed:
            return Packed(b"".join((*(piece.result() for piece in pieces), compressor.flush())), checksum, size)

        return self._beside.submit(finish)  # behind the pieces, in the one thread


def rewritten(
    content: bytes, changed: dict[str, "Future[Packed]"], added: Mapping[str, "Future[Packed]"], gone: Iterable[str]
) -> bytes:
    """Return the package with some parts changed, added or left out; names without regard to case.

    The other entries keep their order, their times and their packed bytes. What is changed is taken out of its
    mapping, and let go, as it is written.
    """
    left_out = {name.casefold() for name in gone}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            name = entry.filename.replace("\\", "/").lstrip("/").casefold()
            if name in left_out:
                continue
            info = copy.copy(entry)
            info.flag_bits &= ~_SIZES_FOLLOW
            if name in changed:
                part = changed.pop(name).result()
                _append(target, _resized(info, part), part.data)
            else:
                _append(target, info, _data(content, entry))
        for name, coming in added.items():
            part = coming.result()
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.create_system = 0  # the same on Windows and elsewhere
            _append(target, _resized(info, part), part.data)
    return stream.getvalue()


def _resized(info: zipfile.ZipInfo, part: Packed) -> zipfile.ZipInfo:
    info.compress_type = zipfile.ZIP_DEFLATED
    info.extra = b""  # it may hold the sizes of what was there before
    info.CRC, info.file_size, info.compress_size = part.checksum, part.size, len(part.data)
    return info


def _data(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    lengths = int.from_bytes(header[_NAME_LENGTH], "little") + int.from_bytes(header[_EXTRA_LENGTH], "little")
    start = entry.header_offset + _LOCAL_HEADER + lengths
    return content[start : start + entry.compress_size]


def _append(target: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> None:
    """Add an entry whose data are packed already, for which the library has no call of its own."""
    stream = target.fp
    if stream is None:
        raise ValueError(info.filename)
    info.header_offset = stream.tell()
    stream.write(info.FileHeader(zip64=False))
    stream.write(data)
    target.filelist.append(info)
    target.NameToInfo[info.filename] = info
    target.start_dir = stream.tell()
