"""What a file that is no workbook is instead, by its first bytes; the clerk is told how to go on."""

from typing import Final

from batch.read.parts import Package

_SAVE_AS: Final = "请用Excel或WPS打开后另存为 .xlsx 再试"

_BY_START: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "是PDF文件，请改选办公室填写的Excel工作簿"),
    (b"\x89PNG", "是图片，请改选办公室填写的Excel工作簿"),
    (b"\xff\xd8\xff", "是图片，请改选办公室填写的Excel工作簿"),
    (b"Rar!", "是压缩包，请先解压，再选其中的Excel工作簿"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩包，请先解压，再选其中的Excel工作簿"),
    (b"\x1f\x8b", "是压缩包，请先解压，再选其中的Excel工作簿"),
    (b"{\\rtf", "是Word文档，请改选办公室填写的Excel工作簿"),
    (b"MIME-Version:", f"是网页，不是真正的Excel工作簿，{_SAVE_AS}"),
)
_BY_WORD: Final[tuple[tuple[bytes, str], ...]] = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", f"是XML表格，{_SAVE_AS}"),
    (b"office:document", f"是XML文档，{_SAVE_AS}"),
    (b"<html", f"是网页，不是真正的Excel工作簿，{_SAVE_AS}"),
    (b"<table", f"是网页，不是真正的Excel工作簿，{_SAVE_AS}"),
    (b"<!doctype html", f"是网页，不是真正的Excel工作簿，{_SAVE_AS}"),
    (b"<?xml", "是XML文件，请改选办公室填写的Excel工作簿"),
)
_BY_PART: Final[tuple[tuple[str, str], ...]] = (
    ("word/", "是Word文档，请改选办公室填写的Excel工作簿"),
    ("ppt/", "是PowerPoint文稿，请改选办公室填写的Excel工作簿"),
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


def describe_package(package: Package) -> str:
    """Return what a zip package without a workbook in it is."""
    for mark, words in _BY_PART:
        if any(name.startswith(mark) for name in package.names):
            return words
    if "[content_types].xml" in package.names:
        return f"已损坏，缺少工作簿的主要部件，{_SAVE_AS}"
    return "是压缩包，请先解压，再选其中的Excel工作簿"


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = set(range(32)) - set(b"\t\r\n\x0c")
    return not control & set(start)
