"""The commands as a clerk uses them: arguments in; exit code, screen and files out."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.books import LATER, SAMPLES, write_book
from tests.commands import Batch
from tests.word_texts import text_of


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_filled_template_becomes_the_folder_to_hand_out(batch: Batch, tmp_path: Path) -> None:
    assert batch("template", "台账.xlsx", "--year", "2022", "--unit", "测试学校").code == 0
    book = openpyxl.load_workbook("台账.xlsx")
    cover = {str(row[0].value): row[1] for row in book["封面"].iter_rows(min_row=3)}
    assert (cover["年度"].value, cover["单位名称"].value) == (2022, "测试学校")
    book.close()
    write_book(Path("台账.xlsx"), {"办文": "| 事项 |\n| 发文 |\n| 发文 |\n| 收文 |"})

    said = batch("run", "台账.xlsx", "--today", LATER)

    assert (said.code, said.err) == (0, "")
    assert written(tmp_path / "output" / "台账") == {
        "汇总报告.docx",
        "述职报告.docx",
        "汇总表.xlsx",
        "个人报告/张三.docx",
        "问题清单.xlsx",
        "标注-台账.xlsx",
        "figures.json",
        "manifest.json",
    }
    figures = json.loads((tmp_path / "output/台账/figures.json").read_text(encoding="utf-8"))
    assert figures["period"] == ["2022-01-01", "2022-12-31"]
    assert figures["figures"]["办文.发文"] == {
        "value": 2,
        "unit": "件",
        "definition": "日期在统计期内、事项为“发文”的数量之和。",
        "sources": [{"sheet": "办文", "rows": "3-4"}],
    }
    assert figures["reconciliation"]["办文"] | {"reasons": []} == {
        "read": 3,
        "counted": 3,
        "outside": 0,
        "excluded": 0,
        "subtotal": 0,
        "blank": 0,
        "reasons": [],
    }
    report = (tmp_path / "output/台账/汇总报告.docx").read_bytes()
    assert "制发文件2件" in text_of(report)


def test_errors_are_told_together_and_leave_only_what_is_to_be_mended(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |\n| 2022-03-05 | '用章 |"})
    said = batch("run", "台账.xlsx")
    assert said.code == 1
    assert "办文!B3" in said.out
    assert "办文!C4" in said.out
    assert not (tmp_path / "output/台账").exists()
    assert written(tmp_path / "output/台账.待修改") == {"问题清单.xlsx", "标注-台账.xlsx", "manifest.json"}


def test_a_clean_run_takes_the_list_of_mistakes_away(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |"})
    batch("run", "台账.xlsx")
    write_book(tmp_path / "台账.xlsx")
    assert batch("run", "台账.xlsx").code == 0
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["台账"]


def test_a_faulty_run_leaves_the_earlier_reports_as_they_were(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    batch("run", "台账.xlsx", "--today", LATER)
    before = {name: (tmp_path / "output/台账" / name).read_bytes() for name in written(tmp_path / "output/台账")}
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |"})
    assert batch("run", "台账.xlsx", "--today", LATER).code == 1
    assert {name: (tmp_path / "output/台账" / name).read_bytes() for name in before} == before


def test_a_draft_is_marked_on_every_page_and_still_exits_1(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |\n| 2022-03-05 | 用印 |"})
    said = batch("run", "台账.xlsx", "--draft")
    assert said.code == 1
    for name in ("汇总报告.docx", "述职报告.docx", "个人报告/张三.docx"):
        section = docx.Document(str(tmp_path / "output/台账" / name)).sections[0]
        for header in (section.header, section.even_page_header):
            assert "草稿" in header.paragraphs[0].text
    summary = docx.Document(str(tmp_path / "output/台账/汇总报告.docx"))
    cells = [cell.text for table in summary.tables for row in table.rows for cell in row.cells]
    assert any("办文!B3" in cell for cell in cells), "the excluded row is listed"


def test_an_edited_report_is_kept_and_told(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    batch("run", "台账.xlsx")
    (tmp_path / "output/台账/汇总报告.docx").write_bytes(b"edited")
    said = batch("run", "台账.xlsx")
    kept = [path for path in (tmp_path / "output").iterdir() if ".旧版-" in path.name]
    assert said.code == 0
    assert len(kept) == 1
    assert (kept[0] / "汇总报告.docx").read_bytes() == b"edited"
    assert kept[0].name in said.out
    assert "汇总报告.docx" in said.out


def test_a_period_names_the_folder_and_the_titles(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    assert batch("run", "台账.xlsx", "--period", "2022H1", "--today", LATER).code == 0
    report = docx.Document(str(tmp_path / "output/台账.2022H1/述职报告.docx"))
    assert report.paragraphs[0].text == "2022年上半年述职报告"


def test_the_same_input_gives_the_same_bytes(batch: Batch, tmp_path: Path) -> None:
    book = SAMPLES / "全年台账.xlsx"
    batch("run", book, "-o", "one", "--today", LATER)
    batch("run", book, "-o", "two", "--today", LATER)
    one, two = tmp_path / "one/全年台账", tmp_path / "two/全年台账"
    assert {name for name in written(one) if (one / name).read_bytes() != (two / name).read_bytes()} == set()


def test_the_input_is_not_touched(batch: Batch, tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    batch("run", path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


def test_no_file_tells_where_it_was_made(batch: Batch, tmp_path: Path) -> None:
    batch("run", write_book(tmp_path / "台账.xlsx"))
    for name in written(tmp_path / "output/台账"):
        path = tmp_path / "output/台账" / name
        parts = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                parts = [package.read(part) for part in package.namelist()]
        assert not any(str(tmp_path).encode() in part for part in parts), name


def test_findings_as_json_stand_alone_on_the_screen(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '2022.13.5 | 用印 |"})
    said = batch("check", "台账.xlsx", "--format", "json")
    assert said.code == 1
    findings = [each for each in json.loads(said.out)["findings"] if each["code"] != "frequency-missed"]
    assert {"findings": findings} == {
        "findings": [
            {
                "sheet": "办文",
                "row": 3,
                "column": "日期",
                "cell": "办文!B3",
                "value": "2022.13.5",
                "code": "bad-date",
                "severity": "错误",
                "message": "办文!B3“日期”填的“2022.13.5”不是有效日期，月份只有1到12，请改正。",
            }
        ]
    }


def test_a_check_with_an_output_folder_leaves_the_list_there(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    assert batch("check", "台账.xlsx", "-o", "结果").code == 0
    assert "问题清单.xlsx" in written(tmp_path / "结果/台账.待修改")


def test_a_long_list_is_cut_after_twenty(batch: Batch, tmp_path: Path) -> None:
    rows = "\n".join(f"| '坏{number} | 用印 |\n| 2022-03-05 | 用印 |" for number in range(25))
    write_book(tmp_path / "台账.xlsx", {"办文": f"| 日期 | 事项 |\n{rows}"})
    said = batch("check", "台账.xlsx")
    assert said.out.count("“日期”") == 20
    assert "另有 6 处，用 -o 写出问题清单可看全部。" in said.out
    assert not [line for line in said.out.splitlines() if line != line.rstrip()]
    assert "另有 6 处，见问题清单。" in batch("check", "台账.xlsx", "-o", "结果").out


def test_a_figure_is_traced_to_its_rows(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 事项 | 数量 |\n| 用印 | 3 |\n| 档案查阅 | 1 |\n| 用印 | 4 |"})
    said = batch("trace", "台账.xlsx", "办文.用印")
    assert said.code == 0
    assert "办文.用印 = 7人次" in said.out
    assert "第 3,5 行" in said.out


def test_figures_are_listed_with_and_without_a_workbook(batch: Batch, tmp_path: Path) -> None:
    assert "保密.在管涉密文件" in batch("figures").out
    write_book(tmp_path / "台账.xlsx", {"办文": "| 事项 | 数量 |\n| 用印 | 31 |"})
    assert "31人次" in batch("figures", "台账.xlsx").out


def test_exported_definitions_give_the_same_figures_when_given_back(batch: Batch, tmp_path: Path) -> None:
    assert batch("export", "areas", "定义").code == 0
    write_book(tmp_path / "台账.xlsx")
    assert batch("run", "台账.xlsx", "--areas", "定义").code == 0


def test_a_fifth_area_needs_one_file_and_no_python(batch: Batch, tmp_path: Path) -> None:
    folder = SAMPLES / "五个工作面"
    said = batch("run", folder / "台账.xlsx", "--areas", folder / "areas", "--today", LATER)
    assert said.code == 0
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "output/台账/述职报告.docx")).paragraphs)
    assert "六是抓好办会工作" in text
    assert batch("template", "空.xlsx", "--areas", folder / "areas").code == 0
    assert "办会" in openpyxl.load_workbook("空.xlsx").sheetnames


def test_a_run_is_compared_with_last_years_ledger(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 事项 | 数量 |\n| 用印 | 8 |"})
    rows = "| 2021-03-05 | 用印 | 5 |\n| '坏掉的日期 | 用印 | 6 |"
    last = write_book(tmp_path / "上年.xlsx", {"办文": f"| 日期 | 事项 | 数量 |\n{rows}"}, cover={"年度": 2021})
    stamp = last.stat().st_mtime_ns
    assert batch("run", "台账.xlsx", "-o", "单独", "--today", LATER).code == 0

    said = batch("run", "台账.xlsx", "--previous", "上年.xlsx", "--today", LATER)

    assert (said.code, said.err) == (0, "")
    assert "同比：上期为2021年。\n上期台账有1处错误，有错误的行没有计入上期。\n" in said.out
    assert "坏掉的日期" not in said.out
    page = openpyxl.load_workbook(tmp_path / "output/台账/汇总表.xlsx", data_only=True)["指标签字页"]
    (row,) = ([cell.value for cell in row[2:5]] for row in page.iter_rows() if row[1].value == "用印")
    assert row == [8, 5, 3]
    folder, alone = tmp_path / "output/台账", tmp_path / "单独/台账"
    assert (folder / "figures.json").read_bytes() == (alone / "figures.json").read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(last.read_bytes()).hexdigest()
    assert manifest["previous"] == [{"name": "上年.xlsx", "sha256": digest}]
    assert manifest["options"]["previous"] == ["上年.xlsx"]
    assert last.stat().st_mtime_ns == stamp
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "上年.xlsx", "单独", "台账.xlsx"]


def test_the_earlier_ledger_may_be_in_several_workbooks(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    write_book(tmp_path / "一.xlsx", {"办文": "", "党建": ""}, cover={"年度": 2021})
    write_book(tmp_path / "二.xlsx", {"宣传": "", "保密": ""}, cover={"年度": 2021})
    said = batch("run", "台账.xlsx", "--previous", "一.xlsx", "--previous", "二.xlsx", "--today", LATER)
    assert said.code == 0
    manifest = json.loads((tmp_path / "output/台账/manifest.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in manifest["previous"]] == ["一.xlsx", "二.xlsx"]


def test_a_month_is_compared_with_the_month_before_it(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    assert "环比：上期为2022年3月。" in batch("run", "台账.xlsx", "--period", "2022-04", "--today", LATER).out
    manifest = json.loads((tmp_path / "output/台账.2022-04/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["previous"], manifest["options"]["previous"]) == (None, None)
    assert "上期" not in batch("run", "台账.xlsx", "--today", LATER).out


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "a missing file": (("run", "没有.xlsx"), "找不到文件"),
    "a Word file": (("run", "报告.docx"), "是Word文档"),
    "a folder for a check": (("check", "文件夹"), "是文件夹"),
    "a folder without workbooks": (("run", "文件夹"), "没有找到工作簿"),
    "a lock file": (("run", "~$台账.xlsx"), "临时锁文件"),
    "an unwritable output": (("run", "台账.xlsx", "-o", "报告.docx"), "写不进文件夹"),
    "a foreign folder in the place": (("run", "台账.xlsx", "-o", "别人的"), "不是本程序写出的"),
    "a watch that writes files": (("check", "台账.xlsx", "--watch", "-o", "结果"), "--watch 只在屏幕上"),
    "a watch for a program": (("check", "台账.xlsx", "--watch", "--format", "json"), "--watch 只在屏幕上"),
    "a watch of a missing file": (("check", "没有.xlsx", "--watch"), "找不到文件"),
    "a watch without definitions": (("check", "台账.xlsx", "--watch", "--areas", "文件夹"), "没有工作面定义"),
    "a missing earlier ledger": (("run", "台账.xlsx", "--previous", "没有.xlsx"), "找不到文件"),
    "an earlier ledger that is Word's": (("run", "台账.xlsx", "--previous", "报告.docx"), "是Word文档"),
    "an earlier ledger that is this one": (("run", "台账.xlsx", "--previous", "台账.xlsx"), "就是本期的台账"),
    "an earlier ledger of the same year": (("run", "台账.xlsx", "--previous", "同年.xlsx"), "不早于本期的2022"),
    "an earlier ledger of others": (("run", "台账.xlsx", "--previous", "别人的.xlsx"), "单位名称是“别的学校”"),
    "a bad period": (("run", "台账.xlsx", "--period", "去年"), "统计期间“去年”不认识"),
    "a bad today": (("run", "台账.xlsx", "--today", "明天"), "不是日期"),
    "a folder without definitions": (("run", "台账.xlsx", "--areas", "文件夹"), "没有工作面定义"),
    "an unknown figure": (("trace", "台账.xlsx", "办文.发文数"), "是不是“办文.发文”"),
    "an unknown area": (("trace", "台账.xlsx", "办会.会议"), "没有“办会.会议”这个指标"),
    "a template over a filled workbook": (("template", "台账.xlsx"), "已经存在"),
    "a template that is no workbook": (("template", "台账.doc"), ".xlsx 结尾"),
    "an unknown option": (("run", "台账.xlsx", "--fast"), "没有“--fast”这个选项"),
    "a mistyped option": (("run", "台账.xlsx", "--perod"), "没有“--perod”这个选项，是不是“--period”"),
    "an unknown command": (("report", "台账.xlsx"), "没有“report”这个命令"),
    "a mistyped command": (("chek", "台账.xlsx"), "没有“chek”这个命令，是不是“check”"),
    "no workbook": (("run",), "缺少“工作簿”"),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_run_is_told_in_one_sentence(
    batch: Batch, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    write_book(tmp_path / "台账.xlsx")
    write_book(tmp_path / "同年.xlsx", cover={"填报人": "李四"})
    write_book(tmp_path / "别人的.xlsx", cover={"单位名称": "别的学校", "年度": 2021})
    docx.Document().save(str(tmp_path / "报告.docx"))
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "别人的/台账").mkdir(parents=True)
    (tmp_path / "别人的/台账/照片.jpg").write_bytes(b"")
    (tmp_path / "~$台账.xlsx").write_bytes(b"x" * 165)
    before = written(tmp_path)
    said = batch(*words)
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.err.rstrip().endswith("。")
    assert (said.out, written(tmp_path)) == ("", before), "nothing was written"


def test_an_interruption_is_told_in_one_sentence(batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    write_book(tmp_path / "台账.xlsx")
    monkeypatch.setattr(Path, "open", interrupt)
    assert batch("run", "台账.xlsx") == (2, "", "已中断，没有留下写到一半的文件。\n")
    assert batch("check", "台账.xlsx", "--watch") == (2, "已结束，不再检查。\n", "")


def test_the_help_is_chinese_throughout(batch: Batch) -> None:
    for command in ("template", "check", "run", "trace", "figures", "export"):
        said = batch(command, "--help")
        assert said.code == 0
        for english in ("Usage", "Options", "Arguments", "Show", "required", "default", "<"):
            assert english not in said.out


def test_output_survives_a_gbk_console(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏😀 | 用印 |"})
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    command = [sys.executable, "-m", "batch", "check", str(path)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert "坏?" in done.stdout.decode("gbk")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", [("run",), ("check", "--format", "json")], ids=lambda words: words[0])
def test_a_screen_that_goes_to_a_full_disk_is_told_in_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = write_book(tmp_path / "台账.xlsx")
    command = [sys.executable, "-m", "batch", *words, str(path)]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path, check=False)
    sentence = "屏幕上的内容写不出去（磁盘已满），请检查输出转到的文件或程序。\n"
    assert (done.returncode, done.stderr) == (2, sentence)


@pytest.mark.parametrize("words", [("run",), ("check",), ("check", "-o", "output")], ids=" ".join)
def test_a_workbook_that_is_open_may_hold_what_was_not_saved(
    batch: Batch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    write_book(tmp_path / "台账.xlsx")
    (tmp_path / "~$台账.xlsx").write_bytes(b"x" * 165)
    said = batch(*words, "台账.xlsx", "--today", LATER)
    assert said.code == 0
    told = "提醒：“台账.xlsx”正在Excel、WPS等程序里打开着，没有保存的改动没有读到。"
    assert said.out.replace("\n", "").endswith(told)
    assert not any("打开着" in path.read_text(encoding="utf-8") for path in Path("output").rglob("*.json"))


def test_a_clerk_mends_in_the_marked_copy_and_runs_it(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"办文": "| 日期 | 事项 |\n| '坏 | 用印 |\n| 2022-03-05 | 用印 |"})
    assert batch("run", "台账.xlsx", "--today", LATER).code == 1
    copy = tmp_path / "output" / "台账.待修改" / "标注-台账.xlsx"
    book = openpyxl.load_workbook(copy)
    book["办文"]["B3"] = "2022-03-06"
    book.save(copy)

    said = batch("run", copy, "--today", LATER)

    assert said.code == 0
    assert "“台账.待修改”里有改动过的内容，没有删除" in said.out
    assert copy.is_file()
    book = openpyxl.load_workbook(tmp_path / "output" / "台账" / "标注-台账.xlsx")
    assert {row[0].value for row in book["问题清单"].iter_rows(min_row=3)} == {"提示"}
    assert (book["办文"]["B3"].value, book["办文"]["B3"].fill.fill_type) == ("2022-03-06", None)


def test_the_list_says_which_checks_are_switched_off_and_why(batch: Batch, tmp_path: Path) -> None:
    assert batch("export", "areas", "定义").code == 0
    file = tmp_path / "定义" / "办文.toml"
    rule = 'kind = "document-number-gap"'
    file.write_text(
        file.read_text(encoding="utf-8").replace(rule, f'{rule}\noff = "文号由校办统一编"'), encoding="utf-8"
    )
    write_book(tmp_path / "台账.xlsx")
    assert batch("check", "台账.xlsx", "--areas", "定义", "-o", "结果", "--today", LATER).code == 0
    (listed,) = (tmp_path / "结果").rglob("问题清单.xlsx")
    cells = [str(row[0].value) for row in openpyxl.load_workbook(listed)["问题统计"].iter_rows()]
    assert "“办文”的检查 document-number-gap 已停用：文号由校办统一编。" in cells
