from pathlib import Path

import pytest

from batch.finding import HIDDEN
from tests.books import FindingRow, checked_of, findings_of, write_book

ERROR, VERIFY, HINT = "错误", "核实", "提示"
Tables = dict[str, str]

CELLS: dict[str, tuple[Tables, list[FindingRow]]] = {
    "sound book": ({}, []),
    "required and blank": (
        {
            "岗位": "|工作面|A角|B角|\n|办文|张三|李四|\n|党建|张三||\n|宣传|张三|李四|\n|保密|张三|李四|",
            "办文": "|日期|事项|经办人|\n||用印|张三|\n|2022-03-05||张三|\n|2022-03-06|用印||",
            "党建": "|日期|事项|经办人|\n|2022-03-06|支委会||",
            "宣传": "|标题|\n||",
            "任务": "|方面|任务|\n||抓好党建|\n|党的建设||",
        },
        [
            *((ERROR, "required-blank", cell) for cell in ("岗位!C4", "办文!B3", "办文!C4", "办文!M5", "党建!L3")),
            *((ERROR, "required-blank", cell) for cell in ("宣传!D3", "任务!B3", "任务!C4")),
        ],
    ),
    "not in its list": (
        {
            "岗位": "|工作面|\n|办文|\n|党建|\n|宣传|\n|保密|\n|后勤|",
            "办文": "|事项|载体|密级|\n|发函|电子||\n|收文|电子版||\n|收文|电子|内部|\n|收文|电子|无|",
            "宣传": "|事项|级别|平台|\n|外宣信息|省部级|微信|\n|外宣信息|省级|微信|\n|外宣信息|校级|公众号|",
            "任务": "|指标|目标值|\n|办文.发文件|3|",
        },
        [
            *(
                (ERROR, "not-in-list", cell)
                for cell in ("岗位!A7", "办文!C3", "办文!G4", "办文!H5", "宣传!F3", "宣传!E5")
            ),
            (ERROR, "not-in-list", "任务!E3"),
        ],
    ),
    "not a date": (
        {
            "办文": "|日期|事项|办理时限|\n|2022.13.5|用印||\n|12|用印||\n|2022-03-05|收文|月底前|\n|'2022.3.5|用印||",
            "保密": "|日期|\n|3月5日|\n|5月|\n|44625|",
        },
        [(ERROR, "bad-date", cell) for cell in ("办文!B3", "办文!B4", "办文!O5", "保密!B4")],
    ),
    "not a whole number": (
        {
            "办文": "|事项|数量|\n|归档|约12|\n|归档|-2|\n|归档|2.5|\n|归档|12件|\n|归档|'1,200|\n|归档|0|",
            "任务": "|指标|目标值|\n|办文.发文|九成|\n|办文.发文|2.5|",
        },
        [
            *((ERROR, "bad-number", cell) for cell in ("办文!L3", "办文!L4", "办文!L5", "任务!F3")),
            (HINT, "target-missed", "任务!F4"),
        ],
    ),
    "error cell or formula without value": (
        {"办文": "|事项|数量|标题|\n|用印|#REF!||\n|用印|=1+1||\n|用印|1|=A1|\n|用印|1|'=A1|"},
        [
            (ERROR, "error-cell", "办文!L3"),
            *((ERROR, "formula-without-value", cell) for cell in ("办文!L4", "办文!E5")),
        ],
    ),
    "count beyond all numbers": (
        {"办文": "|事项|数量|\n|归档|'99999999999999999999|\n|归档|100000000000000000000|"},
        [(ERROR, "bad-number", "办文!L3"), (ERROR, "bad-number", "办文!L4")],
    ),
}
KINDS: dict[str, tuple[Tables, list[FindingRow]]] = {
    "required-when 发文": (
        {
            "办文": "|事项|文号|标题|文种|载体|\n|发文||通知|通知|电子|\n|发文|测〔2022〕1号||通知|电子|\n"
            "|发文|测〔2022〕2号|通知||电子|\n|发文|测〔2022〕3号|通知|通知||\n|用印|||||"
        },
        [(ERROR, "required-blank", cell) for cell in ("办文!D3", "办文!E4", "办文!F5", "办文!G6")],
    ),
    "required-when 收文": (
        {
            "办文": "|事项|标题|载体|办理方式|密级|\n|收文||电子|阅存||\n|收文|来文||阅存||\n|收文|来文|电子|||\n"
            "|收文||纸质|阅存|秘密|\n|收文||纸质|阅存|无|"
        },
        [(ERROR, "required-blank", cell) for cell in ("办文!E3", "办文!G4", "办文!K5", "办文!E7")],
    ),
    "required-when 党建 宣传 保密": (
        {
            "党建": "|事项|对象|\n|列为积极分子||\n|列为发展对象||\n|接收预备党员||\n|转正||\n|谈心谈话||",
            "宣传": "|事项|平台|级别|\n|外宣信息||校级|\n|外宣信息|微信||\n|宣传活动|||",
            "保密": "|事项|登记簿页码|密级|\n|涉密文件接收||秘密|\n|涉密文件借出|第1页||\n|涉密文件归还||秘密|\n"
            "|涉密文件清退||秘密|\n|涉密文件销毁|第2页|无|\n|保密学习|||\n"
            "|涉密文件接收|第3页|秘密|",
        },
        [
            *(
                (ERROR, "required-blank", cell)
                for cell in ("党建!F3", "党建!F4", "党建!F5", "党建!F6", "宣传!E3", "宣传!F4")
            ),
            *((ERROR, "required-blank", cell) for cell in ("保密!D3", "保密!E4", "保密!D5", "保密!D6", "保密!E7")),
        ],
    ),
    "pattern": (
        {
            "办文": "|事项|文号|\n|发文|测党办[2022]1号|\n|发文|测党办〔2022〕第2号|\n|发文|测党办〔2022〕03号|\n"
            "|发文|测党办(2022)4号|\n|发文|测党办〔2022〕5号|\n|收文|〔2022〕第6号|"
        },
        [(VERIFY, "document-number-form", cell) for cell in ("办文!D3", "办文!D4", "办文!D5", "办文!D6")],
    ),
    "unique": (
        {
            "办文": "|事项|文号|\n|发文|测〔2022〕1号|\n|发文|测〔2022〕2号|\n|发文|测〔2022〕1号|\n"
            "|发文|测〔2022〕1号|\n|收文|县〔2022〕9号|\n|收文|县〔2022〕9号|"
        },
        [(VERIFY, "document-number-repeated", "办文!D5"), (VERIFY, "document-number-repeated", "办文!D6")],
    ),
    "one-piece": (
        {
            "办文": "|事项|数量|\n|发文|7|\n|收文|0|\n|收文|1|\n|发文||\n|用印|5|\n|归档|90|",
            "党建": "|事项|数量|\n|列为积极分子|2|\n|列为发展对象|2|\n|接收预备党员|2|\n|转正|2|\n"
            "|转正|1|\n|谈心谈话|9|",
        },
        [
            (VERIFY, "more-than-one", cell)
            for cell in ("办文!L3", "办文!L4", "党建!K3", "党建!K4", "党建!K5", "党建!K6")
        ],
    ),
    "date-order": (
        {
            "岗位": "|工作面|A角离岗起|A角离岗止|\n|办文|2022-05-02|2022-05-01|\n|党建|2022-05-02||\n"
            "|宣传|||\n|保密|||",
            "办文": "|日期|办结日期|\n|2022-03-05|2022-03-04|\n|2022-03-05|2022-03-05|\n|2022-03-05||",
            "党建": "|日期|事项|上一阶段日期|\n|2022-03-05|转正|2022-03-06|\n|2022-03-05|转正|2021-03-05|",
            "保密": "|日期|事项|归还日期|\n|2022-03-05|涉密文件借出|2022-03-01|\n|2022-03-05|涉密文件归还|2022-03-01|",
        },
        [(VERIFY, "date-order", cell) for cell in ("岗位!E3", "办文!P3", "党建!B3", "保密!K3")],
    ),
    "at-most": (
        {"党建": "|事项|应到|实到|\n|支委会|5|6|\n|支委会|5|5|\n|支委会||6|\n|支委会|5||"},
        [
            (VERIFY, "attendance-over", "党建!J3"),
            (HINT, "attendance-half-filled", "党建!I5"),
            (HINT, "attendance-half-filled", "党建!J6"),
        ],
    ),
    "duplicate": (
        {
            "办文": "|序号|事项|备注|\n|1|用印|盖章|\n|2|用印|盖章|\n|3|用印|盖 章|\n|4|用印|盖章|",
            "宣传": "|序号|标题|备注|\n|1|迎新|校门|\n|2|迎新|校门|",
            "任务": "|序号|方面|任务|\n|1|党建|抓好党建|\n|2|党建|抓好党建|",
        },
        [(VERIFY, "duplicate-row", cell) for cell in ("办文!B4", "办文!B6", "宣传!B4", "任务!B4")],
    ),
    "period": (
        {
            "办文": "|日期|\n|2021-12-31|\n|2022-01-01|\n|2022-12-31|\n|2023-01-01|",
            "保密": "|日期|\n|2021-12-31|",
        },
        [(HINT, "outside-period", "办文!B3"), (HINT, "outside-period", "办文!B6")],
    ),
    "comparison": (
        {"办文": "|事项|载体|办理方式|\n|收文|纸质|传阅|\n|收文|纸质|拟办|\n|收文|电子|拟办|"},
        [(HINT, "parts-exceed-whole", None)],
    ),
    "target": (
        {
            "任务": "|指标|目标值|完成时限|\n|办文.用印|1||\n|办文.用印|2||\n|办文.用印|2|2023-12-31|\n"
            "|办文.用印|||\n||2||"
        },
        [(HINT, "target-without-figure", "任务!E7"), (HINT, "target-missed", "任务!F4")],
    ),
}
ONE_CAUSE: dict[str, tuple[Tables, list[FindingRow]]] = {
    "unknown item": ({"办文": "|事项|文号|标题|\n|发文件|||"}, [(ERROR, "not-in-list", "办文!C3")]),
    "bad count": ({"办文": "|事项|数量|\n|发文|约7|"}, [(ERROR, "bad-number", "办文!L3")]),
    "error in a required cell": ({"办文": "|日期|\n|#N/A|"}, [(ERROR, "error-cell", "办文!B3")]),
    "bad date of two": ({"办文": "|日期|办结日期|\n|2022-03-05|月初|"}, [(ERROR, "bad-date", "办文!P3")]),
    "error among two numbers": ({"党建": "|应到|实到|\n|#N/A|9|"}, [(ERROR, "error-cell", "党建!I3")]),
    "unknown secrecy": ({"保密": "|事项|密级|\n|涉密文件接收|内部|"}, [(ERROR, "not-in-list", "保密!E3")]),
    "faulty rows that are equal": (
        {"办文": "|数量|备注|\n|约3|盖章|\n|约3|盖章|"},
        [(ERROR, "bad-number", "办文!L3"), (ERROR, "bad-number", "办文!L4")],
    ),
    "number of wrong form, twice": (
        {"办文": "|事项|文号|\n|发文|测[2022]1号|\n|发文|测〔2022〕1号|"},
        [(VERIFY, "document-number-form", "办文!D3"), (VERIFY, "document-number-repeated", "办文!D4")],
    ),
    "unknown area of a post": (
        {"岗位": "|工作面|\n|办文|\n|党建|\n|宣传|\n|保密工作|"},
        [(ERROR, "not-in-list", "岗位!A6")],
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_that_its_column_does_not_admit_is_an_error(tmp_path: Path, case: str) -> None:
    tables, found = CELLS[case]
    assert findings_of(write_book(tmp_path / "台账.xlsx", tables)) == found


@pytest.mark.parametrize("case", KINDS)
def test_each_rule_finds_what_it_is_for_and_no_more(tmp_path: Path, case: str) -> None:
    tables, found = KINDS[case]
    assert findings_of(write_book(tmp_path / "台账.xlsx", tables)) == found


@pytest.mark.parametrize("case", ONE_CAUSE)
def test_one_cause_gives_one_finding(tmp_path: Path, case: str) -> None:
    tables, found = ONE_CAUSE[case]
    assert findings_of(write_book(tmp_path / "台账.xlsx", tables)) == found


def test_a_real_explanation_settles_all_that_is_to_verify_in_its_row_and_nothing_else(tmp_path: Path) -> None:
    rows = {
        "因系统故障补登，数量按批次计": True,
        "两份合并印发": True,
        "核实无误": False,
        "已核实无误。": False,
        "情况属实！": False,
        "情 况 属 实": False,
        "无": False,
        "补登": False,
        "": False,
    }
    table = "|事项|文号|数量|核实说明|" + "".join(
        f"\n|发文|测[2022]{number}号|7|{text}|" for number, text in enumerate(rows)
    )
    findings = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table})).findings
    assert [each.settled for each in findings] == [is_real for is_real in rows.values() for _ in range(2)]


