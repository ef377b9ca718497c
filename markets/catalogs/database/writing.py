"""Changes of a catalog: editions entered or loaded again, and facts corrected. Each is whole or absent."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from markets.catalogs.database import tables
from markets.catalogs.database.reading import COLUMNS, record
from markets.catalogs.differences import first_revisions, revised_heading, revisions
from markets.catalogs.records import Heading, Record, Revision
from markets.catalogs.statements import Statement
from markets.catalogs.statements import report as report_of
from markets.errors import CatalogError, Conflict, NotFound, shortened
from markets.facts import Report
from markets.figures import Figure
from markets.market import label
from markets.names import name_key
from markets.validation import problems

_LISTED = 5


@dataclass(frozen=True)
class Author:
    """Who makes a change, where, and why. `request` is the id by which logs know it."""

    who: str
    workspace: int
    why: str = ""
    request: str = ""


@dataclass(frozen=True)
class Entered:
    """What became of a report: its edition, and how many facts are new, revised and withdrawn."""

    edition: int
    new: int
    revised: int = 0
    withdrawn: int = 0
    is_first: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether the edition is another than before."""
        return self.is_first or bool(self.new or self.revised or self.withdrawn)


def edition_of(connection: Connection, workspace: int, report: Report) -> int | None:
    """Return the edition of a workspace with that market, publisher and date; None if there is none."""
    own = tables.editions.c
    return connection.scalar(
        select(own.id).where(*(own[name] == value for name, value in _identity(workspace, report).items()))
    )


def marked(connection: Connection, workspace: int, mark: str) -> int | None:
    """Return the edition that an import of the same text has made; None if there is none."""
    own = tables.editions.c
    wanted = select(own.id).where(own.workspace_id == workspace, own.mark == mark, own.mark != "")
    return connection.scalar(wanted.limit(1))


def enter(
    connection: Connection, author: Author, report: Report, file: str = "", comment: str = "", mark: str = ""
) -> Entered:
    """Enter an edition, or revise it until it says what the report says.

    Raises CatalogError if the report is not valid.
    """
    _refuse_invalid(report, file or label(report.market))
    edition = edition_of(connection, author.workspace, report)
    if edition is None:
        return _enter_first(connection, author, report, file, comment, mark)
    return _enter_again(connection, author, record(connection, edition), report, file, comment)


def correct(
    connection: Connection, author: Author, edition: int, number: int, seen: int, row: Statement | None
) -> int:
    """Revise a fact of an edition, or withdraw it (None); return the number of its new revision.

    `number` is that of the fact, and `seen` the revision that the person has seen. Raises Conflict, with
    both values, if somebody else has made a newer one; NotFound if there is no such fact; CatalogError
    if the report would not be valid.
    """
    kept = record(connection, edition)
    now = next((one for one in kept.at() if one.fact == number), None)
    if now is None:
        raise NotFound(f"There is no fact {number} in this edition.")
    if now.number != seen:
        raise Conflict(_conflict(kept, now, row), now.statement, now.number)
    if now.statement == row:
        return now.number
    revision = Revision(
        number, now.number + 1, _change(connection, author, "correct", _told(kept)), now.position, row
    )
    _refuse_invalid(_revised(kept, revision), label(kept.heading.market))
    _add_facts(connection, edition, [revision])
    return revision.number


def add(connection: Connection, author: Author, edition: int, row: Statement) -> int:
    """Add a fact that the edition states and nobody entered; return its number. Raises CatalogError."""
    kept = record(connection, edition)
    last = kept.at()
    number = max((one.fact for one in last), default=0) + 1
    position = max((one.position for one in last), default=0.0) + 1
    revision = Revision(number, 1, _change(connection, author, "correct", _told(kept)), position, row)
    _refuse_invalid(_revised(kept, revision), label(kept.heading.market))
    _add_facts(connection, edition, [revision])
    return number


def workspace(connection: Connection, name: str, *, make: bool = False, is_everyones: bool = False) -> int:
    """Return the id of a workspace. Raises NotFound, unless it is to be made."""
    own = tables.workspaces.c
    found = connection.scalar(select(own.id).where(own.name == name))
    if found is not None:
        return int(found)
    if not make:
        raise NotFound(f'There is no workspace "{shortened(name)}".')
    made = connection.execute(insert(tables.workspaces).values(name=name, is_everyones=is_everyones))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _enter_first(
    connection: Connection, author: Author, report: Report, file: str, comment: str, mark: str
) -> Entered:
    change = _change(connection, author, "enter", _named(report))
    identity = _identity(author.workspace, report)
    made = connection.execute(insert(tables.editions).values(**identity, mark=mark))
    edition = int(made.inserted_primary_key[0])  # type: ignore[index]
    _add_heading(connection, edition, Heading(1, change, report.source, report.market, file, comment))
    first = first_revisions(report, change)
    _add_facts(connection, edition, first)
    return Entered(edition, len(first), is_first=True)


