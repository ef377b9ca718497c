"""A server as a ledger: what a person may change there, through its API."""

from collections.abc import Iterable, Iterator

from markets.catalogs.copies.client import Client
from markets.catalogs.copies.tokens import token
from markets.catalogs.files import ReportFile
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement, statements
from markets.catalogs.wire import Accepted, Correction, Submitted, Workspace
from markets.errors import CatalogError, Unavailable
from markets.facts import Subject
from markets.names import name_key

_MOST_FOUND = 1000


class ServerLedger:
    """The changes of a server by the person whose token is kept; see `Ledger`.

    Raises NotAllowed at once if there is no token, and Unavailable without a keyring.
    """

    def __init__(self, url: str) -> None:
        self.name = url
        self._client = Client(url, token(url))

    def workspaces(self) -> tuple[Workspace, ...]:
        """Return the workspaces that this person may read, and as what."""
        return self._client.me().workspaces

    def editions(self, subject: Subject) -> list[Record]:
        """Return every edition of a market with its history, oldest first."""
        wanted = _key(subject.name, subject.geography)
        found = self._client.search(subject.name, _MOST_FOUND)
        own = [one for one in found if _key(one.market, one.geography) == wanted]
        own.sort(key=lambda one: (one.date, one.edition))
        return [self._client.record(one.edition) for one in own]

    def marked(self, workspace: str, mark: str) -> bool:
        """Return whether an import of the same text is in a workspace."""
        return self._client.marked(workspace, mark)

    def enter(self, workspace: str, file: ReportFile, why: str = "", *, revise: bool = False) -> Accepted:
        """Enter a report, or revise its edition; see `Ledger`."""
        report = file.report
        submitted = Submitted(
            source=report.source,
            market=report.market,
            statements=tuple(statements(report)),
            file=file.file,
            comment=file.comment,
            mark=file.mark,
            why=why,
        )
        return self._client.submit(workspace, submitted, revise=revise)

    def enter_all(
        self, workspace: str, files: Iterable[ReportFile], why: str
    ) -> Iterator[Accepted | CatalogError]:
        """Enter or revise reports; see `Ledger`."""
        for file in files:
            try:
                yield self.enter(workspace, file, why, revise=True)
            except Unavailable:
                raise
            except CatalogError as error:
                yield error

    def every_edition(self, workspace: str) -> Iterator[Record]:
        """Yield every edition of a workspace with its history."""
        page = self._client.updates(workspace)
        yield from page.records
        while not page.is_complete:
            page = self._client.updates(workspace, page.until, page.stamp)
            yield from page.records

    def correct(self, edition: int, fact: int, seen: int, statement: Statement | None, why: str) -> int:
        """Revise a fact, or withdraw it; see `Ledger`."""
        return self._client.correct(edition, fact, Correction(seen, statement, why)).number

    def add(self, edition: int, statement: Statement, why: str) -> int:
        """Add a fact that nobody entered; see `Ledger`."""
        return self._client.add(edition, statement, why)


def _key(name: str, geography: str) -> tuple[str, str]:
    return name_key(name), name_key(geography)
