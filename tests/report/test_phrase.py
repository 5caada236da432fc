"""Figures in words: in whatever order their form is asked for, and counted with like numbers."""

import operator
from collections.abc import Callable
from itertools import permutations

import pytest

from batch.report.numerals import FINANCIAL, ORDINARY, spoken
from batch.report.phrase import NO_PHRASE, Phrase
from tests.documents import figure

SENT = figure("办文.发文", 1071, is_unsettled=True)
RECEIVED = figure("办文.收文", 260)
NONE_FILED = figure("办文.归档", 0)
TIMELY = figure("办文.按时办结率", 87.8, "%")
PEOPLE = figure("党建.转正", 12, "名", is_exact=True)
MISSING = figure("办文.拟办", None)


@pytest.mark.parametrize(
    ("number", "ordinary", "financial"),
    [
        ("0", "零", "零"),
        ("10", "十", "壹拾"),
        ("12", "十二", "壹拾贰"),
        ("20", "二十", "贰拾"),
        ("103", "一百零三", "壹佰零叁"),
        ("110", "一百一十", "壹佰壹拾"),
        ("200", "二百", "贰佰"),
        ("1071", "一千零七十一", "壹仟零柒拾壹"),
        ("1001", "一千零一", "壹仟零壹"),
        ("10000", "一万", "壹万"),
        ("10010", "一万零一十", "壹万零壹拾"),
        ("100000", "十万", "壹拾万"),
        ("120003", "十二万零三", "壹拾贰万零叁"),
        ("100000001", "一亿零一", "壹亿零壹"),
        ("100010000", "一亿零一万", "壹亿零壹万"),
        ("87.8", "八十七点八", "捌拾柒点捌"),
        ("-3", "负三", "负叁"),
        ("1" + "0" * 16, "1" + "0" * 16, "1" + "0" * 16),
    ],
)
def test_a_number_is_written_in_chinese(number: str, ordinary: str, financial: str) -> None:
    assert (spoken(number, ORDINARY), spoken(number, FINANCIAL)) == (ordinary, financial)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("rough", "measured", "marked"), "1000余件（待核实）"),
        (("above", "measured"), "1000多件"),
        (("in_chinese", "measured", "marked"), "一千零七十一件（待核实）"),
        (("in_capitals", "measured"), "壹仟零柒拾壹件"),
        (("in_chinese", "rough", "measured"), "一千余件"),
    ],
)
def test_the_order_of_asking_does_not_matter(asked: tuple[str, ...], words: str) -> None:
    for order in permutations(asked):
        said: Phrase = SENT
        for name in order:
            said = getattr(said, name)
        assert str(said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (TIMELY, "87.8"),
        (TIMELY.measured, "87.8%"),
        (TIMELY.percentage, "87.8%"),
        (TIMELY.in_chinese.measured, "百分之八十七点八"),
        (TIMELY.rough, "87.8"),
        (figure("a.b", 100, "%").measured, "100.0%"),
        (PEOPLE.rough.measured, "12名"),
        (MISSING.rough.measured.in_chinese, "—"),
        (MISSING.percentage, "—"),
        (SENT.before.measured, "—"),
        (figure("a.b", 5, previous=figure("a.b", 0)).before.measured, "0件"),
        (figure("a.b", 100, "%").in_chinese.measured, "百分之百"),
        (figure("a.b", 90, "%").in_chinese.measured, "百分之九十"),
        (figure("a.b", 0, "%").in_chinese.measured, "百分之零"),
        (figure("a.b", 5, previous=figure("a.b", 1071)).rough.measured.before, "1000余件"),
        (figure("a.b", 5, previous=figure("a.b", 1071)).before.rough.measured, "1000余件"),
    ],
)
def test_a_figure_is_spoken(said: Phrase, words: str) -> None:
    assert str(said) == words


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (SENT + RECEIVED, "1331"),
        ((SENT + RECEIVED).measured.marked, "1331件（待核实）"),
        ((RECEIVED - SENT).measured, "-811件"),
        ((RECEIVED + PEOPLE).measured, "272"),
        ((SENT + 1).measured, "1072件"),
        (1 + RECEIVED, "261"),
        (1000 - RECEIVED, "740"),
        (RECEIVED * 2, "520"),
        (RECEIVED / 7, "37.1"),
        (figure("a.b", 1) / 8, "0.1"),
        (figure("a.b", 1) / 4, "0.3"),
        (-figure("a.b", 1) / 4, "-0.3"),
        (figure("a.b", 1) / 3 * 3, "1"),
        (figure("a.b", 0.1) + figure("a.b", 0.2) == 0.3, "True"),
        ((figure("a.b", 200) / RECEIVED).percentage, "76.9%"),
        (RECEIVED / 0, "—"),
        (RECEIVED / NONE_FILED, "—"),
        (RECEIVED + MISSING, "—"),
        (abs(-RECEIVED), "260"),
        (round(RECEIVED / 7, 2), "37.14"),
        (round(RECEIVED / 7), "37"),
        ((RECEIVED + PEOPLE).rough, "272"),
        ((RECEIVED + SENT).rough, "1300余"),
        ((RECEIVED + SENT).figure, ""),
    ],
)
def test_figures_are_counted_with(result: object, words: str) -> None:
    assert str(result) == words


@pytest.mark.parametrize(
    ("holds", "one", "other", "wanted"),
    [
        (operator.gt, SENT, 50, True),
        (operator.gt, SENT, RECEIVED, True),
        (operator.le, RECEIVED, 260, True),
        (operator.lt, TIMELY, 87.8, False),
        (operator.ge, TIMELY, 87.8, True),
        (operator.eq, RECEIVED, 260, True),
        (operator.eq, RECEIVED, "260", False),
        (operator.ne, MISSING, 0, True),
        (operator.eq, MISSING, NO_PHRASE, True),
        (operator.gt, MISSING, 0, False),
        (operator.le, MISSING, 0, False),
        (operator.lt, RECEIVED, MISSING, False),
    ],
)
def test_figures_are_compared(
    holds: Callable[[object, object], bool], one: Phrase, other: object, *, wanted: bool
) -> None:
    assert holds(one, other) is wanted


def test_what_compares_equal_has_one_hash() -> None:
    assert len({figure("a.b", 2), figure("c.d", 2.0), figure("e.f", 4) / 2}) == 1


@pytest.mark.parametrize("work", [operator.add, operator.mul, operator.gt, operator.sub, operator.truediv])
def test_a_text_is_no_number(work: Callable[[object, object], object]) -> None:
    with pytest.raises(TypeError):
        work(SENT, "3")


@pytest.mark.parametrize(
    ("said", "is_mentioned"), [(SENT, True), (NONE_FILED, False), (MISSING, False), (figure("a.b", 0, "%"), True)]
)
def test_what_says_nothing_is_false(said: Phrase, *, is_mentioned: bool) -> None:
    assert bool(said) is is_mentioned
