"""Who owns a sheet: the A角 of its post, or the B角 while the A角 is away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from batch.areas.contract import AREA, AWAY, DEPUTY, HOLDER
from batch.areas.definitions import Definitions
from batch.ledger.book import Book


@dataclass(frozen=True, slots=True)
class Owner:
    """The person who answers for a sheet on the as-of date."""

    name: str
    acting_for: str | None = None
    """The A角 who is away, when the owner is the B角."""


def find_owners(book: Book, definitions: Definitions, as_of: date) -> dict[str, Owner]:
    """Return area -> owner for every area that has a usable post.

    Further rows of an area are further absences of its first row's A角.
    """
    posts = book.ledgers.get(definitions.posts.name)
    if posts is None:
        return {}
    usable = posts.known_frame.dropna(subset=[AREA, HOLDER])
    return {str(area): _owner(rows, as_of) for area, rows in usable.groupby(AREA, sort=False)}


def _owner(rows: pd.DataFrame, as_of: date) -> Owner:
    holder = str(rows[HOLDER].iloc[0])
    away = next(_deputies(rows[rows[HOLDER] == holder], as_of), None)
    return Owner(away, acting_for=holder) if away else Owner(holder)


def _deputies(rows: pd.DataFrame, as_of: date) -> Iterator[str]:
    """Yield the deputies of the absences that the day falls in; an absence without end goes on."""
    start, end = (rows[column] for column in AWAY[HOLDER])
    away = (start <= str(as_of)) & (end.isna() | (end >= str(as_of)))
    yield from (str(name) for name in rows.loc[away, DEPUTY].dropna())
