"""Every file of the city's folder, by its path."""

from pathlib import Path
from typing import Any, Final

from batch.bureau.city.figures import write_figures, write_unit_figures
from batch.bureau.city.findings import build_city_findings
from batch.bureau.city.json import write_city_json
from batch.bureau.city.months import (
    write_charts,
    write_kinds,
    write_months,
    write_reconciliation,
    write_unit_months,
)
from batch.bureau.city.report import city_report
from batch.bureau.city.roster import write_roster
from batch.bureau.city.submissions import Submissions
from batch.bureau.city.sums import City
from batch.bureau.city.units import write_apart, write_units
from batch.bureau.city.workbook import build_city_workbook
from batch.bureau.units import CITY
from batch.publish.manifest import MANIFEST, build_manifest
from batch.system.disk import Content
from batch.unit.files import RunSetup
from batch.unit.outputs import FIGURES_FILE, FINDINGS_FILE, SUMMARY_BOOK
from batch.word.shipped import SUMMARY

PAGES: Final = (
    write_figures,
    write_units,
    lambda book: write_roster(book.styles, book.submissions),
    write_months,
    write_charts,
    write_kinds,
    write_apart,
    write_reconciliation,
    write_unit_figures,
    write_unit_months,
)
"""The pages of 汇总表.xlsx, in order."""


def city_files(submissions: Submissions, setup: RunSetup, scratch: Path) -> dict[str, Content]:
    """Return the files of the city, the longest in a folder for what is in the making.

    Where no unit is without 错误, there is but what has to be mended, and no figure.
    """
    city = submissions.city
    files: dict[str, Content] = {FINDINGS_FILE: build_city_findings(submissions, scratch)}
    if city is not None:
        files = {
            SUMMARY: city_report(submissions, city, setup.templates),
            SUMMARY_BOOK: build_city_workbook(submissions, city, PAGES, scratch),
            **files,
            FIGURES_FILE: write_city_json(submissions, city, scratch / FIGURES_FILE),
        }
    return files | {MANIFEST: _manifest(submissions, city, setup, files)}


def _manifest(submissions: Submissions, city: City | None, setup: RunSetup, files: dict[str, Content]) -> bytes:
    options = setup.options
    facts: dict[str, Any] = {
        "templates": setup.templates.digests,
        "unit": CITY,
        "year": city.kind.year if city else None,
        "period": [str(city.kind.start), str(city.kind.end)] if city else None,
        "as_of": str(city.kind.as_of) if city else None,
        "options": {"period": options.period_text or None, "draft": options.is_draft},
    }
    inputs = [(each.name, each.sha256) for line in submissions.lines for each in line.unit.workbooks]
    return build_manifest(inputs, facts, setup.definitions.digests, files)
