"""Ledgers: catalogs that keep who entered and corrected what. A database is one, and a server."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from markets.catalogs.files import ReportFile
from markets.catalogs.records import Record
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Accepted, Workspace
from markets.errors import CatalogError, MarketbookError
from markets.facts import Report, Subject
from markets.market import label

BUNDLED_WORKSPACE = "bundled"
"""The workspace of the reports that come with Marketbook. Everyone reads it, and an upgrade renews it."""


class AlreadyEntered(MarketbookError):
    """An edition of the same market, publisher and date is in the workspace, from another text."""

    @classmethod
    def of(cls, report: Report, workspace: str) -> "AlreadyEntered":
        """Return the refusal of a report."""
        return cls(
            f"{label(report.market)}, {report.source}, is in the workspace {workspace} already, from another "
            "text. Nothing was changed. Correct its facts, or give the date of this edition."
        )


class Ledger(Protocol):
    """A catalog that is changed by entering and correcting, and that keeps what was there before."""

    @property
    def name(self) -> str:
        """Where it is, without a password."""

    def workspaces(self) -> tuple[Workspace, ...]:
        """Return the workspaces that this person may read, and as what."""

    def editions(self, subject: Subject) -> list[Record]:
        """Return every edition of a market with its history, oldest first."""

    def marked(self, workspace: str, mark: str) -> bool:
        """Return whether an import of the same text is in a workspace."""

    def enter(self, workspace: str, file: ReportFile, why: str = "", *, revise: bool = False) -> Accepted:
        """Enter a report; `revise` an edition that is there, until it says the same.

        Raises AlreadyEntered if it is there and is not to be revised, CatalogError if it is not valid,
        NotAllowed for a reader.
        """

    def enter_all(
        self, workspace: str, files: Iterable[ReportFile], why: str
    ) -> Iterator[Accepted | CatalogError]:
        """Enter or revise reports, and yield in their order what became of each, or why it is refused."""

    def every_edition(self, workspace: str) -> Iterator[Record]:
        """Yield every edition of a workspace with its history. Raises NotFound for an unknown workspace."""

    def correct(self, edition: int, fact: int, seen: int, statement: Statement | None, why: str) -> int:
        """Revise a fact, or withdraw it (None), and return the number of the revision.

        `seen` is the revision that the person has seen. Raises Conflict if there is a newer one, and
        the errors of `enter`.
        """

    def add(self, edition: int, statement: Statement, why: str) -> int:
        """Add a fact that nobody entered, and return its number. Raises the errors of `enter`."""

    def withdraw(self, edition: int, why: str) -> None:
        """Withdraw an edition that should not have been entered. It can be entered again.

        Raises NotFound if it is not there, and NotAllowed for a reader.
        """
