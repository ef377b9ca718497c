"""What an editor does: enter reports, and correct facts. Each change is in the audit log, by the same act."""

from sqlalchemy import Connection, select

from addin.server.asking import Asking
from addin.server.operations.permission import place, place_of
from addin.server.operations.texts import checked
from markets.catalogs import statements
from markets.catalogs.database import writing
from markets.catalogs.database.people import Place
from markets.catalogs.database.tables import editions
from markets.catalogs.database.writing import Author
from markets.catalogs.ledgers import AlreadyEntered
from markets.catalogs.statements import Statement
from markets.catalogs.wire import Accepted, Corrected, Submitted
from markets.errors import CatalogError
from markets.facts import Report

_LONGEST_WHY = 500
_LONGEST_FILE = 200
_LONGEST_COMMENT = 5000
_LONGEST_MARK = 64


def submit(asking: Asking, workspace: str, sent: Submitted, *, revise: bool = False) -> Accepted:
    """Enter a report, or `revise` the edition that is there. Raises AlreadyEntered without `revise`.

    A report of the very text that is there already changes nothing, so that it can be sent again after
    an answer that did not arrive.
    """
    report = _report(sent)
    file = checked("file's name", sent.file, _LONGEST_FILE)
    comment = checked("comment", sent.comment, _LONGEST_COMMENT, has_lines=True)
    mark = checked("mark", sent.mark, _LONGEST_MARK)
    why = checked("reason", sent.why, _LONGEST_WHY)
    with asking.database.writing() as connection:
        found = place(connection, asking, workspace, "editor")
        there = writing.edition_of(connection, found.id, report)
        if there is not None and not revise and writing.is_in_force(connection, there):
            _refuse_other_text(connection, there, mark, report, found)
            return Accepted(there, 0)
        return writing.enter(connection, _author(asking, found, why), report, file, comment, mark)


def correct(
    asking: Asking, edition: int, fact: int, seen: int, statement: Statement | None, why: str = ""
) -> Corrected:
    """Revise a fact, or withdraw it (None). `seen` is the revision that the person has seen.

    Raises Conflict, with both values, if somebody else has made a newer one.
    """
    why = checked("reason", why, _LONGEST_WHY)
    with asking.database.writing() as connection:
        author = _author(asking, place_of(connection, asking, edition, "editor"), why)
        return Corrected(writing.correct(connection, author, edition, fact, seen, statement))


def add(asking: Asking, edition: int, statement: Statement, why: str = "") -> int:
    """Add a fact that an edition states and nobody entered; return its number."""
    why = checked("reason", why, _LONGEST_WHY)
    with asking.database.writing() as connection:
        author = _author(asking, place_of(connection, asking, edition, "editor"), why)
        return writing.add(connection, author, edition, statement)


def withdraw(asking: Asking, edition: int, why: str = "") -> Corrected:
    """Withdraw an edition that should not have been entered; it can be entered again."""
    why = checked("reason", why, _LONGEST_WHY)
    with asking.database.writing() as connection:
        author = _author(asking, place_of(connection, asking, edition, "editor"), why)
        return Corrected(writing.withdraw(connection, author, edition))


def _author(asking: Asking, found: Place, why: str) -> Author:
    return Author(asking.person.email, found.id, why, asking.request)


def _report(sent: Submitted) -> Report:
    try:
        return statements.report(sent.source, sent.market, list(sent.statements))
    except ValueError as error:
        raise CatalogError(f"{str(error).rstrip('.')}.") from error


def _refuse_other_text(connection: Connection, there: int, mark: str, report: Report, found: Place) -> None:
    entered = connection.scalar(select(editions.c.mark).where(editions.c.id == there))
    if not mark or entered != mark:
        raise AlreadyEntered.of(report, found.name)
