"""What code knows of the sheets: a definition may leave out what is optional, and is refused without the rest."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, Final

import pytest

from batch import BatchError, Options, run_workbooks
from batch.areas.contract import AMOUNT, OPTIONAL, REQUIRED, Role
from batch.areas.load import load_definitions
from batch.areas.model import Sheet
from tests.books import LATER, write_book

FILES: Final[Mapping[Role, str]] = {"cover": "封面", "area": "宣传", "posts": "岗位", "tasks": "任务"}
PARTS: Final = frozenset({"rules", "figures", "comparisons", "lists", "passages", "breakdowns"})
CASES: Final = [(role, name) for role in FILES for name in (*REQUIRED[role], *OPTIONAL[role])]


def written(value: object) -> str:
    """Return a value as TOML: tables in one line, all else as JSON has it."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {written(each)}' for key, each in value.items())}}}"
    return f"[{', '.join(map(written, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def names(value: object, word: str) -> bool:
    """Say whether a part of a definition names a column or a figure: as a word of its own, or in braces."""
    if isinstance(value, dict):
        return any(names(each, word) for pair in value.items() for each in pair)
    return (
        any(names(each, word) for each in value)
        if isinstance(value, list)
        else value == word or f"{{{word}}}" in str(value)
    )


def reading(sheet: Sheet, column: str) -> Iterator[tuple[str, int]]:
    """Yield (part of the definition, number) of the rules and figures that read a column."""
    for part, kinds in (("rules", sheet.written_rules), ("figures", sheet.figures)):
        for number, kind in enumerate(kinds):
            if column in kind.reads and not (part == "figures" and column == AMOUNT):  # without it each row counts as 1
                yield part, number


def without(content: dict[str, Any], column: str) -> dict[str, Any]:
    """Return a definition without a column, and without what reads it: rules, figures, and what rests on these."""
    listed = "settings" if content["role"] == "cover" else "columns"
    rest = {**content, listed: [each for each in content[listed] if each["name"] != column]}
    readers = [] if content["role"] == "cover" else list(reading(Sheet.model_validate(content), column))
    gone = [column, *(content["figures"][number]["name"] for part, number in readers if part == "figures")]
    for part in PARTS & rest.keys():
        rest[part] = [
            each
            for number, each in enumerate(rest[part])
            if (part, number) not in readers and not any(names(each, word) for word in gone)
        ]
    return rest


def definitions_without(folder: Path, role: Role, column: str) -> Path:
    folder.mkdir()
    file = folder / f"{FILES[role]}.toml"
    shipped = (resources.files("batch.areas") / file.name).read_text(encoding="utf-8")
    content = without(tomllib.loads(shipped), column)
    file.write_text(
        "\n".join(f"{json.dumps(key)} = {written(value)}" for key, value in content.items()), encoding="utf-8"
    )
    return folder


TABLES: Final = {
    "岗位": """
    | 工作面 | A角 | B角 | A角离岗起 | A角离岗止 |
    | 办文 | 张三 | 李四 | 2022-03-01 | 2022-03-31 |
    | 宣传 | 张三 | 李四 |  |  |
    | 党建 | 张三 | 李四 |  |  |
    | 保密 | 张三 | 李四 |  |  |""",
    "任务": "| 工作面 | 指标 | 目标值 | 责任人 | 完成时限 |\n| 宣传 | 宣传.宣传活动 | 3 | 张三 | 2022-06-30 |",
    "宣传": "| 事项 | 数量 |\n| 宣传活动 | 2 |",
}


@pytest.mark.parametrize(("role", "column"), CASES)
def test_a_definition_without_a_column_works_or_is_told_as_a_bad_one(tmp_path: Path, role: Role, column: str) -> None:
    options = Options(
        today=date.fromisoformat(LATER), areas=definitions_without(tmp_path / "areas", role, column), output=tmp_path
    )
    book = write_book(tmp_path / "台账.xlsx", TABLES)
    if column in REQUIRED[role]:
        with pytest.raises(BatchError, match=f"“{FILES[role]}.toml”.*必须有“{column}”"):
            run_workbooks([book], options)
    else:
        outcome = run_workbooks([book], options)
        assert outcome.is_reported
        assert outcome.checked.totals is not None
        assert outcome.checked.totals.figures["宣传.宣传活动"].value == (1 if column == "数量" else 2)


@pytest.mark.parametrize(("role", "column"), CASES)
def test_what_code_knows_is_in_the_shipped_definitions_as_it_knows_it(role: Role, column: str) -> None:
    definitions = load_definitions()
    columns = {
        "cover": definitions.cover.settings,
        "posts": definitions.posts.columns,
        "tasks": definitions.tasks.columns,
        "area": definitions.areas[0].columns,
    }
    types = {each.name: each.type for each in columns[role]}
    assert types[column] == {**REQUIRED[role], **OPTIONAL[role]}[column]
