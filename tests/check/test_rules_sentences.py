"""One sentence of each rule, as a clerk reads it."""

from pathlib import Path

import pytest

from tests.books import checked_of, write_book

AWAY = "|工作面|A角|B角|A角离岗起|A角离岗止|B角离岗起|\n|党建|张三|李四||||\n|宣传|张三|李四||||\n|保密|张三|李四||||\n"
LENT = "|日期|事项|登记簿页码|数量|应还日期|归还日期|\n"
SAYS: dict[str, tuple[str, str, str]] = {
    "document-number-gap": (
        "办文",
        "|事项|文号|\n|发文|测〔2022〕1号|\n|发文|测〔2022〕3号|\n|发文|测〔2022〕9号|",
        "办文!D4“文号”所在的“测〔2022〕”缺2号、4—8号，如有漏登请补登；空号、涉密件可不理会",
    ),
    "document-number-repeated": (
        "办文",
        "|事项|文号|\n|发文|测〔2022〕1号|\n|发文|测〔2022〕1号|",
        "办文!D4“文号”填的“测〔2022〕1号”与第3行重复，请核对并改正其中一个",
    ),
    "document-number-year": (
        "办文",
        "|事项|文号|\n|发文|测〔2021〕1号|",
        "办文!D3“文号”的年份2021与“日期”2022-03-05不符，请核对文号和日期",
    ),
    "document-type-title": (
        "办文",
        "|事项|标题|文种|\n|发文|关于经费的请示报告|请示|",
        "办文!E3“标题”以“请示报告”结尾，两个文种不能并用，请改为其中一个",
    ),
    "request-without-signer": (
        "办文",
        "|事项|标题|文种|签批人|\n|发文|请示|请示||\n|发文|第二个请示|请示||",
        "办文!N3“签批人”在事项为“发文”，文种为“请示”时一般应填，有2行（第3、4行）未填，请补填",
    ),
    "overdue": (
        "办文",
        "|办理时限|办结日期|\n|2022-04-01||",
        "办文!P3“办结日期”未填，而“办理时限”2022-04-01已过，请催办；已完成的请补填",
    ),
    "attendance-half-filled": ("党建", "|应到|实到|\n|9||", "党建!J3“实到”在已填“应到”时一般应填，现未填，请补填"),
    "attendance-low": (
        "党建",
        "|事项|应到|实到|\n|支部党员大会|9|4|",
        "党建!J3“实到”4没有超过“应到”9的50%，请核对人数",
    ),
    "member-steps": (
        "党建",
        "|日期|事项|对象|\n|2022-03-05|转正|王某|\n|2022-04-05|列为积极分子|王某|",
        "党建!B4“日期”显示王某在“转正”之后才“列为积极分子”，请核对事项和日期",
    ),
    "link-form": (
        "宣传",
        "|链接|\n|见公众号|",
        "宣传!J3“链接”填的“见公众号”不合规范，规范的写法如：https://mp.weixin.qq.com/s/…",
    ),
    "negative-balance": (
        "保密",
        LENT + "|2022-03-05|涉密文件清退|第1页|3|||",
        "保密!F3“数量”使累计的涉密文件清退、涉密文件销毁比涉密文件接收多3，请核对数量；如有以前年度接收的，请补登",
    ),
    "returned-before-lent": (
        "保密",
        LENT + "|2022-03-05|涉密文件归还|第1页|3|||",
        "保密!F3“数量”使全部归还的累计数比借出的多3，请核对页码和数量；如是以前借出的，请补登借出",
    ),
    "both-away": (
        "岗位",
        AWAY + "|办文|张三|李四|2022-05-01||2022-06-01|",
        "岗位!F6“B角离岗起”的这次离岗与A角的离岗有重叠，两人同时不在岗，请核对日期或另行安排",
    ),
    "handled-by-other": (
        "办文",
        "|经办人|\n|赵六|\n|赵六|",
        "办文!M3“经办人”填的“赵六”不是办文的A角或B角，有2行由其经办，如已调整分工，请更新“岗位”表",
    ),
    "task-without-figure": (
        "任务",
        "|指标|目标值|\n|||\n|||",
        "任务!E3“指标”一般应填，有2行（第3、4行）未填，请从下拉表中选；没有合适的可不选",
    ),
}


@pytest.mark.parametrize("code", SAYS)
def test_a_rule_says_where_what_and_what_to_do(tmp_path: Path, code: str) -> None:
    sheet, table, sentence = SAYS[code]
    found = checked_of(write_book(tmp_path / "台账.xlsx", {sheet: table})).findings
    told = next(each for each in found if each.code == code)
    assert told.message.removesuffix("。").removesuffix(f"（依据：{told.source}）") == sentence
