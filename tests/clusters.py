"""A Dask cluster on loopback: a scheduler and its workers, each a process of its own, as a bureau starts them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60.0
"""Seconds that the scheduler and the workers may take to start."""


@dataclass
class Cluster:
    """What runs."""

    folder: Path
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> None:
        """Start one more worker that does one job at a time."""
        words = ["worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        self.workers.append(_started(words, self.folder))


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Start a scheduler with so many workers, and end them all."""
    folder.mkdir()
    where = folder / "scheduler.json"
    words = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where)]
    scheduler = _started(words, folder)
    found = Cluster(folder, _address(where, scheduler))
    try:
        for _ in range(workers):
            found.add_worker()
        yield found
    finally:
        for process in (*found.workers, scheduler):
            process.kill()
            process.wait()


def _started(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s"}
    command = [sys.executable, "-m", "dask", *words]
    with (folder / f"{words[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _address(where: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """Return the address that the scheduler has written down."""
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE and scheduler.poll() is None:
        if where.exists() and where.stat().st_size:
            address: str = json.loads(where.read_text(encoding="utf-8"))["address"]
            return address
        time.sleep(0.1)
    message = "the scheduler did not start"
    raise TimeoutError(message)
