"""The script that an office's programmer would write: pandas reads, groups and counts, python-docx writes the tables.

It checks nothing but dates and items, names no source rows and marks nothing.
"""

import sys
from pathlib import Path

import pandas as pd
from docx import Document
from docx.document import Document as DocxDocument


def main(workbook: Path, folder: Path) -> None:
    """Write a report for each area sheet, and a summary."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = pd.read_excel(workbook, sheet_name=["办文", "党建", "宣传", "保密"])
    summary = Document()
    for name, given in sheets.items():
        frame = given.assign(日期=pd.to_datetime(given["日期"], errors="coerce"))
        frame = frame.dropna(subset=["日期", "事项"])
        amounts = pd.to_numeric(frame["数量"], errors="coerce").fillna(1)
        month = frame["日期"].dt.strftime("%Y-%m")
        by_month = pd.crosstab(frame["事项"], month, values=amounts, aggfunc="sum").fillna(0)
        by_person = pd.crosstab(frame["经办人"], frame["事项"], values=amounts, aggfunc="sum").fillna(0)
        report = Document()
        for document in (report, summary):
            document.add_heading(str(name))
            for table in (by_month, by_person):
                add_table(document, table)
        report.save(str(folder / f"{name}.docx"))
    summary.save(str(folder / "汇总.docx"))


def add_table(document: DocxDocument, frame: pd.DataFrame) -> None:
    """Add a frame as a table."""
    table = document.add_table(rows=len(frame) + 1, cols=len(frame.columns) + 1)
    for number, column in enumerate(frame.columns, start=1):
        table.cell(0, number).text = str(column)
    for row, (label, values) in enumerate(frame.iterrows(), start=1):
        table.cell(row, 0).text = str(label)
        for number, value in enumerate(values, start=1):
            table.cell(row, number).text = str(int(value))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
