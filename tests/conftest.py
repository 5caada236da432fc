import gc
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from batch.areas.definitions import Definitions
from batch.areas.load import load_definitions
from batch.check.checked import Checked
from batch.system import whole_file as whole
from batch.system.process import SELDOM
from batch.unit import checking
from tests.books import SAMPLES, checked_of
from tests.commands import Batch, batch_in

gc.set_threshold(*SELDOM)  # as in the program itself
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the hundreds of processes that tests start compile nothing anew

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes long to CI, unless it is asked for: by ``-m slow``, or by name."""
    if os.environ.get("CI") == "true" or config.option.markexpr or any("::" in each for each in config.args):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="takes long, and runs in CI; here with -m slow"))


def pytest_collection_finish() -> None:
    """Leave what has been loaded for all tests out of every search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out, and why."""
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    told = [f"{count} ({reason.removeprefix('Skipped: ')})" for reason, count in reasons.most_common()]
    if told:
        terminalreporter.write_line(f"left out: {', '.join(told)}")


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait but a moment for saves that are not under way: tests read what they have just written, thousands of times.

    Nor is memory given back to the system each time.

    A module on the waiting itself has a fixture of this name that does nothing.
    """
    monkeypatch.setattr(checking, "give_back", lambda: None)
    monkeypatch.setattr(whole, "PAUSE", 0.02)
    monkeypatch.setattr(whole, "GLANCE", 0.01)
    monkeypatch.setattr(whole, "PATIENCE_BY_ERROR", dict.fromkeys(whole.PATIENCE_BY_ERROR, 0.02))


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(scope="session")
def full_year() -> Checked:
    return checked_of(SAMPLES / "全年台账.xlsx")


@pytest.fixture
def batch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Batch:
    """Run a command in an empty folder."""
    return batch_in(monkeypatch, capsys, tmp_path)


@pytest.fixture(scope="session")
def needs_office() -> None:
    """Skip a test on a machine without LibreOffice or poppler; in CI they must be there."""
    _need("soffice", "pdftotext")


@pytest.fixture(scope="session")
def needs_strace() -> None:
    """Skip a test on a machine without strace, which lets calls of the system fail; in CI it must be there."""
    _need("strace")


@pytest.fixture(scope="session")
def needs_faketime() -> None:
    """Skip a test on a machine that cannot give a command another clock; in CI it must be able to."""
    _need("faketime")


@pytest.fixture(scope="session")
def needs_unshare() -> None:
    """Skip a test on a machine that cannot give a process file systems of its own; in CI it must be able to."""
    _need("unshare")


def _need(*commands: str) -> None:
    missing = [name for name in commands if shutil.which(name) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"CI must have {', '.join(missing)}")
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
