"""figures.json of the city: in the shape of a unit's, each source and each finding with its unit and its workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from batch.areas.figures import Distinct
from batch.bureau.city.submissions import Submissions
from batch.bureau.city.sums import City, CityArea, CityFigure
from batch.bureau.unit_result import published
from batch.bureau.units import CITY
from batch.publish.manifest import Streamed, write_json


def write_city_json(submissions: Submissions, city: City, path: Path) -> Path:
    """Write the file, and return where: that of thousands of units is too long for the memory."""
    figures = {each.total.id: _figure(each) for area in city.areas for each in area.members}
    content = {
        "unit": CITY,
        "year": city.kind.year,
        "period": [str(city.kind.start), str(city.kind.end)],
        "as_of": str(city.kind.as_of),
        "definitions": {area.sheet.name: area.sheet.version for area in city.areas},
        "units": list(city.units),
        "figures": figures,
        "reconciliation": {area.sheet.name: _reconciliation(area) for area in city.areas},
        "findings": Streamed(lambda: _findings(submissions)),
    }
    with path.open("wb") as stream:
        write_json(stream, content)
    return path


def definition_of(figure: CityFigure) -> str:
    """Return what a figure counts; what is told apart in each unit by itself is not told apart across them."""
    definition = figure.total.figure.definition
    return f"{definition}（各单位分别计算后相加）" if isinstance(figure.total.figure, Distinct) else definition


def _figure(figure: CityFigure) -> dict[str, Any]:
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


def _sources(figure: CityFigure) -> Iterator[dict[str, str]]:
    sheet = figure.total.sheet.name
    for unit, workbook, rows in figure.sources:
        yield {"unit": unit, "workbook": workbook, "sheet": sheet, "rows": rows}


def _reconciliation(area: CityArea) -> dict[str, Any]:
    reasons = [
        {"unit": unit, "workbook": workbook, "row": row, "reason": reason}
        for unit, workbook, row, reason in area.reasons
    ]
    return {**area.reconciliation.parts, "reasons": reasons}


def _findings(submissions: Submissions) -> Iterator[dict[str, Any]]:
    for unit, result in submissions.results():
        yield from ({"unit": unit.name, **published(each)} for each in result.findings)
