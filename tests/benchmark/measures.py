"""What is measured: the program's commands beside their peers, and what is asked of them."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

SIZES: Final = {"small": 200, "medium": 20_000, "large": 250_000}
"""Rows on each of the four sheets."""
FEW_OWNERS: Final = 10
MANY_OWNERS: Final = 100
AREA_SHEETS: Final = tuple(f"xl/worksheets/sheet{number}.xml" for number in (3, 4, 5, 6))
MEGA: Final = 1e6
BATCH: Final = (sys.executable, "-m", "batch")
ROOT: Final = Path(__file__).parents[2]


class Cost(NamedTuple):
    """What a whole process took: seconds by the clock, seconds of all processors, and bytes at its peak."""

    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Measure:
    """The program beside a peer; the ratio is ours over theirs, or theirs over ours where it is to be faster."""

    name: str
    ours: tuple[str, ...]
    peer: tuple[str, ...]
    goal: float
    is_faster: bool = False

    def ratio(self, ours: float, peer: float) -> float:
        """Return the ratio that the goal speaks of."""
        return peer / ours if self.is_faster else ours / peer

    def is_met(self, ratio: float) -> bool:
        """Say whether a ratio reaches the goal."""
        return ratio >= self.goal if self.is_faster else ratio <= self.goal


def peer(name: str, *arguments: object) -> tuple[str, ...]:
    """Return the command that runs a peer."""
    return (sys.executable, "-m", f"tests.benchmark.peers.{name}", *map(str, arguments))


def batch(*arguments: object) -> tuple[str, ...]:
    """Return a command of the program."""
    return (*BATCH, *map(str, arguments))


def python(code: str) -> tuple[str, ...]:
    """Return the command that runs some lines."""
    return (sys.executable, "-c", code)


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end and return what it took; seconds that it prints itself are taken for the clock's.

    Raises:
        RuntimeError: it did not do its work.

    """
    # modules are compiled once, as those of an installed program are
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT, env=environment) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        said.seek(0)
        told = said.read().decode(errors="replace")
    done = {0, 1} if tuple(command[: len(BATCH)]) == BATCH else {0}  # 1: the workbook has errors, as the benchmark's
    if process.returncode not in done or "Traceback" in told:
        message = f"{' '.join(command)}\n{told[-2000:]}"
        raise RuntimeError(message)
    own = [float(line.split()[1]) for line in told.splitlines() if line.startswith("seconds ")]
    return Cost(own[0] if own else seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _write(path: Path, *arguments: object) -> None:
    run((sys.executable, "-m", "tests.benchmark.ledgers", str(path), *map(str, arguments)))


@dataclass(frozen=True)
class Bench:
    """The workbooks and the folder of a benchmark; a workbook is made when it is first asked for, and kept."""

    folder: Path

    def workbook(self, size: str, *, is_inline: bool = False) -> Path:
        """Return the workbook of this size."""
        path = self.folder / f"{size}{'-inline' if is_inline else ''}.xlsx"
        if not path.exists():
            _write(path, SIZES[size], *(["--inline"] if is_inline else []))
        return path

    def of_owners(self, count: int) -> tuple[Path, Path]:
        """Return a workbook of so many areas, each with its own owner, and the folder of their definitions."""
        areas, path = self.folder / f"areas-{count}", self.folder / f"owners-{count}.xlsx"
        if not path.exists():
            shutil.rmtree(areas, ignore_errors=True)
            _write(path, 8, "--areas", areas, "--further", count - len(AREA_SHEETS))
        return path, areas

    @property
    def output(self) -> Path:
        """Return where commands write."""
        return self.folder / "output"

    def unpacked(self, size: str, *, is_inline: bool = False) -> int:
        """Return the bytes of the four sheets of a workbook, unpacked."""
        with zipfile.ZipFile(self.workbook(size, is_inline=is_inline)) as package:
            return sum(package.getinfo(part).file_size for part in AREA_SHEETS)

    def reported(self, size: str, *, is_inline: bool = False) -> tuple[str, ...]:
        """Return the command of the main job."""
        return batch("run", "--draft", self.workbook(size, is_inline=is_inline), "-o", self.output)

    def measures(self, sizes: Sequence[str]) -> Iterator[Measure]:
        """Yield what is measured of workbooks of these sizes."""
        yield Measure("batch --help / import typer", batch("--help"), python("import typer"), 2.5)
        if "small" in sizes:
            imports = python("import pandas, openpyxl, docx, jinja2")
            yield Measure("run, small / its imports", self.reported("small"), imports, 2.0)
            yield Measure("run, small, inline / imports", self.reported("small", is_inline=True), imports, 2.0)
        if "medium" in sizes:
            book = self.workbook("medium")
            script = peer("office_script", book, self.output / "script")
            yield Measure("run, medium: than the office script", self.reported("medium"), script, 4, is_faster=True)
            inline = peer("office_script", self.workbook("medium", is_inline=True), self.output / "script")
            name = "run, medium, inline: than the script"
            yield Measure(name, self.reported("medium", is_inline=True), inline, 4, is_faster=True)
            frictionless = peer("frictionless_check", book)
            yield Measure("check, medium: than frictionless", batch("check", book), frictionless, 20, is_faster=True)
            copies = peer("our_copy", book, self.output / "ours"), peer("openpyxl_copy", book, self.output / "theirs")
            yield Measure("marked copy, medium: than openpyxl", *copies, 40, is_faster=True)
        if "large" in sizes:
            book = self.workbook("large")
            yield Measure(
                "run, large / bare calamine, one core", self.reported("large"), peer("bare_calamine", book), 1.3
            )


@dataclass
class Results:
    """What has been measured so far: each command's costs, round by round."""

    costs: dict[tuple[str, ...], list[Cost]]

    def take(self, command: tuple[str, ...]) -> None:
        """Run a command once more."""
        self.costs.setdefault(command, []).append(run(command))

    def seconds(self, command: tuple[str, ...]) -> float:
        """Return the median of a command's seconds."""
        return median(cost.seconds for cost in self.costs[command])

    def peak(self, command: tuple[str, ...]) -> float:
        """Return the median of a command's peaks in megabytes."""
        return median(cost.peak for cost in self.costs[command]) / MEGA
