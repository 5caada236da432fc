"""figures.json of the whole: in the shape of a unit's, each source and each finding with its unit and its workbook."""

from collections.abc import Iterator
from typing import Any

from batch.areas.figures import Distinct
from batch.bureau.collected import Collected
from batch.bureau.unit_result import published
from batch.bureau.units import WHOLE
from batch.bureau.whole import Whole, WholeArea, WholeFigure
from batch.manifest import Streamed, as_json


def whole_json(collected: Collected, whole: Whole) -> bytes:
    """Return the file's bytes."""
    figures = {each.total.id: _figure(each) for area in whole.areas for each in area.members}
    return as_json(
        {
            "unit": WHOLE,
            "year": whole.kind.year,
            "period": [str(whole.kind.start), str(whole.kind.end)],
            "as_of": str(whole.kind.as_of),
            "definitions": {area.sheet.name: area.sheet.version for area in whole.areas},
            "units": list(whole.units),
            "figures": figures,
            "reconciliation": {area.sheet.name: _reconciliation(area) for area in whole.areas},
            "findings": Streamed(lambda: _findings(collected)),
        }
    )


def definition_of(figure: WholeFigure) -> str:
    """Return what a figure counts; what is told apart in each unit by itself is not told apart across them."""
    definition = figure.total.figure.definition
    return f"{definition}（各单位分别计算后相加）" if isinstance(figure.total.figure, Distinct) else definition


def _figure(figure: WholeFigure) -> dict[str, Any]:
    total = figure.total
    unsettled = {"unsettled": True} if total.is_unsettled else {}
    return {
        "value": total.value,
        "unit": total.figure.unit,
        "definition": definition_of(figure),
        "version": total.sheet.version,
        "sources": Streamed(lambda: _sources(figure)),
        **unsettled,
    }


def _sources(figure: WholeFigure) -> Iterator[dict[str, str]]:
    sheet = figure.total.sheet.name
    for unit, workbook, rows in figure.sources:
        yield {"unit": unit, "workbook": workbook, "sheet": sheet, "rows": rows}


def _reconciliation(area: WholeArea) -> dict[str, Any]:
    reasons = [
        {"unit": unit, "workbook": workbook, "row": row, "reason": reason}
        for unit, workbook, row, reason in area.reasons
    ]
    return {**area.reconciliation, "reasons": reasons}


def _findings(collected: Collected) -> Iterator[dict[str, Any]]:
    for unit, result in collected.results():
        yield from ({"unit": unit.name, **published(each)} for each in result.findings)
