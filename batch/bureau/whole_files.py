"""Every file of the whole's folder, by its path."""

from typing import Any, Final

from batch.bureau.collected import Collected
from batch.bureau.units import WHOLE
from batch.bureau.whole import Whole
from batch.bureau.whole_figures import write_figures, write_unit_figures
from batch.bureau.whole_findings import build_whole_findings
from batch.bureau.whole_json import whole_json
from batch.bureau.whole_months import (
    write_charts,
    write_kinds,
    write_months,
    write_reconciliation,
    write_unit_months,
)
from batch.bureau.whole_report import whole_report
from batch.bureau.whole_roster import write_roster
from batch.bureau.whole_units import write_apart, write_units
from batch.bureau.whole_workbook import build_whole_workbook
from batch.making import Setting
from batch.manifest import MANIFEST, build_manifest
from batch.outputs import FIGURES_FILE, FINDINGS_FILE, SUMMARY_BOOK
from batch.word.shipped import SUMMARY

PAGES: Final = (
    write_figures,
    write_units,
    lambda book: write_roster(book.styles, book.collected),
    write_months,
    write_charts,
    write_kinds,
    write_apart,
    write_reconciliation,
    write_unit_figures,
    write_unit_months,
)
"""The pages of 汇总表.xlsx, in order."""


def whole_files(collected: Collected, setting: Setting) -> dict[str, bytes]:
    """Return the files of the whole; where no unit is without 错误, what there is to mend and no figure."""
    whole = collected.whole
    files = {FINDINGS_FILE: build_whole_findings(collected)}
    if whole is not None:
        files = {
            SUMMARY: whole_report(collected, whole, setting.templates),
            SUMMARY_BOOK: build_whole_workbook(collected, whole, PAGES),
            **files,
            FIGURES_FILE: whole_json(collected, whole),
        }
    return files | {MANIFEST: _manifest(collected, whole, setting, files)}


def _manifest(collected: Collected, whole: Whole | None, setting: Setting, files: dict[str, bytes]) -> bytes:
    options = setting.options
    facts: dict[str, Any] = {
        "templates": setting.templates.digests,
        "unit": WHOLE,
        "year": whole.kind.year if whole else None,
        "period": [str(whole.kind.start), str(whole.kind.end)] if whole else None,
        "as_of": str(whole.kind.as_of) if whole else None,
        "options": {"period": options.period_text or None, "draft": options.is_draft},
    }
    inputs = [(each.name, each.sha256) for line in collected.lines for each in line.unit.workbooks]
    return build_manifest(inputs, facts, setting.definitions.digests, files)
