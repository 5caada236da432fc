"""Every file of an output folder, by its path: what is written and under which name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from batch.check.checked import Checked
from batch.ledger.book import Book
from batch.options import Options
from batch.publish.manifest import MANIFEST, build_manifest
from batch.read.file import SourceFile
from batch.report.heads import office
from batch.system.file_name import file_name
from batch.total.totals import Totals
from batch.unit.documents import Documents
from batch.unit.figures_json import figures_json
from batch.workbook.findings import build_findings
from batch.workbook.summary import build_summary
from batch.workbook.user_copy.copies import COPY_PREFIX, Copies

FINDINGS_FILE: Final = "问题清单.xlsx"
SUMMARY_BOOK: Final = "汇总表.xlsx"
FIGURES_FILE: Final = "figures.json"


def folder_name(book: Book, period_text: str) -> str:
    """Return the folder's name: the workbook's, or the unit's where several are joined; with the period."""
    stem = book.settings.unit if book.is_joined else ""
    name = file_name(stem or book.files[0].path.stem.removeprefix(COPY_PREFIX))
    return with_period(name, period_text)


def with_period(name: str, period_text: str) -> str:
    """Return a folder's name with the period asked for, where one was."""
    return f"{name}.{period_text}" if period_text else name


def report_files(
    checked: Checked, totals: Totals, copies: Copies, documents: Documents, options: Options
) -> dict[str, bytes]:
    """Return every file of a finished folder, its manifest last."""
    title = f"{office(checked)}{totals.period.title}工作指标"
    is_draft = checked.errors > 0
    summary = build_summary(totals, checked.owners, title, is_draft=is_draft, previous=checked.previous)
    files = {
        **documents.files,
        SUMMARY_BOOK: summary,
        **_mending_files(checked, copies),
        FIGURES_FILE: figures_json(checked, totals),
    }
    return files | {MANIFEST: _manifest(checked, options, files, documents.templates)}


def pending_files(checked: Checked, copies: Copies, options: Options) -> dict[str, bytes]:
    """Return what is needed to mend a workbook: the list of findings and the marked copies."""
    files = _mending_files(checked, copies)
    return files | {MANIFEST: _manifest(checked, options, files)}


def _mending_files(checked: Checked, copies: Copies) -> dict[str, bytes]:
    unit = checked.book.settings.unit
    told = (*copies.notes, *_switched_off(checked))
    listed = build_findings(checked, copies.link, told, f"{unit}台账问题清单")
    return {FINDINGS_FILE: listed, **copies.files}


def _switched_off(checked: Checked) -> Iterator[str]:
    """Say which checks the definitions have switched off, and why."""
    for sheet in checked.definitions.sheets:
        yield from (f"“{sheet.name}”的检查 {rule.code} 已停用：{rule.off}。" for rule in sheet.switched_off)


def _manifest(
    checked: Checked, options: Options, files: dict[str, bytes], templates: Mapping[str, str] | None = None
) -> bytes:
    window = checked.totals.window if checked.totals else None
    earlier = _compared_files(checked)
    facts: dict[str, Any] = {
        "previous": [{"name": file.name, "sha256": file.sha256} for file in earlier] or None,
        "templates": dict(templates or {}),
        "unit": checked.book.settings.unit,
        "year": checked.book.settings.year,
        "period": [str(window.start), str(window.end)] if window else None,
        "as_of": str(window.as_of) if window else None,
        "options": {
            "period": options.period_text or None,
            "draft": options.is_draft,
            "previous": [file.name for file in earlier] or None,
        },
    }
    inputs = [(file.name, file.sha256) for file in checked.book.files]
    return build_manifest(inputs, facts, checked.definitions.digests, files)


def _compared_files(checked: Checked) -> tuple[SourceFile, ...]:
    """Return the workbooks of an earlier year that the totals are compared with."""
    earlier = checked.previous.totals.book if checked.previous else checked.book
    return () if earlier is checked.book else earlier.files
