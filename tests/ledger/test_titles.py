"""Which sheet is which, by its name."""

import pytest

from batch.ledger.titles import bare_title, match_titles
from batch.read.grid import SheetHead

NAMES = ("封面", "岗位", "办文", "党建", "宣传", "保密", "任务")


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        *(
            (title, "办文")
            for title in ("办文", " 办 文 ", "办文台账", "办文登记表", "办文工作台账", "1.办文", "1、办文")
        ),
        *((title, "办文") for title in ("（1）办文", "一、办文", "(二)办文台账", "附件1：办文", "表3 办文", "①办文")),
        *((title, "办文") for title in ("办文（2022）", "办文2022", "2022年办文", "办文-2022年度", "【办文】办文")),
        ("办文汇总", "办文汇总"),
        ("办文统计表", "办文统计"),
        ("办文1月", "办文1月"),
        ("工作表", "工作"),
    ],
)
def test_a_title_is_laid_bare(title: str, bare: str) -> None:
    assert bare_title(title) == bare


def heads(*titles: str) -> list[SheetHead]:
    """Return sheets of these titles; one in brackets 〔〕 is hidden."""
    return [SheetHead(title.strip("〔〕"), is_hidden=title.startswith("〔")) for title in titles]


@pytest.mark.parametrize(
    ("titles", "chosen"),
    [
        (("办文", "党建"), {"办文": "办文", "党建": "党建"}),
        (("办文台账", "1.党建"), {"办文": "办文台账", "党建": "1.党建"}),
        (("办文台账", "办文"), {"办文": "办文"}),
        (("办文 ", "办文"), {"办文": "办文"}),
        (("办文台账", "〔办文〕"), {"办文": "办文台账"}),
        (("办文（1）", "办文（2）"), {}),
        (("办公文", "党健"), {}),
        (("〔办文〕",), {}),
    ],
)
def test_a_sheet_is_taken_when_nothing_is_in_doubt(titles: tuple[str, ...], chosen: dict[str, str]) -> None:
    assert match_titles(heads(*titles), NAMES, frozenset()).chosen == chosen


def test_what_is_in_doubt_is_told_apart() -> None:
    matching = match_titles(
        heads("办文（1）", "办文（2）", "党健", "〔宣传〕", "〔保密旧〕", "说明", "〔字典〕", "统计图"),
        NAMES,
        frozenset({"字典"}),
    )
    assert matching.several == {"办文": ("办文（1）", "办文（2）")}
    assert matching.near == {"党建": "党健"}
    assert matching.hidden == {"宣传": "宣传"}
    assert matching.others == ("说明", "统计图")
    assert matching.hidden_others == ("保密旧",)
