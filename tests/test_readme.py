"""What README promises: two commands do all the set-up; the commands it names exist."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from batch.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)


def test_it_names_every_command() -> None:
    named = set(re.findall(r"`batch (\w+)", README))
    assert named == {command.callback.__name__ for command in app.registered_commands if command.callback}


def test_the_files_it_points_to_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("CI") != "true", reason="installs from the network: run in CI")
def test_the_first_command_ends_with_the_folder_of_the_sample(tmp_path: Path) -> None:
    project = tmp_path / "project"
    kept_out = shutil.ignore_patterns(".venv", ".git", "output", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, project, ignore=kept_out)
    done = subprocess.run(["bash", "-c", BLOCKS[0]], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folder = project / "output" / "全年台账"
    assert {path.name for path in folder.iterdir()} >= {"汇总报告.docx", "述职报告.docx", "汇总表.xlsx", "个人报告"}
