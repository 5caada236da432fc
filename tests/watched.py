"""Commands run in a process of their own, and all that it and its children have touched."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests import watcher
from tests.commands import Said
from tests.watcher import NETWORK as NETWORK  # noqa: PLC0414 told to who asks for events

Words = Sequence[str | Path]
LONGEST: Final = 120
"""Seconds that all commands together may take."""

RUN_EACH: Final = """
import contextlib, io, json, sys
from batch.cli import main
def said(words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.argv[1:] = words
        try:
            main()
        except SystemExit as leaving:
            return leaving.code, out.getvalue(), err.getvalue()
print(json.dumps([said(words) for words in json.loads(sys.argv[1])]))
"""


@dataclass(frozen=True)
class Event:
    """What a process did: Python's own name for it, and what it did it to."""

    process: int
    name: str
    arguments: list[Any]

    @property
    def paths(self) -> list[str]:
        """Return the files that it names, those below an opened folder left to what opened that."""
        count = 2 if self.name in _OF_TWO else 1
        return [each for each in self.arguments[:count] if isinstance(each, str)]

    @property
    def changes_files(self) -> bool:
        """Say whether a file is written, made, moved or taken away."""
        if self.name == "open":
            return isinstance(self.arguments[2], int) and bool(self.arguments[2] & _WRITING)
        return self.name in _CHANGING and not (self.name in _IN_FOLDER and self.arguments[1] not in {None, -1})


_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OF_TWO: Final = frozenset({"os.rename", "os.link", "os.symlink", "shutil.copyfile", "shutil.move", "shutil.copytree"})
_IN_FOLDER: Final = frozenset({"os.remove", "os.rmdir"})
"""Their second argument is the opened folder that a name is looked up in."""
_CHANGING: Final = frozenset(
    {
        *(f"os.{each}" for each in ("mkdir", "rename", "remove", "rmdir", "link", "symlink", "truncate")),
        *(f"os.{each}" for each in ("chmod", "chown", "utime", "setxattr", "removexattr", "chflags")),
        *(f"shutil.{each}" for each in ("copyfile", "copymode", "copystat", "copytree", "move", "rmtree", "chown")),
        *("shutil.make_archive", "shutil.unpack_archive", "tempfile.mkstemp", "tempfile.mkdtemp"),
    }
)


@dataclass(frozen=True)
class Watched:
    """What the commands said, in their order, and what was done."""

    said: tuple[Said, ...]
    events: tuple[Event, ...]

    def named(self, *beginnings: str) -> list[Event]:
        """Return the events whose names begin so."""
        return [each for each in self.events if each.name.startswith(beginnings)]

    def changed_paths(self, folder: Path) -> set[Path]:
        """Return every path that was written to, made or taken away; relative ones are seen from the folder."""
        named = (path for each in self.events if each.changes_files for path in each.paths)
        return {Path(os.path.normpath(folder / path)) for path in named} - {Path(os.devnull)}


def run_watched(folder: Path, *commands: Words, before: Words = ()) -> Watched:
    """Run the commands one after another in one process, in this folder; ``before`` is a program around it."""
    beside = folder.parent / f"{folder.name}.watcher"
    words = [*before, sys.executable, "-P", "-c", RUN_EACH, json.dumps([list(map(str, each)) for each in commands])]
    done = start(folder, words, beside)
    assert done.returncode == 0, done.stderr
    said = tuple(Said(*each) for each in json.loads(done.stdout))
    return Watched(said, tuple(_events(beside / "log")))


def start(folder: Path, words: Words, beside: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in the folder, watched from a folder beside it."""
    beside.mkdir(exist_ok=True)
    shutil.copy(watcher.__file__, beside / "sitecustomize.py")
    environment = {
        **os.environ,
        "PYTHONPATH": str(beside),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "WATCHER_LOG": str(beside / "log"),
    }
    return subprocess.run(
        list(map(str, words)),
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        stdin=subprocess.DEVNULL,
    )


def _events(log: Path) -> Iterator[Event]:
    lines: Iterable[str] = log.read_text(encoding="utf-8").splitlines()
    yield from (Event(*json.loads(line)) for line in lines)
