"""One core's bare pass of calamine over the four area sheets: opened, read to Python objects, and let go."""

import sys

from python_calamine import CalamineWorkbook

if __name__ == "__main__":
    workbook = CalamineWorkbook.from_path(sys.argv[1])
    for name in ("办文", "党建", "宣传", "保密"):
        workbook.get_sheet_by_name(name).to_python()
