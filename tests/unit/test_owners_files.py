"""One report for each owner, whatever the owner is called; and ledger text that a report prints as it was typed."""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import docx
import openpyxl
import pytest

from batch import cli
from tests.books import LATER, write_book

AREAS = ("办文", "党建", "宣传", "保密")
OWNERS: dict[str, dict[str, str]] = {
    "devices and separators": {"CON": "_CON", "张三.": "张三", "李/四": "李_四", "李:四": "李_四-2"},
    "long, drawn and unseen": {"王五\u202e": "王五", "张" * 300: "张" * 60, "👩‍🏫😀": "👩🏫😀", "aux.txt": "_aux.txt"},
    "alike": {"Li": "Li", "LI": "LI-2", "李 四": "李四", "~$王": "_~$王"},
}


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str = "台账.xlsx", *words: str) -> int:
    """Run the command in a folder, and return its exit code."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["batch", "run", name, "--today", LATER, *words])
    with redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize("owners", OWNERS.values(), ids=OWNERS.keys())
def test_every_owner_gets_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owners: dict[str, str]) -> None:
    posts = "| 工作面 | A角 | B角 |" + "".join(
        f"\n| {area} | {owner} | 赵六 |" for area, owner in zip(AREAS, owners, strict=True)
    )
    rows = dict.fromkeys(AREAS, "| 经办人 |\n| 赵六 |")
    write_book(tmp_path / "台账.xlsx", {"岗位": posts, **rows})

    assert run(tmp_path, monkeypatch) == 0

    folder = tmp_path / "output" / "台账"
    reports = {f"个人报告/{file}.docx" for file in owners.values()}
    assert {path.relative_to(folder).as_posix() for path in folder.glob("个人报告/*")} == reports
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert reports == {name for name in manifest["outputs"] if name.startswith("个人报告/")}
    for area, file in zip(AREAS, owners.values(), strict=True):
        text = "\n".join(each.text for each in docx.Document(str(folder / f"个人报告/{file}.docx")).paragraphs)
        others = set(AREAS) - {area}
        assert area in text
        assert not [other for other in others if f"“{other}”" in text], "each report holds its owner's sheet alone"


def test_every_owner_has_a_sheet_of_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owners = ("History", "'张三'", "全部问题", "[李]" + "四" * 40)
    posts = "| 工作面 | A角 |" + "".join(f"\n| {area} | {name} |" for area, name in zip(AREAS, owners, strict=True))
    write_book(tmp_path / "台账.xlsx", {"岗位": posts, **dict.fromkeys(AREAS, "| 日期 |\n| '坏 |")})
    assert run(tmp_path, monkeypatch) == 1
    names = openpyxl.load_workbook(tmp_path / "output/台账.待修改/问题清单.xlsx").sheetnames
    assert names[:2] == ["问题统计", "全部问题"]
    assert set(names[2:]) == {"History-2", "张三", "全部问题-2", "_李_" + "四" * 28}


@pytest.mark.parametrize(
    ("stem", "folder"),
    [("CON .x", "_CON .x"), (".台账", "台账"), ("台账.", "台账"), ("台" * 80, "台" * 60), ("台\u200b账", "台账")],
)
def test_the_folder_s_name_is_one_that_every_system_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stem: str, folder: str
) -> None:
    write_book(tmp_path / f"{stem}.xlsx")
    assert run(tmp_path, monkeypatch, f"{stem}.xlsx") == 0
    assert [path.name for path in (tmp_path / "output").iterdir()] == [folder]
    assert (tmp_path / "output" / folder / f"标注-{stem}.xlsx").is_file()


def test_a_workbook_of_the_longest_name_has_a_marked_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "台" * 83 + ".xlsx"
    write_book(tmp_path / name)
    assert run(tmp_path, monkeypatch, name) == 0
    assert len(list(tmp_path.glob("output/*/标注-台台*.xlsx"))) == 1


TYPED = (
    "{{ 办文.发文 }}",
    "{{ 7 * 7 }}",
    "{% raw %}甲{% endraw %}",
    "{% for a in b %}",
    "{# 乙 #}",
    "{{r 丙 }}",
    "<w:p/>&<丁>",
    "&lt;戊&gt; & &#65;",
    "R&D \\n {{",
    "'] }} %}",
)


def test_ledger_text_is_printed_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them in a title, an explanation, a name and the unit's name."""
    every = "、".join(TYPED)
    documents = "| 事项 | 标题 | 办理时限 | 数量 | 核实说明 |" + "".join(
        f"\n| 收文 | 关于{typed}的通知 | 2022-04-01 | 3 | 经查{typed}确为三份 |" for typed in TYPED
    )
    posts = "| 工作面 | A角 |" + "".join(f"\n| {area} | 赵{every} |" for area in AREAS)
    write_book(tmp_path / "台账.xlsx", {"办文": documents, "岗位": posts}, cover={"单位名称": f"学校{every}"})
    assert run(tmp_path, monkeypatch) == 0
    folder = tmp_path / "output" / "台账"
    (report,) = folder.glob("个人报告/*.docx")
    own, summary = words_of(report), words_of(folder / "汇总报告.docx")
    for typed in TYPED:
        assert f"关于{typed}的通知" in own, "the list of what is overdue"
        assert f"经查{typed}确为三份" in own, "what is explained"
    assert f"赵{every}" in own
    assert f"学校{every}" in summary
    assert "49" not in own


def words_of(path: Path) -> str:
    """Return the text of a document, its tables and its headers among it."""
    document = docx.Document(str(path))
    parts = [document.element.body, *(section.header._element for section in document.sections)]
    texts = [
        "".join(each.text or "" for each in paragraph.iter("{*}t")) for part in parts for paragraph in part.iter("{*}p")
    ]
    return "\n".join(texts)
