"""What is worth knowing of the figures themselves: targets missed, parts beyond their whole."""

from collections.abc import Iterator
from dataclasses import replace

from batch.areas.contract import TARGET
from batch.areas.definitions import Definitions
from batch.areas.rules import Target
from batch.finding import Finding, Severity
from batch.total.totals import Totals


def check_figures(totals: Totals, definitions: Definitions) -> tuple[Finding, ...]:
    """Return the hints that only the totals can give."""
    return (*_missed_targets(totals, definitions), *_exceeded_wholes(totals, definitions))


def _missed_targets(totals: Totals, definitions: Definitions) -> Iterator[Finding]:
    rule = next((rule for rule in definitions.tasks.rules if isinstance(rule, Target)), None)
    for task in totals.tasks:
        if rule is None or not task.is_missed:
            continue
        problem = f"指标“{task.figure}”到{totals.window.as_of}为{task.value_text}，未达到目标值{task.target_text}"
        says = (problem, "请关注进度")
        finding = totals.ledger(definitions.tasks).finding(task.key, TARGET, rule.code, rule.severity, says)
        yield replace(finding, source=rule.source)


def _exceeded_wholes(totals: Totals, definitions: Definitions) -> Iterator[Finding]:
    for area in definitions.areas:
        for comparison in area.comparisons:
            figures = totals.sheets[area.name].by_name if area.name in totals.sheets else {}
            if not figures:
                continue
            parts = sum(int(figures[name].value or 0) for name in comparison.parts)
            whole = int(figures[comparison.whole].value or 0)
            if parts > whole:
                names = "＋".join(comparison.parts)
                yield Finding(
                    code=comparison.code,
                    severity=Severity.HINT,
                    problem=f"{area.name}：{names}共{parts}，多于{comparison.whole}{whole}",
                    advice=comparison.advice,
                    sheet=area.name,
                )
