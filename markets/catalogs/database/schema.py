"""The schema of a database: created, brought up to date, and checked before it is used."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, literal_column, select, table

from markets.catalogs.database.engine import Database
from markets.errors import Unavailable

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "marketbook_schema"
"""Alembic's table, under a name that no other program's has."""


def newest() -> str:
    """Return the schema that this version of Marketbook reads and writes."""
    return _known()[0]


def schema_of(connection: Connection) -> str:
    """Return the schema of a database; blank if it has no catalog."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    return connection.scalar(select(literal_column("version_num")).select_from(table(VERSION_TABLE))) or ""


def upgrade(database: Database, to: str = "head") -> tuple[str, str]:
    """Bring a database to a schema, whole or not at all; return the schemas before and after.

    An SQLite file that does not exist is made. Raises Unavailable for a database of other tables or of a
    newer Marketbook.
    """
    from alembic import command  # whoever only reads need not wait for its import

    database.create()
    with database.writing() as connection:
        before = schema_of(connection)
        if before and before not in _known():
            raise Unavailable(_is_newer(database, before))
        if not before and inspect(connection).get_table_names():
            raise Unavailable(_is_foreign(database))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        after = schema_of(connection)
    database.let_readers_read()
    return before, after


def check(database: Database, connection: Connection) -> None:
    """Raise Unavailable, with what to do, if the database is not of the present schema."""
    found = schema_of(connection)
    if found == newest():
        return
    if not found and inspect(connection).get_table_names():
        raise Unavailable(_is_foreign(database))
    if not found:
        raise Unavailable(
            f"The database {database.name} has no catalog. To make one, run 'marketbook catalog init'."
        )
    if found in _known():
        raise Unavailable(
            f"The database {database.name} has the schema {found}, and this Marketbook needs {newest()}. "
            "Run 'marketbook catalog upgrade'."
        )
    raise Unavailable(_is_newer(database, found))


def _is_foreign(database: Database) -> str:
    return f"The database {database.name} has tables of another program. Use an empty one."


def _is_newer(database: Database, found: str) -> str:
    return (
        f"The database {database.name} has the schema {found} of a newer Marketbook. "
        "Install that version to use it."
    )


@cache
def _known() -> list[str]:
    """Every schema, the newest first: the number in the name of each migration's file."""
    numbers = [path.name[1:5] for path in (_MIGRATIONS / "versions").glob("v*.py")]
    return sorted(numbers, reverse=True)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("version_locations", str(_MIGRATIONS / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
