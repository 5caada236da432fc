"""A reader run in a process of its own: one that crashes, hangs or eats memory takes nothing else with it."""

from collections.abc import Callable
from typing import TypeVar

from batch.errors import BatchError
from batch.read.grid import Damaged, TooMuch
from batch.read.limits import CHILD_MEMORY, CHILD_SECONDS
from batch.system.child import Child, Ended, Limits

Read = TypeVar("Read")


def read_isolated(read: Callable[[bytes], Read], content: bytes) -> Read:
    """Return what the reader makes of the content; it must be a function of a module.

    Raises:
        Damaged: the reader gave up, crashed, hung or ran out of memory.
        TooMuch: the content exceeds a limit.
        BatchError: no process can be started.

    """
    child = Child(Limits(CHILD_SECONDS, CHILD_MEMORY))
    try:
        return child.ask(read, content)
    except (BatchError, Damaged, TooMuch):
        raise
    except Ended as error:
        message = "the reader crashed, or gave no answer in time"
        raise Damaged(message) from error
    except Exception as error:  # whatever it is, the file is at fault
        message = f"{type(error).__name__}: {error}"
        raise Damaged(message) from error
    finally:
        child.end()
