"""Every sheet of every workbook of an inbox read to Python objects and let go, by so many processes."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook


def calamine(path: Path) -> None:
    """Read a workbook with calamine."""
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def openpyxl(path: Path) -> None:
    """Read a workbook with openpyxl, as fast as it does."""
    workbook = load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    workbook.close()


if __name__ == "__main__":
    reader, jobs, folder = sys.argv[1:]
    with ProcessPoolExecutor(int(jobs)) as pool:
        list(
            pool.map({"calamine": calamine, "openpyxl": openpyxl}[reader], sorted(Path(folder).iterdir()), chunksize=8)
        )
