"""The rules on documents: numbers, titles, addressees, deadlines, and what a 密级 forbids."""

from pathlib import Path

import pytest

from batch.finding import HIDDEN
from tests.books import FindingRow, checked_of, edited, findings_of, write_book

VERIFY, HINT = "核实", "提示"


def issued(head: str, *rows: str) -> dict[str, str]:
    return {"办文": f"|事项|{head}|" + "".join(f"\n|发文|{row}|" for row in rows)}


CASES: dict[str, tuple[dict[str, str], list[FindingRow]]] = {
    "form": (
        issued(
            "文号",
            "测[2022]1号",
            "测（2022）2号",
            "测【2022】3号",
            "测〈2022〉4号",
            "测〔2022〕第5号",
            "测〔2022〕６号",
        ),
        [(VERIFY, "document-number-form", f"办文!D{row}") for row in range(3, 9)],
    ),
    "another year": (
        issued("文号", "测〔2022〕1号", "办〔2022〕001号", "测〔2023〕1号", "报〔2022〕1号"),
        [(VERIFY, "document-number-form", "办文!D4"), (VERIFY, "document-number-year", "办文!D5")],
    ),
    "another year leaves no gap": (
        issued("文号", "测〔2022〕1号", "测〔2021〕2号", "测〔2022〕3号"),
        [(VERIFY, "document-number-year", "办文!D4")],
    ),
    "repeated": (
        issued("文号", "测[2022]1号", "测〔2022〕1号", "办〔2022〕1号"),
        [(VERIFY, "document-number-form", "办文!D3"), (VERIFY, "document-number-repeated", "办文!D4")],
    ),
    "gaps once a series": (
        issued(
            "文号", "测〔2022〕1号", "测〔2022〕7号", "测〔2022〕3号", "办〔2022〕5号", "办〔2022〕6号", "测〔2022〕2号"
        ),
        [(HINT, "document-number-gap", "办文!D4")],
    ),
    "gaps of each year": (
        issued("日期|文号", "2021-05-05|测〔2021〕1号", "2021-05-06|测〔2021〕3号", "2022-05-05|测〔2022〕4号"),
        [
            (HINT, "outside-period", "办文!B3"),
            (HINT, "outside-period", "办文!B4"),
            (HINT, "document-number-gap", "办文!D4"),
        ],
    ),
    "title and type": (
        issued(
            "标题|文种",
            "关于放假的请示|通知",
            "关于放假的安排|通知",
            "关于经费的请示报告|报告",
            "关于印发《值班办法》的通知（试行）|通知",
            "嘉奖令|命令（令）",
            "“放假通知”（第2号）|通知",
            "会议纪要|纪要",
            "关于征求意见的函|函",
            "决定（征求意见稿（二））|决定",
        ),
        [(VERIFY, "document-type-title", cell) for cell in ("办文!F3", "办文!E4", "办文!E5")],
    ),
    "addressees and signer": (
        issued(
            "标题|文种|往来单位|签批人",
            "请示|请示|市委、市政府|高某",
            "请示|请示|教育局/人社局|高某",
            "请示|请示|教育局（基教科、职教科）|高某",
            "请示|请示|水利和湖泊局|高某",
            "请示|请示|教育局|",
            "通知|通知|一科、二科|",
        ),
        [
            (VERIFY, "request-addressees", "办文!J3"),
            (VERIFY, "request-addressees", "办文!J4"),
            (HINT, "request-without-signer", "办文!N7"),
        ],
    ),
    "urgent": (
        {
            "办文": "|事项|紧急程度|办理时限|办结日期|\n|用印|特急|||\n|用印|加急|||\n"
            "|用印|加急|2022-03-09|2022-03-09|\n|用印||||"
        },
        [(HINT, "urgent-without-deadline", "办文!O3")],
    ),
    "deadlines": (
        {
            "办文": "|办理时限|办结日期|\n|2022-03-04|2022-03-06|\n|2022-03-09||\n|2023-03-09||\n|2022-12-31||\n"
            "|2022-03-09|2022-03-30|"
        },
        [(VERIFY, "date-order", "办文!O3"), (HINT, "overdue", "办文!P4")],
    ),
    "future": (
        {"办文": "|日期|办结日期|\n|2022-03-05|2023-07-01|\n|2022-03-05|2023-06-30|"},
        [(VERIFY, "future-date", "办文!P3")],
    ),
    "wrong year has one cause": (
        {"办文": "|日期|事项|文号|办结日期|\n|2027-03-05|发文|测〔2022〕1号|2022-03-09|"},
        [(VERIFY, "document-number-year", "办文!D3")],
    ),
    "outlier": (
        {"办文": "|事项|数量|\n" + "".join(f"|归档|{count}|\n" for count in (30, 20, "", 40, 50, 60, 4000, 3999))},
        [(VERIFY, "outlier", "办文!L9")],
    ),
    "outlier among five": (
        {"办文": "|事项|数量|\n" + "".join(f"|用印|{count}|\n" for count in ("", 1, 2, 1, 1, 100, 99))},
        [(VERIFY, "outlier", "办文!L8")],
    ),
    "too few to tell": ({"办文": "|事项|数量|\n|用印|1|\n|用印|2|\n|用印|900|"}, []),
    "one piece and outlier": (
        {"办文": "|事项|数量|\n" + "|收文|1|\n" * 6 + "|收文|500|"},
        [(VERIFY, "more-than-one", "办文!L9")],
    ),
    "classified": (
        {
            "办文": "|事项|文号|标题|密级|\n|发文||||\n|发文|||秘密|\n|收文|县〔2022〕1号|来文|机密|\n"
            "|收文|县〔2022〕1号|来文|无|"
        },
        [
            ("错误", "required-blank", "办文!D3"),
            ("错误", "required-blank", "办文!E3"),
            (VERIFY, "classified-text", "办文!D5"),
            (VERIFY, "classified-text", "办文!E5"),
        ],
    ),
    "classified rows that differ in what is hidden": (
        {"办文": "|事项|标题|密级|备注|\n|收文||秘密|一|\n|收文||秘密|二|\n|收文||秘密|一|"},
        [(VERIFY, "duplicate-row", "办文!B5")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_rule_finds_what_it_is_for_and_no_more(tmp_path: Path, case: str) -> None:
    tables, found = CASES[case]
    assert findings_of(write_book(tmp_path / "台账.xlsx", tables)) == found


@pytest.mark.parametrize(
    "given", ["测党办[2022]第005号", "测党办（２０２２）５号", "测党办 【2022】5号", "测党办〔2022〕05"]
)
def test_the_mended_number_is_proposed(tmp_path: Path, given: str) -> None:
    (found,) = checked_of(write_book(tmp_path / "台账.xlsx", issued("文号", given))).findings
    assert found.advice == "请改为“测党办〔2022〕5号”"


def test_a_text_under_a_foreign_header_is_told_and_never_shown(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"保密": "|事项|\n|涉密文件接收|\n|保密学习|\n|保密检查|"})
    with edited(path) as book:
        page = book["保密"]
        for row, text in enumerate(("文件名", "关于某某的绝密标题", "学习通报", None), start=2):
            page.cell(row, 14).value = text
    told = [each for each in checked_of(path).findings if each.code != "extra-column"]
    assert [(each.code, each.cell, each.column, each.value) for each in told] == [
        ("classified-text", "保密!N3", "文件名", HIDDEN)
    ]
    assert "绝密标题" not in told[0].message


def test_what_a_classified_row_conceals_is_in_no_finding(tmp_path: Path) -> None:
    told_to_nobody = "不得外传"
    rows = [
        f"|{day}|{item}|{told_to_nobody}[2021]第{number}号|{told_to_nobody}的请示|通知|{told_to_nobody}、{told_to_nobody}"
        f"|5|特急|2022-01-01|机密|{told_to_nobody}|"
        for number, (day, item) in enumerate((("2022-03-05", "发文"), ("2027-03-05", "收文"), ("2022-03-05", "发文")))
    ]
    head = "|日期|事项|文号|标题|文种|往来单位|数量|紧急程度|办理时限|密级|备注|"
    findings = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": "\n".join([head, *rows])})).findings
    assert len(findings) > len(rows)
    assert [each for each in findings if told_to_nobody in f"{each.message}{each.value}{each.explanation}"] == []
