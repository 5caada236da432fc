"""The rules on people and papers over time: steps, frequencies, posts, handlers, balances, loans, tasks."""

from pathlib import Path

import pytest

from tests.books import FindingRow, checked_of, findings_of, write_book

VERIFY, HINT = "核实", "提示"
STEPS = "|日期|事项|对象|支部|上一阶段日期|\n"
AWAY = "|工作面|A角离岗起|A角离岗止|B角离岗起|B角离岗止|\n"
OTHERS = "\n|党建|||||\n|宣传|||||\n|保密|||||"
PAPERS = "|日期|事项|登记簿页码|数量|应还日期|归还日期|\n"

CASES: dict[str, tuple[dict[str, str], list[FindingRow]]] = {
    "a year after the recorded step": (
        {
            "党建": STEPS + "|2022-01-05|列为积极分子|王某|一支部||\n|2022-12-05|列为发展对象|王某|一支部|2020-01-01|\n"
            "|2022-12-05|列为发展对象|王某|二支部|2021-12-05|"
        },
        [(VERIFY, "member-steps", "党建!B4")],
    ),
    "a branch that one of the rows leaves blank": (
        {"党建": STEPS + "|2022-01-05|列为积极分子|王某|||\n|2022-12-05|列为发展对象|王某|一支部|2020-01-01|"},
        [(VERIFY, "member-steps", "党建!B4")],
    ),
    "a year after the date of the row": (
        {
            "党建": STEPS + "|2022-06-24|转正|王某||2021-06-24|\n|2022-06-24|转正|赵某||2021-06-25|\n"
            "|2022-06-24|列为积极分子|钱某||2022-06-01|\n|2022-06-24|接收预备党员|孙某||2022-06-01|"
        },
        [(VERIFY, "member-steps", "党建!B4")],
    ),
    "backwards and twice": (
        {
            "党建": STEPS + "|2022-03-05|转正|王某|一支部|2021-01-01|\n|2022-04-05|接收预备党员|王某|一支部||\n"
            "|2022-03-05|列为积极分子|赵某|||\n|2022-05-05|列为积极分子|赵某|||\n|2022-05-05|列为积极分子|钱某|||"
        },
        [(VERIFY, "member-steps", "党建!B4"), (VERIFY, "member-steps", "党建!B6")],
    ),
    "an earlier step dated later is told once": (
        {"党建": STEPS + "|2022-03-05|转正|王某||2022-03-06|"},
        [(VERIFY, "date-order", "党建!B3")],
    ),
    "attendance": (
        {"党建": "|事项|应到|实到|\n|支部党员大会|30|15|\n|支部党员大会|30|16|\n|支委会|5|2|\n|支委会|5||"},
        [(HINT, "attendance-low", "党建!J3"), (HINT, "attendance-half-filled", "党建!J6")],
    ),
    "links": (
        {
            "宣传": "|事项|链接|\n|外宣信息|https://a.cn/1|\n|外宣信息|见公众号|\n|外宣信息|https://a.cn/1|\n"
            "|宣传活动|https://a.cn/1|\n|外宣信息|mp.weixin.qq.com/s/x?y=1|"
        },
        [(HINT, "link-form", "宣传!J4"), (VERIFY, "link-repeated", "宣传!J5")],
    ),
    "balance": (
        {
            "保密": PAPERS
            + "|2022-03-05|涉密文件销毁|1|1|||\n|2022-03-05|涉密文件接收|2|1|||\n|2022-04-05|涉密文件清退|3|2|||\n"
            "|2022-04-06|涉密文件清退|4|1|||\n|2022-04-07|涉密文件接收|5|9|||\n|2022-04-08|涉密文件销毁|6|7|||"
        },
        [(VERIFY, "negative-balance", "保密!F5"), (VERIFY, "negative-balance", "保密!F8")],
    ),
    "given back": (
        {
            "保密": PAPERS + "|2022-03-05|涉密文件归还|1|1|||\n|2022-03-06|涉密文件借出|1|1|2022-03-09|2022-03-08|\n"
            "|2022-03-07|涉密文件借出|2|1|2022-03-09|2022-03-08|\n|2022-03-08|涉密文件归还|2|2|||"
        },
        [(VERIFY, "returned-before-lent", "保密!B3"), (VERIFY, "returned-before-lent", "保密!F6")],
    ),
    "lent on a wrong day": (
        {"保密": PAPERS + "|2022-12-05|涉密文件借出|1|1|2022-12-09|2022-03-08|\n|2022-03-08|涉密文件归还|1|1|||"},
        [(VERIFY, "date-order", "保密!K3")],
    ),
    "given back by another page": (
        {
            "保密": PAPERS + "|2022-03-07|涉密文件借出|2|1|2022-03-09|2022-03-08|\n|2022-03-08|涉密文件归还|3|1|||\n"
            "|2022-03-09|涉密文件归还|4|1|||"
        },
        [(VERIFY, "returned-before-lent", "保密!F5")],
    ),
    "loans": (
        {
            "保密": PAPERS + "|2022-03-07|涉密文件借出|2|1|2022-03-09||\n|2022-12-07|涉密文件借出|3|1|2023-01-09||\n"
            "|2022-03-07|涉密文件借出|4|1|2022-03-09|2022-03-20|"
        },
        [(HINT, "overdue", "保密!K3")],
    ),
    "posts": (
        {"岗位": "|工作面|A角|B角|\n|办文|张三|张三|\n|党建|张三|李四|\n|宣传|张三|李四|\n|保密|张三|李四|"},
        [(VERIFY, "same-person", "岗位!C3")],
    ),
    "handlers of a post with a slip": (
        {
            "岗位": "|工作面|A角|B角|\n|办文|张三|张三|\n|党建|张三|李四|\n|宣传|张三|李四|\n|保密|张三|李四|",
            "办文": "|经办人|\n|李四|",
        },
        [(VERIFY, "same-person", "岗位!C3")],
    ),
    "both away": (
        {"岗位": AWAY + "|办文|2022-05-01|2022-05-09|2022-05-09||" + OTHERS},
        [(VERIFY, "both-away", "岗位!F3")],
    ),
    "both away in two rows": (
        {"岗位": AWAY + "|办文|||2022-05-01||\n|办文|2022-06-01|2022-06-02|||" + OTHERS},
        [(VERIFY, "both-away", "岗位!D4")],
    ),
    "one after the other": (
        {"岗位": AWAY + "|办文|2022-05-01|2022-05-08|2022-05-09|2022-05-10|" + OTHERS},
        [],
    ),
    "handlers": (
        {"办文": "|经办人|\n|张三|\n|赵六|\n|李四、钱七|\n|赵六|\n|孙八|"},
        [(HINT, "handled-by-other", "办文!M4"), (HINT, "handled-by-other", "办文!M7")],
    ),
    "handled while away": (
        {
            "岗位": AWAY + "|办文|2022-05-01|2022-05-09|||" + OTHERS,
            "办文": "|日期|经办人|\n|2022-04-30|张三|\n|2022-05-01|张三|\n|2022-05-09|张三|\n|2022-05-05|李四|\n"
            "|2022-05-05|张三、李四|",
        },
        [(HINT, "handled-while-away", "办文!M4")],
    ),
    "tasks": (
        {"任务": "|指标|目标值|\n|||\n||3|\n|||\n|保密.承诺书||"},
        [(HINT, "task-without-figure", "任务!E3"), (HINT, "target-without-figure", "任务!E4")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_rule_finds_what_it_is_for_and_no_more(tmp_path: Path, case: str) -> None:
    tables, found = CASES[case]
    assert findings_of(write_book(tmp_path / "台账.xlsx", tables)) == found


def test_the_version_in_force_on_the_day_is_applied(tmp_path: Path) -> None:
    rows = "|2026-05-18|列为发展对象|王某||2026-01-01|\n|2026-05-18|转正|赵某||2026-01-01|\n"
    path = write_book(tmp_path / "台账.xlsx", {"党建": STEPS + rows}, cover={"年度": 2026})
    found = [each for each in checked_of(path, today="2026-12-31").findings if each.sheet == "党建"]
    assert [(each.code, each.cell, each.source) for each in found] == [
        ("member-steps", "党建!B4", "《中国共产党章程》第七条")
    ]


def frequencies(tmp_path: Path, rows: str, *, today: str = "2023-06-30", period: str = "") -> list[str]:
    path = write_book(tmp_path / "台账.xlsx", {"党建": f"|日期|事项|支部|数量|\n{rows}"})
    checked = checked_of(path, today=today, period=period, with_frequencies=True)
    return [each.problem for each in checked.findings if each.code == "frequency-missed"]


def monthly(item: str, branch: str, months: range, skipped: tuple[int, ...] = ()) -> str:
    return "".join(f"|2022-{month:02d}-09|{item}|{branch}||\n" for month in months if month not in skipped)


def test_a_branch_is_told_its_months_and_what_none_had_is_told_once(tmp_path: Path) -> None:
    rows = monthly("支委会", "一支部", range(1, 13), (3, 7)) + monthly("支委会", "二支部", range(1, 13))
    assert frequencies(tmp_path, rows)[:2] == [
        "一支部、二支部第一季度、第二季度、第三季度、第四季度没有登记“支部党员大会”（每季度至少1次）",
        "一支部3月、7月没有登记“支委会”（每月至少1次）",
    ]


def test_only_whole_months_that_are_over_are_judged(tmp_path: Path) -> None:
    rows = monthly("支委会", "一支部", range(1, 3)) + monthly("意识形态研判", "", range(1, 2))
    told = frequencies(tmp_path, rows, today="2022-03-30")
    assert [text for text in told if "支委会" in text or "研判" in text or "生活会" in text] == []
    assert [text for text in frequencies(tmp_path, rows, today="2022-03-31") if "支委会" in text] == [
        "一支部3月没有登记“支委会”（每月至少1次）"
    ]


def test_the_period_asked_for_is_judged_and_its_neighbours_are_no_slips(tmp_path: Path) -> None:
    rows = monthly("支委会", "一支部", range(1, 13), (3, 7))
    assert [text for text in frequencies(tmp_path, rows, period="2022Q1") if "支委会" in text] == [
        "一支部3月没有登记“支委会”（每月至少1次）"
    ]
    checked = checked_of(write_book(tmp_path / "二.xlsx", {"办文": "|日期|\n|2022-09-09|"}), period="2022Q1")
    assert [each.code for each in checked.findings] == []


def test_an_empty_sheet_tells_of_no_frequency(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"党建": "", "保密": ""})
    found = findings_of(path, is_whole=False, with_frequencies=True)
    assert {code for _, code, _ in found} == {"empty-sheet"}
