"""The reports that come with Marketbook, in a workspace of a database that everyone reads."""

from markets.catalogs.database import writing
from markets.catalogs.database.engine import Database
from markets.catalogs.files import report_files
from markets.catalogs.folders import BUNDLED
from markets.catalogs.ledgers import BUNDLED_WORKSPACE
from markets.errors import CatalogError


def load_bundled(database: Database, who: str) -> int:
    """Enter the bundled reports, or revise them to what this version says; return how many changed."""
    changed = 0
    for file in report_files(BUNDLED):
        if isinstance(file, CatalogError):
            raise file
        with database.writing() as connection:
            workspace = writing.workspace(connection, BUNDLED_WORKSPACE, make=True, is_everyones=True)
            author = writing.Author(who, workspace, "comes with Marketbook")
            done = writing.enter(connection, author, file.report, file.file, file.comment, file.mark)
        changed += done.changes_something
    return changed
