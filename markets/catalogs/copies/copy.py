"""The copy of a server's catalog: one SQLite file of the user's, which several programs use at once.

The copy holds nothing that the server does not have. So a damaged one is deleted, to be fetched anew. What
is deleted from it leaves no bytes behind.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import msgspec

from markets.errors import Unavailable

SCHEMA = 1
"""The version of the tables below, kept as SQLite's user_version."""

_TABLES = """
CREATE TABLE about (
    id TEXT NOT NULL, server TEXT NOT NULL, account TEXT NOT NULL, updated TEXT,
    failure TEXT NOT NULL, sentence TEXT NOT NULL, is_clean INTEGER NOT NULL
);
CREATE TABLE workspaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, role TEXT NOT NULL,
    is_everyones INTEGER NOT NULL, until INTEGER NOT NULL, stamp TEXT, is_whole INTEGER NOT NULL,
    UNIQUE (name, is_whole)
);
CREATE TABLE heads (
    edition INTEGER NOT NULL, workspace INTEGER NOT NULL, is_withdrawn INTEGER NOT NULL,
    headings INTEGER NOT NULL, head BLOB NOT NULL, PRIMARY KEY (edition, workspace)
) WITHOUT ROWID;
CREATE TABLE records (
    edition INTEGER NOT NULL, workspace INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (edition, workspace)
);
"""
_WAIT_SECONDS = 10
_DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_BUSY: "is in use by another program. Try again",
    sqlite3.SQLITE_LOCKED: "is in use by another program. Try again",
    sqlite3.SQLITE_FULL: "has no space left on its disk. Free some, and try again",
    sqlite3.SQLITE_READONLY: "cannot be written. Check the rights of the file and its folder",
    sqlite3.SQLITE_PERM: "cannot be opened. Check the rights of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check the rights of the file and its folder",
}


class Damaged(Unavailable):
    """A copy that was cut off or damaged, and is deleted."""


class Copy:
    """The copy of one server's catalog in a file, which is created when it is first needed."""

    def __init__(self, path: Path, server: str) -> None:
        self.path = path
        self.server = server

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Connect for reading: everything that is read belongs to one moment.

        Raises Damaged, with the copy deleted, and Unavailable if it cannot be read or is of a newer
        Marketbook.
        """
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Connect for one change, which is kept as a whole or not at all. Raises the errors of `reading`."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def clean(self) -> None:
        """Give the space of what was deleted back, and empty SQLite's journal, which may repeat it.

        If another program reads the copy, this is not possible: Unavailable is raised.
        """
        with self._connected() as connection:
            connection.execute("PRAGMA incremental_vacuum").fetchall()
            is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if is_busy:
            raise Unavailable(f"The copy {self.path} {_REASONS[sqlite3.SQLITE_BUSY]}.")

    def delete(self) -> None:
        """Delete the copy. Raises Unavailable if another program keeps it open, as Windows lets it."""
        try:
            for end in ("", "-wal", "-shm"):
                Path(f"{self.path}{end}").unlink(missing_ok=True)
        except OSError as error:
            raise Unavailable(f"The copy {self.path} cannot be deleted: {error.strerror}.") from error

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        file = self._file()
        try:
            with closing(sqlite3.connect(self.path, _WAIT_SECONDS, isolation_level=None)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                _check_length(connection, file.st_size)
                self._check_schema(connection)
                yield connection
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code in _DAMAGED:
                raise self._damaged(file.st_ino) from error
            reason = _REASONS.get(code, "cannot be read or written: its disk reports an error")
            raise Unavailable(f"The copy {self.path} {reason}.") from error
        except msgspec.MsgspecError as error:
            raise self._damaged(file.st_ino) from error

    def _file(self) -> os.stat_result:
        """Create the file, for the user alone, if it is not there; return which file it is, and its size."""
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return self.path.stat()
        except OSError as error:
            raise Unavailable(f"The copy {self.path} cannot be opened: {error.strerror}.") from error

    def _check_schema(self, connection: sqlite3.Connection) -> None:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > SCHEMA:
            raise Unavailable(
                f"The copy {self.path} is of a newer Marketbook. Install that version, or delete the file."
            )
        if found == SCHEMA:
            return
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            about = (uuid4().hex, self.server, "", None, "", "", True)
            connection.execute("INSERT INTO about VALUES (?, ?, ?, ?, ?, ?, ?)", about)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")

    def _damaged(self, file: int) -> Damaged:
        """Delete the damaged file, unless another program has replaced it meanwhile."""
        with suppress(OSError, Unavailable):
            if self.path.stat().st_ino == file:
                self.delete()
        return Damaged(
            f"The copy of {self.server} was damaged. It is fetched anew; calculate again in a moment."
        )


def _check_length(connection: sqlite3.Connection, size: int) -> None:
    """SQLite reads a last page that is cut off as if zeros followed, and would miss its rows silently."""
    if size % connection.execute("PRAGMA page_size").fetchone()[0]:
        raise sqlite3.DatabaseError("The last page is cut off.")
