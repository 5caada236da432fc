"""What is given to a run, files, folders and patterns, as the workbooks to read; what is passed over is told."""

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from batch.errors import BatchError, in_words
from batch.publish.manifest import NotOurs, read_manifest
from batch.system.file_name import legible_name
from batch.system.open_files import LOCK_PREFIXES, OF_THE_SYSTEM
from batch.unit.outcome import PENDING
from batch.values.names import in_reading_order

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"})
"""Endings, in small letters, of the files of a folder that are taken for workbooks."""
OLD: Final = ".旧版-"
"""Stands in the name of an earlier folder of ours that was kept."""
RECORD: Final = ".全市汇总.sqlite3"
"""What an output folder holds of earlier runs, hidden."""
OURS: Final = "本程序写出的文件夹"
LOCKS: Final = "程序打开文件时的临时文件"
HIDDEN: Final = "隐藏的文件和文件夹"
LINKS: Final = "链接的文件夹"
ROSTER: Final = "名单"
OTHERS: Final = "不是工作簿的文件"


MOST_OF_A_UNIT: Final = 30
"""Workbooks that one unit may have: one for each clerk."""
MOST_NAMED: Final = 3
"""Files that a line names."""


class InboxFile(NamedTuple):
    """A workbook of an inbox."""

    path: Path
    label: str
    """Its path below the folder that was given, by which people find it."""


@dataclass(frozen=True)
class Inbox:
    """The workbooks that were given, in reading order, and all that was passed over."""

    workbooks: tuple[InboxFile, ...]
    skipped: tuple[tuple[str, str], ...]
    """(what it is, label) of everything that is no workbook to be read."""
    closed: tuple[tuple[str, str], ...]
    """(label, why) of the folders that could not be looked into."""


def expanded(arguments: Iterable[Path]) -> list[Path]:
    """Return the arguments with each pattern replaced by what it matches; Windows leaves that to the program.

    Raises:
        BatchError: a pattern matches nothing.

    """
    found: list[Path] = []
    for argument in arguments:
        if os.path.lexists(argument) or not glob.has_magic(str(argument)):
            found.append(argument)
            continue
        matches = sorted(glob.glob(str(argument), recursive=True))  # noqa: PTH207 also of absolute patterns
        if not matches:
            message = f"没有与“{argument}”相符的文件{_why_unseen(argument)}，请检查写法和所在的文件夹。"
            raise BatchError(message)
        found += map(Path, matches)
    return found


def _why_unseen(pattern: Path) -> str:
    """Say why the folder in which a pattern begins cannot be looked into; nothing where it can."""
    folder = next(each for each in pattern.parents if not glob.has_magic(str(each)))
    try:
        os.scandir(folder).close()
    except OSError as error:
        return f"，文件夹“{folder}”打不开（{in_words(error)}）"
    return ""


def is_inbox(arguments: Sequence[Path]) -> bool:
    """Say whether so much is given that it cannot be the workbooks of one unit: a folder, or very many files."""
    return len(arguments) > MOST_OF_A_UNIT or any(map(_is_folder, arguments))


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 never raises


def collect(arguments: Sequence[Path], roster: Path | None = None) -> Inbox:
    """Return the workbooks among files and below folders, each once; one given by its name may be called anything.

    Raises:
        BatchError: a file is not there, or there is no workbook at all.

    """
    gathered = _Gathering(roster)
    for argument in arguments:
        gathered.take(argument)
    if not gathered.workbooks:
        skipped = "、".join(dict.fromkeys(kind for kind, _ in gathered.skipped))
        closed = "".join(f"，文件夹“{label}”打不开（{why}）" for label, why in gathered.closed[:MOST_NAMED])
        nothing = f"没有找到工作簿{f'（{skipped}不算）' if skipped else ''}{closed}"
        message = f"“{'、'.join(map(str, arguments))}”里{nothing}，请检查位置。"
        raise BatchError(message)
    order = {label: place for place, label in enumerate(in_reading_order(gathered.workbooks.values()))}
    found = [InboxFile(path, label) for path, label in gathered.workbooks.items()]
    found.sort(key=lambda each: (order[each.label], str(each.path)))
    return Inbox(tuple(found), tuple(gathered.skipped), tuple(gathered.closed))


