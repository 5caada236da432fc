"""A mistake of the program itself: one sentence for the clerk, the details in a file for who mends it.

The details are where it happened and of what kind it was. What the error says is left out: it may quote a ledger, and
with it what is classified.
"""

import tempfile
import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

from batch.publish.version import VERSION

PACKAGE: Final = Path(__file__).resolve().parents[1]


def mistake_sentence(error: BaseException, now: datetime) -> str:
    """Write the details of a mistake into a file, and return the sentence that names it."""
    path = Path(tempfile.gettempdir()) / f"batch-出错-{now:%Y%m%d-%H%M%S}.txt"
    try:
        path.write_text(details(error), encoding="utf-8")
    except (OSError, UnicodeEncodeError):
        return f"程序出错（{' < '.join(_places(error)[:3])}），没有完成，请把这句话告诉程序的维护者。"
    return f"程序出错（{type(error).__name__}），没有完成，详细情况写在“{path}”里，请把它交给程序的维护者。"


def details(error: BaseException) -> str:
    """Return what kind of mistake it was and where it happened, the innermost place first."""
    return "\n".join((f"batch {VERSION}", *_places(error), ""))


def _places(error: BaseException) -> list[str]:
    """Return the kind of an error with the places it came through, then those of what had caused it."""
    places: list[str] = []
    each: BaseException | None = error
    while each is not None:
        frames = reversed(traceback.extract_tb(each.__traceback__))
        places += [type(each).__name__, *(f"{_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)]
        each = each.__cause__ or each.__context__
    return places


def _file(name: str) -> str:
    """Return a file's name below the program, or of a library its last two parts: no folder of an account."""
    path = Path(name)
    return path.relative_to(PACKAGE.parent).as_posix() if path.is_relative_to(PACKAGE) else "/".join(path.parts[-2:])
