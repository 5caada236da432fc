"""The templates that are shipped, given out, and given back by an office; and what the manual says of them."""

import re
from pathlib import Path
from typing import Final

import docx
import pytest

from batch.report.names import BLOCKS, FIELDS, LISTS, PERSON
from batch.word.make_templates import build_templates
from batch.word.shipped import SETTINGS_FILE, SHIPPED
from tests.books import LATER, SAMPLES, write_book
from tests.commands import Batch
from tests.word_texts import text_of

ROOT: Final = Path(__file__).resolve().parents[2]
MANUAL: Final = (ROOT / "docs" / "Word模板.md").read_text(encoding="utf-8")


def test_the_word_files_are_those_of_their_outlines() -> None:
    assert [path.name for path, content in build_templates().items() if path.read_bytes() != content] == []


def test_the_manual_names_every_name() -> None:
    listed = re.findall(
        r"^\| ([^|`]+) \| [^|]+ \|$", MANUAL.partition("## 其他名字")[2].partition("## ")[0], re.MULTILINE
    )
    assert {name for cell in listed[1:] for name in cell.split("、")} == FIELDS | BLOCKS | {PERSON}
    (of_area,) = re.findall(r"`面` 有：([^。]+)。", MANUAL)
    assert set(of_area.split("、")) == LISTS["各工作面"]


def test_what_is_given_out_and_changed_is_used(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx")
    assert batch("export", "templates", "模板").code == 0
    assert {path.name for path in (tmp_path / "模板").iterdir()} == {*SHIPPED, SETTINGS_FILE}
    again = batch("export", "templates", "模板")
    assert (again.code, again.err.endswith("请换一个文件夹。\n")) == (2, True)

    changed = docx.Document(str(tmp_path / "模板" / "述职报告.docx"))
    changed.paragraphs[2].text = "各位领导：{{ 期间 }}制发文件{{ 办文.用印|中文 }}次。"
    changed.save(str(tmp_path / "模板" / "述职报告.docx"))
    (tmp_path / "模板" / SETTINGS_FILE).write_text('page_number = "centre"\nline_spacing = 28\n', encoding="utf-8")
    assert batch("run", "台账.xlsx", "--today", LATER, "--templates", "模板").code == 0

    report = tmp_path / "output" / "台账" / "述职报告.docx"
    assert "各位领导：2022年制发文件一次。" in text_of(report.read_bytes())
    document = docx.Document(str(report))
    assert document.styles["Body Text"].paragraph_format.line_spacing.pt == 28
    assert {section.footer.paragraphs[0].alignment for section in document.sections} == {1}


def test_definitions_without_a_figure_leave_its_clause_out(batch: Batch, tmp_path: Path) -> None:
    write_book(tmp_path / "台账.xlsx", {"宣传": "| 事项 | 级别 |\n| 外宣信息 | 校级 |\n| 外宣信息 | 县（区）级 |"})
    assert batch("export", "areas", "定义").code == 0
    area = tmp_path / "定义" / "宣传.toml"
    whole = area.read_text(encoding="utf-8")
    figure = re.compile(r'\[\[figures\]\]\nname = "县级外宣"\n(?:.+\n)+')
    area.write_text(figure.sub("", whole).replace(', "县（区）级媒体刊发{县级外宣}"', ""), encoding="utf-8")
    said = batch("run", "台账.xlsx", "--today", LATER, "--areas", "定义")
    assert (said.code, said.err) == (0, "")
    report = text_of((tmp_path / "output" / "台账" / "述职报告.docx").read_bytes())
    assert "发布校级外宣信息1篇" in report
    assert "县（区）级媒体" not in report


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('page_number = "left"', "“page_number”"),
        ("line_spacing = 5", "“line_spacing”"),
        ("lines = 22", "没有这样一项设置"),
        ("page_number = ", "写法有误"),
    ],
)
def test_a_bad_setting_of_the_layout_is_told(batch: Batch, tmp_path: Path, text: str, told: str) -> None:
    write_book(tmp_path / "台账.xlsx")
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / SETTINGS_FILE).write_text(text, encoding="utf-8")
    said = batch("run", "台账.xlsx", "--templates", "模板")
    assert (said.code, said.out, SETTINGS_FILE in said.err, told in said.err) == (2, "", True, True)
    assert not (tmp_path / "output").exists()


def test_the_readme_s_comparison_and_own_report(batch: Batch, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^batch (run .* --templates .*)$", readme, re.MULTILINE)
    words = [str(SAMPLES.parent / word) if word.startswith(SAMPLES.name) else word for word in line.split()]
    said = batch(*words)
    assert (said.code, said.err) == (0, "")
    own = text_of((tmp_path / "output" / "全年台账" / "工作小结.docx").read_bytes())
    assert "制发文件50余件，收发电子公文130余件" in own
    assert "用印｜95人次｜77" in own
