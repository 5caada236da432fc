"""Work on one unit done in a child process that lasts, one for each thread; what goes wrong there is an answer.

A child takes half a second to load the libraries, and a workbook not much longer, so that it serves one after the
other.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic

from batch.errors import BatchError
from batch.system.child import Argument, Child, Ended, Limits, Mistake, Result

LIMITS: Final = Limits(seconds=300.0, memory=4 << 30)
"""A ledger of a million rows takes fifteen seconds and one and a half billion bytes."""
INTERRUPTED: Final = "已中断，没有处理。"


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
    """Return what a function of a module makes of the argument, within limits, in the child of this thread.

    Raises:
        BatchError: no process can be started.

    """
    if _is_over.is_set():
        return Failed(INTERRUPTED, is_final=True)
    child = _child(limits)
    try:
        return Succeeded(child.ask(function, argument))
    except BatchError as error:
        return Failed(str(error), is_final=True)
    except MemoryError:
        return Failed("处理时需要的内存超过了限度，请检查是否选错了文件，或把内容分开。")
    except Ended as error:
        return Failed(_cause(error, limits))
    except Exception as error:  # noqa: BLE001 a mistake of this program: the other workbooks are finished all the same
        kind = str(error) if isinstance(error, Mistake) else type(error).__name__
        return Failed(f"处理时程序出错（{kind}），请把这份工作簿交给程序的维护者。")


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
    while _children:
        _children.pop().end()


_is_over: Final = threading.Event()
"""That nothing more is to be begun: the run has ended, or was interrupted."""
_children: set[Child] = set()
_own: Final = threading.local()


def _child(limits: Limits) -> Child:
    """Return the child of this thread, started anew where there is none that lives."""
    child: Child | None = getattr(_own, "child", None)
    if child is not None and (child.limits != limits or not child.is_alive):
        _children.discard(child)
        child.end()
        child = None
    if child is None:
        child = _own.child = Child(limits)
        _children.add(child)
    return child


def _cause(ended: Ended, limits: Limits) -> str:
    if ended.is_late:
        return f"处理了 {limits.seconds:.0f} 秒还没有完成，已停止，请检查文件是否损坏，或把内容分开。"
    return "处理时程序意外中止，文件可能已损坏，请用Excel或WPS打开后另存为新的 .xlsx 再试。"
