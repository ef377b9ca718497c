"""The catalog of a database: names are held, and an edition is read from its rows when it is asked for."""

import datetime
from collections.abc import Collection
from functools import partial

from markets.catalogs.database.engine import Database
from markets.catalogs.database.reading import current_headings, last_change, record
from markets.catalogs.database.schema import check
from markets.catalogs.history import report_with_corrections
from markets.catalogs.indexed import Edition, IndexedCatalog
from markets.facts import Report


def database_catalog(
    database: Database, as_of: datetime.date | None = None, inside: Collection[int] | None = None
) -> IndexedCatalog:
    """Return the catalog of all workspaces of a database, or of those `inside`. Raises Unavailable.

    Editions published after `as_of` are hidden, and corrections made after it do not count.
    """
    with database.reading() as connection:
        check(database, connection)
        version = (last_change(connection, inside), as_of)
        editions = [
            Edition(heading.source, heading.market, partial(_report, database, edition))
            for edition, heading in current_headings(connection, as_of, inside)
        ]
    return IndexedCatalog(editions, version, as_of=as_of)


def database_version(
    database: Database, as_of: datetime.date | None = None, inside: Collection[int] | None = None
) -> tuple[object, ...]:
    """Return the version that such a `database_catalog` has now. Raises Unavailable."""
    with database.reading() as connection:
        return (last_change(connection, inside), as_of)


def _report(database: Database, edition: int, as_of: datetime.date | None) -> Report:
    with database.reading() as connection:
        return report_with_corrections(record(connection, edition), as_of)
