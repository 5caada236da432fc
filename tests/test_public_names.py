"""What other programs may use: the names, their types, and the example of the package itself."""

import inspect
import re
import shutil
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import get_type_hints

import batch
from batch import Options, check_workbooks, run_workbooks
from tests.books import SAMPLES


def test_all_names_are_there_and_documented() -> None:
    for name in set(batch.__all__) - {"__version__"}:
        assert inspect.getdoc(getattr(batch, name)), name


def test_they_are_typed() -> None:
    assert (Path(batch.__file__).parent / "py.typed").is_file()
    assert get_type_hints(check_workbooks)["return"].__name__ == "Checked"
    assert get_type_hints(run_workbooks)["return"].__name__ == "Outcome"


def test_the_example_runs_in_a_fresh_interpreter(tmp_path: Path) -> None:
    (block,) = re.findall(r"::\n\n(.*?)\n\n:class:", batch.__doc__ or "", re.DOTALL)
    shutil.copyfile(SAMPLES / "全年台账.xlsx", tmp_path / "台账.xlsx")
    words = [sys.executable, "-c", textwrap.dedent(block)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == (f"{Path('output', '台账')} True\n", "")
    assert (tmp_path / "output" / "台账" / "汇总报告.docx").is_file()


def test_the_names_alone_load_no_library() -> None:
    script = "import sys, batch; print({'pandas', 'numpy', 'typer', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_values_are_those_of_the_commands(tmp_path: Path) -> None:
    today = date(2023, 1, 31)
    checked = check_workbooks([str(SAMPLES / "有错台账.xlsx")], Options(today=today))
    outcome = run_workbooks([SAMPLES / "有错台账.xlsx"], Options(today=today, output=tmp_path))
    assert checked.errors == outcome.checked.errors > 0
    assert (outcome.is_reported, outcome.published.folder.name) == (False, "有错台账.待修改")
