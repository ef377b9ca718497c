"""What pages ask a database: the editions of one market, and the latest changes."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from markets.catalogs.database.tables import changes, editions
from markets.facts import Subject
from markets.market import subject_key


def editions_of(connection: Connection, subject: Subject, inside: Collection[int] | None = None) -> list[int]:
    """Return the editions of a market, newest first. `inside`: in workspaces with these ids only."""
    own = editions.c
    market, geography = subject_key(subject.name, subject.geography)
    wanted = select(own.id).where(own.market_key == market, own.geography_key == geography)
    if inside is not None:
        wanted = wanted.where(own.workspace_id.in_(inside))
    return list(connection.scalars(wanted.order_by(own.date.desc(), own.id.desc())))


def latest_changes(
    connection: Connection, inside: Collection[int], before: int | None, limit: int
) -> list[tuple[int, int]]:
    """Return the numbers of the latest changes in these workspaces with their editions, newest first.

    `before`: only those before that change.
    """
    own = changes.c
    wanted = select(own.number, own.edition_id).where(own.workspace_id.in_(inside))
    if before is not None:
        wanted = wanted.where(own.number < before)
    rows = connection.execute(wanted.order_by(own.number.desc()).limit(limit))
    return [(number, edition) for number, edition in rows]
