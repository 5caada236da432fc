"""The manual and the program say the same: of each code, in the words that clerks read; of each kind and its keys."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

import pytest

from batch.areas.contract import REQUIRED
from batch.areas.figures import Figure, FigureKind
from batch.areas.frozen import Frozen
from batch.areas.model import Column, ColumnType, Comparison, Detail, Passage, Sheet
from batch.areas.rules import Rule, RuleKind
from batch.areas.rules.members import Version
from batch.finding import Code, Finding, Severity
from tests.manual_examples import occurring

ROOT: Final = Path(__file__).resolve().parents[1]
CODES: Final = (ROOT / "docs" / "问题代码.md").read_text(encoding="utf-8")
DEFINITIONS: Final = (ROOT / "docs" / "定义文件.md").read_text(encoding="utf-8")

# Codes

_HEADING: Final = re.compile(r"^### `([^`]+)` \S+$", re.MULTILINE)
_SAYS: Final = re.compile(r"\n\n\*\*(\w\w)\*\*(?:或\*\*(\w\w)\*\*)?：(.+)\n\n")
_ANSWER: Final = re.compile(r"^- \*\*(\w+)\*\*：\S", re.MULTILINE)


class Section(NamedTuple):
    """What the manual has on a code: how grave it is, the sentence that a clerk reads, and the questions it answers."""

    severities: frozenset[str]
    sentence: str
    answers: tuple[str, ...]


def sections() -> Iterator[tuple[str, Section]]:
    """Yield (code, what is said of it) in the order of the manual."""
    _, *parts = _HEADING.split(CODES)
    for code, text in zip(parts[::2], parts[1::2], strict=True):
        says = _SAYS.match(text)
        assert says is not None, code
        *severities, sentence = says.groups()
        yield code, Section(frozenset(filter(None, severities)), sentence, tuple(_ANSWER.findall(text)))


SECTIONS: Final[Mapping[str, Section]] = dict(sections())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    return [*occurring(tmp_path_factory.mktemp("examples"))]


def test_each_code_has_a_section_in_the_order_of_the_list() -> None:
    assert [code for code, _ in sections()] == [*Code]
    assert CODES.count("\n### ") == len(Code)


@pytest.mark.parametrize("code", Code)
def test_a_section_says_how_grave_it_is_and_what_a_clerk_reads(found: list[Finding], code: Code) -> None:
    own = [finding for finding in found if finding.code is code]
    assert SECTIONS[code].severities == {finding.severity for finding in own}
    assert SECTIONS[code].sentence in {f"{finding.problem}，{finding.remedy}。" for finding in own}


@pytest.mark.parametrize("code", Code)
def test_a_section_says_why_how_to_mend_it_and_when_to_explain_what_can_be_explained(code: Code) -> None:
    answers = [each for each in SECTIONS[code].answers if each != "什么时候是错误"]
    explained = ["核实说明"] if Severity.VERIFY in SECTIONS[code].severities else []
    assert answers == ["为什么", "怎么改", *explained]


@pytest.mark.parametrize(
    "file",
    sorted([*ROOT.glob("batch/areas/*.toml"), *ROOT.glob("sample_workbooks/*/areas/*.toml")]),
    ids=lambda file: file.stem,
)
def test_every_code_that_a_definition_writes_is_in_the_list(file: Path) -> None:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    written = {each["code"] for part in ("rules", "comparisons") for each in content.get(part, ()) if "code" in each}
    assert written <= {*Code}


# Definitions

_RULE: Final = re.compile(r"^\| `([\w-]+)`(?:（([\w-]+)）)? \| (.*?) ?\| [^|]+ \| (错误|核实|提示) \|$", re.MULTILINE)
_FIGURE: Final = re.compile(r"^\| `([\w-]+)` \| (.*?) ?\| [^|]+ \|$", re.MULTILINE)
_KEYS: Final = re.compile(r"^\| ((?:`\w+`(?: / )?)+) \| [^|]+ \|$", re.MULTILINE)


def word(kind: type[Frozen]) -> str:
    """Return the word by which a definition names the kind."""
    (name,) = get_args(kind.model_fields["kind"].annotation)
    return str(name)


def keys(kind: type[Frozen], common: type[Frozen]) -> set[str]:
    """Return the keys of a kind as the page writes them: bold if they must be told, else with what then stands."""
    own = {name: each for name, each in kind.model_fields.items() if name not in {"kind", "code", *common.model_fields}}
    return {
        f"**`{name}`**" if each.is_required() else f"`{name}`" + (f"（{each.default}）" if each.default else "")
        for name, each in own.items()
    }


def below(heading: str) -> str:
    """Return the part of the page below a heading."""
    return DEFINITIONS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_words(heading: str) -> set[str]:
    """Return the keys that stand first in the rows of the tables below a heading, kinds left aside."""
    return {name for cell in _KEYS.findall(below(heading)) for name in re.findall(r"`(\w+)`", cell)}


def test_every_rule_kind_is_told_with_its_code_its_keys_and_how_grave_it_is() -> None:
    told = {
        kind: (code or kind, {*keys.split()}, severity) for kind, code, keys, severity in _RULE.findall(DEFINITIONS)
    }
    assert told == {
        word(kind): (kind.model_fields["code"].default, keys(kind, Rule), kind.model_fields["severity"].default)
        for kind in get_args(RuleKind)
    }


def test_every_figure_kind_is_told_with_its_keys() -> None:
    told = {kind: {*keys.split()} for kind, keys in _FIGURE.findall(below("指标"))}
    assert told == {word(kind): keys(kind, Figure) for kind in get_args(FigureKind)}


def test_the_keys_of_every_rule_and_of_every_column_are_told() -> None:
    assert first_words("检查") == {"code", *Rule.model_fields}
    assert {"name", *first_words("列")} == {*Column.model_fields}
    assert {*get_args(ColumnType)} <= {*re.findall(r"`(\w+)`", below("列"))}


def test_the_columns_that_a_definition_must_have_are_told() -> None:
    assert {f"“{name}”" for wanted in REQUIRED.values() for name in wanted} <= {*re.findall("“[^”]+”", below("列"))}


def test_the_examples_show_every_key_of_a_definition() -> None:
    blocks = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", DEFINITIONS, re.DOTALL)]
    shown: dict[str, Any] = {key: value for block in blocks for key, value in block.items()}
    assert {*shown} == {each.alias or name for name, each in Sheet.model_fields.items()}
    parts: dict[str, type[Frozen]] = {"comparisons": Comparison, "lists": Detail, "passages": Passage}
    assert {part: {*shown[part][0]} for part in parts} == {part: {*model.model_fields} for part, model in parts.items()}
    assert {*shown["rules"]["versions"][0]} == {*Version.model_fields}
    assert "`settings`" in DEFINITIONS
    assert [name for name in Figure.model_fields if f"`{name}" not in below("指标")] == []


# Pages


@pytest.mark.parametrize("file", sorted((ROOT / "docs").glob("*.md")), ids=lambda file: file.stem)
def test_what_a_page_points_to_is_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("https://")]
    assert [link for link in links if not (file.parent / link).exists()] == []
    named = re.findall(r"`((?:batch|tests|docs|sample_workbooks)/[^` *]+\.\w+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
    modules = re.findall(r"`(\w+\.py)`", text)
    assert [name for name in modules if not any((ROOT / "batch").rglob(name))] == []
