"""Which catalog is in use: a folder, a database, or a server with a local copy.

The variable MARKETBOOK_CATALOG or the setting of 'marketbook catalog use' names it; by default, it is the
platform's data folder. Databases and servers need the extra `team`, which is imported only for them.
"""

import datetime
import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from markets.catalogs import Catalog
from markets.catalogs.chosen import NEEDS_TEAM, choice, choose, last_day
from markets.catalogs.folders import folder_catalog, folder_version, user_folder
from markets.errors import CatalogError, Unavailable, shortened

if TYPE_CHECKING:
    from markets.catalogs.database import Database
    from markets.catalogs.ledgers import Ledger

_SQLITE = "sqlite:///"
_DATABASE = re.compile(r"(sqlite|postgres|postgresql)(\+\w+)?://", re.IGNORECASE)
_DATABASE_FILES = {".db", ".sqlite", ".sqlite3"}
_HERE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class FolderPlace:
    """The bundled reports and a folder of the user's own."""

    folder: Path

    @property
    def described(self) -> str:
        """What it is, in words."""
        return f"the bundled reports and the folder {self.folder}"

    def open(self, as_of: datetime.date | None = None) -> Catalog:
        """Return the catalog; see `folder_catalog`."""
        return folder_catalog(as_of=as_of)

    def version(self, as_of: datetime.date | None = None) -> Hashable:
        """Return the version that such a catalog has now."""
        return folder_version(as_of=as_of)

    def refresh(self) -> None:
        """Do nothing: files are as new as they can be."""

    def ledger(self, who: str) -> None:
        """Return None: files keep no history."""


@dataclass(frozen=True)
class DatabasePlace:
    """A database by its address; see `Database`."""

    address: str

    @property
    def described(self) -> str:
        """What it is, in words, without a password. Raises Unavailable for an address that is none."""
        return f"the database {self.database().name}"

    def open(self, as_of: datetime.date | None = None) -> Catalog:
        """Return the catalog of all its workspaces. Raises Unavailable.

        Its place is the database's name alone: workbooks show it, and go to people outside.
        """
        database, day = self.database(), last_day(as_of)
        from markets.catalogs.database import database_catalog

        opened = database_catalog(database, day)
        opened.place = f"Database {Path(database.url.database or '').name}"
        return opened

    def version(self, as_of: datetime.date | None = None) -> Hashable:
        """Return the version that such a catalog has now, with one query. Raises Unavailable."""
        database, day = self.database(), last_day(as_of)
        from markets.catalogs.database import database_version

        return database_version(database, day)

    def refresh(self) -> None:
        """Do nothing: a database is asked directly."""

    def ledger(self, who: str) -> "Ledger":
        """Return the database for changes by somebody. Raises Unavailable."""
        database = self.database()
        from markets.catalogs.database.ledger import DatabaseLedger

        return DatabaseLedger(database, who)

    def database(self) -> "Database":
        """Return the database, whose connections are kept. Raises Unavailable."""
        return _database(self.address)


@dataclass(frozen=True)
class ServerPlace:
    """A server by its address, with a copy on this computer. Only `refresh` waits for the network."""

    url: str

    @property
    def described(self) -> str:
        """What it is, in words."""
        return f"the server {self.url}"

    def open(self, as_of: datetime.date | None = None) -> Catalog:
        """Return the catalog of the copy, which is updated meanwhile. Raises Unavailable without a copy."""
        from markets.catalogs.copies.serving import copy_of

        return copy_of(self.url).catalog(last_day(as_of))

    def version(self, as_of: datetime.date | None = None) -> Hashable:
        """Return the version that such a catalog has now; see `open`."""
        from markets.catalogs.copies.serving import copy_of

        return copy_of(self.url).version(last_day(as_of))

    def refresh(self) -> None:
        """Update the copy, but wait no longer than a person does. The catalog's notice tells a failure."""
        from markets.catalogs.copies.serving import copy_of

        copy_of(self.url).refresh()

    def ledger(self, who: str) -> "Ledger":
        """Return the server for changes by the person whose token is kept: the server knows who that is.

        Raises NotAllowed without a token.
        """
        from markets.catalogs.copies.ledger import ServerLedger

        return ServerLedger(self.url)


Place: TypeAlias = FolderPlace | DatabasePlace | ServerPlace


def place() -> Place:
    """Return where the catalog in use is. Raises CatalogError if the user's choice is none."""
    chosen = choice()
    return FolderPlace(user_folder()) if chosen is None else parsed(chosen.text)


def use(text: str) -> Place:
    """Keep a folder, a database or a server as the user's choice; blank: the default folder.

    Raises CatalogError for what cannot be one, and for a folder that does not exist.
    """
    if not text.strip():
        choose("")
        return place()
    found = parsed(text.strip())
    if isinstance(found, FolderPlace):
        if not found.folder.is_dir():
            raise CatalogError(f'The folder "{found.folder}" does not exist.')
        choose(str(found.folder.absolute()))
    else:
        choose(found.address if isinstance(found, DatabasePlace) else found.url)
    return found


def parsed(text: str) -> Place:
    """Return the place that a text names. Raises CatalogError for an address of another kind.

    >>> parsed("https://Markets.example.com/")
    ServerPlace(url='https://markets.example.com')
    >>> parsed("http://markets.example.com")
    Traceback (most recent call last):
    markets.errors.CatalogError: http:// would send your token unprotected. Use https://markets.example.com.
    """
    if re.match(r"https?://", text, re.IGNORECASE):
        return ServerPlace(server_url(text))
    if _DATABASE.match(text):
        file = text.removeprefix(_SQLITE)
        return DatabasePlace(text if file == text else f"{_SQLITE}{Path(file).absolute()}")
    if "://" in text:
        kinds = "a folder, sqlite:///FILE, postgresql://USER@HOST/DATABASE or https://SERVER"
        raise CatalogError(
            f'"{shortened(text.partition("://")[0])}://" is not a kind of catalog. Use {kinds}.'
        )
    path = Path(text)
    if path.suffix.casefold() in _DATABASE_FILES and path.is_file():
        return DatabasePlace(f"{_SQLITE}{path.absolute()}")
    return FolderPlace(path)


def server_url(text: str) -> str:
    """Return the address of a server in one spelling. Raises CatalogError for what is not safe to ask."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    is_web = bool(re.fullmatch(r"https?://\S+", text.strip(), re.IGNORECASE))
    if not is_web or not host or parts.query or parts.fragment or parts.username is not None:
        raise CatalogError(
            "This is not the address of a server. Use https://HOST, without names or passwords."
        )
    host = f"[{host}]" if ":" in host else host
    named = f"{host}:{port}" if port else host
    rest = f"{named}{parts.path.rstrip('/')}"
    if parts.scheme.casefold() == "http" and parts.hostname not in _HERE:
        raise CatalogError(f"http:// would send your token unprotected. Use https://{rest}.")
    return f"{parts.scheme.casefold()}://{rest}"


_databases: "dict[str, Database]" = {}


def _database(address: str) -> "Database":
    """Return the one database that is kept open."""
    try:
        from markets.catalogs.database import Database
    except ImportError as error:
        raise Unavailable(NEEDS_TEAM) from error
    if address not in _databases:
        opened = Database(address)
        for former in _databases.values():
            former.close()
        _databases.clear()
        _databases[address] = opened
    return _databases[address]
