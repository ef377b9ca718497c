"""Records read from the rows of a database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, union

from markets.catalogs.database.tables import changes, editions, facts, headings, segments, workspaces
from markets.catalogs.records import Change, Heading, Record, Revision
from markets.catalogs.statements import Statement
from markets.errors import NotFound
from markets.facts import Segment, Source, Subject

COLUMNS = {
    field: "locator" if field == "at" else field
    for field in (one.name for one in msgspec.structs.fields(Statement))
    if field != "segments"
}
"""The column of each field of a statement."""


def last_change(connection: Connection) -> int:
    """Return the number of the last change; 0 if there is none."""
    return connection.scalar(select(func.max(changes.c.number))) or 0


def record(connection: Connection, edition: int) -> Record:
    """Return an edition with its history. Raises NotFound if there is no such edition."""
    found = records(connection, [edition])
    if not found:
        raise NotFound(f"There is no edition {edition}.")
    return found[0]


def records(connection: Connection, wanted: Collection[int]) -> list[Record]:
    """Return editions with their histories, in the order of their numbers."""
    if not wanted:
        return []
    names = _workspace_names(connection, wanted)
    dated = _headings(connection, wanted)
    revised = _revisions(connection, wanted)
    numbers: dict[int, list[int]] = {}
    for edition in names:
        used = {heading.change for heading in dated[edition]} | {one.change for one in revised[edition]}
        numbers[edition] = sorted(used)
    made = {one.number: one for one in _changes(connection, set(chain.from_iterable(numbers.values())))}
    return [
        Record(
            edition,
            names[edition],
            tuple(dated[edition]),
            tuple(revised[edition]),
            tuple(made[number] for number in numbers[edition]),
        )
        for edition in sorted(names)
    ]


def changed_editions(
    connection: Connection, since: int, inside: Collection[int] | None = None
) -> list[tuple[int, int]]:
    """Return the editions that a later change than `since` made or revised, and their last change.

    They are in the order of these changes. `inside`: of workspaces with these ids only.
    """
    touched = union(
        select(headings.c.edition_id, headings.c.change).where(headings.c.change > since),
        select(facts.c.edition_id, facts.c.change).where(facts.c.change > since),
    ).subquery()
    last = func.max(touched.c.change)
    wanted = (
        select(touched.c.edition_id, last).group_by(touched.c.edition_id).order_by(last, touched.c.edition_id)
    )
    if inside is not None:
        own = select(editions.c.id).where(editions.c.workspace_id.in_(inside))
        wanted = wanted.where(touched.c.edition_id.in_(own))
    return [(edition, number) for edition, number in connection.execute(wanted)]


def current_headings(
    connection: Connection, inside: Collection[int] | None = None
) -> Iterator[tuple[int, str, Heading]]:
    """Yield edition, workspace and present heading of everything that is not withdrawn."""
    newest = (
        select(headings.c.edition_id, func.max(headings.c.number).label("number"))
        .group_by(headings.c.edition_id)
        .subquery()
    )
    wanted = (
        select(headings, workspaces.c.name.label("workspace"))
        .join(newest, (newest.c.edition_id == headings.c.edition_id) & (newest.c.number == headings.c.number))
        .join(editions, editions.c.id == headings.c.edition_id)
        .join(workspaces, workspaces.c.id == editions.c.workspace_id)
        .where(~headings.c.is_withdrawn)
        .order_by(headings.c.edition_id)
    )
    if inside is not None:
        wanted = wanted.where(editions.c.workspace_id.in_(inside))
    for row in connection.execute(wanted):
        yield row.edition_id, row.workspace, _heading(row)


def _workspace_names(connection: Connection, wanted: Collection[int]) -> dict[int, str]:
    rows = connection.execute(
        select(editions.c.id, workspaces.c.name)
        .join(workspaces, workspaces.c.id == editions.c.workspace_id)
        .where(editions.c.id.in_(wanted))
    )
    return {row.id: row.name for row in rows}


def _headings(connection: Connection, wanted: Collection[int]) -> dict[int, list[Heading]]:
    found: dict[int, list[Heading]] = defaultdict(list)
    rows = select(headings).where(headings.c.edition_id.in_(wanted)).order_by(headings.c.number)
    for row in connection.execute(rows):
        found[row.edition_id].append(_heading(row))
    return found


def _heading(row: Row[Any]) -> Heading:
    return Heading(
        row.number,
        row.change,
        Source(row.publisher, row.title, row.date, row.author, row.url),
        Subject(row.market, row.currency, row.scale, row.geography, tuple(row.aliases), row.base_year),
        row.file,
        row.comment,
        row.is_withdrawn,
    )


def _revisions(connection: Connection, wanted: Collection[int]) -> dict[int, list[Revision]]:
    pieces = _segments(connection, wanted)
    found: dict[int, list[Revision]] = defaultdict(list)
    rows = select(facts).where(facts.c.edition_id.in_(wanted)).order_by(facts.c.fact, facts.c.number)
    for row in connection.execute(rows):
        own = tuple(pieces.get((row.edition_id, row.fact, row.number), ()))
        stated = None if row.is_withdrawn else _statement(row, own)
        found[row.edition_id].append(Revision(row.fact, row.number, row.change, row.position, stated))
    return found


def _statement(row: Row[Any], pieces: tuple[Segment, ...]) -> Statement:
    stated = row._mapping
    fields = {field: stated[column] for field, column in COLUMNS.items()}
    fields["aliases"] = tuple(fields["aliases"])
    return Statement(**fields, segments=pieces)


def _segments(connection: Connection, wanted: Collection[int]) -> dict[tuple[int, int, int], list[Segment]]:
    found: dict[tuple[int, int, int], list[Segment]] = defaultdict(list)
    rows = select(segments).where(segments.c.edition_id.in_(wanted)).order_by(segments.c.position)
    for row in connection.execute(rows):
        found[row.edition_id, row.fact, row.number].append(Segment(row.name, tuple(row.aliases)))
    return found


def _changes(connection: Connection, numbers: Iterable[int]) -> Iterator[Change]:
    wanted: Sequence[int] = sorted(numbers)
    for row in connection.execute(select(changes).where(changes.c.number.in_(wanted))):
        yield Change(row.number, row.who, row.at, row.why)
