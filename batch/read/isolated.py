"""A reader run in a process of its own: one that crashes, hangs or eats memory takes nothing else with it."""

import importlib
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Final, TypeVar

from batch.read.grid import Damaged, TooMuch
from batch.read.limits import CHILD_MEMORY, CHILD_SECONDS
from batch.system.process import NO_WINDOW, OURS, bound_memory

Read = TypeVar("Read")

_START: Final = "import sys; sys.path[:] = sys.argv[3:]; from batch.read.isolated import answer; answer(*sys.argv[1:3])"


def read_isolated(read: Callable[[bytes], Read], content: bytes) -> Read:
    """Return what the reader makes of the content; it must be a function of a module.

    Raises:
        Damaged: the reader gave up, crashed, hung or ran out of memory.
        TooMuch: the content exceeds a limit.

    """
    command = [sys.executable, "-c", _START, read.__module__, read.__qualname__, *sys.path, OURS]
    try:
        child = subprocess.run(  # noqa: S603 our own program, told which of its own functions to call
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a reader complains of is not in Chinese
            timeout=CHILD_SECONDS,
            check=True,
            creationflags=NO_WINDOW,
        )
        answered: Read | Damaged | TooMuch = pickle.loads(child.stdout)  # noqa: S301 written by answer() below
    except (subprocess.SubprocessError, OSError, EOFError, pickle.UnpicklingError) as error:
        message = "the reader crashed, or gave no answer in time"
        raise Damaged(message) from error
    if isinstance(answered, Damaged | TooMuch):
        raise answered
    return answered


def answer(module: str, name: str) -> None:
    """Be the child: call the function on what stands on the standard input, and write its result or its failure."""
    bound_memory(CHILD_MEMORY)
    content = sys.stdin.buffer.read()
    try:
        answered = pickle.dumps(getattr(importlib.import_module(module), name)(content))
    except TooMuch as error:
        answered = pickle.dumps(error)
    except BaseException as error:  # noqa: BLE001 a reader's panic is no Exception; whatever it is, the file is at fault
        answered = pickle.dumps(Damaged(f"{type(error).__name__}: {error}"))
    sys.stdout.buffer.write(answered)
