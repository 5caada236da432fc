"""What explains a 核实, and what only says that it was looked at."""

import pytest

from batch.check.settle import real_explanation

STOCK = (
    "核实无误",
    "已核实无误。",
    "经核实数据准确无误",
    "情况属实！",
    "已核对没有问题",
    "经再次核对，确认无误",
    "内容真实有效",
    "数据与文号一致",
    "以上情况属实",
    "本行数据已核实，准确无误",
    "确认数量正确",
    "填写无误，无需修改",
    "已逐项核对完毕",
    "经办人已确认属实",
    "该条登记无差错",
    "属实属实属实",
    "补登",
    "无",
    "OK，已核实",
    "已核实——无误",
    "特此说明",
    "此处没有错误",
    "情 况 属 实",
)
REAL = (
    "因系统故障补登",
    "两份合并印发",
    "因系统故障补登，数量按批次计",
    "与登记簿一致，已核实",
    "经核实，为三个批次合计",
    "疫情期间推迟转正",
    "会议改到次年一月补开",
    "数量正确，为7份合订",
    "已核实，系上年结转",
    "按照县委组织部批复提前",
    "当日开了两场",
)


@pytest.mark.parametrize("text", STOCK)
def test_stock_words_explain_nothing(text: str) -> None:
    assert real_explanation(text) is None


@pytest.mark.parametrize("text", REAL)
def test_a_reason_explains(text: str) -> None:
    assert real_explanation(text) == text
