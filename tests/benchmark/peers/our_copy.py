"""The program's own marked copy alone, of a workbook that has been checked. Prints the seconds."""

import sys
import time
from datetime import date
from pathlib import Path

from batch.options import Options
from batch.unit.checking import check_workbooks
from batch.workbook.user_copy.copies import mark_copies

if __name__ == "__main__":
    checked = check_workbooks([Path(sys.argv[1])], Options(today=date(2023, 1, 31)), is_whole=True)
    start = time.perf_counter()
    copies = mark_copies(checked)
    sys.stdout.write(f"seconds {time.perf_counter() - start}\n")
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    for name, content in copies.files.items():
        (Path(sys.argv[2]) / name).write_bytes(content)
