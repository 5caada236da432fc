"""How reports call the months of a period, and how they lay them out."""

from typing import Final

from batch.period import MONTHS_OF_YEAR

FEWEST: Final = 2
"""Months that make a course; of one there is nothing to see."""


def month_labels(months: tuple[str, ...]) -> tuple[str, ...]:
    """Write months (2022-03) as a head has them: 3月, or whole where one name would stand for two of them.

    >>> month_labels(("2021-12", "2022-01"))
    ('12月', '1月')
    """
    return tuple(f"{int(month[5:])}月" for month in months) if len(months) <= MONTHS_OF_YEAR else months


def in_years(months: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the months of each table that shows them: all in one, or, of more than twelve, a year in each."""
    if len(months) <= MONTHS_OF_YEAR:
        return (months,)
    years = dict.fromkeys(month[:4] for month in months)
    return tuple(tuple(month for month in months if month.startswith(year)) for year in years)


def years_note(shown: tuple[str, ...], months: tuple[str, ...]) -> str:
    """Say of which years the months shown are, where the title of a report does not say it for all of them.

    >>> years_note(("2021-12", "2022-01"), ("2021-12", "2022-01")), years_note(("2022-01",), ("2022-01",))
    ('（2021年12月—2022年1月）', '')
    """
    if months[0][:4] == months[-1][:4]:
        return ""
    first, last = shown[0], shown[-1]
    if first[:4] == last[:4]:
        return f"（{first[:4]}年）"
    return f"（{_whole(first)}—{_whole(last)}）"


def _whole(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"
