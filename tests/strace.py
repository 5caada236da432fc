"""Calls of the system refused, or never returned from: strace's fault injection, at any call within a folder."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RENAMES: Final = ("rename", "renameat", "renameat2")
SYNCS: Final = ("fsync", "fdatasync")
CALLS: Final = (*RENAMES, *SYNCS, "openat", "write", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "flock")
NO_EXCHANGE: Final = "renameat2:error=EINVAL"
"""What a file system answers that cannot exchange two folders."""

_CALL: Final = re.compile(rb"^(?:\d+ +)?(\w+)\((.*)")
_PATH: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"|<([^<>]*)>')
_OCTAL: Final = re.compile(rb"\\([0-7]{1,3})")
_FOR_WRITING: Final = (b"O_WRONLY", b"O_RDWR")


@dataclass(frozen=True, slots=True)
class Point:
    """The moment at which a process makes some call for so many times within a folder."""

    call: str
    count: int
    where: str
    """The first path that the call names."""

    def __str__(self) -> str:
        return f"{self.call} {self.count} ({Path(self.where).name})"


@dataclass(frozen=True, slots=True)
class Traced:
    """A command whose calls are watched as far as they name a path of ``root``, which all its paths begin with."""

    words: Sequence[str | Path]
    root: Path

    def points(self, *faults: str) -> tuple[list[Point], frozenset[str]]:
        """Run to the end; return each call that changes something within the folder, in order, and all its paths."""
        log = self.root.with_name(f"{self.root.name}.strace")
        given = [f"--inject={fault}" for fault in faults]
        subprocess.run(
            [
                "strace",
                "-f",
                "-y",
                "-s",
                "4096",
                "-o",
                log,
                f"--trace={','.join(CALLS)}",
                *given,
                *self.words,
            ],
            capture_output=True,
            check=True,
        )
        counts: Counter[str] = Counter()
        points: list[Point] = []
        seen: set[str] = set()
        for line in log.read_bytes().splitlines():
            match = _CALL.match(line)
            paths = [path for path in _paths(match[2]) if self._is_within(path)] if match else []
            if match and paths:
                seen.update(paths)
                call = match[1].decode()
                counts[call] += 1
                if call != "openat" or any(flag in line for flag in _FOR_WRITING):
                    points.append(Point(call, counts[call], paths[0]))
        return points, frozenset(seen)

    def run(self, paths: frozenset[str], *faults: str) -> subprocess.CompletedProcess[str]:
        """Run with faults like ``fsync:signal=KILL:when=3``, counted over the calls that name one of the paths."""
        watched = [word for path in sorted(paths) for word in ("-P", path)]
        given = [f"--inject={fault}" for fault in faults]
        calls = ",".join(dict.fromkeys(fault.partition(":")[0] for fault in faults))
        command = [
            "strace",
            "-f",
            "-qqq",
            "-o",
            "/dev/null",
            f"--trace={calls}",
            *watched,
            *given,
            *self.words,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def _is_within(self, path: str) -> bool:
        is_path = "\n" not in path and "\\n" not in path  # and not what is printed on the screen
        return is_path and (path == str(self.root) or path.startswith(f"{self.root}/"))


def _paths(arguments: bytes) -> Iterator[str]:
    for quoted, descriptor in _PATH.findall(arguments):
        yield _OCTAL.sub(lambda match: bytes([int(match[1], 8)]), quoted or descriptor).decode(errors="replace")
