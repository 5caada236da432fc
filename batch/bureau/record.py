"""What has been done already, kept beside the folders: a later run reads only what has changed.

One SQLite file: each entry is there whole or not at all, whenever a run is ended. It says nothing that the workbooks
do not say; without it everything is read again.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from batch.areas.frozen import Frozen
from batch.bureau.inbox import RECORD
from batch.errors import BatchError, in_words

PATIENCE: Final = 60.0
"""Seconds that a run waits while another one writes."""
_TABLE: Final = "CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, scope TEXT NOT NULL, content BLOB NOT NULL)"

Entry = TypeVar("Entry", bound=Frozen)


class Record:
    """Entries by their keys: a key is the digest of all that its entry follows from."""

    def __init__(self, connection: sqlite3.Connection, scope: str) -> None:
        """Use an open file, for runs of one scope: over one period."""
        self._connection = connection
        self._scope = scope

    def get(self, key: str, model: type[Entry]) -> Entry | None:
        """Return an entry; None where there is none, or one that cannot be read or that this version does not know."""
        try:
            row = self._connection.execute("SELECT content FROM done WHERE key = ?", (key,)).fetchone()
            return None if row is None else model.model_validate_json(row[0])
        except (sqlite3.Error, ValidationError):
            return None

    def put(self, key: str, entry: Frozen) -> None:
        """Keep an entry; it is on the disk when this returns.

        Raises:
            BatchError: it cannot be written.

        """
        row = (key, self._scope, entry.model_dump_json().encode())
        with self._writing():
            self._connection.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", row)

    def keep_only(self, keys: Collection[str]) -> None:
        """Drop every entry of the scope but these: what no workbook of the inbox comes to any more.

        Raises:
            BatchError: the file cannot be written.

        """
        with self._writing():
            there = [key for (key,) in self._connection.execute("SELECT key FROM done WHERE scope = ?", (self._scope,))]
            dropped = [(key,) for key in there if key not in keys]
            self._connection.executemany("DELETE FROM done WHERE key = ?", dropped)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._connection:
                yield
        except sqlite3.Error as error:
            message = f"运行记录“{RECORD}”写不进去，请检查输出文件夹的空间和权限，并确认没有另一个程序正在运行。"
            raise BatchError(message) from error


@contextmanager
def open_record(folder: Path, scope: str) -> Iterator[Record]:
    """Open the record of an output folder, which is made where it is not there.

    One that is damaged, as after a power failure, is begun anew.

    Raises:
        BatchError: the folder cannot be written.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"输出文件夹“{folder}”建不起来（{in_words(error)}），请用 -o 另选一个位置。"
        raise BatchError(message) from error
    try:
        connection = _opened(folder / RECORD)
    except sqlite3.Error as error:
        message = f"输出文件夹“{folder}”写不进去，请检查空间和权限，或用 -o 另选一个位置。"
        raise BatchError(message) from error
    with closing(connection):
        yield Record(connection, scope)


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked or forbidden, which a new file would not mend
            raise
    with suppress(OSError):
        path.unlink()
    return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE)
    try:
        with connection:
            connection.execute(_TABLE)
        _refuse_damaged(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_damaged(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
