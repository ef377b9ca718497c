"""A database: connections for reading and for writing, and its failures in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import QueuePool

from markets.errors import CatalogError, Unavailable

_WAIT_SECONDS = 15
_IDLE_SECONDS = 60
"""How long PostgreSQL keeps others waiting for a writer that is silent, because its computer is gone."""

_WRITERS_LOCK = 7_203_412
"""PostgreSQL's advisory lock that a writer holds: changes are visible in the order of their numbers."""

_PATIENCE = text(
    "SELECT set_config('lock_timeout', :wait, true), "
    "set_config('idle_in_transaction_session_timeout', :idle, true)"
)
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_SQLITE = {
    "malformed": "is damaged. Bring back a backup, or load the catalog anew",
    "not a database": "is not a database, or is damaged. Bring back a backup, or load the catalog anew",
    "disk is full": "has no space left on its disk. Free some, and try again",
    "readonly": "cannot be written. Check the rights of the file and its folder",
    "unable to open": "cannot be opened. Check that the file exists and that you may read and write it",
    "locked": "is in use by another program. Try again",
    "disk i/o": "cannot be read or written: its disk reports an error",
}
_POSTGRESQL = {
    "53100": "has no space left on its disk",
    "53300": "has too many connections. Try again",
    "55P03": "is busy. Try again",
    "28P01": "refuses the password",
    "28000": "refuses the user",
    "3D000": "does not exist",
    "42501": "does not let this user do that",
    "25P03": "has waited too long for this program. Try again",
    "25006": "cannot be written: it is read-only",
}
_REFUSED = {  # a refused connection has no code
    "password authentication failed": "28P01",
    "no pg_hba.conf entry": "28000",
    'role "': "28000",
    'database "': "3D000",
    "too many clients": "53300",
    "connection slots are reserved": "53300",
}


class Database:
    """A catalog's database by its address: a URL of SQLAlchemy's, or the path of an SQLite file.

    Raises Unavailable for an address that is none.
    """

    def __init__(self, address: str) -> None:
        self.url = _url(address)
        self.engine = _engine(self.url)
        event.listen(self.engine, "handle_error", _refuse_unstorable)

    @property
    def name(self) -> str:
        """Where it is, without a password."""
        return str(
            self.file or self.url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Connect for reading: everything that is read belongs to one moment. Raises Unavailable."""
        with self._answering(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Connect for changes, which are kept as a whole or not at all. Writers wait for each other."""
        with self._answering(), self.engine.connect() as connection:
            connection = connection.execution_options(marketbook_writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(_PATIENCE, {"wait": f"{_WAIT_SECONDS}s", "idle": f"{_IDLE_SECONDS}s"})
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))
                yield connection

    def create(self) -> None:
        """Make the file of an SQLite database that does not exist yet. Raises Unavailable."""
        if self.file is None or self.file.exists():
            return
        try:
            self.file.touch()
        except OSError as error:
            raise Unavailable(f"The database {self.name} cannot be made: {error.strerror}.") from error

    def let_readers_read(self) -> None:
        """Let an SQLite database be read while it is written. The file keeps that setting."""
        if self.is_sqlite:
            with self._answering(), self.engine.connect() as connection:
                connection.connection.cursor().execute("PRAGMA journal_mode = WAL").close()

    def close(self) -> None:
        """End all connections."""
        self.engine.dispose()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except NoConnection as error:
            raise Unavailable(f"The database {self.name} is busy. Try again.") from error
        except DBAPIError as error:
            if reason := _reason(error):
                raise Unavailable(f"The database {self.name} {reason}.") from error
            raise


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address).absolute()))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = URL.create("")
    driver = url.drivername if url.drivername in _DRIVERS.values() else _DRIVERS.get(url.drivername)
    if driver is None or not url.database or url.database == ":memory:":
        raise Unavailable(
            "This is not the address of a database. Use the path of a file, sqlite:///FILE, or "
            "postgresql://USER:PASSWORD@HOST/DATABASE."
        )
    return url.set(drivername=driver)


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(
            url,
            pool_size=20,
            pool_pre_ping=True,
            pool_timeout=_WAIT_SECONDS,
            json_deserializer=msgspec.json.decode,
            connect_args={
                "connect_timeout": _WAIT_SECONDS,
                "keepalives_idle": _WAIT_SECONDS,
                "tcp_user_timeout": 1000 * _WAIT_SECONDS,  # a network that is gone is noticed
            },
        )
    file = Path(url.database or "").absolute()
    engine = create_engine(
        "sqlite://",
        poolclass=QueuePool,
        pool_timeout=_WAIT_SECONDS,
        json_deserializer=msgspec.json.decode,
        creator=lambda: _opened(file),
    )
    event.listen(engine, "begin", _begin)
    return engine


def _opened(file: Path) -> sqlite3.Connection:
    """Open a file that exists: a mistyped path must not leave an empty database behind.

    SQLAlchemy begins transactions, and SQLite keeps what it has confirmed.
    """
    connection = sqlite3.connect(
        f"{file.as_uri()}?mode=rw",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in ("synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        _refuse_cut_off(file, connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _refuse_cut_off(file: Path, connection: sqlite3.Connection) -> None:
    """SQLite reads a last page that is cut off as if zeros followed, and would miss its rows silently.

    With a journal, it mends such a page itself.
    """
    connection.execute("PRAGMA schema_version").close()  # fails for what is no database at all
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    journals = (Path(f"{file}{end}") for end in ("-wal", "-journal"))
    if file.stat().st_size % page and not any(each.exists() and each.stat().st_size for each in journals):
        raise sqlite3.DatabaseError("database disk image is malformed: its last page is cut off")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("marketbook_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_unstorable(failed: ExceptionContext) -> None:
    """Say in words that a value is none for a database: a broken character, a number beyond all columns."""
    if isinstance(failed.original_exception, UnicodeError | OverflowError) or isinstance(
        failed.sqlalchemy_exception, DataError
    ):
        raise CatalogError(
            "This holds a character or a number that a database cannot store."
        ) from failed.original_exception


def _reason(error: DBAPIError) -> str:
    """Return why the database does not answer; blank for a fault that is Marketbook's own."""
    said = str(error.orig).casefold()
    state: Any = getattr(error.orig, "sqlstate", None)
    if state is None and "fatal: " in said:
        why = said.split("fatal: ")[-1].strip()
        state = next((code for sign, code in _REFUSED.items() if sign in why), None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    if isinstance(error.orig, sqlite3.Error):
        return next((reason for sign, reason in _SQLITE.items() if sign in said), "")
    if "no password supplied" in said:
        return "needs a password. Put it in the address, or in the variable PGPASSWORD"
    if "certificate" in said or "ssl" in said:
        return "cannot be reached by TLS as its address asks. Check its certificate and sslmode"
    if (
        error.connection_invalidated
        or (isinstance(error, OperationalError) and state is None)
        or (state or "").startswith(("08", "57P"))
    ):
        return "does not answer. Check that it runs and that this computer reaches it"
    return ""
