"""Imports point one way: each room may import only from itself and from those above it in this list."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "batch"
ROOMS = (
    "batch.errors",
    "batch.values",
    "batch.system",
    "batch.period",
    "batch.finding",
    "batch.options",
    "batch.areas",
    "batch.read",
    "batch.publish",
    "batch.ledger",
    "batch.total",
    "batch.check",
    "batch.workbook",
    "batch.report",
    "batch.word",
    "batch.unit",
    "batch.bureau",
    "batch.bureau.city",
    "batch.bureau.run",
    "batch.pipeline",
    "batch",
    "batch.screen",
    "batch.commands",
    "batch.cli",
    "batch.__main__",
)
"""From the ground up; a module belongs to the entry that names it, or to the nearest package around it."""
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    while module not in ROOMS:
        module = module.rpartition(".")[0]
    return module


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("batch"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (PACKAGE.parent / Path(*inner.split("."))).with_suffix(".py").is_file()
                yield inner if is_module else node.module


def test_a_room_imports_only_from_those_above_it() -> None:
    backwards = [
        (module_name(path), name)
        for path in MODULES
        for name in imported(path)
        if ROOMS.index(room(name)) > ROOMS.index(room(module_name(path)))
    ]
    assert backwards == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter({module_name(path): set(imported(path)) for path in MODULES}).prepare()


def test_the_top_holds_no_more_than_a_newcomer_takes_in_at_a_glance() -> None:
    assert len([path for path in MODULES if path.parent == PACKAGE and path.name != "__init__.py"]) <= 8


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_no_longer_than_a_reader_bears(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
