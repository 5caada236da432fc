"""A folder is whole or untouched, whatever breaks publishing off (all of it: ``python -m tests.break_publishing``)."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.break_publishing import (
    FULL,
    MAY_MOUNT,
    MODES,
    Broken,
    Job,
    killed_at_every_call,
    many_at_once,
    refused_at_every_call,
    without_rights,
)
from tests.promises import SCENES, Scene
from tests.strace import RENAMES

_, UNTOUCHED, EDITED = SCENES


@pytest.fixture
def folder(needs_strace: None) -> Iterator[Path]:  # noqa: ARG001 a fixture asks for another by its name
    """Give a place that other accounts may reach as well."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place) / "output" / "台账"


def kept(results: Broken) -> list[str]:
    """Return what was done, and fail where it broke a promise."""
    done = list(results)
    assert [(what, wrong) for what, wrong in done if wrong] == []
    return [what for what, _ in done]


STEPS = {UNTOUCHED: (*RENAMES, "unlinkat"), EDITED: (*RENAMES, "fsync")}
"""The calls between which something changes: the old folder is removed, or its like is written and it is kept."""


@pytest.mark.slow
@pytest.mark.parametrize("scene", STEPS, ids=lambda scene: scene.name)
def test_a_process_killed_at_any_step_leaves_a_complete_folder(folder: Path, scene: Scene) -> None:
    assert len(kept(killed_at_every_call(Job(folder, (scene,)), lambda point: point.call in STEPS[scene]))) > 15


REFUSALS = {"ENOSPC": ("write", MODES[0]), "EXDEV": ("rename", MODES[1]), "EBUSY": ("rename", MODES[1])}
"""Error -> the call, and the way of replacing a folder in which it matters most."""


@pytest.mark.slow
@pytest.mark.parametrize("error", REFUSALS)
def test_what_the_system_refuses_is_told_in_one_sentence_and_changes_nothing(folder: Path, error: str) -> None:
    call, mode = REFUSALS[error]
    job = Job(folder, (EDITED,), modes=(mode,))
    done = kept(refused_at_every_call(job, [error], lambda point: point.call == call))
    assert sum(each.endswith("refused") for each in done) > 3


@pytest.mark.slow
def test_where_there_are_no_locks_a_file_will_do(folder: Path) -> None:
    job = Job(folder, (EDITED,), modes=MODES[:1])
    assert all(each.endswith("published") for each in kept(refused_at_every_call(job, ["ENOSYS", "ENOLCK"])))


@pytest.mark.usefixtures("needs_unshare")
def test_a_full_disk_leaves_the_old_folder() -> None:
    command = [*MAY_MOUNT, sys.executable, "-m", "tests.break_publishing", "--part", FULL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unshare" in done.stderr and os.environ.get("CI") != "true":
        pytest.skip("this account may not mount")
    faults = re.fullmatch(r"full disks: 36 faults, ([0-9]+) refused, 0 broken promises, .*\n", done.stdout)
    assert faults, done.stdout + done.stderr
    assert 10 < int(faults[1]) < 30


@pytest.mark.parametrize("scene", [UNTOUCHED, EDITED], ids=lambda scene: scene.name)
def test_an_account_without_rights_changes_nothing_and_is_told_so(folder: Path, scene: Scene) -> None:
    done = kept(without_rights(folder, scene))
    assert [each.rpartition(" ")[2] for each in done].count("refused") == 3


@pytest.mark.slow
def test_ten_processes_at_one_place_leave_what_one_of_them_wrote(folder: Path) -> None:
    assert kept(many_at_once(folder, EDITED, 10))
