"""What the duty report says beside its figures: the posts, further areas, shortcomings and next steps."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from batch.areas.figures import Due, Outstanding
from batch.finding import Code
from batch.report.content import Blocks, Paragraph, Span
from batch.report.list_tables import LONGEST_NAME
from batch.report.numerals import chinese_number
from batch.report.passage import sentences, spoken
from batch.report.scope import Scope
from batch.values.cell import shortened

NAMED_IN_TEMPLATE: Final = ("办文", "党建", "宣传", "保密", "任务")
"""Sheets whose figures the shipped report names; any further area gets a point of its own passages."""
FIXED_POINTS: Final = 5
"""一是 to 五是 of the third part stand in the template."""
NAMED: Final = 3
"""Tasks and items that a sentence names; of more it gives the number."""


class Shortcoming(NamedTuple):
    """What the ledger itself shows to be wanting, and the step that follows from it."""

    said: tuple[Span, ...]
    step: str


def posts(scope: Scope) -> str:
    """Say who holds which post, and who stands in for whom."""
    owners = scope.checked.owners
    held = [f"{area}由{owner.acting_for or owner.name}任A角" for area, owner in owners.items()]
    acting = [
        f"{area}A角{each.acting_for}离岗期间由{each.name}代行职责" for area, each in owners.items() if each.acting_for
    ]
    return "，".join((*held, *acting))


def other_areas(scope: Scope) -> list[dict[str, str | Blocks]]:
    """Return number, name and passages of each area that the shipped report does not name."""
    others = [each for each in scope.areas if each.sheet.name not in NAMED_IN_TEMPLATE]
    told = [(each.sheet.name, said) for each in others if (said := sentences(each))]
    return [
        {"名称": name, "情况": Blocks((Paragraph((f"{chinese_number(number)}是抓好{name}工作。", *said)),))}
        for number, (name, said) in enumerate(told, start=FIXED_POINTS + 1)
    ]


def shortcoming_points(found: Sequence[Shortcoming]) -> Blocks:
    """Return a point for each shortcoming, 一是 to N是; what no ledger shows is the author's to add."""
    return Blocks(
        tuple(
            Paragraph((f"{chinese_number(number)}是", *each.said, "。")) for number, each in enumerate(found, start=1)
        )
    )


def following_number(found: Sequence[Shortcoming]) -> str:
    """Return the number of the point that the author adds to the shortcomings."""
    return chinese_number(len(found) + 1)


def next_steps(found: Sequence[Shortcoming]) -> str:
    """Return the steps that follow from the shortcomings, and the one that never ends."""
    steps = dict.fromkeys(each.step for each in found)
    return "，".join((*steps, "坚持台账日清月结，用准确的数据支撑工作"))


def shortcomings(scope: Scope) -> tuple[Shortcoming, ...]:
    """Return what is overdue, which targets are missed, what happened too seldom, and which ledger is empty."""
    return (*_late(scope), *_missed(scope), *_too_seldom(scope), *_unregistered(scope))


def _late(scope: Scope) -> Iterator[Shortcoming]:
    said: tuple[Span, ...]
    for each in scope.totals.figures.values():
        if not each.value:
            continue
        if isinstance(each.figure, Due) and each.figure.outcome == "late":
            said = (f"{each.sheet.name}时效还不够强，有", spoken(each), "未能按时办结")
            yield Shortcoming(said, "对逾期事项逐件催办、限期销号")
        elif isinstance(each.figure, Outstanding):
            said = (f"{each.sheet.name}管理还需从严，{each.figure.name}的有", spoken(each))
            yield Shortcoming(said, "对未了事项逐件核对、及时了结")


def _missed(scope: Scope) -> Iterator[Shortcoming]:
    missed = [task for task in scope.totals.tasks if task.is_missed]
    if missed:
        names = _named([f"“{shortened(task.task, LONGEST_NAME)}”" for task in missed])
        told = (
            f"任务推进还不平衡，{names}{len(missed)}项任务未达到目标"
            if len(missed) > 1
            else f"任务推进还不平衡，{names}未达到目标"
        )
        yield Shortcoming((told,), "对未达到目标的任务逐项分析原因、补齐进度")


def _too_seldom(scope: Scope) -> Iterator[Shortcoming]:
    """Name the items that were not held, or not registered, as often as the rules of the field ask."""
    for sheet in scope.areas:
        items = list(
            dict.fromkeys(each.about for each in scope.findings if each.about and each.sheet == sheet.sheet.name)
        )
        if items:
            told = f"{sheet.sheet.name}制度落实还不够经常，{_named(items)}没有达到规定的次数"
            yield Shortcoming((told,), "按规定的次数安排和登记各项制度性工作")


def _unregistered(scope: Scope) -> Iterator[Shortcoming]:
    areas = {each.sheet.name for each in scope.areas}
    told = [each.sheet for each in scope.findings if each.code == Code.EMPTY_SHEET and each.sheet in areas]
    empty = list(dict.fromkeys(filter(None, told)))
    if empty:
        yield Shortcoming((f"台账登记还不及时，{_named(empty)}没有登记",), "督促各工作面及时登记")


def _named(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")