def _enter_again(
    connection: Connection, author: Author, kept: Record, report: Report, file: str, comment: str
) -> Entered:
    heading = revised_heading(kept, report, file, comment, 0)
    revised = revisions(kept, report, 0)
    if heading is None and not revised:
        return Entered(kept.id, 0)
    change = _change(connection, author, "enter", _named(report))
    if heading is not None:
        _add_heading(connection, kept.id, heading, change)
    _add_facts(connection, kept.id, revised, change)
    withdrawn = sum(one.statement is None for one in revised)
    new = sum(one.number == 1 for one in revised)
    return Entered(kept.id, new, len(revised) - new - withdrawn, withdrawn)


def _identity(workspace: int, report: Report) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "market_key": name_key(report.market.name),
        "geography_key": name_key(report.market.geography),
        "publisher_key": name_key(report.source.publisher),
        "date": report.source.date,
    }


def _change(connection: Connection, author: Author, action: str, target: str) -> int:
    """Number a change and note it in the audit log. Its time is never before that of an earlier one."""
    own = tables.changes.c
    last, at = connection.execute(
        select(own.number, own.at).order_by(own.number.desc()).limit(1)
    ).one_or_none() or (0, None)
    now = datetime.datetime.now(datetime.UTC)
    now = max(now, at) if at else now
    number = last + 1
    connection.execute(
        insert(tables.changes).values(
            number=number, workspace_id=author.workspace, who=author.who, at=now, why=author.why
        )
    )
    connection.execute(
        insert(tables.audit).values(
            at=now,
            request=author.request,
            who=author.who,
            action=action,
            workspace_id=author.workspace,
            target=target,
            is_refused=False,
            detail=author.why,
            change=number,
        )
    )
    return number


def _add_heading(connection: Connection, edition: int, heading: Heading, change: int | None = None) -> None:
    source, market = heading.source, heading.market
    connection.execute(
        insert(tables.headings).values(
            edition_id=edition,
            number=heading.number,
            change=heading.change if change is None else change,
            publisher=source.publisher,
            title=source.title,
            date=source.date,
            author=source.author,
            url=source.url,
            market=market.name,
            geography=market.geography,
            currency=market.currency,
            scale=market.scale,
            base_year=market.base_year,
            aliases=list(market.aliases),
            file=heading.file,
            comment=heading.comment,
            is_withdrawn=heading.is_withdrawn,
        )
    )


def _add_facts(
    connection: Connection, edition: int, revised: Sequence[Revision], change: int | None = None
) -> None:
    rows = [_row(edition, one, one.change if change is None else change) for one in revised]
    if rows:
        connection.execute(insert(tables.facts), rows)
    pieces = [piece for one in revised for piece in _pieces(edition, one)]
    if pieces:
        connection.execute(insert(tables.segments), pieces)


def _row(edition: int, one: Revision, change: int) -> dict[str, Any]:
    key = {
        "edition_id": edition,
        "fact": one.fact,
        "number": one.number,
        "change": change,
        "position": one.position,
        "is_withdrawn": one.statement is None,
    }
    stated = one.statement
    if stated is None:
        return {**key, **dict.fromkeys(COLUMNS.values()), "number_value": None}
    fields = {column: getattr(stated, field) for field, column in COLUMNS.items()}
    number = Figure(stated.value).exact if stated.value else None
    return {**key, **fields, "aliases": list(stated.aliases), "number_value": number}


def _pieces(edition: int, one: Revision) -> Iterable[dict[str, Any]]:
    for position, piece in enumerate(one.statement.segments if one.statement else ()):
        yield {
            "edition_id": edition,
            "fact": one.fact,
            "number": one.number,
            "position": position,
            "name": piece.name,
            "aliases": list(piece.aliases),
        }


def _refuse_invalid(report: Report, name: str) -> None:
    if found := problems(report):
        listed = "; ".join(map(str, found[:_LISTED]))
        raise CatalogError(f"{name}: {listed}.", [f"{problem}." for problem in found])


def _revised(kept: Record, revision: Revision) -> Report:
    """The report as it would be with one revision more."""
    others = [one for one in kept.at() if one.fact != revision.fact]
    rows = sorted((*others, revision), key=lambda one: one.position)
    try:
        return report_of(
            kept.heading.source, kept.heading.market, [one.statement for one in rows if one.statement]
        )
    except ValueError as error:
        raise CatalogError(f"{str(error).rstrip('.')}.") from error


def _conflict(kept: Record, now: Revision, row: Statement | None) -> str:
    change = kept.change(now.change)
    why = f" ({change.why})" if change.why else ""
    return (
        f"{change.who} has corrected this fact on {change.at:%Y-%m-%d at %H:%M} UTC{why}. "
        f"It is now {in_words(now.statement)}. Yours: {in_words(row)}. Nothing was changed."
    )


def in_words(row: Statement | None) -> str:
    """Return what a fact says, in a few words: its figure, or its name, or that it is withdrawn."""
    if row is None:
        return "withdrawn"
    stated = f"{row.about} {row.value}".strip() or row.name or row.segment
    year = f" for {row.year}" if row.year else ""
    return f'"{shortened(stated)}"{year}'


def _named(report: Report) -> str:
    return f"{label(report.market)}, {report.source}"


def _told(kept: Record) -> str:
    return f"{label(kept.heading.market)}, {kept.heading.source}"
