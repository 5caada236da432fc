"""What this process is set to: how it prints, how seldom it looks for garbage, and what memory it keeps."""

import atexit
import codecs
import gc
import sys
from typing import Final

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


def _survive_any_console() -> None:
    """Print what a console cannot show (GBK) as a question mark instead of failing; ASCII means that nothing is set."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")
