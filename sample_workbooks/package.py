"""Workbooks whose bytes repeat from one writing to the next."""

from io import BytesIO

from openpyxl import Workbook

from batch.values.same_bytes import repacked


def save_workbook(workbook: Workbook) -> bytes:
    """Return the bytes of a workbook, the same for the same content on any day."""
    stream = BytesIO()
    workbook.save(stream)
    return repacked(stream.getvalue())
