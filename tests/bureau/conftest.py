import os

import pytest


@pytest.fixture(autouse=True)
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one process do the work unless a test asks for more: each takes longer to start than a little unit."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
