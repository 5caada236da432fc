"""Rewrite all samples: `python sample_workbooks/make_samples.py`."""

import sys
from pathlib import Path

# So that the command works from any folder, whether the program is installed or not.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from batch.areas.load import load_definitions
from batch.workbook.template import build_template
from sample_workbooks.content_last_year import LAST_YEAR
from sample_workbooks.faults import plant_faults
from sample_workbooks.fill import fill_workbook
from sample_workbooks.inbox import build_inbox
from sample_workbooks.ledgers import first_quarter_with_meetings, full_year, last_year
from sample_workbooks.own_report import own_report
from sample_workbooks.package import save_workbook
from sample_workbooks.people import UNIT
from sample_workbooks.school_calendar import YEAR

HERE = Path(__file__).resolve().parent
SOUND = HERE / "全年台账.xlsx"
BEFORE = HERE / "上年台账.xlsx"
FAULTY = HERE / "有错台账.xlsx"
FIVE_AREAS = HERE / "五个工作面"
TEMPLATES = HERE / "模板"
INBOX = HERE / "收件箱"


def main() -> None:
    """Write the years, sound, before and faulty, the quarter with a fifth area, an own report, and an inbox."""
    for path, content in build_samples().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def build_samples() -> dict[Path, bytes]:
    """Return path -> content of every sample, the same bytes every time."""
    template = build_template(load_definitions(), year=YEAR, unit=UNIT)
    earlier = build_template(load_definitions(), year=LAST_YEAR, unit=UNIT)
    faulty = fill_workbook(template, full_year())
    plant_faults(faulty)
    with_meetings = build_template(load_definitions(FIVE_AREAS / "areas"), year=YEAR, unit=UNIT)
    return {
        SOUND: save_workbook(fill_workbook(template, full_year())),
        BEFORE: save_workbook(fill_workbook(earlier, last_year())),
        FAULTY: save_workbook(faulty),
        FIVE_AREAS / "台账.xlsx": save_workbook(fill_workbook(with_meetings, first_quarter_with_meetings())),
        TEMPLATES / "工作小结.docx": own_report(),
        **{INBOX / path: content for path, content in build_inbox(template).items()},
    }


if __name__ == "__main__":
    main()
