"""What each command loads: a clerk waits for every library, and nothing that reaches a network is ever needed."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.books import SAMPLES

NETWORK: Final = frozenset({"ssl", "http.client", "urllib.request", "asyncio", "requests"})
READERS: Final = frozenset({"xlrd", "python_calamine", "openpyxl"})
"""Readers that a workbook of the usual kind does not need."""
WORD: Final = frozenset({"docx", "jinja2"})
TABLES: Final = frozenset({"pandas", "numpy", "lxml"})
BUREAU: Final = frozenset({"distributed", "sqlite3", "batch.bureau.run"})
"""What only a run over many units needs."""
YEAR: Final = str(SAMPLES / "全年台账.xlsx")
UNUSED: Final = (
    (("--help",), NETWORK | READERS | WORD | TABLES | {"pydantic", "xlsxwriter", "rich"}),
    (("run", "--help"), NETWORK | READERS | WORD | TABLES | {"xlsxwriter", "rich"}),
    (("figures",), NETWORK | READERS | WORD | {"xlsxwriter"}),
    (("check", YEAR), NETWORK | READERS | WORD | {"xlsxwriter", "rich.progress"}),
    (("trace", YEAR, "办文.发文"), NETWORK | READERS | WORD | {"xlsxwriter", "rich.progress"}),
    (("run", YEAR, "-o", "{folder}"), NETWORK | READERS | BUREAU | {"rich.progress"}),
    (("run", YEAR, "-o", "{folder}", "--jobs", "1"), NETWORK | READERS | {"distributed", "rich.progress"}),
)


@pytest.mark.parametrize(("command", "unused"), UNUSED, ids=[" ".join(command[:1]) for command, _ in UNUSED])
def test_a_command_loads_only_what_it_needs(command: tuple[str, ...], unused: frozenset[str], tmp_path: Path) -> None:
    arguments = ["batch", *(each.format(folder=tmp_path) for each in command)]
    script = (
        f"import sys; sys.argv = {arguments!r}\nimport batch.cli as cli\n"
        "try: cli.main()\nexcept SystemExit as ended: print(ended.code, *sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    said = done.stdout.splitlines()
    assert "0" in said
    assert unused.intersection(said[said.index("0") :]) == set()
