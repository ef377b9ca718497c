"""Changes of a catalog: editions entered or loaded again, and facts corrected. Each is whole or absent."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from markets.catalogs.database import tables
from markets.catalogs.database.changing import Author as Author
from markets.catalogs.database.changing import Changes
from markets.catalogs.database.engine import Database
from markets.catalogs.database.reading import record, records
from markets.catalogs.database.storable import refuse_invalid, refuse_unstorable
from markets.catalogs.differences import first_revisions, revised_heading, revisions
from markets.catalogs.files import ReportFile
from markets.catalogs.records import Heading, Record, Revision
from markets.catalogs.statements import Statement, fact, statement
from markets.catalogs.statements import report as report_of
from markets.catalogs.wire import Accepted
from markets.errors import CatalogError, Conflict, NotFound, shortened
from markets.facts import Report, Source, Subject
from markets.market import label, subject_key
from markets.names import name_key


def edition_of(connection: Connection, workspace: int, report: Report) -> int | None:
    """Return the edition of a workspace with that market, publisher and date; None if there is none."""
    own = tables.editions.c
    return connection.scalar(
        select(own.id).where(*(own[name] == value for name, value in _identity(workspace, report).items()))
    )


def marked(connection: Connection, workspace: int, mark: str) -> int | None:
    """Return the edition in force that an import of the same text has made; None if there is none."""
    own = tables.editions.c
    wanted = select(own.id).where(own.workspace_id == workspace, own.mark == mark, own.mark != "")
    return next((found for found in connection.scalars(wanted) if is_in_force(connection, found)), None)


def is_in_force(connection: Connection, edition: int) -> bool:
    """Return whether an edition counts, because it was not withdrawn."""
    own = tables.headings.c
    wanted = select(own.is_withdrawn).where(own.edition_id == edition).order_by(own.number.desc())
    return connection.scalar(wanted.limit(1)) is False


def enter(
    connection: Connection, author: Author, report: Report, file: str = "", comment: str = "", mark: str = ""
) -> Accepted:
    """Enter an edition, or revise it until it says what the report says.

    Raises CatalogError, before anything is written, if the report is not valid.
    """
    (done,) = _enter(connection, author, [ReportFile(report, file, comment, mark)])
    if isinstance(done, CatalogError):
        raise done
    return done


def enter_many(
    database: Database, author: Author, files: Iterable[ReportFile], batch: int = 200
) -> Iterator[Accepted | CatalogError]:
    """Enter many reports quickly, and yield what became of each once it is kept, in their order.

    `batch` reports are kept together, and each is a change of its own. One that is not valid is left out,
    and its error is yielded. Raises Unavailable; the reports that were yielded are kept all the same.
    """
    waiting = iter(files)
    while files_together := list(islice(waiting, batch)):
        with database.writing() as connection:
            done = _enter(connection, author, files_together)
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


def withdraw(connection: Connection, author: Author, edition: int) -> int:
    """Withdraw an edition that should not have been entered; return the number of its new heading.

    It no longer counts from today on, and can be entered again. Raises NotFound if the author's workspace
    has no such edition, or it is withdrawn already.
    """
    kept = _own_record(connection, author, edition)
    if kept.heading.is_withdrawn:
        raise NotFound("This edition is withdrawn already.")
    heading = msgspec.structs.replace(kept.heading, number=kept.heading.number + 1, is_withdrawn=True)
    changes = Changes(connection, author)
    changes.add(edition, "withdraw", _named(heading.market, heading.source), [], heading)
    changes.write()
    return heading.number


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
    if "/" in name or name in (".", ".."):  # it is a part of the server's addresses
        raise CatalogError("The name of a workspace must not contain a slash, or be a dot or two.")
    made = connection.execute(insert(tables.workspaces).values(name=name, is_everyones=is_everyones))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _enter(
    connection: Connection, author: Author, files: Sequence[ReportFile]
) -> list[Accepted | CatalogError]:
    """Enter reports together. Each is a change of its own, also if one revises another."""
    refused = [_refused(file) for file in files]
    valid = [file for file, error in zip(files, refused, strict=True) if error is None]
    known = _known(connection, author.workspace, valid)
    kept = {one.id: one for one in records(connection, set(known.values()))}
    changes = Changes(connection, author)
    entered = []
    for file in valid:
        identity = _identity(author.workspace, file.report)
        key = tuple(identity.values())
        if key not in known:
            known[key] = changes.new_edition(identity, file.mark)
            entered.append(_enter_first(changes, known[key], file))
            continue
        if known[key] not in kept:  # it is of this batch
            changes.write()
            kept[known[key]] = record(connection, known[key])
        entered.append(_enter_again(changes, kept.pop(known[key]), file))
    changes.write()
    done = iter(entered)
    return [error or next(done) for error in refused]


def _refused(file: ReportFile) -> CatalogError | None:
    try:
        refuse_invalid(file.report, file.file or label(file.report.market))
        refuse_unstorable(file=file.file, comment=file.comment, mark=file.mark)
    except CatalogError as error:
        return error
    return None


def _known(connection: Connection, workspace: int, files: Sequence[ReportFile]) -> dict[tuple[Any, ...], int]:
    """The editions that these reports may revise, by workspace, market, geography, publisher and date."""
    own = tables.editions.c
    identities = [_identity(workspace, file.report) for file in files]
    keys = {tuple(identity.values()) for identity in identities}
    named = {identity["market_key"] for identity in identities}
    columns = (own.workspace_id, own.market_key, own.geography_key, own.publisher_key, own.date)
    wanted = select(own.id, *columns).where(own.workspace_id == workspace, own.market_key.in_(named))
    return {key: row.id for row in connection.execute(wanted) if (key := tuple(row[1:])) in keys}


def _enter_first(changes: Changes, edition: int, file: ReportFile) -> Accepted:
    report = file.report
    first = first_revisions(report, 0)
    heading = Heading(1, 0, report.source, report.market, file.file, file.comment)
    changes.add(edition, "enter", _named(report.market, report.source), first, heading)
    return Accepted(edition, len(first), is_first=True)


def _enter_again(changes: Changes, kept: Record, file: ReportFile) -> Accepted:
    report = file.report
    heading = revised_heading(kept, report, file.file, file.comment, 0)
    revised = revisions(kept, report, 0)
    if heading is None and not revised:
        return Accepted(kept.id, 0)
    changes.add(kept.id, "enter", _named(report.market, report.source), revised, heading)
    withdrawn = sum(one.statement is None for one in revised)
    new = sum(one.number == 1 for one in revised)
    return Accepted(
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
    changes = Changes(connection, author)
    changes.add(kept.id, "correct", _named(kept.heading.market, kept.heading.source), [revision])
    changes.write()
    return revision


def _identity(workspace: int, report: Report) -> dict[str, Any]:
    market, geography = subject_key(report.market.name, report.market.geography)
    return {
        "workspace_id": workspace,
        "market_key": market,
        "geography_key": geography,
        "publisher_key": name_key(report.source.publisher),
        "date": report.source.date,
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
