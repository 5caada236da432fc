"""Measure runs over inboxes of many workbooks beside bare readers of the same files, in one go.

``python -m tests.benchmark.inbox --folder FOLDER [--counts 500,1000,2000] [--jobs 2] [--rows 150]``. Every twentieth
workbook has bad cells. Readers and program use as many processes; memory is the peak of the program itself and that
of its largest worker. ``--again`` measures a second run, in which nothing has changed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from tests.benchmark.ledgers import BAD_SHARE, Origin, write_workbook
from tests.benchmark.measures import MEGA, ROOT, batch, peer
from tests.rested import rested

BAD_EVERY: Final = 20
"""One workbook in so many has bad cells."""
SAMPLE: Final = 0.2
"""Seconds between two looks at the memory of the processes."""


class Cost(NamedTuple):
    """What a command took: seconds by the clock, the peak of its own memory and of its largest child, in bytes."""

    seconds: float
    own: int
    child: int


def write_school(rows: int, number: int, path: Path) -> None:
    """Write the workbook of one school."""
    share = 0.0 if number % BAD_EVERY else BAD_SHARE
    write_workbook(path, rows, origin=Origin(f"第{number:04d}学校", number, share))
    rested(path)


def inboxes(folder: Path, counts: list[int], rows: int) -> Iterator[tuple[int, Path]]:
    """Yield for each count an inbox of so many workbooks, the smaller ones a part of the largest."""
    kept = folder / f"schools-{rows}"
    kept.mkdir(parents=True, exist_ok=True)
    paths = [kept / f"{number:04d}.xlsx" for number in range(1, max(counts) + 1)]
    missing = [(number, path) for number, path in enumerate(paths, start=1) if not path.exists()]
    with ProcessPoolExecutor() as pool:
        list(pool.map(partial(write_school, rows), *zip(*missing, strict=True))) if missing else None
    for count in counts:
        inbox = folder / f"inbox-{count}"
        shutil.rmtree(inbox, ignore_errors=True)
        inbox.mkdir()
        for path in paths[:count]:
            os.link(path, inbox / path.name)
        yield count, inbox


def measured(command: tuple[str, ...]) -> Cost:
    """Run a command to its end and return what it took."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
    peaks: dict[int, int] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(SAMPLE):
            for number in (process.pid, *children_of(process.pid)):
                peaks[number] = max(peaks.get(number, 0), _peak(number))

    watcher = threading.Thread(target=look)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    ended.set()
    watcher.join()
    if code not in {0, 1}:  # 1: some of the workbooks have errors
        message = f"{' '.join(command)}: {code}"
        raise RuntimeError(message)
    own = peaks.pop(process.pid, 0)
    return Cost(seconds, own, max(peaks.values(), default=0))


def children_of(process: int) -> list[int]:
    """Return the processes that a process, or one of its threads, has started; none where the system does not say."""
    try:
        lists = [(task / "children").read_text() for task in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return []
    return [int(number) for each in lists for number in each.split()]


def _peak(number: int) -> int:
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) * 1024 if found else 0


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--counts", default="500,1000,2000")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    counts = [int(each) for each in given.counts.split(",")]
    sys.stdout.write("| workbooks | what | seconds | workbooks a second | program MB | largest worker MB |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for count, inbox in inboxes(given.folder, counts, given.rows):
        output = given.folder / f"output-{count}"
        shutil.rmtree(output, ignore_errors=True)
        run = batch("run", inbox, "-o", output, "--jobs", given.jobs, "--today", "2023-01-31")
        commands = {"run": run, **({"run again, nothing changed": run} if given.again else {})}
        commands |= {f"bare {name}": peer("bare_inbox", name, given.jobs, inbox) for name in ("calamine", "openpyxl")}
        for name, command in commands.items():
            cost = measured(command)
            memory = f"{cost.own / MEGA:.0f} | {cost.child / MEGA:.0f}"
            sys.stdout.write(f"| {count} | {name} | {cost.seconds:.1f} | {count / cost.seconds:.2f} | {memory} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
