"""Commands upon hostile files, by name: what makes the files, the exit code, and what the screen says."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from batch.areas.load import load_definitions
from tests import hostile_files as hostile
from tests.books import write_book
from tests.documents import document_of, template_of
from tests.packages import write_ods
from tests.watched import Words

BOOK: Final = "台账.xlsx"
OUTPUT: Final = "输出"
"""Each case writes into a folder of its own below it, named by the case's number."""


@dataclass(frozen=True)
class Desk:
    """A folder with an ordinary workbook, a foreign file beside it, and an address that listens."""

    folder: Path
    address: str

    @property
    def secret(self) -> Path:
        return self.folder.parent / "外面" / "秘密.xml"

    def templates(self, name: str, files: dict[str, bytes]) -> str:
        folder = self.folder / name
        folder.mkdir()
        for file, content in files.items():
            (folder / file).write_bytes(content)
        return name

    def definition(self, name: str, text: str) -> str:
        (self.folder / name).mkdir()
        (self.folder / name / "甲.toml").write_text(text, encoding="utf-8")
        return name


Make = Callable[[Desk], Words]


def everything(desk: Desk) -> Words:
    hostile.book_of_everything(desk.folder / "全部.xlsm", desk.address)
    document = document_of("{{ 单位名称 }}{{ 述职人 }}", "{{ 任务表 }}")
    templates = desk.templates("文字", {"小结.docx": template_of(document).content})
    return ("run", "全部.xlsm", "--draft", "--templates", templates)


def with_document_type(part: str) -> Make:
    def make(desk: Desk) -> Words:
        name = f"{part.rpartition('/')[2]}.xlsx"
        content = (desk.folder / BOOK).read_bytes()
        (desk.folder / name).write_bytes(hostile.with_document_type(content, part, desk.secret))
        return ("check", name)

    return make


def in_an_ods(desk: Desk) -> Words:
    path = write_ods(desk.folder / "表.ods", '<table:table table:name="办文"/>')
    path.write_bytes(hostile.with_document_type(path.read_bytes(), "content.xml", desk.secret))
    return ("check", path.name)


def relation(name: str, part: str, old: str, new: str) -> Make:
    def make(desk: Desk) -> Words:
        target = new.format(address=desk.address, secret=desk.secret)
        hostile.with_relation(desk.folder / f"{name}.xlsx", part, old, target)
        return ("check", f"{name}.xlsx")

    return make


SHEET_OF: Final = ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml")
BOOK_OF: Final = ("_rels/.rels", "xl/workbook.xml")


def climbing(desk: Desk) -> Words:
    hostile.with_climbing_names(desk.folder / "攀.xlsx")
    return ("check", "攀.xlsx")


def pipe(desk: Desk) -> Words:
    os.mkfifo(desk.folder / "管道.xlsx")
    return ("check", "管道.xlsx")


def device(desk: Desk) -> Words:
    (desk.folder / "设备.xlsx").symlink_to("/dev/zero")
    return ("run", "设备.xlsx")


def document_types_in_templates(desk: Desk) -> Words:
    content = template_of(document_of("发文{{ 办文.发文 }}件")).content
    changed = {
        f"{number}.docx": hostile.with_document_type(content, part, desk.secret)
        for number, part in enumerate(hostile.xml_parts(content))
    }
    return ("run", BOOK, "--templates", desk.templates("声明", changed))


def tags(desk: Desk) -> Words:
    return ("run", BOOK, "--templates", desk.templates("标签", {"甲.docx": template_of(*hostile.TAGS).content}))


def fetching_template(desk: Desk) -> Words:
    content = template_of(hostile.fetching_document(desk.address)).content
    return ("run", BOOK, "--templates", desk.templates("取用", {"取.docx": content}), "--period", "2022Q1")


def linked_templates(desk: Desk) -> Words:
    folder = desk.templates("链接", {"..\\乙.docx": template_of("{{ 单位名称 }}").content})
    for name, target in {"秘密.docx": desk.secret, "设备.docx": Path("/dev/zero"), "无.docx": Path("/无")}.items():
        (desk.folder / folder / name).symlink_to(target)
    os.mkfifo(desk.folder / folder / "管道.docx")
    return ("run", BOOK, "--templates", folder)


def names_that_climb(desk: Desk) -> Words:
    persons = ("../../../甲", "/乙", "..", "C:\\丙", "CON", "丁\u202e" * 200)
    areas = ("办文", "党建", "宣传", "保密")
    posts = "\n".join(f"| {area} | '{one} |" for area, one in zip(areas, persons, strict=False))
    write_book(desk.folder / "..x.xlsx", {"岗位": f"| 工作面 | A角 |\n{posts}"}, cover={"单位名称": "../../../校"})
    return ("run", "..x.xlsx")


def joined_under_a_name_that_climbs(desk: Desk) -> Words:
    for name, sheet in (("一.xlsx", "办文"), ("二.xlsx", "党建")):
        tables = {each: "" for each in ("办文", "党建", "宣传", "保密") if each != sheet}
        write_book(desk.folder / name, tables, cover={"单位名称": "../../../校"})
    return ("run", "一.xlsx", "二.xlsx", "--draft")


