"""The workbooks as they are given: each content once, each under a name of its own, in an order of their own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from batch.errors import BatchError
from batch.read.file import SourceFile, read_file
from batch.system.file_name import legible_name
from batch.values.names import in_reading_order


@dataclass(frozen=True, slots=True)
class InputFiles:
    """The workbooks that are read, by their names; neither the order they are given in nor their folders matter."""

    files: tuple[SourceFile, ...]
    copies: tuple[tuple[str, str], ...] = ()
    """(name of a workbook, name of one left out because it equals it byte for byte)."""
    renamed: tuple[tuple[str, str], ...] = ()
    """(name of a workbook here, its own name), where another one that is read has that name too."""
    unread: tuple[BatchError, ...] = ()
    """Why others could not be opened."""


def read_inputs(paths: Sequence[Path]) -> InputFiles:
    """Read the workbooks, whatever order they are given in, each content once.

    Of equal ones, the name that a reader meets first is kept; of different ones with one name, the sha256
    says which keeps it: a folder's name would tell them apart only on the machine that has the folder.
    """
    opened: list[SourceFile] = []
    unread: list[BatchError] = []
    for path in paths:
        try:
            opened.append(read_file(path))
        except BatchError as error:
            unread.append(error)
    return replace(each_once(opened), unread=tuple(unread))


def each_once(files: Iterable[SourceFile]) -> InputFiles:
    """Return the workbooks in their own order, each content once, as :func:`read_inputs` does."""
    taken: dict[str, SourceFile] = {}
    left_out: list[SourceFile] = []
    for file in _in_order(list(map(_legibly_named, files))):
        if file.sha256 in taken:
            left_out.append(file)
        taken.setdefault(file.sha256, file)
    named = dict(zip(taken, _named_apart(list(taken.values())), strict=True))
    return InputFiles(
        files=tuple(named.values()),
        copies=tuple((named[file.sha256].name, file.name) for file in left_out),
        renamed=tuple((file.name, taken[key].name) for key, file in named.items() if file.name != taken[key].name),
    )


def _legibly_named(file: SourceFile) -> SourceFile:
    return replace(file, path=file.path.with_name(legible_name(file.name)))


def _in_order(files: Sequence[SourceFile]) -> list[SourceFile]:
    places = {name: place for place, name in enumerate(in_reading_order(file.name for file in files))}
    return sorted(files, key=lambda file: (places[file.name], file.sha256))


def _named_apart(files: Sequence[SourceFile]) -> Iterator[SourceFile]:
    """Yield the files, those whose name is taken under one that no other has."""
    own = {file.name.casefold() for file in files}
    taken: set[str] = set()
    for file in files:
        name = file.name
        if name in taken:
            numbered = (f"{file.path.stem}-{number}{file.path.suffix}" for number in count(2))
            name = next(each for each in numbered if each.casefold() not in own)
            own.add(name.casefold())
        taken.add(name)
        yield replace(file, path=file.path.with_name(name))
