"""A workbook file of any kind to its sheets, with Excel's own row numbers; the file is never changed."""

import hashlib
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from batch.errors import BatchError, in_words
from batch.read.grid import Damaged, Grid, SheetHead, Sheets, TooMuch
from batch.read.isolated import read_isolated
from batch.read.limits import LARGEST_FILE
from batch.read.ods import CONTENT_PART, read_ods
from batch.read.parts import BINARY_PART, Package
from batch.read.strangers import OLE, describe_container, describe_package, describe_stranger
from batch.read.xlsx import read_xlsx
from batch.system.whole_file import read_whole

OLD_STREAMS: Final = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
"""How an .xls file of before 1993 begins, that has no container."""
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_LOCKED: Final = "设有打开密码，请先在Excel或WPS中打开、取消密码并保存，再试"

UNREADABLE: Final = (
    Damaged,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RecursionError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
)
"""What the readers, and the libraries below them, raise on a file that contradicts itself."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A workbook file: its name, its bytes and their sha256, and its sheets, each read when asked for."""

    path: Path
    content: bytes
    sha256: str
    sheets: Sheets
    is_ooxml: bool
    """Whether it is of the kind that a marked copy can be made of: .xlsx or .xlsm."""

    @property
    def name(self) -> str:
        """Return the file name with its extension."""
        return self.path.name

    @property
    def heads(self) -> tuple[SheetHead, ...]:
        """Return what the workbook says of its sheets, in its order."""
        return self.sheets.heads

    def has_cells(self, title: str) -> bool:
        """Say whether anything stands on a sheet, as far as can be told: what is damaged may hold something."""
        try:
            return self.sheets.has_cells(title)
        except UNREADABLE:
            return True

    def read(self, title: str) -> Grid:
        """Return the sheet with this title.

        Raises:
            BatchError: the sheet is damaged or beyond every limit.

        """
        return _told(self.path, lambda: self.sheets.read(title))


def read_file(path: Path) -> SourceFile:
    """Open a workbook of any kind that offices have.

    Raises:
        BatchError: the file is missing, being saved all the time, protected by a password, damaged, or no workbook.

    """
    return open_content(path, bytes_of(path))


def open_content(path: Path, content: bytes) -> SourceFile:
    """Open a workbook whose bytes are at hand; of the path only the name counts.

    Raises:
        BatchError: it is protected by a password, damaged, or no workbook.

    """
    is_ooxml, sheets = _told(path, lambda: _opened(path, content))
    return SourceFile(path, content, hashlib.sha256(content).hexdigest(), sheets, is_ooxml)


def digest_of(path: Path) -> str:
    """Return the sha256 of a workbook file.

    Raises:
        BatchError: the file is missing or cannot be read.

    """
    return hashlib.sha256(bytes_of(path)).hexdigest()


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a workbook file, as one save left them.

    Raises:
        BatchError: as of :func:`digest_of`.

    """
    if path.name.startswith("~$"):
        message = f"“{path.name}”是Excel打开工作簿时的临时锁文件，请改选不带“~$”的那个文件。"
        raise BatchError(message)
    try:
        return read_whole(path, lambda status: _refuse_no_workbook(path, status))
    except FileNotFoundError:
        message = f"找不到文件“{path}”，请检查文件名和所在的文件夹。"
    except PermissionError:
        message = f"“{path}”打不开（没有读取权限），请关闭正在使用它的程序后再试。"
    except OSError as error:
        message = f"“{path}”读不出来（{in_words(error)}），请检查文件名和磁盘。"
    except ValueError:  # a NUL in the name
        message = "文件名里有不能使用的字符，请改名后再试。"
    raise BatchError(message)


def _refuse_no_workbook(path: Path, status: os.stat_result) -> None:
    """Refuse what can be no workbook before it is opened: to open a pipe would be to wait for ever."""
    if stat.S_ISDIR(status.st_mode):
        message = f"“{path}”是文件夹，请写出其中工作簿的文件名。"
    elif not stat.S_ISREG(status.st_mode):
        message = f"“{path}”不是普通文件，请选择办公室填写的台账工作簿。"
    elif status.st_size > LARGEST_FILE:
        size, limit = status.st_size >> 20, LARGEST_FILE >> 20
        message = f"“{path.name}”有 {size} MB，超过上限 {limit} MB，请检查是否选错了文件。"
    else:
        return
    raise BatchError(message)


def _told(path: Path, read: Callable[[], Result]) -> Result:
    """Return what is read, or say in one sentence why the file cannot be."""
    try:
        return read()
    except TooMuch as error:
        message = f"“{path.name}”超出了本程序读取的限度（{error}），请检查是否选错了文件或文件已损坏。"
        raise BatchError(message) from error
    except UNREADABLE as error:
        message = f"“{path.name}”已损坏或不完整，读不出来，请用Excel或WPS打开后另存为新的 .xlsx 再试。"
        raise BatchError(message) from error


def _opened(path: Path, content: bytes) -> tuple[bool, Sheets]:
    """Open the file by what its bytes are, whatever its name says."""
    if content.startswith(OLE):
        return False, _opened_old(path, content)
    if content.startswith(OLD_STREAMS):
        return False, _read_old(content)
    if not content.startswith(ZIP):
        message = f"“{path.name}”{describe_stranger(content)}。"
        raise BatchError(message)
    package = Package(content)
    if CONTENT_PART in package and "mimetype" in package:
        return False, _opened_ods(path, package)
    part = next((each.target for each in package.relations("").values() if each.kind == "officeDocument"), "")
    if part.endswith(".bin") or BINARY_PART in package:
        from batch.read.xlsb import read_xlsb  # noqa: PLC0415 few workbooks are of this kind

        return False, Sheets.of(read_isolated(read_xlsb, content))
    if part not in package or not part.casefold().endswith("workbook.xml"):
        message = f"“{path.name}”{describe_package(package)}。"
        raise BatchError(message)
    return True, read_xlsx(content, package, part)


def _read_old(content: bytes) -> Sheets:
    from batch.read.xls import read_xls  # noqa: PLC0415 few workbooks are of this kind

    return Sheets.of(read_isolated(read_xls, content))


def _opened_old(path: Path, content: bytes) -> Sheets:
    if _PROTECTED in content:
        message = f"“{path.name}”{_LOCKED}。"
        raise BatchError(message)
    try:
        return _read_old(content)
    except Damaged as error:
        words = _LOCKED if "encrypt" in str(error) else describe_container(content)
        if words is None:
            raise
        message = f"“{path.name}”{words}。"
        raise BatchError(message) from error


def _opened_ods(path: Path, package: Package) -> Sheets:
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.whole(manifest):
        message = f"“{path.name}”{_LOCKED}。"
        raise BatchError(message)
    return read_ods(package.chunks(CONTENT_PART))
