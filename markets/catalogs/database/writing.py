"""Changes of a catalog: editions entered or loaded again, and facts corrected. Each is whole or absent."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, insert, select

from markets.catalogs.database import tables
from markets.catalogs.database.engine import Database
from markets.catalogs.database.reading import COLUMNS, record
from markets.catalogs.database.storable import refuse_invalid, refuse_unstorable
from markets.catalogs.differences import first_revisions, revised_heading, revisions
from markets.catalogs.files import ReportFile
from markets.catalogs.records import Heading, Record, Revision
from markets.catalogs.statements import Statement, fact, statement
from markets.catalogs.statements import report as report_of
from markets.errors import CatalogError, Conflict, NotFound, Unavailable, shortened
from markets.facts import Report, Source, Subject
from markets.figures import Figure
from markets.market import label
from markets.names import name_key


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
    is_heading_revised: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether the edition is another than before."""
        return self.is_first or self.is_heading_revised or bool(self.new or self.revised or self.withdrawn)


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

    Raises CatalogError, before anything is written, if the report is not valid.
    """
    refuse_invalid(report, file or label(report.market))
    refuse_unstorable(file=file, comment=comment, mark=mark)
    edition = edition_of(connection, author.workspace, report)
    if edition is None:
        return _enter_first(connection, author, report, file, comment, mark)
    return _enter_again(connection, author, record(connection, edition), report, file, comment)


def enter_many(
    database: Database, author: Author, files: Iterable[ReportFile], batch: int = 200
) -> Iterator[Entered | CatalogError]:
    """Enter many reports quickly, and yield what became of each once it is kept, in their order.

    `batch` reports are kept together, and each is a change of its own. One that is not valid is left out,
    and its error is yielded. Raises Unavailable; the reports that were yielded are kept all the same.
    """
    waiting = iter(files)
    while files_together := list(islice(waiting, batch)):
        with database.writing() as connection:
            done = [_entered(connection, author, file) for file in files_together]
        yield from done


def correct(
    connection: Connection, author: Author, edition: int, number: int, seen: int, row: Statement | None
) -> int:
    """Revise a fact of an edition, or withdraw it (None); return the number of its new revision.

    `number` is that of the fact, and `seen` the revision that the person has seen. Raises Conflict, with
    both values, if somebody else has made a newer one; NotFound if the author's workspace has no such
    fact; CatalogError if the report would not be valid.
    """
    kept = _own_record(connection, author, edition)
    now = next((one for one in kept.at() if one.fact == number), None)
    if now is None:
        raise NotFound(f"There is no fact {number} in this edition.")
    row = row and _checked(row)
    if now.number != seen:
        raise Conflict(_conflict(kept, now, row), now.statement, now.number)
    if now.statement == row:
        return now.number
    return _revise(connection, author, kept, Revision(number, now.number + 1, 0, now.position, row)).number


def add(connection: Connection, author: Author, edition: int, row: Statement) -> int:
    """Add a fact that the edition states and nobody entered; return its number.

    Raises NotFound if the author's workspace has no such edition; CatalogError if the report would not be
    valid.
    """
    kept = _own_record(connection, author, edition)
    last = kept.at()
    number = max((one.fact for one in last), default=0) + 1
    position = max((one.position for one in last), default=0.0) + 1
    return _revise(connection, author, kept, Revision(number, 1, 0, position, _checked(row))).fact


def workspace(connection: Connection, name: str, *, make: bool = False, is_everyones: bool = False) -> int:
    """Return the id of a workspace. Raises NotFound, unless it is to be made.

    Raises CatalogError for a name that none can have.
    """
    own = tables.workspaces.c
    if make:
        refuse_unstorable(workspace=name)
    found = connection.scalar(select(own.id).where(own.name == name)) if name.isprintable() else None
    if found is not None:
        return int(found)
    if not make:
        raise NotFound(f'There is no workspace "{shortened(name)}".')
    if not name.strip() or not name.isprintable():
        raise CatalogError("A workspace needs a name of letters, digits and signs.")
    made = connection.execute(insert(tables.workspaces).values(name=name, is_everyones=is_everyones))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _entered(connection: Connection, author: Author, file: ReportFile) -> Entered | CatalogError:
    try:
        return enter(connection, author, file.report, file.file, file.comment, file.mark)
    except Unavailable:
        raise
    except CatalogError as error:
        return error


def _enter_first(
    connection: Connection, author: Author, report: Report, file: str, comment: str, mark: str
) -> Entered:
    identity = _identity(author.workspace, report)
    made = connection.execute(insert(tables.editions).values(**identity, mark=mark))
    edition = int(made.inserted_primary_key[0])  # type: ignore[index]
    change = _change(connection, author, edition, "enter", _named(report.market, report.source))
    _add_heading(connection, edition, Heading(1, change, report.source, report.market, file, comment))
    first = first_revisions(report, change)
    _add_facts(connection, edition, first, change)
    return Entered(edition, len(first), is_first=True)


def _enter_again(
    connection: Connection, author: Author, kept: Record, report: Report, file: str, comment: str
) -> Entered:
    heading = revised_heading(kept, report, file, comment, 0)
    revised = revisions(kept, report, 0)
    if heading is None and not revised:
        return Entered(kept.id, 0)
    change = _change(connection, author, kept.id, "enter", _named(report.market, report.source))
    if heading is not None:
        _add_heading(connection, kept.id, structs.replace(heading, change=change))
    _add_facts(connection, kept.id, revised, change)
    withdrawn = sum(one.statement is None for one in revised)
    new = sum(one.number == 1 for one in revised)
    return Entered(
        kept.id, new, len(revised) - new - withdrawn, withdrawn, is_heading_revised=heading is not None
    )


def _own_record(connection: Connection, author: Author, edition: int) -> Record:
    """An edition of the author's workspace; of another one, it is as if there were none."""
    kept = record(connection, edition)
    own = tables.workspaces.c
    if connection.scalar(select(own.name).where(own.id == author.workspace)) != kept.workspace:
        raise NotFound(f"There is no edition {edition}.")
    return kept


