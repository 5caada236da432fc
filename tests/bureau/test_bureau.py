"""A run over an inbox, as a bureau types it: each unit's folder, and the city that they add up to."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from batch.bureau.units import CITY_FOLDER
from tests.books import edited
from tests.commands import Batch
from tests.inboxes import TODAY, files_below, hand_in, write_roster

BAD_DATE = "| 日期 | 事项 |\n| 哪天 | 用印 |"
NOTHING = {"党建": "", "宣传": "", "保密": ""}


def figures(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return content


def test_each_unit_has_its_folder_and_the_city_is_their_sum(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/东/一中.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/西/二中.xlsx", "第二中学", 5)
    said = batch("run", "箱", *TODAY)
    assert said.code == 0, said.err
    assert "共 2 份工作簿，2 个单位。" in said.out
    assert sorted(path.name for path in Path("output").iterdir() if not path.name.startswith(".")) == [
        *("全市汇总", "第一中学", "第二中学"),
    ]
    batch("run", "箱/东/一中.xlsx", "-o", "单独", *TODAY)
    assert files_below(Path("output/第一中学")) == files_below(Path("单独/一中"))
    city = figures(Path("output/全市汇总"))
    assert (city["unit"], city["year"], city["units"]) == ("全市", 2022, ["第一中学", "第二中学"])
    parts = [figures(Path("output") / unit)["figures"] for unit in city["units"]]
    for name, figure in city["figures"].items():
        if figure["unit"] != "%":
            assert figure["value"] == sum(part[name]["value"] for part in parts), name
    assert city["figures"]["办文.用印"]["value"] == 8
    assert city["figures"]["办文.用印"]["sources"] == [
        {"unit": "第一中学", "workbook": "一中.xlsx", "sheet": "办文", "rows": "3"},
        {"unit": "第二中学", "workbook": "二中.xlsx", "sheet": "办文", "rows": "3"},
    ]
    assert city["figures"]["办文.用印"]["version"] == city["definitions"]["办文"] == "1"
    assert {"workbook", "unit", "code"} <= city["findings"][0].keys()
    assert batch("verify", "output/全市汇总", "箱/东/一中.xlsx").code == 0


def test_percentages_of_the_city_are_those_of_the_sums(batch: Batch, tmp_path: Path) -> None:
    for unit, present, expected in (("甲校", 1, 2), ("乙校", 30, 30)):
        table = f"| 日期 | 事项 | 应到 | 实到 |\n| 2022-03-05 | 专题学习 | {expected} | {present} |"
        hand_in(tmp_path / f"箱/{unit}.xlsx", unit, tables={"党建": table})
    batch("run", "箱", *TODAY)
    assert figures(Path("output/全市汇总"))["figures"]["党建.平均到会率"]["value"] == 96.9  # 31 of 32
    assert figures(Path("output/全市汇总"))["figures"]["办文.按时办结率"]["value"] is None


def test_a_unit_with_mistakes_is_sent_back_and_left_out_of_the_city(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", tables={"办文": BAD_DATE})
    (tmp_path / "箱/坏.xlsx").write_text("不是工作簿", encoding="utf-8")
    said = batch("run", "箱", *TODAY)
    assert said.code == 1
    assert "第二中学（错误 1 处）" in said.out
    assert "“坏.xlsx”" in said.out
    assert "1 个单位，1 个没有并入" in said.out
    assert files_below(Path("output/第二中学.待修改")).keys() == {"manifest.json", "标注-二中.xlsx", "问题清单.xlsx"}
    assert figures(Path("output/全市汇总"))["units"] == ["第一中学"]
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", 5)
    said = batch("run", "箱", *TODAY)
    assert not Path("output/第二中学.待修改").exists()
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 8


def test_where_no_unit_is_clean_there_is_no_whole_but_a_list(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", tables={"办文": BAD_DATE})
    said = batch("run", "箱", *TODAY)
    assert said.code == 1
    assert "没有生成全市汇总" in said.out
    assert files_below(Path("output/全市汇总.待修改")).keys() == {"manifest.json", "问题清单.xlsx"}


def test_the_clerks_of_a_unit_are_joined_wherever_their_workbooks_lie(batch: Batch, tmp_path: Path) -> None:
    others = dict.fromkeys(("党建", "宣传", "保密"), "")
    hand_in(tmp_path / "箱/张三/台账.xlsx", "第一中学", 4, others)
    hand_in(tmp_path / "箱/李四/台账.xlsx", "第一中学", tables={"办文": ""})
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", 5)
    said = batch("run", "箱", *TODAY)
    assert said.code == 0, said.out
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 9
    assert figures(Path("output/第一中学"))["figures"]["办文.用印"]["value"] == 4


@pytest.mark.slow
def test_an_area_brought_twice_is_a_mistake_and_a_copy_is_none(batch: Batch, tmp_path: Path) -> None:
    one = hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    shutil.copy2(one, tmp_path / "箱/一中的副本.xlsx")
    assert batch("run", "箱", *TODAY).code == 0
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 3
    hand_in(tmp_path / "箱/一中新.xlsx", "第一中学", 4)
    said = batch("run", "箱", *TODAY)
    assert said.code == 1
    found = load_workbook(Path("output/全市汇总.待修改/问题清单.xlsx"))["全部问题"]
    assert "brought-twice" in {row[-1].value for row in found.iter_rows(min_row=3)}


@pytest.mark.slow
def test_units_of_another_period_or_version_are_told_apart(batch: Batch, tmp_path: Path) -> None:
    for number, unit in enumerate(("甲校", "乙校", "丙校"), start=1):
        hand_in(tmp_path / f"箱/{unit}.xlsx", unit, number)
    hand_in(tmp_path / "箱/丁校.xlsx", "丁校", 100, cover={"统计截止日期": "2022-06-30"})
    old = hand_in(tmp_path / "箱/戊校.xlsx", "戊校", 1000)
    with edited(old) as book:
        guide = book["填写说明"]
        line = next(cell for (cell, *_) in guide.iter_rows() if str(cell.value).startswith("模板版本"))
        line.value = "模板版本：封面1、岗位1、办文0"
    with edited(hand_in(tmp_path / "箱/己校.xlsx", "己校", 7)) as book:
        del book["填写说明"]
    said = batch("run", "箱", *TODAY)
    assert said.code == 0
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 1 + 2 + 3 + 7
    assert "2022年上半年" in said.out
    assert "模板版本 封面1、岗位1、办文0" in said.out
    book = load_workbook(Path("output/全市汇总/汇总表.xlsx"))
    rows = {row[1].value: [cell.value for cell in row[3:]] for row in book["另列"].iter_rows(min_row=4)}
    assert rows["用印"] == [100, 1000]
    versions = {row[0].value: row[13].value for row in book["单位一览"].iter_rows(min_row=4)}
    assert (versions["甲校"], versions["己校"]) == ("现行", "未标明")
    assert versions["戊校"] == "封面1、岗位1、办文0"


@pytest.mark.slow
def test_two_years_of_a_unit_are_two_ledgers(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/新.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", 4)
    table = "| 日期 | 事项 | 数量 |\n| 2021-03-05 | 用印 | 50 |"
    earlier = {
        name: f"| 日期 |\n| 2021-03-0{number} |" for number, name in enumerate(("党建", "宣传", "保密"), start=1)
    }
    hand_in(tmp_path / "箱/旧.xlsx", "第一中学", tables={"办文": table, **earlier}, cover={"年度": 2021})
    said = batch("run", "箱", *TODAY)
    assert said.code == 0, said.out
    assert {"第一中学-2021", "第一中学-2022"} <= {path.name for path in Path("output").iterdir()}
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 7


def test_the_roster_says_who_is_missing_and_who_is_meant(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一 中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", tables={"办文": BAD_DATE})
    hand_in(tmp_path / "箱/小学.xlsx", "西湖小学校")
    units = (("第一中学", "王芳"), ("第二中学", "李军"), ("西湖小学", "赵敏"), ("南山中学", "钱进"))
    write_roster(tmp_path / "箱/名单.xlsx", *units)
    said = batch("run", "箱", "--roster", "箱/名单.xlsx", *TODAY)
    assert "名单应交 4 个单位：未交 2，有错误 1，无错误 1。" in said.out
    assert "西湖小学（赵敏）" in said.out
    assert "南山中学（钱进）" in said.out
    assert "西湖小学校，是不是“西湖小学”" in said.out
    rows = list(load_workbook(Path("output/全市汇总/汇总表.xlsx"))["交报情况"].iter_rows(min_row=4, values_only=True))
    assert [row[:3] for row in rows] == [
        ("第一中学", "王芳", "无错误"),
        ("第二中学", "李军", "有错误"),
        ("西湖小学", "赵敏", "未交"),
        ("南山中学", "钱进", "未交"),
        ("西湖小学校", None, "名单外"),
    ]


def test_files_of_several_units_are_an_inbox_too_but_a_slip_in_a_name_is_told(batch: Batch, tmp_path: Path) -> None:
    one, two = hand_in(tmp_path / "一.xlsx", "第一中学", 3), hand_in(tmp_path / "二.xlsx", "第二中学", 5)
    assert batch("run", one, two, *TODAY).code == 0
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 8
    rest = hand_in(tmp_path / "三.xlsx", "第一中学校", tables={"办文": ""})
    part = hand_in(tmp_path / "四.xlsx", "第一中学", 3, dict.fromkeys(("党建", "宣传", "保密"), ""))
    said = batch("run", part, rest, "-o", "别处", *TODAY)
    assert said.code == 2
    assert "单位名称不同" in said.err


def test_a_run_over_a_period_has_folders_of_its_own(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    batch("run", "箱", "--period", "2022H1", *TODAY)
    assert figures(Path("output/全市汇总.2022H1"))["period"] == ["2022-01-01", "2022-06-30"]
    assert Path("output/第一中学.2022H1").is_dir()


@pytest.mark.slow
def test_drafts_are_written_for_units_but_never_added_up(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    hand_in(tmp_path / "箱/二中.xlsx", "第二中学", tables={"办文": BAD_DATE})
    said = batch("run", "箱", "--draft", *TODAY)
    assert said.code == 1
    assert Path("output/第二中学/汇总报告.docx").exists()
    assert figures(Path("output/全市汇总"))["units"] == ["第一中学"]


REFUSED = {
    "a comparison": (("--previous", "箱/一中.xlsx"), "只能用于一个单位"),
    "no process": (("--jobs", "0"), "1 以上"),
    "a missing roster": (("--roster", "没有.xlsx"), "找不到文件"),
    "a roster without columns": (("--roster", "箱/说明.xlsx"), "没有“单位名称”"),
    "an output that is a file": (("-o", "箱/一中.xlsx"), "建不起来"),
    "a folder of somebody else in the city's place": (("-o", "别人的"), "不是本程序写出的"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_run_is_told_in_one_sentence(batch: Batch, tmp_path: Path, case: str) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    write_roster(tmp_path / "箱/说明.xlsx")
    with edited(tmp_path / "箱/说明.xlsx") as book:
        book.worksheets[0]["A2"] = "随便"
    (tmp_path / "别人的/全市汇总/照片").mkdir(parents=True)
    words, sentence = REFUSED[case]
    said = batch("run", "箱", *words, *TODAY)
    assert said.code == 2
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.slow
def test_units_whose_names_make_one_file_name_have_folders_of_their_own(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/1.xlsx", "一中/东校区", 1)
    hand_in(tmp_path / "箱/2.xlsx", "一中:东校区", 2)
    hand_in(tmp_path / "箱/3.xlsx", CITY_FOLDER, 3)
    hand_in(tmp_path / "箱/没写名.xlsx", "", cover={"单位名称": None})
    batch("run", "箱", *TODAY)
    written = {path.name for path in Path("output").iterdir() if not path.name.startswith(".")}
    assert written == {"全市汇总", "全市汇总（单位）", "一中_东校区", "一中_东校区-2", "没写名.待修改"}
    assert figures(Path("output/全市汇总"))["figures"]["办文.用印"]["value"] == 6


def test_workbooks_that_nobody_has_filled_in_are_as_many_units(batch: Batch, tmp_path: Path) -> None:
    batch("template", "台账.xlsx")
    for folder in ("甲组", "乙组"):
        (tmp_path / "箱" / folder).mkdir(parents=True)
        shutil.copy2(tmp_path / "台账.xlsx", tmp_path / "箱" / folder / "台账.xlsx")
    said = batch("run", "箱", *TODAY)
    assert said.code == 1
    assert "共 2 份工作簿，2 个单位。" in said.out
    page = load_workbook(Path("output/全市汇总.待修改/问题清单.xlsx"))["单位统计"]
    assert [row[0].value for row in page.iter_rows(min_row=3, max_row=4)] == ["甲组_台账", "乙组_台账"]
    assert all(Path(f"output/{folder}_台账.待修改").is_dir() for folder in ("甲组", "乙组"))
    assert "其中 2 个没有变化" in batch("run", "箱", *TODAY).out


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to the administrator")
def test_a_folder_that_cannot_be_looked_into_is_told(batch: Batch, tmp_path: Path) -> None:
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    closed = tmp_path / "箱/锁着"
    closed.mkdir(mode=0)
    said = batch("run", "箱", *TODAY)
    assert said.code == 1
    assert "文件夹“锁着”打不开" in said.out


def test_nothing_is_left_of_what_was_in_the_making(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "别处"
    nowhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(nowhere))
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学", 3)
    left = Path("output/.全市汇总.sqlite3.tmp")
    left.mkdir(parents=True)
    (left / "上次剩下的").write_bytes(b"x")
    batch("run", "箱", *TODAY)
    assert [path.name for path in Path("output").iterdir() if path.name.startswith(".")] == [".全市汇总.sqlite3"]
    assert list(nowhere.iterdir()) == []
