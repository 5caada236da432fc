from pathlib import Path

import pytest

from batch.areas.contract import DICTIONARY_SHEET, GUIDE_SHEET, LIST_SHEET, TAKEN_NAMES
from batch.areas.definitions import Definitions
from batch.areas.load import export_definitions, load_definitions
from batch.errors import BatchError
from batch.system.office_files import LARGEST
from tests.books import checked_of, write_book

FIGURES = {
    "办文": "发文 件 收文 件 报送材料 件 归档 件 电子公文 件 传阅 件 拟办 件 请示 个 用印 人次 档案查阅 人次 "
    "应办结 件 按时办结 件 逾期 件 按时办结率 %",
    "党建": "专题党课 次 专题讨论 次 意识形态研判 次 专题学习 次 交流研讨 次 主题党日 次 支部党员大会 次 支委会 次 "
    "党小组会 次 组织生活会 次 双亮双述 次 谈心谈话 人次 党徽配发 名 外派培训 名 新发展党员 名 发展对象 人 "
    "入党积极分子 名 转正 名 平均到会率 %",
    "宣传": "校级外宣 篇 县级外宣 篇 市级以上外宣 篇 宣传活动 次",
    "保密": "承诺书 份 保密学习 次 保密检查 次 在管涉密文件 份 借出未还 份",
    "任务": "方面 个 任务项 项 完成率 %",
}
COLUMNS = {
    "封面": "*单位名称 *部门 *年度 党组织名称 上级党组织 述职人 统计起始日期 统计截止日期 填报人 填报日期",
    "岗位": "*工作面 *A角 *B角 A角离岗起 A角离岗止 B角离岗起 B角离岗止 备注",
    "办文": "序号 *日期 *事项 文号 标题 文种 载体 密级 紧急程度 往来单位 办理方式 数量 *经办人 签批人 办理时限 "
    "办结日期 核实说明 备注",
    "党建": "序号 *日期 *事项 主题 支部 对象 上一阶段日期 主持人 应到 实到 数量 *经办人 核实说明 备注",
    "宣传": "序号 *日期 *事项 *标题 平台 级别 数量 *经办人 审核人 链接 核实说明 备注",
    "保密": "序号 *日期 *事项 登记簿页码 密级 数量 参加人数 *经办人 审批人 应还日期 归还日期 核实说明 备注",
    "任务": "序号 *方面 *任务 工作面 指标 目标值 责任人 完成时限 备注",
}
DICTIONARIES = {
    "办文.事项": "发文/收文/报送材料/归档/用印/档案查阅",
    "办文.文种": "决议/决定/命令（令）/公报/公告/通告/意见/通知/通报/报告/请示/批复/议案/函/纪要",
    "办文.载体": "电子/纸质",
    "办文.密级": "绝密/机密/秘密",
    "办文.紧急程度": "特急/加急",
    "办文.办理方式": "传阅/拟办/阅存",
    "党建.事项": "专题党课/专题讨论/意识形态研判/专题学习/交流研讨/谈心谈话/主题党日/支部党员大会/支委会/党小组会/"
    "组织生活会/双亮双述/党徽配发/外派培训/列为积极分子/列为发展对象/接收预备党员/转正",
    "宣传.事项": "外宣信息/宣传活动",
    "宣传.平台": "微信/QQ/抖音/美篇/视频号/快手/学习强国/网站/报纸/电视/其他",
    "宣传.级别": "校级/县（区）级/市级/自治区级/国家级",
    "保密.事项": "涉密文件接收/涉密文件借出/涉密文件归还/涉密文件清退/涉密文件销毁/保密学习/保密检查/承诺书签订",
    "保密.密级": "绝密/机密/秘密",
    "岗位.工作面": "办文/党建/宣传/保密",
    "任务.工作面": "办文/党建/宣传/保密",
}


@pytest.mark.parametrize("sheet", FIGURES)
def test_every_figure_of_the_contract_is_there_with_its_unit(definitions: Definitions, sheet: str) -> None:
    words = FIGURES[sheet].split()
    promised = {f"{sheet}.{name}": unit for name, unit in zip(words[::2], words[1::2], strict=True)}
    found = {name: figure.unit for name, owner, figure in definitions.figures if owner.name == sheet}
    assert found == promised