def test_an_explanation_never_settles_an_error(tmp_path: Path) -> None:
    table = "|数量|核实说明|\n|约7|因系统故障补登，数量待查|"
    (found,) = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table})).findings
    assert (found.severity, found.settled) == (ERROR, False)


def test_a_finding_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    (found,) = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": "|数量|\n|1|\n|约7件|"})).findings
    place = {"sheet": "办文", "row": 4, "column": "数量", "cell": "办文!L4", "value": "约7件"}
    says = "办文!L4“数量”填的“约7件”不是数，请填准确的数，如 7。"
    assert found.as_dict() == place | {"code": "bad-number", "severity": "错误", "message": says}


def test_what_a_classified_row_conceals_is_no_finding_s_value(tmp_path: Path) -> None:
    table = (
        "|日期|事项|文号|标题|数量|密级|办结日期|\n"
        "|2022-03-05|发文|绝密文号[2022]1号|绝密标题|7|机密|2022-03-01|\n"
        "|2022-03-05|发文|内部文号[2022]2号|内部标题|约7件|内部||\n"
        "|关于绝密标题的通知|发文|测〔2022〕9号|绝密标题|1|秘密||"
    )
    findings = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table})).findings
    assert [(each.cell, each.value) for each in findings] == [
        *(("办文!D3", HIDDEN), ("办文!E3", HIDDEN), ("办文!L3", "7"), ("办文!P3", "2022-03-01")),
        *(("办文!H4", "内部"), ("办文!L4", "约7件")),
        *(("办文!B5", HIDDEN), ("办文!D5", HIDDEN), ("办文!E5", HIDDEN)),
    ]
    told = "".join(each.message for each in findings)
    assert [secret for secret in ("绝密标题", "绝密文号", "内部标题", "内部文号") if secret in told] == []