class _Gathering:
    """Goes through what was given; lives only while it is collected."""

    def __init__(self, roster: Path | None) -> None:
        self.roster = _identity(roster) if roster is not None else None
        self.workbooks: dict[Path, str] = {}
        self.seen: set[tuple[int, int] | str] = set()
        self.skipped: list[tuple[str, str]] = []
        self.closed: list[tuple[str, str]] = []

    def take(self, argument: Path) -> None:
        """Add an argument: a file, or all below a folder."""
        if _is_folder(argument):
            if self._is_open(argument, argument):
                self._walk(argument)
            return
        try:
            argument.lstat()
        except (OSError, ValueError) as error:
            what = f"看不到“{argument}”（没有权限）" if isinstance(error, PermissionError) else f"找不到“{argument}”"
            message = f"{what}，请检查文件名和所在的文件夹。"
            raise BatchError(message) from error
        kind, label = self._kind(argument), legible_name(argument.name)
        if kind in {LOCKS, ROSTER}:  # a pattern that the shell has replaced names them too
            self.skipped.append((kind, label))
        else:
            self._add(argument, label)

    def _walk(self, top: Path) -> None:
        def refused(error: OSError) -> None:
            self.closed.append((self._label(Path(error.filename), top), in_words(error)))

        for parent, folders, files in os.walk(top, onerror=refused):
            here = Path(parent)
            folders[:] = sorted(name for name in folders if self._is_open(here / name, top))
            for path in (here / name for name in sorted(files) if not _is_nobodys(name)):
                kind = self._kind(path)
                if kind:
                    self.skipped.append((kind, self._label(path, top)))
                else:
                    self._add(path, self._label(path, top))

    def _is_open(self, folder: Path, top: Path) -> bool:
        """Say whether a folder is looked into; why one is not is noted."""
        try:
            kind = _kind_of_folder(folder, is_given=folder == top)
        except OSError as error:
            self.closed.append((self._label(folder, top), in_words(error)))
            return False
        if kind:
            self.skipped.append((kind, self._label(folder, top)))
        return not kind

    def _kind(self, path: Path) -> str:
        """Say what a file is that is no workbook to be read; empty for one that is."""
        name = legible_name(path.name)
        if name.startswith(LOCK_PREFIXES):
            return LOCKS
        if name.startswith("."):
            return HIDDEN
        if self.roster is not None and _identity(path) == self.roster:
            return ROSTER
        return "" if path.suffix.casefold() in WORKBOOKS else OTHERS

    def _add(self, path: Path, label: str) -> None:
        identity = _identity(path)
        if identity not in self.seen:
            self.seen.add(identity)
            self.workbooks[path] = label

    @staticmethod
    def _label(path: Path, top: Path) -> str:
        return "/".join(map(legible_name, path.relative_to(top).parts)) or legible_name(top.absolute().name)


def _is_nobodys(name: str) -> bool:
    """Say whether a file is not spoken of: what a file manager puts everywhere, and our own record."""
    return name.casefold() in OF_THE_SYSTEM or name.startswith(RECORD)


def _kind_of_folder(folder: Path, *, is_given: bool) -> str:
    """Say what a folder is that is not looked into; empty for one that is: also hidden or linked, if given by name.

    Raises:
        OSError: it cannot be said.

    """
    if not is_given and folder.name.startswith("."):
        return HIDDEN
    if not is_given and os.path.islink(folder):  # noqa: PTH114 never raises
        return LINKS
    return OURS if _is_ours(folder.absolute()) else ""


def _is_ours(folder: Path) -> bool:
    """Say whether this program wrote a folder: reports, or what is to be mended."""
    if folder.name.endswith(PENDING) or OLD in folder.name:
        return True
    try:
        read_manifest(folder)
    except NotOurs:
        return False
    return True


def _identity(path: Path) -> tuple[int, int] | str:
    """Return what two names of one file have in common."""
    try:
        status = path.stat()
    except OSError:
        return str(path)
    return (status.st_dev, status.st_ino) if status.st_ino else str(path.resolve())


def skipped_in_words(skipped: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield, kind by kind, how much was passed over; of files that somebody may have meant the names too."""
    kinds: dict[str, list[str]] = {}
    for kind, label in skipped:
        kinds.setdefault(kind, []).append(label)
    for kind, labels in kinds.items():
        named = f"（{'、'.join(labels[:MOST_NAMED])}{'等' if len(labels) > MOST_NAMED else ''}）"
        yield f"{kind} {len(labels)} 个{named if kind in {OTHERS, LINKS} else ''}"
