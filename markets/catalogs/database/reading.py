"""Records read from the rows of a database."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, exists, func, select

from markets.catalogs.database.tables import changes, editions, facts, headings, segments, workspaces
from markets.catalogs.records import Change, Heading, Record, Revision
from markets.catalogs.statements import Statement
from markets.errors import NotFound, shortened
from markets.facts import Segment, Source, Subject

COLUMNS = {
    field: "locator" if field == "at" else field
    for field in (one.name for one in msgspec.structs.fields(Statement))
    if field != "segments"
}
"""The column of each field of a statement."""

_HEADING = tuple(
    headings.c[name]
    for name in (
        *("number", "change", "publisher", "title", "date", "author", "url"),
        *("market", "currency", "scale", "geography", "aliases", "base_year"),
        *("file", "comment", "is_withdrawn"),
    )
)

_REVISION = tuple(
    facts.c[name] for name in ("edition_id", "fact", "number", "change", "position", "is_withdrawn")
)
_STATED = tuple(facts.c[column] for column in COLUMNS.values())

_AT_ONCE = 500
_LARGEST_ID = 2**31 - 1


def last_change(
    connection: Connection, inside: Collection[int] | None = None
) -> tuple[int, datetime.datetime | None]:
    """Return the number and the time of the last change; 0 and None if there is none.

    `inside`: of these workspaces only. The time tells two changes of one number apart, after a backup was
    brought back.
    """
    newest = select(func.max(changes.c.number))
    if inside is not None:  # one search of the index for each workspace
        of_each = newest.where(changes.c.workspace_id == workspaces.c.id).scalar_subquery()
        newest = select(func.max(of_each)).where(workspaces.c.id.in_(inside))
    last = connection.execute(
        select(changes.c.number, changes.c.at).where(changes.c.number == newest.scalar_subquery())
    ).first()
    return (last.number, last.at) if last else (0, None)


def record(connection: Connection, edition: int) -> Record:
    """Return an edition with its history. Raises NotFound if there is no such edition."""
    found = records(connection, [edition]) if 0 < edition <= _LARGEST_ID else []
    if not found:
        raise NotFound(f"There is no edition {shortened(str(edition))}.")
    return found[0]


def records(connection: Connection, wanted: Collection[int]) -> list[Record]:
    """Return editions with their histories, in the order of their numbers."""
    ordered = sorted(wanted)
    parts = [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)]
    return [one for part in parts for one in _records(connection, part)]


def current_headings(
    connection: Connection, as_of: datetime.date | None = None, inside: Collection[int] | None = None
) -> Iterator[tuple[int, Heading]]:
    """Yield each edition that is not withdrawn and its heading, in force now or at the end of a day (UTC).

    `inside`: of these workspaces only. Everyone's editions come first: of two of the same day, one of a
    team's own counts.
    """
    wanted = (
        select(*_HEADING, headings.c.edition_id)
        .join(editions, editions.c.id == headings.c.edition_id)
        .join(workspaces, workspaces.c.id == editions.c.workspace_id)
        .where(_is_in_force(as_of), ~headings.c.is_withdrawn)
        .order_by(workspaces.c.is_everyones.desc(), headings.c.edition_id)
    )
    if inside is not None:
        wanted = wanted.where(workspaces.c.id.in_(inside))
    for row in connection.execute(wanted):
        yield row[-1], _heading(row)


def _is_in_force(as_of: datetime.date | None) -> ColumnElement[bool]:
    """Whether there is no later heading; of those that are known by a day, if one is given."""
    later = headings.alias()
    is_later = (later.c.edition_id == headings.c.edition_id) & (later.c.number > headings.c.number)
    if as_of is None:
        return ~exists().where(is_later)
    end = datetime.datetime.combine(as_of, datetime.time.max, datetime.UTC)
    made = changes.alias()
    is_known = exists().where(made.c.number == later.c.change, made.c.at <= end)
    own = changes.alias()
    counts = (headings.c.number == 1) | exists().where(own.c.number == headings.c.change, own.c.at <= end)
    return counts & ~exists().where(is_later, is_known)


def _records(connection: Connection, wanted: Collection[int]) -> list[Record]:
    dated = _headings(connection, wanted)
    revised = _revisions(connection, wanted)
    made = _changes(connection, wanted)
    return [
        Record(edition, workspace, tuple(found), tuple(revised[edition]), tuple(made[edition]))
        for (edition, workspace), found in sorted(dated.items())
    ]


def _headings(connection: Connection, wanted: Collection[int]) -> dict[tuple[int, str], list[Heading]]:
    """The headings of editions, by edition and workspace."""
    found: dict[tuple[int, str], list[Heading]] = defaultdict(list)
    rows = (
        select(*_HEADING, headings.c.edition_id, workspaces.c.name)
        .join(editions, editions.c.id == headings.c.edition_id)
        .join(workspaces, workspaces.c.id == editions.c.workspace_id)
        .where(headings.c.edition_id.in_(wanted))
        .order_by(headings.c.number)
    )
    for row in connection.execute(rows):
        found[row[-2], row[-1]].append(_heading(row))
    return found


def _heading(row: Sequence[Any]) -> Heading:
    """The heading of a row that begins with `_HEADING`: taken apart at once, because a catalog holds all."""
    number, change, publisher, title, date, author, url, market, currency, scale, geography, *others = row
    aliases, base_year, file, comment, is_withdrawn = others[:5]
    return Heading(
        number,
        change,
        Source(publisher, title, date, author, url),
        Subject(market, currency, scale, geography, tuple(aliases), base_year),
        file,
        comment,
        is_withdrawn,
    )


def _revisions(connection: Connection, wanted: Collection[int]) -> dict[int, list[Revision]]:
    pieces = _segments(connection, wanted)
    found: dict[int, list[Revision]] = defaultdict(list)
    rows = select(*_REVISION, *_STATED).where(facts.c.edition_id.in_(wanted))
    for row in connection.execute(rows.order_by(facts.c.fact, facts.c.number)):
        edition, fact, number, change, position, is_withdrawn, *stated = row
        own = tuple(pieces.get((edition, fact, number), ()))
        said = None if is_withdrawn else _statement(stated, own)
        found[edition].append(Revision(fact, number, change, position, said))
    return found


def _statement(stated: Sequence[Any], pieces: tuple[Segment, ...]) -> Statement:
    fields = dict(zip(COLUMNS, stated, strict=True))
    fields["aliases"] = tuple(fields["aliases"])
    return Statement(**fields, segments=pieces)


def _segments(connection: Connection, wanted: Collection[int]) -> dict[tuple[int, int, int], list[Segment]]:
    found: dict[tuple[int, int, int], list[Segment]] = defaultdict(list)
    rows = select(segments).where(segments.c.edition_id.in_(wanted)).order_by(segments.c.position)
    for row in connection.execute(rows):
        found[row.edition_id, row.fact, row.number].append(Segment(row.name, tuple(row.aliases)))
    return found


def _changes(connection: Connection, wanted: Collection[int]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = defaultdict(list)
    rows = select(changes).where(changes.c.edition_id.in_(wanted)).order_by(changes.c.number)
    for row in connection.execute(rows):
        found[row.edition_id].append(Change(row.number, row.who, row.at, row.why))
    return found
