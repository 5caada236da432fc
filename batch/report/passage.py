"""A passage of an area's definition as one sentence with its figures."""

from batch.areas.model import Passage, clause_figures
from batch.report.phrase import Phrase, phrase
from batch.total.totals import SheetTotals


def sentence(passage: Passage, totals: SheetTotals) -> str:
    """Return the passage as one sentence, without the clauses that have nothing to say; empty if none is left."""
    figures = {name: phrase(total) for name, total in totals.by_name.items()}
    clauses = [spoken for clause in passage.clauses if (spoken := _spoken(clause, figures))]
    return f"{passage.lead}方面，{'，'.join(clauses)}。" if clauses else ""


def _spoken(clause: str, figures: dict[str, Phrase]) -> str:
    """Return the first form of the clause whose figures all have something to say."""
    for form in clause.split("|"):
        named = {name: figures[name] for name in clause_figures(form)}
        if all(named.values()):
            return form.format_map({name: each.measured.marked for name, each in named.items()})
    return ""
