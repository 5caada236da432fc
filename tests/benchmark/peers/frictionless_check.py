"""Frictionless, its schemas made of what the definitions ask of columns: required, one of a list, a day, a number."""

import sys
from pathlib import Path
from typing import Any

from frictionless import Checklist, Detector, Resource, Schema, fields, formats

from batch.areas.load import load_definitions
from batch.areas.model import Column


def field(column: Column) -> Any:  # noqa: ANN401 one of the classes of frictionless
    """Return a column as frictionless describes it."""
    constraints: dict[str, object] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    kind = {"date": fields.DateField, "whole": fields.IntegerField}.get(column.type, fields.AnyField)
    return kind(name=column.name, constraints=constraints)


if __name__ == "__main__":
    workbook = Path(sys.argv[1])
    for sheet in load_definitions(None).areas:
        resource = Resource(
            path=workbook.name,
            basepath=str(workbook.parent),
            control=formats.ExcelControl(sheet=sheet.name),
            schema=Schema(fields=[field(column) for column in sheet.columns]),
            detector=Detector(schema_sync=True),
        )
        report = resource.validate(Checklist(), limit_errors=1_000_000)
        sys.stdout.write(f"{sheet.name} {report.stats['errors']}\n")
