"""Who does the work: processes of this machine, or the workers of a Dask cluster; one interface for both."""

import importlib
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

from batch.bureau.confined import Failed, stopping
from batch.bureau.work import OTHER_PROGRAM, Job
from batch.errors import BatchError
from batch.publish.manifest import program_versions
from batch.system.child import Limits

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

AHEAD: Final = 2
"""Jobs that wait for each worker, so that none waits for a job; the bytes of no more are in memory at once."""
LOOK: Final = 20.0
"""Seconds without an answer after which it is looked whether there is still a worker."""
CONNECT: Final = "10s"
"""How long a scheduler is waited for."""
GONE: Final = "与集群的连接断了，已完成的都已写出；请检查集群，再运行一次会接着做。"
NO_WORKERS: Final = "集群里没有工作机，请先启动（dask worker），再运行一次；已完成的不会重做。"


@dataclass(frozen=True)
class Crew:
    """An executor, and how many pieces of work it does at once."""

    executor: Executor
    slots: int
    has_workers: Callable[[], bool] = lambda: True

    def answers(
        self, work: Callable[[Job, Limits], Answered], asked: Iterable[tuple[Asked, Job | Failed]], limits: Limits
    ) -> Iterator[tuple[Asked, Answered | Failed]]:
        """Yield what was asked with its answer, as they come in; jobs are taken as there is room for them.

        What has failed before it became a job is its own answer.

        Raises:
            BatchError: no worker is left, or the cluster is gone.

        """
        waiting: dict[Future[Answered], Asked] = {}
        jobs = iter(asked)
        try:
            while True:
                refused: list[tuple[Asked, Failed]] = []
                for what, job in islice(jobs, self.slots * AHEAD - len(waiting)):
                    if isinstance(job, Failed):
                        refused.append((what, job))
                    else:
                        waiting[self.executor.submit(work, job, limits)] = what
                yield from refused
                if not waiting and not refused:
                    return
                done, _ = wait(waiting, timeout=LOOK, return_when=FIRST_COMPLETED)
                if waiting and not done and not self.has_workers():
                    raise BatchError(NO_WORKERS)
                for future in done:
                    answer = _result(future)
                    yield waiting.pop(future), answer
        finally:
            for future in waiting:
                future.cancel()


def _result(future: Future[Answered]) -> Answered | Failed:
    try:
        return future.result()
    except BatchError:  # no process can be started
        raise
    except (CancelledError, OSError) as error:
        raise BatchError(GONE) from error
    except Exception as error:  # noqa: BLE001 such as Dask's of work that has cost several workers their lives
        return Failed(f"做它的工作机没有做完（{type(error).__name__}），请单独运行这个单位看看。")


@contextmanager
def local_crew(jobs: int) -> Iterator[Crew]:
    """Let so many processes of this machine do the work, each asked by a thread of its own."""
    executor = ThreadPoolExecutor(jobs)
    try:
        yield Crew(executor, jobs)
    finally:
        with stopping():
            executor.shutdown(cancel_futures=True)


@contextmanager
def cluster_crew(address: str) -> Iterator[Crew]:
    """Let the workers of a Dask cluster do the work.

    Raises:
        BatchError: Dask is not installed, there is no scheduler at the address, or a worker is not like this program.

    """
    try:
        distributed: Any = importlib.import_module("distributed")  # who has no cluster needs no Dask
    except ImportError as error:
        message = "没有安装集群组件，请在本程序的文件夹里执行 pip install '.[cluster]'，或去掉 --cluster。"
        raise BatchError(message) from error
    with _silence():
        try:
            client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            message = f"连不上集群“{address}”，请检查地址（如 tcp://10.0.0.5:8786）和调度程序是否已启动。"
            raise BatchError(message) from error
        with client:
            slots = _slots(client)
            yield Crew(client.get_executor(pure=False), slots, lambda: bool(client.nthreads()))


@contextmanager
def _silence() -> Iterator[None]:
    """Let no library print what it logs or warns of: what goes wrong is told in one sentence."""
    logging.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def _slots(client: Any) -> int:  # noqa: ANN401 Dask is not installed everywhere
    """Return how many pieces of work the cluster does at once, all of its workers being like this program."""
    slots = sum(client.nthreads().values())
    if not slots:
        raise BatchError(NO_WORKERS)
    try:
        versions = client.run(program_versions)
    except Exception as error:  # whatever goes wrong there, mostly that the program is not installed
        message = "集群的工作机上没有装好本程序，请在每台工作机上安装同一版本后再运行。"
        raise BatchError(message) from error
    if any(each != program_versions() for each in versions.values()):
        raise BatchError(OTHER_PROGRAM)
    return int(slots)
