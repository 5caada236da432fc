"""What a file that is no workbook is instead, by its first bytes; the clerk is told how to go on."""

from typing import Final

from batch.read.parts import Package

OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""The container of .xls and .et files, of old Word files, and of workbooks with a password."""
_SAVE_AS: Final = "请用Excel或WPS打开后另存为 .xlsx 再试"
_CHOOSE: Final = "请改选办公室填写的Excel工作簿"
_UNPACK: Final = "是压缩包，请先解压，再选其中的Excel工作簿"
_WEB_PAGE: Final = f"是网页，不是真正的Excel工作簿，{_SAVE_AS}"
_WORD: Final = f"是Word文档，{_CHOOSE}"
_SLIDES: Final = f"是PowerPoint文稿，{_CHOOSE}"

_BY_START: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", f"是PDF文件，{_CHOOSE}"),
    (b"\x89PNG", f"是图片，{_CHOOSE}"),
    (b"\xff\xd8\xff", f"是图片，{_CHOOSE}"),
    (b"Rar!", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", _UNPACK),
    (b"\x1f\x8b", _UNPACK),
    (b"{\\rtf", _WORD),
    (b"MIME-Version:", _WEB_PAGE),
)
_BY_WORD: Final[tuple[tuple[bytes, str], ...]] = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", f"是XML表格，{_SAVE_AS}"),
    (b"office:document", f"是XML文档，{_SAVE_AS}"),
    (b"<html", _WEB_PAGE),
    (b"<table", _WEB_PAGE),
    (b"<!doctype html", _WEB_PAGE),
    (b"<?xml", f"是XML文件，{_CHOOSE}"),
)
_BY_PART: Final[tuple[tuple[str, str], ...]] = (
    ("word/", _WORD),
    ("ppt/", _SLIDES),
)
_BY_STREAM: Final[tuple[tuple[str, str], ...]] = (
    ("WordDocument", _WORD),
    ("PowerPoint Document", _SLIDES),
)
_LOOKED_AT: Final = 4096
NO_WORKBOOK: Final = "不是Excel工作簿，请选择办公室填写的台账工作簿"


def describe_stranger(content: bytes) -> str:
    """Return what the file is and what to do, for a sentence that begins with its name."""
    if not content:
        return "是空文件，请检查它是不是没有保存完整"
    start = content[:_LOOKED_AT]
    for mark, words in _BY_START:
        if start.startswith(mark):
            return words
    folded = start.replace(b"\x00", b"").lower()
    for mark, words in _BY_WORD:
        if mark in folded:
            return words
    return f"是文本文件（如CSV），{_SAVE_AS}" if _is_text(start) else NO_WORKBOOK


def describe_container(content: bytes) -> str | None:
    """Return what an old container without a workbook in it is, None where it is nothing known."""
    return next((words for stream, words in _BY_STREAM if stream.encode("utf-16-le") in content), None)


def describe_package(package: Package) -> str:
    """Return what a zip package without a workbook in it is."""
    for mark, words in _BY_PART:
        if any(name.startswith(mark) for name in package.names):
            return words
    if "[content_types].xml" in package.names:
        return f"已损坏，缺少工作簿的主要部件，{_SAVE_AS}"
    return _UNPACK


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = set(range(32)) - set(b"\t\r\n\x0c")
    return not control & set(start)
