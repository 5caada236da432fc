"""What this process is set to: how it prints, how seldom it looks for garbage, and what memory it keeps."""

import atexit
import codecs
import gc
import subprocess
import sys
from pathlib import Path
from typing import Final

OURS: Final = str(Path(__file__).parents[2])
"""Where this program lies; it need not be installed for a process that it starts to find it."""
NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Keeps Windows from showing a console for a process that is started."""

SELDOM: Final = (100_000, 30, 30)
"""Objects made between two looks for garbage, and looks between two thorough ones.

A run makes what it needs and ends; almost nothing of it is garbage that refers to itself. With Python's own 700 a
twelfth of a run goes into looking.
"""


def set_up() -> None:
    """Set this process up; it is done once, by the command line."""
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)  # else Python looks through all there is once more before it ends
    _survive_any_console()


def give_back() -> None:
    """Give back to the system what has been freed; glibc keeps it, in pieces between what is still in use."""
    import ctypes  # noqa: PLC0415 whoever asks for the help waits for nothing that it does not need

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def clear_up() -> None:
    """Clear up what a piece of work has left where more follows; as garbage is looked for seldom, it would pile up."""
    gc.collect()
    give_back()


def bound_memory(size: int) -> None:
    """Let this process have no more than so many bytes of memory, where the system can see to it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 there is none on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _survive_any_console() -> None:
    """Print what a console cannot show (GBK) as a question mark instead of failing; ASCII means that nothing is set."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")