def named_on_the_command_line(desk: Desk) -> Words:
    name = "a\\..\\..\\标注-b.xlsx"
    shutil.copy(desk.folder / BOOK, desk.folder / name)
    return ("check", name)


def period(_: Desk) -> Words:
    return ("run", BOOK, "--period", "2022/../../../逃")


HOSTILE_ITEM: Final = '甲",WEBSERVICE("http://127.0.0.1/"),"'


def item_like_a_formula(desk: Desk) -> Words:
    shipped = (resources.files("batch.areas") / "宣传.toml").read_text(encoding="utf-8")
    quoted = f"'{HOSTILE_ITEM}'"
    text = shipped.replace('["外宣信息", "宣传活动"]', f'["外宣信息", {quoted}]').replace('["宣传活动"]', f"[{quoted}]")
    areas = desk.definition("算式", text)
    table = f"| 事项 | 标题 |\n| '{HOSTILE_ITEM} | 活动 |"
    write_book(desk.folder / "项.xlsx", {"宣传": table}, definitions=load_definitions(desk.folder / areas))
    return ("run", "项.xlsx", "--areas", areas)


def tampered_output(desk: Desk) -> Words:
    """Put a folder in the place that says it is ours, with links and a list that lead out of it."""
    folder = desk.folder / OUTPUT / str(list(CASES).index(TAMPERED)) / "台账"
    folder.mkdir(parents=True)
    outside = os.path.relpath(desk.secret, folder)
    listed = {outside: "0" * 64, str(desk.secret): "0" * 64, "汇总报告.docx": "0" * 64}
    manifest = {"program": {"name": "batch", "version": "1"}, "inputs": [], "outputs": listed}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "个人报告").symlink_to(desk.secret.parent)
    (folder / "汇总报告.docx").symlink_to(desk.secret)
    folder.with_name("台账.待修改").symlink_to(desk.secret.parent)
    return ("run", BOOK)


def definition(name: str, text: str) -> Make:
    return lambda desk: ("check", BOOK, "--areas", desk.definition(name, text))


def piped_definition(desk: Desk) -> Words:
    (desk.folder / "管").mkdir()
    os.mkfifo(desk.folder / "管" / "甲.toml")
    return ("check", BOOK, "--areas", "管")


TAMPERED: Final = "an output folder with links that lead out of it"
CASES: Final[dict[str, tuple[Make, int, str]]] = {
    "a workbook with everything": (everything, 1, "草稿已生成"),
    **{
        f"a document type in {part}": (with_document_type(part), 2, "已损坏")
        for part in ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
    },
    **{
        f"a document type in {part}": (with_document_type(part), code, told)
        for part, code, told in (
            ("xl/worksheets/sheet2.xml", 2, "已损坏"),
            ("[Content_Types].xml", 0, "待修改"),
            ("docProps/core.xml", 0, "待修改"),
        )
    },
    "a document type in an ods": (in_an_ods, 2, "已损坏"),
    "a sheet in another file": (relation("上", *SHEET_OF, "../../../../../../../{secret}"), 2, "已损坏"),
    "a sheet by its address": (relation("外", *SHEET_OF, '{address}/a.xml" TargetMode="External'), 2, "已损坏"),
    "a sheet by a file's address": (relation("文", *SHEET_OF, "file://{secret}"), 2, "已损坏"),
    "a workbook by its address": (relation("网", *BOOK_OF, '{address}/a.xml" TargetMode="External'), 2, "部件"),
    "names in a package that climb": (climbing, 0, "待修改"),
    "a pipe": (pipe, 2, "不是普通文件"),
    "a device": (device, 2, "不是普通文件"),
    "document types in templates": (document_types_in_templates, 2, "DOCTYPE"),
    "tags": (tags, 2, "没有生成任何文件"),
    "a template that fetches": (fetching_template, 0, "可能去读别处"),
    "templates elsewhere": (linked_templates, 2, "“秘密.docx”不是Word文件"),
    "people with names that climb": (names_that_climb, 0, "报告已生成"),
    "a unit with a name that climbs": (joined_under_a_name_that_climbs, 1, "草稿已生成"),
    "a workbook with a name that climbs": (named_on_the_command_line, 0, "待修改"),
    "a period that climbs": (period, 2, "期间"),
    TAMPERED: (tampered_output, 0, "已另存为"),
    "an item like a formula": (item_like_a_formula, 0, "报告已生成"),
    "a definition with deep brackets": (definition("深", f"a = {'[' * 9999}"), 2, "套得太深"),
    "a definition with a long number": (definition("长", f"order = {'9' * 9999}"), 2, "太长的数"),
    "a definition too large": (definition("大", "#" * (5 << 20)), 2, "超过 4 MB"),
    "a definition that is a pipe": (piped_definition, 2, "不是普通文件"),
}
