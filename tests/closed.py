"""Calls that the system refuses, and folders that may not be looked into, told to an account that may do everything."""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest

NAMES: Final = ((os, "listdir"), (os, "scandir"))
"""What tells the names in a folder: refused by one that may not be read."""
THINGS: Final = ((os, "stat"), (os, "lstat"), (io, "open"))
"""What tells of a thing in a folder: refused by one that may not be entered."""
ALL: Final = NAMES + THINGS
Calls = tuple[tuple[Any, str], ...]


def refusing(number: int) -> Callable[..., NoReturn]:
    """Return what stands in for a call that the system refuses with this error."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return refuse


def close(monkeypatch: pytest.MonkeyPatch, folder: Path, calls: Calls) -> None:
    """Let the system refuse these calls for what lies in a folder."""

    def shut(real: Callable[..., object], *, of_names: bool) -> Callable[..., object]:
        def asked(path: Any = ".", *further: object, **named: object) -> object:  # noqa: ANN401 whatever is given
            given = Path(path).absolute() if isinstance(path, str | os.PathLike) else Path()
            if given == folder if of_names else folder in given.parents:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
            return real(path, *further, **named)

        return asked

    for module, name in calls:
        monkeypatch.setattr(module, name, shut(getattr(module, name), of_names=(module, name) in NAMES))
    may_read = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).absolute() != folder and may_read(path, mode))
