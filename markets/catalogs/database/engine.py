"""A database: connections for reading and for writing, and its failures in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from markets.errors import Unavailable

_WAIT_SECONDS = 15
_WRITERS_LOCK = 7_203_412
"""PostgreSQL's advisory lock that a writer holds: changes are visible in the order of their numbers."""

_SQLITE = {
    "malformed": "is damaged. Bring back a backup, or load the catalog anew",
    "not a database": "is not a database, or is damaged. Bring back a backup, or load the catalog anew",
    "disk is full": "has no space left on its disk. Free some, and try again",
    "readonly": "cannot be written. Check the rights of the file and its folder",
    "unable to open": "cannot be opened. Check that the folder exists and that you may read it",
    "locked": "is in use by another program. Try again",
    "disk i/o": "cannot be read or written: its disk reports an error",
}
_POSTGRESQL = {
    "53100": "has no space left on its disk",
    "53300": "has too many connections. Try again",
    "28P01": "refuses the password",
    "28000": "refuses the user",
    "3D000": "does not exist",
    "42501": "does not let this user do that",
}


class Database:
    """A catalog's database by its address: a URL of SQLAlchemy's, or the path of an SQLite file.

    Raises Unavailable for an address that is none.
    """

    def __init__(self, address: str) -> None:
        try:
            self.url = make_url(address if "://" in address else f"sqlite:///{Path(address).absolute()}")
            self.name = self.url.render_as_string(hide_password=True)
            self.engine = _engine(self.url.render_as_string(hide_password=False))
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise Unavailable(
                "This is not the address of a database. Use the path of a file, sqlite:///FILE, or "
                "postgresql://USER:PASSWORD@HOST/DATABASE."
            ) from error

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
        """Connect for one change, which is kept as a whole or not at all. Writers wait for each other."""
        with self._answering(), self.engine.connect() as connection:
            connection = connection.execution_options(marketbook_writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"))
                yield connection

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


def _engine(url: str) -> Engine:
    if url.startswith(("postgresql://", "postgres://")):
        url = f"postgresql+psycopg://{url.partition('://')[2]}"
    if url.startswith("postgresql"):
        return create_engine(
            url,
            pool_size=20,
            pool_pre_ping=True,
            pool_timeout=_WAIT_SECONDS,
            connect_args={"connect_timeout": _WAIT_SECONDS},
        )
    engine = create_engine(url, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _: Any) -> None:
    """Let SQLAlchemy begin transactions, and make SQLite keep what it has confirmed."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("marketbook_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: DBAPIError) -> str:
    """Return why the database does not answer; blank for a fault that is Marketbook's own."""
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    said = str(error.orig).casefold()
    if known := next((reason for sign, reason in _SQLITE.items() if sign in said), ""):
        return known
    if (
        error.connection_invalidated
        or (isinstance(error, OperationalError) and state is None)
        or (state or "").startswith(("08", "57P"))
    ):
        return "does not answer. Check that it runs and that this computer reaches it"
    return ""
