"""The catalog in a database: SQLite in one file, or PostgreSQL. Needs the extra `team`."""

from markets.catalogs.database.catalog import database_catalog, database_version
from markets.catalogs.database.engine import Database

__all__ = ["Database", "database_catalog", "database_version"]
