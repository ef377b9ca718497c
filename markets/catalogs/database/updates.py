"""What has changed in a workspace since a copy asked last, a page at a time."""

import datetime

from sqlalchemy import Connection, func, select

from markets.catalogs.database.reading import records
from markets.catalogs.database.tables import changes
from markets.catalogs.wire import Updates


def updates(
    connection: Connection, workspace: int, since: int, stamp: datetime.datetime | None, limit: int
) -> Updates:
    """Return editions that changes after `since` made or revised, at most `limit`, by their last change.

    The change `since` must have been made at the time `stamp`. Otherwise the database is not the one
    that the copy knows, and the updates begin anew.
    """
    is_restart = bool(since) and _made_at(connection, workspace, since) != stamp
    start = 0 if is_restart else since
    own = changes.c
    last = func.max(own.number)
    wanted = select(own.edition_id, last).where(own.workspace_id == workspace, own.number > start)
    changed = connection.execute(wanted.group_by(own.edition_id).order_by(last).limit(limit + 1)).all()
    page = changed[:limit]
    if not page:
        return Updates(start, None if is_restart else stamp, True, is_restart, ())
    until = page[-1][1]
    found = records(connection, [edition for edition, _ in page])
    at = _made_at(connection, workspace, until)
    return Updates(until, at, len(changed) <= limit, is_restart, tuple(found))


def _made_at(connection: Connection, workspace: int, number: int) -> datetime.datetime | None:
    own = changes.c
    wanted = select(own.at).where(own.number == number, own.workspace_id == workspace)
    found: datetime.datetime | None = connection.scalar(wanted)
    return found
