"""What has changed in a workspace since a copy asked last, a page at a time."""

import datetime
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from threading import Lock
from typing import TypeAlias

from sqlalchemy import Connection, func, select

from markets.catalogs.database.reading import records
from markets.catalogs.database.tables import changes
from markets.catalogs.records import Record
from markets.catalogs.wire import Updates

_MOST_RECENT = 500
_MOST_REVISIONS = 50_000
"""Of facts on a page: about 20 MB. A client refuses an answer of 100."""

_State: TypeAlias = tuple[int, int, datetime.datetime]
"""An edition as it is after a change: its number, that of the change, and when that was made."""


class RecentRecords:
    """Records that one copy after another asks for, because they have changed a moment ago."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[_State, Record] = OrderedDict()

    def of(self, connection: Connection, states: Iterable[_State]) -> tuple[Record, ...]:
        """Return editions as they are after their last changes; only the others are read."""
        wanted = list(states)
        with self._lock:
            known = {state: self._kept[state] for state in wanted if state in self._kept}
        missing = {state[0]: state for state in wanted if state not in known}
        read = {missing[one.id]: one for one in records(connection, missing)}
        with self._lock:
            self._kept.update(read)
            for state in known:
                self._kept.move_to_end(state)
            while len(self._kept) > _MOST_RECENT:
                self._kept.popitem(last=False)
        found = {**known, **read}
        return tuple(found[state] for state in wanted)


def updates(
    connection: Connection,
    recent: RecentRecords,
    workspace: int,
    since: int,
    stamp: datetime.datetime | None,
    limit: int,
) -> Updates:
    """Return editions that changes after `since` made or revised, at most `limit`, by their last change.

    The change `since` must have been made at the time `stamp`. Otherwise the database is not the one
    that the copy knows, and the updates begin anew.
    """
    is_restart = bool(since) and _made_at(connection, workspace, since) != stamp
    start = 0 if is_restart else since
    own = changes.c
    last = func.max(own.number)
    when = func.max(own.at)  # times never run back, so that it is the time of the last change
    wanted = select(own.edition_id, last, when).where(own.workspace_id == workspace, own.number > start)
    changed = connection.execute(wanted.group_by(own.edition_id).order_by(last).limit(limit + 1)).all()
    page = changed[:limit]
    if not page:
        return Updates(start, None if is_restart else stamp, True, is_restart, ())
    found = _sendable(recent.of(connection, ((edition, number, made) for edition, number, made in page)))
    _, until, at = page[len(found) - 1]
    return Updates(until, at, len(found) == len(changed), is_restart, found)


def _sendable(found: Sequence[Record]) -> tuple[Record, ...]:
    """The first of these records, as many as an answer holds; one at least."""
    totals = accumulate(len(record.revisions) for record in found)
    return tuple(
        record
        for at, (record, total) in enumerate(zip(found, totals, strict=True))
        if not at or total <= _MOST_REVISIONS
    )


def _made_at(connection: Connection, workspace: int, number: int) -> datetime.datetime | None:
    own = changes.c
    wanted = select(own.at).where(own.number == number, own.workspace_id == workspace)
    found: datetime.datetime | None = connection.scalar(wanted)
    return found