def test_every_figure_says_in_words_what_it_counts(definitions: Definitions) -> None:
    assert [name for name, _, figure in definitions.figures if not figure.definition.endswith("。")] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_of_the_contract_is_there_and_the_bold_ones_are_required(
    definitions: Definitions, name: str
) -> None:
    sheets = {each.name: each.columns for each in definitions.sheets} | {"封面": definitions.cover.settings}
    found = " ".join(f"{'*' if column.required else ''}{column.name}" for column in sheets[name])
    assert found == COLUMNS[name]


def test_every_drop_down_has_the_words_of_the_contract(definitions: Definitions) -> None:
    found = {
        f"{sheet.name}.{column.name}": "/".join(column.choices)
        for sheet in definitions.sheets
        for column in sheet.columns
        if column.type in {"choice", "area"}
    }
    assert found == DICTIONARIES


def test_a_task_chooses_its_figure_among_those_of_the_areas(definitions: Definitions) -> None:
    areas = [name for name, sheet, _ in definitions.figures if sheet.role == "area"]
    assert list(definitions.tasks.column("指标").choices) == areas


def test_an_unknown_figure_is_refused_and_the_nearest_named(definitions: Definitions) -> None:
    with pytest.raises(BatchError, match=r"“办文\.发文件”.*是不是“办文\.发文”"):
        definitions.figure("办文.发文件")