def _revise(connection: Connection, author: Author, kept: Record, revision: Revision) -> Revision:
    refuse_invalid(_revised(kept, revision), label(kept.heading.market))
    told = _named(kept.heading.market, kept.heading.source)
    change = _change(connection, author, kept.id, "correct", told)
    _add_facts(connection, kept.id, [revision], change)
    return revision


def _identity(workspace: int, report: Report) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "market_key": name_key(report.market.name),
        "geography_key": name_key(report.market.geography),
        "publisher_key": name_key(report.source.publisher),
        "date": report.source.date,
    }


def _change(connection: Connection, author: Author, edition: int, action: str, target: str) -> int:
    """Number a change and note it in the audit log. Its time is never before that of an earlier one."""
    refuse_unstorable(who=author.who, why=author.why, request=author.request)
    own = tables.changes.c
    last, at = connection.execute(
        select(own.number, own.at).order_by(own.number.desc()).limit(1)
    ).one_or_none() or (0, None)
    now = datetime.datetime.now(datetime.UTC)
    now = max(now, at) if at else now
    number = last + 1
    connection.execute(
        insert(tables.changes).values(
            number=number,
            workspace_id=author.workspace,
            edition_id=edition,
            who=author.who,
            at=now,
            why=author.why,
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


def _add_heading(connection: Connection, edition: int, heading: Heading) -> None:
    source, market = heading.source, heading.market
    connection.execute(
        insert(tables.headings).values(
            edition_id=edition,
            number=heading.number,
            change=heading.change,
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


def _add_facts(connection: Connection, edition: int, revised: Sequence[Revision], change: int) -> None:
    rows = [_row(edition, one, change) for one in revised]
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


def _checked(row: Statement) -> Statement:
    """The row without what its kind does not have. Raises CatalogError if it is no fact."""
    try:
        return statement(fact(row))
    except ValueError as error:
        raise CatalogError(f"{str(error).rstrip('.')}.") from error


def _revised(kept: Record, revision: Revision) -> Report:
    """The report as it would be with one revision more."""
    others = [one for one in kept.at() if one.fact != revision.fact]
    rows = sorted((*others, revision), key=lambda one: (one.position, one.fact))
    return report_of(
        kept.heading.source, kept.heading.market, [one.statement for one in rows if one.statement]
    )


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


def _named(market: Subject, source: Source) -> str:
    return f"{label(market)}, {source}"
