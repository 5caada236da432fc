"""A passage of an area's definition as one sentence with its figures."""

import string
from collections.abc import Iterator, Mapping

from batch.areas.model import Passage, clause_figures
from batch.report.content import Mention, Span
from batch.report.phrase import Phrase, phrase
from batch.total.tabled import Tabled
from batch.total.totals import FigureTotal


def spoken(total: FigureTotal) -> Mention:
    """Return a figure with its unit and its mark, as our own tables and sentences print it."""
    return mention(phrase(total))


def mention(each: Phrase) -> Mention:
    """Return a figure with its unit and its mark, as our own tables and sentences print it."""
    return Mention(each.figure, str(each.measured.marked))


def sentences(totals: Tabled) -> tuple[Span, ...]:
    """Return what was done on a sheet: a sentence a passage, without the clauses that have nothing to say."""
    figures = {name: phrase(total) for name, total in totals.by_name.items()}
    return tuple(span for passage in totals.sheet.passages for span in _sentence(passage, figures))


def _sentence(passage: Passage, figures: Mapping[str, Phrase]) -> Iterator[Span]:
    clauses = [clause for written in passage.clauses if (clause := _clause(written, figures))]
    for number, clause in enumerate(clauses):
        yield "，" if number else f"{passage.lead}方面，"
        yield from clause
    if clauses:
        yield "。"


def _clause(written: str, figures: Mapping[str, Phrase]) -> tuple[Span, ...]:
    """Return the first form of the clause whose figures all have something to say."""
    for form in written.split("|"):
        if all(figures[name] for name in clause_figures(form)):
            return tuple(_filled(form, figures))
    return ()


def _filled(form: str, figures: Mapping[str, Phrase]) -> Iterator[Span]:
    for words, name, _, _ in string.Formatter().parse(form):
        if words:
            yield words
        if name is not None:
            yield mention(figures[name])