MEETINGS = """
role = "area"
name = "办会"
version = "1"
title = "会务台账"
one_row = "一次会议"
order = 50
columns = [
    { name = "日期", type = "date", required = true },
    { name = "事项", type = "choice", required = true, choices = ["例会", "专题会"] },
    { name = "数量", type = "whole" },
    { name = "经办人", required = true },
    { name = "地点" },
]
breakdowns = ["地点"]
rules = [{ kind = "pattern", code = "text-form", column = "地点", pattern = '.*室', example = "会议室" }]
lists = [{ title = "例会", figure = "例会", columns = ["日期", "地点"] }]
passages = [{ lead = "会务", clauses = ["召开例会{例会}"] }]
comparisons = [{ code = "parts-exceed-whole", parts = ["例会"], whole = "会议", advice = "请核对" }]
[[figures]]
name = "例会"
kind = "sum"
where = { "事项" = ["例会"] }
unit = "次"
definition = "例会的次数。"
[[figures]]
name = "会议"
kind = "sum"
unit = "次"
definition = "全部会议的次数。"
[[figures]]
name = "例会比例"
kind = "share"
part = "例会"
whole = "会议"
unit = "%"
definition = "例会占会议的比例。"
"""
BROKEN = {
    "unknown key": ('title = "会务台账"', 'title = "会务台账"\ncolour = "红"', ["colour", "没有这样一项设置"]),
    "unknown key deep": ('{ name = "地点" }', '{ name = "地点", wide = 3 }', ["columns", "第5条", "wide"]),
    "missing key": ('one_row = "一次会议"', "", ["one_row", "缺少"]),
    "missing kind": ('kind = "pattern", ', "", ["rules", "第1条", "kind"]),
    "bad kind": ('kind = "pattern"', 'kind = "patern"', ["rules", "第1条", "kind", "pattern"]),
    "bad figure kind": ('kind = "share"', 'kind = "ratio"', ["figures", "第3条", "kind", "share"]),
    "bad column type": ('type = "whole"', 'type = "integer"', ["columns", "第3条", "type", "whole"]),
    "not a list": ('breakdowns = ["地点"]', 'breakdowns = "地点"', ["breakdowns", "方括号"]),
    "not a truth": ("required = true, choices", 'required = "也许", choices', ["columns", "第2条", "required"]),
    "bad severity": ('kind = "pattern"', 'severity = "严重", kind = "pattern"', ["rules", "第1条", "severity", "核实"]),
    "bad code": ('code = "text-form"', 'code = "text-from"', ["rules", "第1条", "code", "是不是“text-form”"]),
    "no dictionary": (', choices = ["例会", "专题会"]', "", ["事项", "choices"]),
    "column of a rule": ('column = "地点"', 'column = "会场"', ["pattern", "会场"]),
    "column of a filter": ('where = { "事项"', 'where = { "种类"', ["例会", "种类"]),
    "value of a filter": ('["例会"] }\nunit', '["周会"] }\nunit', ["事项", "周会"]),
    "figure of a share": ('part = "例会"', 'part = "周会"', ["例会比例", "周会"]),
    "figure of a list": ('figure = "例会"', 'figure = "周会"', ["lists", "周会"]),
    "column of a list": ('["日期", "地点"]', '["日期", "会场"]', ["lists", "会场"]),
    "figure of a passage": ("召开例会{例会}", "召开例会{周会}", ["passages", "周会"]),
    "figure of a comparison": ('parts = ["例会"]', 'parts = ["周会"]', ["comparisons", "周会"]),
    "column of a breakdown": ('breakdowns = ["地点"]', 'breakdowns = ["会场"]', ["breakdowns", "会场"]),
    "no such needed column": ('{ name = "经办人", required = true },', "", ["columns", "经办人"]),
    "column twice": ('{ name = "地点" }', '{ name = "数量" }', ["columns", "数量", "两次"]),
    "figure twice": ('name = "会议"', 'name = "例会"', ["figures", "例会", "两次"]),
    "bad pattern": ("'.*室'", "'(室'", ["rules", "第1条", "正则"]),
    "bad braces": ("召开例会{例会}", "召开例会{例会", ["passages"]),
    "text rule on a date": ('column = "地点"', 'column = "日期"', ["pattern", "日期"]),
    "dates that are text": ('type = "date", ', "", ["columns", "日期"]),
    "counts with decimals": ('type = "whole"', 'type = "number"', ["columns", "数量"]),
    "name no sheet can have": ('name = "办会"', 'name = "办/会"', ["name", "办/会"]),
    "name too long": ('name = "办会"', f'name = "{"会" * 32}"', ["name"]),
    "name with blanks around it": ('name = "办会"', 'name = "办会 "', ["name", "两端"]),
    "name of another sheet": ('name = "办会"', 'name = "字典"', ["name", "另有用处"]),
    "switched off without a reason": (
        'kind = "pattern"',
        'off = " ", kind = "pattern"',
        ["rules", "第1条", "off", "原因"],
    ),
    "item of a frequency": (
        'kind = "pattern", code = "text-form", column = "地点", pattern = \'.*室\', example = "会议室"',
        'kind = "frequency", item = "周会", every = "month"',
        ["frequency", "事项", "周会"],
    ),
    "span of a frequency": (
        'kind = "pattern", code = "text-form", column = "地点", pattern = \'.*室\', example = "会议室"',
        'kind = "frequency", item = "例会", every = "week"',
        ["rules", "第1条", "every", "month"],
    ),
    "column of a threshold": (
        'kind = "pattern", code = "text-form", column = "地点", pattern = \'.*室\', example = "会议室"',
        'kind = "quorum", code = "part-too-small", part = "地点", whole = "数量"',
        ["quorum", "地点", "whole"],
    ),
    "bad TOML": ('role = "area"', "role = area", ["写法有误"]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_bad_definition_is_told_by_file_key_and_reason(tmp_path: Path, what: str) -> None:
    old, new, told = BROKEN[what]
    assert MEETINGS.count(old) == 1
    (tmp_path / "办会.toml").write_text(MEETINGS.replace(old, new), encoding="utf-8")
    with pytest.raises(BatchError) as refusal:
        load_definitions(tmp_path)
    assert [word for word in ["“办会.toml”", *told] if word not in str(refusal.value)] == []
    assert str(refusal.value).endswith("。")


def test_a_rule_can_be_switched_off_and_its_reason_is_kept(tmp_path: Path) -> None:
    export_definitions(tmp_path)
    file = tmp_path / "办文.toml"
    switched = 'kind = "document-number-form"\noff = "本校文号由上级统一编"'
    text = file.read_text(encoding="utf-8").replace('kind = "document-number-form"', switched)
    text = text.replace('kind = "one-piece"', 'kind = "one-piece"\nseverity = "提示"')
    file.write_text(text.replace('kind = "control-total"', 'kind = "control-total"\noff = "不核对"'), encoding="utf-8")
    table = "|序号|日期|事项|文号|数量|\n|1|2022-03-05|发文|第一号|2|\n|小计||||9|"
    checked = checked_of(write_book(tmp_path / "台账.xlsx", {"办文": table}), areas=tmp_path)
    assert [(each.severity.value, each.code) for each in checked.findings] == [("提示", "more-than-one")]
    area = checked.definitions.areas[0]
    assert [(rule.code, rule.off) for rule in area.switched_off] == [
        ("document-number-form", "本校文号由上级统一编"),
        ("control-total", "不核对"),
    ]


def test_every_area_has_the_checks_that_every_area_should(definitions: Definitions) -> None:
    common = {"duplicate", "outlier", "not-future", "handlers", "handled-while-away", "control-total"}
    assert [area.name for area in definitions.areas if not common <= {rule.kind for rule in area.rules}] == []


def test_a_definition_that_is_not_utf8_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "办会.toml").write_bytes(MEETINGS.encode("gbk"))
    with pytest.raises(BatchError, match=r"“办会\.toml”.*UTF-8"):
        load_definitions(tmp_path)


@pytest.mark.parametrize("name", ["没有", "空", "file.toml"])
def test_a_folder_without_definitions_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "file.toml").write_text(MEETINGS, encoding="utf-8")
    with pytest.raises(BatchError, match=name):
        load_definitions(tmp_path / name)


