"""Commands run within the test's own process, as they are typed."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from batch import cli


class Said(NamedTuple):
    code: int
    out: str
    err: str


Batch = Callable[..., Said]


def batch_in(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Batch:
    """Return what runs a command in a folder."""
    monkeypatch.chdir(folder)

    def run(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["batch", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return Said(int(ended.value.code or 0), told.out, told.err)

    return run
