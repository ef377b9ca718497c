"""A database as a ledger, for who reaches it directly: there, the database's own rights decide."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from markets.catalogs.database import reading, writing
from markets.catalogs.database.browsing import editions_of
from markets.catalogs.database.engine import Database
from markets.catalogs.database.schema import check
from markets.catalogs.database.tables import editions, workspaces
from markets.catalogs.files import ReportFile
from markets.catalogs.ledgers import AlreadyEntered
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Accepted, Workspace
from markets.errors import CatalogError, NotAllowed
from markets.facts import Subject

_AT_ONCE = 500


class DatabaseLedger:
    """The changes of a database by one person; see `Ledger`.

    Raises Unavailable at once if the database has no catalog.
    """

    def __init__(self, database: Database, who: str) -> None:
        self.database = database
        self.name = database.name
        self._who = who
        with database.reading() as connection:
            check(database, connection)

    def workspaces(self) -> tuple[Workspace, ...]:
        """Return every workspace: who reaches the database owns them all."""
        own = workspaces.c
        with self.database.reading() as connection:
            rows = connection.execute(select(own.name, own.is_everyones).order_by(own.id)).all()
        return tuple(
            Workspace(row.name, "reader" if row.is_everyones else "owner", row.is_everyones) for row in rows
        )

    def editions(self, subject: Subject) -> list[Record]:
        """Return every edition of a market with its history, oldest first."""
        with self.database.reading() as connection:
            order = editions_of(connection, subject)[::-1]
            found = {record.id: record for record in reading.records(connection, order)}
        return [found[edition] for edition in order]

    def marked(self, workspace: str, mark: str) -> bool:
        """Return whether an import of the same text is in a workspace."""
        with self.database.reading() as connection:
            return writing.marked(connection, writing.workspace(connection, workspace), mark) is not None

    def enter(self, workspace: str, file: ReportFile, why: str = "", *, revise: bool = False) -> Accepted:
        """Enter a report, or revise its edition; see `Ledger`."""
        with self.database.writing() as connection:
            author = self._author(connection, workspace, why)
            report = file.report
            there = writing.edition_of(connection, author.workspace, report)
            if not revise and there is not None and writing.is_in_force(connection, there):
                raise AlreadyEntered.of(report, workspace)
            return writing.enter(connection, author, report, file.file, file.comment, file.mark)

    def enter_all(
        self, workspace: str, files: Iterable[ReportFile], why: str
    ) -> Iterator[Accepted | CatalogError]:
        """Enter or revise reports; see `Ledger`."""
        with self.database.reading() as connection:
            author = self._author(connection, workspace, why)
        yield from writing.enter_many(self.database, author, files)

    def every_edition(self, workspace: str) -> Iterator[Record]:
        """Yield every edition of a workspace with its history."""
        with self.database.reading() as connection:
            own = editions.c
            found = writing.workspace(connection, workspace)
            wanted = list(
                connection.scalars(select(own.id).where(own.workspace_id == found).order_by(own.id))
            )
            for at in range(0, len(wanted), _AT_ONCE):
                yield from reading.records(connection, wanted[at : at + _AT_ONCE])

    def correct(self, edition: int, fact: int, seen: int, statement: Statement | None, why: str) -> int:
        """Revise a fact, or withdraw it; see `Ledger`."""
        with self.database.writing() as connection:
            author = self._author(connection, reading.record(connection, edition).workspace, why)
            return writing.correct(connection, author, edition, fact, seen, statement)

    def add(self, edition: int, statement: Statement, why: str) -> int:
        """Add a fact that nobody entered; see `Ledger`."""
        with self.database.writing() as connection:
            author = self._author(connection, reading.record(connection, edition).workspace, why)
            return writing.add(connection, author, edition, statement)

    def withdraw(self, edition: int, why: str) -> None:
        """Withdraw an edition; see `Ledger`."""
        with self.database.writing() as connection:
            author = self._author(connection, reading.record(connection, edition).workspace, why)
            writing.withdraw(connection, author, edition)

    def _author(self, connection: Connection, workspace: str, why: str) -> writing.Author:
        own = workspaces.c
        found = writing.workspace(connection, workspace)
        if connection.scalar(select(own.is_everyones).where(own.id == found)):
            raise NotAllowed(
                f"The reports of the workspace {workspace} come with Marketbook and are not changed. "
                "Enter the edition in a workspace of your own."
            )
        return writing.Author(self._who, found, why)
