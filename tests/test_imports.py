"""Imports point one way: each module may import only from those above it in this list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "batch"
ORDER = (
    "batch",
    "batch.errors",
    "batch.values",
    "batch.system.process",
    "batch.system.site",
    "batch.system.disk",
    "batch.system.saves",
    "batch.system.open_files",
    "batch.system.whole_file",
    "batch.system",
    "batch.finding",
    "batch.period",
    "batch.options",
    "batch.areas.frozen",
    "batch.areas.where",
    "batch.areas.rules",
    "batch.areas.measured",
    "batch.areas.figures",
    "batch.areas.model",
    "batch.areas.definitions",
    "batch.areas.load",
    "batch.ledger.advice",
    "batch.read.limits",
    "batch.ledger.clean",
    "batch.read.grid",
    "batch.read.values",
    "batch.read.xml",
    "batch.read.parts",
    "batch.read.styles",
    "batch.read.texts",
    "batch.read.context",
    "batch.read.quick.octets",
    "batch.read.quick.tags",
    "batch.read.quick.addresses",
    "batch.read.quick.contents",
    "batch.read.quick.plain",
    "batch.read.exact",
    "batch.read.xlsx",
    "batch.read.ods",
    "batch.read.strangers",
    "batch.read.xls",
    "batch.read.xlsb",
    "batch.read.isolated",
    "batch.read.file",
    "batch.ledger.header",
    "batch.ledger.row_kinds",
    "batch.ledger.row_kinds",
    "batch.ledger.merged",
    "batch.ledger.table",
    "batch.ledger.titles",
    "batch.read",
    "batch.ledger.given_files",
    "batch.ledger.our_sheets",
    "batch.ledger.cover",
    "batch.ledger.entries",
    "batch.ledger.concealment",
    "batch.ledger.ledger",
    "batch.ledger.entries",
    "batch.ledger.shape",
    "batch.ledger.book",
    "batch.ledger.posts",
    "batch.total",
    "batch.check",
    "batch.check.checked",
    "batch.unit.previous",
    "batch.report.content",
    "batch.report.numerals",
    "batch.report.phrase",
    "batch.report.passage",
    "batch.report",
    "batch.workbook.xlsx",
    "batch.word",
    "batch.word.page.control",
    "batch.word.page.paragraphs",
    "batch.word.page.paragraphs",
    "batch.word.page.room",
    "batch.word.page.room",
    "batch.word.page.table",
    "batch.word.page.chart",
    "batch.word.page.blocks",
    "batch.word.page.styles",
    "batch.word.page.layout",
    "batch.word.markup.stories",
    "batch.word.markup.template",
    "batch.word.language.vocabulary",
    "batch.word.language.filters",
    "batch.word.markup.tags",
    "batch.word.markup.joining",
    "batch.word.markup.placing",
    "batch.word.markup.placing",
    "batch.word.markup.prepared",
    "batch.word.language.braces",
    "batch.word.render.wrapping",
    "batch.word.language.bounds",
    "batch.word.language.environment",
    "batch.word.language.expressions",
    "batch.word.language.reader",
    "batch.word.render.engine",
    "batch.word.render.finishing",
    "batch.word.render.finishing",
    "batch.word.render.finishing",
    "batch.word.render.draft",
    "batch.word.render.properties",
    "batch.word.markup.unfilled",
    "batch.word.markup.unfilled",
    "batch.word.check",
    "batch.word.render.fill",
    "batch.word.shipped",
    "batch.word.make_templates",
    "batch.unit.documents",
    "batch.publish.manifest",
    "batch.unit.figures_json",
    "batch.workbook",
    "batch.workbook.user_copy.marks",
    "batch.workbook.user_copy.package",
    "batch.workbook.user_copy.tree",
    "batch.workbook.user_copy.parts",
    "batch.workbook.user_copy.stylesheet",
    "batch.workbook.user_copy.outline",
    "batch.workbook.user_copy.rows",
    "batch.workbook.user_copy.tail",
    "batch.workbook.user_copy.notes",
    "batch.workbook.user_copy.drawing",
    "batch.workbook.user_copy.listing",
    "batch.workbook.user_copy.contents",
    "batch.workbook.user_copy.marked_copy",
    "batch.workbook.user_copy.copies",
    "batch.workbook.user_copy",
    "batch.publish.changes",
    "batch.publish.refusal",
    "batch.publish.lock",
    "batch.publish.settle",
    "batch.publish.folder",
    "batch.publish.verify",
    "batch.publish",
    "batch.unit.checking",
    "batch.unit.outcome",
    "batch.unit.outputs",
    "batch.unit.files",
    "batch.pipeline",
    "batch.bureau",
    "batch.bureau.inbox",
    "batch.bureau.record",
    "batch.bureau.unit_result",
    "batch.bureau.confined",
    "batch.bureau.work",
    "batch.bureau.units",
    "batch.bureau.crew",
    "batch.bureau.rounds",
    "batch.bureau.surveying",
    "batch.bureau.processing",
    "batch.bureau.roster",
    "batch.bureau.city.sums",
    "batch.bureau.city.sums",
    "batch.bureau.city.collected",
    "batch.bureau.city.workbook",
    "batch.bureau.city.roster",
    "batch.bureau.city.json",
    "batch.bureau.city.figures",
    "batch.bureau.city.units",
    "batch.bureau.city.months",
    "batch.bureau.city.findings",
    "batch.bureau.city.report",
    "batch.bureau.city.files",
    "batch.bureau.run",
    "batch.unit.figures",
    "batch.screen.console",
    "batch.screen.folders",
    "batch.screen.unit",
    "batch.screen.bureau",
    "batch.screen.watch",
    "batch.screen.options",
    "batch.screen.words",
    "batch.cli",
    "batch.__main__",
)
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def rank(module: str) -> int:
    """Return the place of the entry that names the module or the nearest package around it."""
    while module not in ORDER:
        module = module.rpartition(".")[0]
    return ORDER.index(module)


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


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    own = rank(module_name(path))
    assert [name for name in imported(path) if rank(name) > own] == []


def test_no_two_modules_import_each_other() -> None:
    edges = {module_name(path): set(imported(path)) for path in MODULES}
    assert [(one, two) for one in edges for two in edges[one] if one < two and one in edges.get(two, set())] == []


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_no_longer_than_a_reader_bears(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
