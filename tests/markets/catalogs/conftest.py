"""A catalog's database, of each kind: one file of SQLite's, and PostgreSQL."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from markets.catalogs.database import Database, schema, writing

KINDS = ("sqlite", "postgresql")
_NUMBERS = count(1)


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: no file yet, or no tables."""
    return _address(request, tmp_path)


@pytest.fixture
def empty(address: str) -> Iterator[Database]:
    """A database without a catalog."""
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def database(empty: Database) -> Database:
    """An empty catalog."""
    schema.upgrade(empty)
    return empty


@pytest.fixture(scope="module", params=KINDS)
def kept_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A catalog that the tests of a module share."""
    database = Database(_address(request, tmp_path_factory.mktemp("kept")))
    schema.upgrade(database)
    yield database
    database.close()


@pytest.fixture
def author(database: Database) -> writing.Author:
    """Somebody with a workspace."""
    return author_in(database)


def author_in(database: Database, name: str = "team", who: str = "ann@example.com") -> writing.Author:
    with database.writing() as connection:
        return writing.Author(who, writing.workspace(connection, name, make=True))


def _address(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return str(folder / "catalog.db")
    return str(request.getfixturevalue("postgres").database(f"catalogs_{next(_NUMBERS)}"))
