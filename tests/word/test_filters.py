"""The filters as a template uses them."""

from datetime import date
from itertools import permutations

import pytest

from batch.word.language.environment import environment
from batch.word.language.filters import UnfitError, filters
from tests.documents import FIELDS


def printed(text: str, **values: object) -> str:
    return environment().from_string(text).render({**FIELDS, **values})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("办文.发文|约", "1000余"),
        ("办文.发文|多", "1000多"),
        ("办文.发文|单位", "1071件"),
        ("办文.发文|核", "1071（待核实）"),
        ("办文.收文|核", "260"),
        ("办文.发文|中文", "一千零七十一"),
        ("办文.发文|大写|单位", "壹仟零柒拾壹件"),
        ("办文.按时办结率|百分", "87.8%"),
        ("办文.按时办结率|中文|百分", "百分之八十七点八"),
        ("(办文.传阅 / 办文.收文)|百分", "76.9%"),
        ("办文.发文|上期", "986"),
        ("办文.收文|上期|单位", "—"),
        ("党建.转正|约|单位|中文", "—"),
        ("(办文.收文 / 7)|round(2)", "37.14"),
        ("(办文.收文 / 7)|int", "37"),
        ("(办文.收文 - 300)|abs|单位", "40件"),
        ("2.25|round(1)", "2.3"),
        ("数|约", "1200余"),
        ("[1, 5, 3]|max", "5"),
        ("没有|default('无')", "无"),
        ("其他工作面|length", "2"),
        ("['甲', '乙']|join('、')", "甲、乙"),
        ("日|日期", "2022年3月5日"),
        ("日|日期('yyyy-mm-dd')", "2022-03-05"),
        ("日|日期('yyyy年m月')", "2022年3月"),
        ("日|日期('yyyy年mm月dd日')", "2022年03月05日"),
        ("无日|日期", ""),
    ],
)
def test_a_filter_makes(typed: str, words: str) -> None:
    assert printed(f"{{{{ {typed} }}}}", 日=date(2022, 3, 5), 无日=None, 数=1234) == words


@pytest.mark.parametrize("order", tuple(permutations(("约", "单位", "核", "中文"))))
def test_filters_stand_in_any_order(order: tuple[str, ...]) -> None:
    assert printed(f"{{{{ 办文.发文|{'|'.join(order)} }}}}") == "一千余件（待核实）"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("单位名称|约", "“约”只用于数，这里是“××职业学校”"),
        ("办文.发文|日期", "“日期”只用于日期"),
        ("真|单位", "“单位”只用于数"),
        ("办文.发文|round(99)", "位数应在0到10之间"),
    ],
)
def test_a_filter_refuses_what_it_is_not_made_for(typed: str, told: str) -> None:
    with pytest.raises(UnfitError, match=told):
        printed(f"{{{{ {typed} }}}}", 真=True)


def test_no_filter_of_jinja_is_left_that_makes_markup_or_grows() -> None:
    assert not {"safe", "attr", "center", "indent", "format", "replace", "map", "xmlattr", "tojson"} & set(filters())
