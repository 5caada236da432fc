"""The same inbox, done by a Dask cluster of real processes: the same bytes, also where a worker is killed."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.bureau import crew
from tests.clusters import Cluster, cluster
from tests.commands import Batch
from tests.inboxes import TODAY, files_below, hand_in

UNITS = 10


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "cluster", workers=2) as running:
        yield running


@pytest.fixture
def local(batch: Batch, tmp_path: Path) -> dict[str, bytes]:
    """Return what this machine makes of an inbox by itself."""
    for number in range(UNITS):
        hand_in(tmp_path / f"箱/{number}中.xlsx", f"第{number}中学", number + 1)
    hand_in(tmp_path / "箱/错.xlsx", "有错中学", tables={"办文": "| 日期 | 事项 |\n| 哪天 | 用印 |"})
    (tmp_path / "箱/坏.xlsx").write_text("不是工作簿", encoding="utf-8")
    assert batch("run", "箱", "-o", "本机", *TODAY).code == 1
    return files_below(Path("本机"))


def wait_for_workers(running: Cluster, batch: Batch) -> None:
    """Wait until a run finds a worker."""
    for _ in range(60):
        if "没有工作机" not in batch("run", "箱/0中.xlsx", "-o", "试", "--cluster", running.address, *TODAY).err:
            return
        time.sleep(0.5)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="killed by a signal")
def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(
    batch: Batch, local: dict[str, bytes], dask: Cluster
) -> None:
    wait_for_workers(dask, batch)
    killed: list[int] = []

    def kill_when_busy() -> None:
        while len([*Path("集群").glob("第*")]) < 2:
            time.sleep(0.01)
        dask.workers[0].send_signal(signal.SIGKILL)
        killed.append(len([*Path("集群").glob("第*")]))

    killer = threading.Thread(target=kill_when_busy)
    killer.start()
    said = batch("run", "箱", "-o", "集群", "--cluster", dask.address, *TODAY)
    killer.join()
    assert said.code == 1, said.err
    assert killed[0] < UNITS, "in the middle"
    assert dask.workers[1].poll() is None
    assert files_below(Path("集群")) == local


@pytest.mark.slow
def test_what_is_wrong_with_a_cluster_is_told_in_one_sentence(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "CONNECT", "2s")
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学")
    with cluster(tmp_path / "cluster", workers=0) as running:
        said = batch("run", "箱", "--cluster", running.address, *TODAY)
        assert said.code == 2
        assert "没有工作机" in said.err
    for address in (running.address, "不是地址", "tcp://127.0.0.1:1"):
        said = batch("run", "箱", "--cluster", address, *TODAY)
        assert said.code == 2, said.err
        assert "连不上集群" in said.err
        assert len(said.err.splitlines()) == 1


def test_who_has_not_installed_dask_is_told_how(batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    hand_in(tmp_path / "箱/一中.xlsx", "第一中学")
    said = batch("run", "箱", "--cluster", "tcp://127.0.0.1:1", *TODAY)
    assert said.code == 2
    assert "pip install '.[cluster]'" in said.err
