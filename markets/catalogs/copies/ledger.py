"""A server as a ledger: what a person enters and corrects there, by the server's rules."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from markets.catalogs.copies.serving import copy_of
from markets.catalogs.copies.tokens import token
from markets.catalogs.copies.updating import connected
from markets.catalogs.files import ReportFile
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement, statements
from markets.catalogs.wire import Accepted, Correction, Submitted, Workspace
from markets.errors import CatalogError, Unavailable
from markets.facts import Subject
from markets.market import subject_key

if TYPE_CHECKING:
    from markets.catalogs.copies.client import Client

_MOST_EDITIONS = 1000


class ServerLedger:
    """The changes of a server's catalog by the person whose token is kept; see `Ledger`.

    Each change is in the local copy afterwards. Raises NotAllowed at once if there is no token, and
    Unavailable without a keyring.
    """

    def __init__(self, server: str) -> None:
        self.name = server
        self._token = token(server)

    def workspaces(self) -> tuple[Workspace, ...]:
        """Return the workspaces that this person may read, and as what."""
        with self._client() as client:
            return client.me().workspaces

    def editions(self, subject: Subject) -> list[Record]:
        """Return every edition of a market with its history, oldest first."""
        wanted = subject_key(subject.name, subject.geography)
        with self._client() as client:
            found = client.search(subject.name, _MOST_EDITIONS)
            own = [one for one in found if subject_key(one.market, one.geography) == wanted]
            return [
                client.record(one.edition) for one in sorted(own, key=lambda one: (one.date, one.edition))
            ]

    def marked(self, workspace: str, mark: str) -> bool:
        """Return whether an import of the same text is in a workspace."""
        with self._client() as client:
            return client.marked(workspace, mark)

    def enter(self, workspace: str, file: ReportFile, why: str = "", *, revise: bool = False) -> Accepted:
        """Enter a report, or revise its edition; see `Ledger`."""
        with self._changing() as client:
            return client.submit(workspace, _submitted(file, why), revise=revise)

    def enter_all(
        self, workspace: str, files: Iterable[ReportFile], why: str
    ) -> Iterator[Accepted | CatalogError]:
        """Enter or revise reports; see `Ledger`."""
        with self._changing() as client:
            for file in files:
                try:
                    yield client.submit(workspace, _submitted(file, why), revise=True)
                except Unavailable:
                    raise
                except CatalogError as error:
                    yield error

    def every_edition(self, workspace: str) -> Iterator[Record]:
        """Yield every edition of a workspace with its history."""
        found: dict[int, Record] = {}
        with self._client() as client:
            page = client.updates(workspace)
            while True:
                found.update({record.id: record for record in page.records})
                if page.is_complete:
                    break
                page = client.updates(workspace, page.until, page.stamp)
        yield from (found[edition] for edition in sorted(found))

    def correct(self, edition: int, fact: int, seen: int, statement: Statement | None, why: str) -> int:
        """Revise a fact, or withdraw it; see `Ledger`."""
        with self._changing() as client:
            return client.correct(edition, fact, Correction(seen, statement, why)).number

    def add(self, edition: int, statement: Statement, why: str) -> int:
        """Add a fact that nobody entered; see `Ledger`."""
        with self._changing() as client:
            return client.add(edition, statement, why)

    def withdraw(self, edition: int, why: str) -> None:
        """Withdraw an edition; see `Ledger`."""
        with self._changing() as client:
            client.withdraw(edition, why)

    def _client(self) -> "Client":
        return connected(self.name, self._token)

    @contextmanager
    def _changing(self) -> "Iterator[Client]":
        """Connect for a change, after which the local copy is updated."""
        with self._client() as client:
            yield client
        copy_of(self.name).refresh()


def _submitted(file: ReportFile, why: str) -> Submitted:
    report = file.report
    return Submitted(
        source=report.source,
        market=report.market,
        statements=tuple(statements(report)),
        file=file.file,
        comment=file.comment,
        mark=file.mark,
        why=why,
    )
