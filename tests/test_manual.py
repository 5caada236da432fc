"""The manual and the program say the same of each code, in the words that clerks read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from batch.finding import Code, Finding, Severity
from tests.manual_examples import occurring

ROOT: Final = Path(__file__).resolve().parents[1]
CODES: Final = (ROOT / "docs" / "问题代码.md").read_text(encoding="utf-8")

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
