"""A reader run in a process of its own: one that crashes, hangs or eats memory takes nothing else with it."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from batch.read.grid import Damaged, TooMuch
from batch.read.limits import CHILD_MEMORY, CHILD_SECONDS

Read = TypeVar("Read")


def read_isolated(read: Callable[[bytes], Read], content: bytes) -> Read:
    """Return what the reader makes of the content; it must be a function of a module.

    Raises:
        Damaged: the reader gave up, crashed, hung or ran out of memory.
        TooMuch: the content exceeds a limit.

    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, read, content), daemon=True)
    process.start()
    theirs.close()
    try:
        answer: Read | Damaged | TooMuch = ours.recv() if ours.poll(CHILD_SECONDS) else Damaged("no answer in time")
    except (EOFError, OSError) as error:
        message = "the reader crashed"
        raise Damaged(message) from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(answer, Damaged | TooMuch):
        raise answer
    return answer


def _answer(connection: Connection, read: Callable[[bytes], Read], content: bytes) -> None:
    """Send back what is read, or why it cannot be."""
    _confine()
    try:
        connection.send(read(content))
    except TooMuch as error:
        connection.send(error)
    except BaseException as error:  # noqa: BLE001 a reader's panic is no Exception; whatever it is, the file is at fault
        connection.send(Damaged(f"{type(error).__name__}: {error}"))


def _confine() -> None:
    """Bound the memory of this process where the system can, and silence its complaints: ours are in Chinese."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