def test_a_second_cover_is_refused(tmp_path: Path) -> None:
    cover = 'role = "cover"\nname = "首页"\nversion = "1"\ntitle = "首页"\n'
    cover += 'settings = [{ name = "单位名称" }, { name = "年度", type = "year" }]\n'
    (tmp_path / "首页.toml").write_text(cover, encoding="utf-8")
    with pytest.raises(BatchError, match=r"cover.*封面、首页"):
        load_definitions(tmp_path)


def test_names_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    for name in ("Events", "EVENTS"):
        text = MEETINGS.replace('name = "办会"', f'name = "{name}"')
        (tmp_path / f"{name}-1.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BatchError, match=r"“EVENTS”和“Events”只有大小写不同"):
        load_definitions(tmp_path)


def test_no_area_takes_the_name_of_a_sheet_of_ours() -> None:
    assert {GUIDE_SHEET, DICTIONARY_SHEET, LIST_SHEET} <= TAKEN_NAMES


def test_a_folder_adds_an_area_in_its_order(tmp_path: Path) -> None:
    (tmp_path / "办会.toml").write_text(MEETINGS.replace("order = 50", "order = 15"), encoding="utf-8-sig")
    found = load_definitions(tmp_path)
    assert [area.name for area in found.areas] == ["办文", "办会", "党建", "宣传", "保密"]
    assert "办会.例会" in found.tasks.column("指标").choices
    assert "办会" in found.posts.column("工作面").choices


def test_a_folder_replaces_the_area_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "我们的.toml").write_text(MEETINGS.replace('name = "办会"', 'name = "宣传"'), encoding="utf-8")
    found = load_definitions(tmp_path)
    assert [area.name for area in found.areas] == ["办文", "党建", "保密", "宣传"]
    assert [name for name, sheet, _ in found.figures if sheet.name == "宣传"] == [
        "宣传.例会",
        "宣传.会议",
        "宣传.例会比例",
    ]


def test_exported_definitions_given_back_change_nothing(tmp_path: Path, definitions: Definitions) -> None:
    written = export_definitions(tmp_path / "areas")
    assert sorted(path.name for path in written) == sorted(definitions.digests)
    assert load_definitions(tmp_path / "areas") == definitions


def test_an_export_never_overwrites(tmp_path: Path) -> None:
    export_definitions(tmp_path)
    (tmp_path / "办文.toml").write_text("# 我们改过的", encoding="utf-8")
    with pytest.raises(BatchError, match="已经存在"):
        export_definitions(tmp_path)
    assert (tmp_path / "办文.toml").read_text(encoding="utf-8") == "# 我们改过的"


def test_an_export_never_writes_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "定义").mkdir()
    (tmp_path / "定义" / "办文.toml").symlink_to(tmp_path / "别处")
    with pytest.raises(BatchError, match=r"办文[.]toml”已经存在"):
        export_definitions(tmp_path / "定义")
    assert not (tmp_path / "别处").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a = " + "[" * 9999, "里有套得太深的括号或太长的数"),
        ("a = " + "{a=" * 9999, "里有套得太深的括号或太长的数"),
        (f"order = {'9' * 9999}", "里有套得太深的括号或太长的数"),
        ("#" * (LARGEST + 1), "超过 4 MB"),
    ],
    ids=["brackets", "braces", "digits", "size"],
)
def test_a_definition_without_measure_is_refused(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "甲.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BatchError, match=f"工作面定义“甲.toml”{told}"):
        load_definitions(tmp_path)
