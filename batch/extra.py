"""The columns of a sheet that are not ours and that a rule watches for: where something stands, never what."""

from collections.abc import Mapping

import pandas as pd
from openpyxl.utils import get_column_letter

from batch.areas.model import Sheet
from batch.clean import NOTHING, clean_text
from batch.read.header import fold_header
from batch.read.table import Table
from batch.values.cell import CellValue
from batch.values.names import fold


def watched_columns(table: Table, sheet: Sheet) -> dict[str, int]:
    """Return header text -> position (from 0) of the extra columns that a rule watches for."""
    headers = {fold_header(header) for header in sheet.watched}
    found: dict[str, int] = {}
    for position, text in table.header.extra.items():
        if fold_header(text) in headers:
            found[text if text not in found else f"{text}（{get_column_letter(position + 1)}列）"] = position
    return found


def filled_cells(table: Table, watched: Mapping[str, int], keys: "pd.Index[int]") -> pd.DataFrame:
    """Return for every row of the table whether something stands in these columns."""
    columns = {name: pd.Series(table.at(position).where(_is_filled), keys) for name, position in watched.items()}
    return pd.DataFrame(columns, index=keys)


def _is_filled(value: CellValue) -> bool:
    text = clean_text(value)
    return text is not None and fold(text) not in NOTHING
