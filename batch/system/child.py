"""A bounded child process: what crashes, hangs or eats memory in it ends the child, never the program.

It does one piece of work after the other, each a function of a module and its argument. It dies with its parent: its
standard input ends.
"""

import gc
import importlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple, TypeVar

from batch.errors import BatchError, in_words
from batch.system.process import NO_WINDOW, OURS, SELDOM, bound_memory, clear_up

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_START: Final = "import sys; sys.path[:] = sys.argv[2:]; from batch.system.child import serve; serve(sys.argv[1])"
_ONE_THREAD: Final = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}
"""There may be as many children as processors; threads of their own would only take memory."""


class Limits(NamedTuple):
    """What one piece of work may take."""

    seconds: float
    memory: int
    """Bytes of address space, where the system can bound it (not on Windows)."""


class Ended(Exception):  # noqa: N818 what became of the child, not that something is wrong here
    """A child that was gone before it had answered."""

    def __init__(self, *, is_late: bool) -> None:
        """Say whether it was killed because its time was over."""
        super().__init__(is_late)
        self.is_late = is_late


class Mistake(Exception):  # noqa: N818 as above
    """What was raised in a child and cannot be carried out of it: its text is the name of the kind."""


class Child:
    """One process, and what it was started with."""

    def __init__(self, limits: Limits) -> None:
        """Start the process.

        Raises:
            BatchError: the system starts none.

        """
        self.limits = limits
        self.is_late = False
        self.has_ended = False
        command = [sys.executable, "-c", _START, str(limits.memory), *sys.path, OURS]
        try:
            self.process = subprocess.Popen(  # noqa: S603 our own program, told which of its own functions to call
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what a reader complains of is not in Chinese
                env={**os.environ, **_ONE_THREAD},
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            message = f"开不了新的进程（{in_words(error)}），请关闭一些程序后再运行。"
            raise BatchError(message) from error

    @property
    def is_alive(self) -> bool:
        """Say whether it can be asked."""
        return not self.has_ended and self.process.poll() is None

    def ask(self, function: Callable[[Argument], Result], argument: Argument) -> Result:
        """Return what the function makes of the argument, or raise what it raises.

        Raises:
            Ended: the child crashed, or its time was over.
            Mistake: what was raised cannot be carried over.

        """
        assert self.process.stdin is not None  # noqa: S101 both are pipes
        assert self.process.stdout is not None  # noqa: S101
        watch = threading.Timer(self.limits.seconds, self._stop)
        watch.daemon = True
        watch.start()
        try:
            pickle.dump((function.__module__, function.__qualname__, argument), self.process.stdin)
            self.process.stdin.flush()
            result, error = pickle.load(self.process.stdout)  # noqa: S301 written by serve() below
        except (OSError, EOFError, pickle.UnpicklingError) as lost:
            self.end()
            raise Ended(is_late=self.is_late) from lost
        except BaseException:  # Ctrl+C: the child must not go on
            self.end()
            raise
        finally:
            watch.cancel()
        if error is not None:
            raise error
        answer: Result = result
        return answer

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.has_ended = True
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr] # both are pipes
        self.process.wait()

    def _stop(self) -> None:
        self.is_late = True
        self.process.kill()


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
            gc.freeze()  # the libraries are there to stay; looking through them after each piece of work takes a while
            is_first = False


def _answered(module: str, name: str, argument: object) -> tuple[Any, Exception | None]:
    """Return (result, None), or (None, what was raised)."""
    try:
        return getattr(importlib.import_module(module), name)(argument), None
    except (BatchError, MemoryError) as error:
        return None, error
    except BaseException as error:  # noqa: BLE001 a reader's panic is no Exception; whatever it is, the work is at fault
        return None, _carried(error)


def _carried(error: BaseException) -> Exception:
    """Return an error as it reaches the parent: as it is, where that can be, and else by the name of its kind."""
    if isinstance(error, Exception):
        with suppress(Exception):
            pickle.loads(pickle.dumps(error))  # noqa: S301 our own
            return error
    return Mistake(type(error).__name__)
