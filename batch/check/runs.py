"""The same fault in one cell after another, told as one: a column filled wrongly to its end is one mistake."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from batch.finding import Finding

SHORTEST_RUN: Final = 20
"""Adjoining rows from which on a fault is told once; fewer are told cell by cell."""


def told_once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with each long run of one fault in one column as a single one at its first cell."""
    by_cause = sorted(range(len(findings)), key=lambda index: _cause(findings[index]))
    told: list[tuple[int, Finding]] = []
    for _, run in groupby(enumerate(by_cause), lambda each: _run(each[0], findings[each[1]])):
        members = [index for _, index in run]
        if len(members) < SHORTEST_RUN or findings[members[0]].key is None:
            told += [(index, findings[index]) for index in members]
        else:
            told.append((members[0], _as_one([findings[index] for index in members])))
    return [finding for _, finding in sorted(told, key=lambda each: each[0])]


def _cause(finding: Finding) -> tuple[str, str, str, str, str, int]:
    about = (finding.sheet, finding.column, finding.code, finding.severity, finding.explanation)
    first, second, third, fourth, fifth = (text or "" for text in about)
    return first, second, third, fourth, fifth, finding.key or 0


def _run(place: int, finding: Finding) -> tuple[object, ...]:
    """Return what is the same for all findings of a run: their keys grow as their places do."""
    return *_cause(finding)[:-1], finding.cell is None, (finding.key or 0) - place


def _as_one(run: Sequence[Finding]) -> Finding:
    first, last = run[0], run[-1]
    also = tuple(dict.fromkeys(key for each in run for key in _keys(each) if key != first.key))
    if first.cell is None or last.cell is None:
        return replace(first, also=also)
    place = f"{first.cell}至{last.cell.rpartition('!')[2]}共{len(run)}格"
    return replace(first, place=place, also=also)


def _keys(finding: Finding) -> Iterator[int]:
    if finding.key is not None:
        yield finding.key
    yield from finding.also
