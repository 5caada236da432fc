"""figures.json: every figure with value, unit, definition and source rows, for other programs."""

from collections.abc import Iterator
from typing import Any

from batch.check.checked import Checked
from batch.publish.manifest import as_json
from batch.total.totals import FigureTotal, SheetTotals, Totals
from batch.values.rows import split_key


def figures_json(checked: Checked, totals: Totals) -> bytes:
    """Return the file's bytes."""
    settings, window = checked.book.settings, totals.window
    return as_json(
        {
            "unit": settings.unit,
            "year": settings.year,
            "period": [str(window.start), str(window.end)],
            "as_of": str(window.as_of),
            "figures": {total.id: _figure(total, totals) for total in totals.figures.values()},
            "reconciliation": {name: _reconciliation(sheet) for name, sheet in totals.sheets.items()},
        }
    )


def _figure(total: FigureTotal, totals: Totals) -> dict[str, Any]:
    unsettled = {"unsettled": True} if total.is_unsettled else {}
    return {
        "value": total.value,
        "unit": total.figure.unit,
        "definition": total.figure.definition,
        "sources": list(_sources(total, totals)),
        **unsettled,
    }


def _sources(total: FigureTotal, totals: Totals) -> Iterator[dict[str, str]]:
    for workbook, rows in totals.sources(total):
        named = {"workbook": workbook} if totals.book.is_joined else {}
        yield {**named, "sheet": total.sheet.name, "rows": rows}


def _reconciliation(sheet: SheetTotals) -> dict[str, Any]:
    each = sheet.reconciliation
    reasons = [{"row": split_key(key)[1], "reason": reason} for key, reason in sorted(each.reasons.items())]
    return {**each.parts, "reasons": reasons}
