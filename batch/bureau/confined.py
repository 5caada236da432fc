"""Work done in a child process that lasts: what crashes, hangs or eats memory ends the child, never the program.

A child takes half a second to load the libraries, and a workbook not much longer, so that it serves one after the
other. It dies with its parent: its standard input ends.
"""

import gc
import importlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from batch.errors import BatchError
from batch.system.process import NO_WINDOW, OURS, SELDOM, bound_memory, clear_up

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_START: Final = "import sys; sys.path[:] = sys.argv[2:]; from batch.bureau.confined import serve; serve(sys.argv[1])"
_ONE_THREAD: Final = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
"""There are as many children as processors; threads of their own would only take memory."""
INTERRUPTED: Final = "已中断，没有处理。"


class Limits(NamedTuple):
    """What the work on one file may take."""

    seconds: float = 300.0
    """A ledger of a million rows takes fifteen."""
    memory: int = 4 << 30
    """Bytes of address space, where the system can bound it (not on Windows): a million rows take one and a half."""


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a piece of work has no result."""

    reason: str
    """A whole sentence; where it is not final, without the name of what the work was on."""
    is_final: bool = False
    """Whether the same would be said again: the file was judged, and nothing ended the work on it."""

    def of(self, name: str) -> "Failed":
        """Return it with the name of what the work was on; a file that was judged is named already."""
        return self if self.is_final else Failed(f"“{name}”{self.reason}")


@dataclass(frozen=True, slots=True)
class Succeeded(Generic[Result]):
    """What a piece of work came to."""

    result: Result


def confined(function: Callable[[Argument], Result], argument: Argument, limits: Limits) -> Succeeded[Result] | Failed:
    """Return what a function of a module makes of the argument, within limits, in the child of this thread."""
    if _is_over.is_set():
        return Failed(INTERRUPTED, is_final=True)
    child = _child(limits)
    try:
        answer: Succeeded[Result] | Failed = child.ask(function, argument)
    except (OSError, EOFError, pickle.UnpicklingError):
        child.end()
        return Failed(_cause(child))
    except BaseException:  # Ctrl+C: the child must not go on
        child.end()
        raise
    return answer


@contextmanager
def stopping() -> Iterator[None]:
    """End the children of all threads, and let the threads, which end within this, begin nothing more."""
    _is_over.set()
    try:
        end_children()
        yield
    finally:
        _is_over.clear()


def end_children() -> None:
    """End the children of all threads."""
    for child in list(_children):
        child.end()


class _Child:
    """One process, and what it was started with."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.is_late = False
        self.has_ended = False
        self.process = subprocess.Popen(  # noqa: S603 our own program, told which of its own functions to call
            [sys.executable, "-c", _START, str(limits.memory), *sys.path, OURS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader complains of is not in Chinese
            env={**os.environ, **_ONE_THREAD},
            creationflags=NO_WINDOW,
        )
        _children.add(self)

    def ask(self, function: Callable[[Any], Any], argument: object) -> Any:  # noqa: ANN401 whatever the function gives
        """Return the answer to one piece of work; it is killed when its time is over."""
        assert self.process.stdin is not None  # noqa: S101 both are pipes
        assert self.process.stdout is not None  # noqa: S101
        watch = threading.Timer(self.limits.seconds, self._stop)
        watch.daemon = True
        watch.start()
        try:
            pickle.dump((function.__module__, function.__qualname__, argument), self.process.stdin)
            self.process.stdin.flush()
            return pickle.load(self.process.stdout)  # noqa: S301 written by serve() below
        finally:
            watch.cancel()

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.has_ended = True
        _children.discard(self)
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr] # both are pipes
        self.process.wait()

    def _stop(self) -> None:
        self.is_late = True
        self.process.kill()


_is_over: Final = threading.Event()
"""That nothing more is to be begun: the run has ended, or was interrupted."""
_children: set[_Child] = set()
_own: Final = threading.local()


def _child(limits: Limits) -> _Child:
    """Return the child of this thread, started anew where there is none that lives."""
    child: _Child | None = getattr(_own, "child", None)
    if child is not None and (child.has_ended or child.limits != limits or child.process.poll() is not None):
        child.end()
        child = None
    if child is None:
        child = _own.child = _Child(limits)
    return child


def _cause(child: _Child) -> str:
    if child.is_late:
        return f"处理了 {child.limits.seconds:.0f} 秒还没有完成，已停止，请检查文件是否损坏，或把内容分开。"
    return "处理时程序意外中止，文件可能已损坏，请用Excel或WPS打开后另存为新的 .xlsx 再试。"


def serve(memory: str) -> None:
    """Be a child: do one piece of work after the other until the standard input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints, it is no answer
    bound_memory(int(memory))
    gc.set_threshold(*SELDOM)
    is_first = True
    while True:
        try:
            module, name, argument = pickle.load(requests)  # noqa: S301 written by ask() above
        except (EOFError, KeyboardInterrupt):
            return
        answer = _answered(module, name, argument)
        del argument
        pickle.dump(answer, answers)
        answers.flush()
        del answer
        clear_up()
        if is_first:
            gc.freeze()  # the libraries are there to stay; looking through them after each workbook takes a while
            is_first = False


def _answered(module: str, name: str, argument: object) -> Succeeded[Any] | Failed:
    try:
        return Succeeded(getattr(importlib.import_module(module), name)(argument))
    except BatchError as error:
        return Failed(str(error), is_final=True)
    except MemoryError:
        return Failed("处理时需要的内存超过了限度，请检查是否选错了文件，或把内容分开。")
    except Exception as error:  # noqa: BLE001 a mistake of this program: the other workbooks are finished all the same
        return Failed(f"处理时程序出错（{type(error).__name__}），请把这份工作簿交给程序的维护者。")
