"""Editions found by the names of their markets. The names are held in memory, and a search reads no fact."""

import datetime
import time
from bisect import bisect_left, insort
from collections.abc import Collection, Iterator
from itertools import islice, takewhile
from threading import Lock

from msgspec import Struct
from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, select

from markets.catalogs.database.reading import last_change
from markets.catalogs.database.tables import changes, editions, headings, workspaces
from markets.catalogs.wire import Hit
from markets.names import name_key

_NEAR_ENOUGH = 72
_PART_NEAR_ENOUGH = 80
_NEAR = 10
_LONGEST = 200
_FEW = 100
_SETTLED_SECONDS = 60.0


class _Named(Struct, gc=False):  # which many thousands would slow down
    """The names of an edition as it is now: of its market, and of its market with all aliases."""

    edition: int
    workspace: int
    day: int
    key: str
    keys: str
    is_withdrawn: bool


class MarketNames:
    """The names of every market in a database. Each search brings them up to date by what has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: list[_Named] = []  # by name; never changed, but replaced, while others read it
        self._last: tuple[int, datetime.datetime | None] = (0, None)
        self._at = 0.0

    def search(
        self, connection: Connection, inside: Collection[int], text: str, limit: int, skip: int = 0
    ) -> list[Hit]:
        """Return editions of these workspaces whose market's name or alias contains `text`, or resembles it.

        A name that is the text comes first, then those that begin with it. Blank text: all, by name.
        `skip` leaves so many of the first out.
        """
        self._update(connection)
        names = self._all
        key = name_key(text[:_LONGEST]) if text.strip() else ""
        found = list(islice(_containing(names, inside, key), skip + limit))
        if not found and key:
            found = list(islice(_resembling(names, inside, key), skip + limit))
        return _hits(connection, [one.edition for one in found[skip:]])

    def _update(self, connection: Connection) -> None:
        now = last_change(connection)
        with self._lock:
            is_older = now[0] < self._last[0]
            if now == self._last or (is_older and time.monotonic() - self._at < _SETTLED_SECONDS):
                return  # a connection may be older than the names, for a moment
            if is_older or not self._knows(connection):
                self._all, self._last = [], (0, None)
            if newer := {one.edition: one for one in _named(connection, self._last[0])}:
                self._all = _merged(self._all, newer)
            self._last, self._at = now, time.monotonic()

    def _knows(self, connection: Connection) -> bool:
        """Whether the last change that the names are of is still one: no backup was brought back."""
        number, at = self._last
        return not number or connection.scalar(select(changes.c.at).where(changes.c.number == number)) == at


def _merged(names: list[_Named], newer: dict[int, _Named]) -> list[_Named]:
    """The names with newer ones, by name. A few are put in their places, which takes less than sorting."""
    kept = [one for one in names if one.edition not in newer]
    added = [one for one in newer.values() if not one.is_withdrawn]
    if len(added) > _FEW:
        return sorted((*kept, *added), key=_by_name)
    for one in added:
        insort(kept, one, key=_by_name)
    return kept


def _by_name(one: _Named) -> tuple[str, int, int]:
    return (one.key, -one.day, one.edition)


def _containing(names: list[_Named], inside: Collection[int], key: str) -> Iterator[_Named]:
    """The names that are a key, then those that begin with it, then those in which it is."""
    start = bisect_left(names, key, key=lambda one: one.key)
    beginning = takewhile(lambda one: one.key.startswith(key), islice(names, start, None))
    yield from (one for one in beginning if one.workspace in inside)
    for one in names:
        if key in one.keys and one.workspace in inside and not one.key.startswith(key):
            yield one


def _resembling(names: list[_Named], inside: Collection[int], key: str) -> Iterator[_Named]:
    """The names that resemble a key as a whole; if there are none, those of which a part does."""
    own = [one for one in names if one.workspace in inside]
    known = list(dict.fromkeys(one.key for one in own))
    for scorer, enough in ((fuzz.ratio, _NEAR_ENOUGH), (fuzz.partial_ratio, _PART_NEAR_ENOUGH)):
        matches = process.extract(key, known, scorer=scorer, score_cutoff=enough, limit=_NEAR)
        if near := {match for match, _, _ in matches}:
            yield from (one for one in own if one.key in near)
            return


def _named(connection: Connection, since: int) -> Iterator[_Named]:
    """The names that changes after `since` have given, in the order of these changes."""
    wanted = (
        select(
            headings.c.edition_id,
            changes.c.workspace_id,
            headings.c.date,
            headings.c.market,
            headings.c.aliases,
            headings.c.is_withdrawn,
        )
        .join(
            changes, (changes.c.edition_id == headings.c.edition_id) & (changes.c.number == headings.c.change)
        )
        .where(changes.c.number > since)
        .order_by(changes.c.number)
    )
    for edition, workspace, date, market, aliases, is_withdrawn in connection.execute(wanted):
        key = name_key(market)
        keys = "\n".join((key, *map(name_key, aliases))) if aliases else key
        yield _Named(edition, workspace, date.toordinal(), key, keys, is_withdrawn)


def _hits(connection: Connection, found: list[int]) -> list[Hit]:
    """The newest headings of editions, in their order."""
    newest = select(func.max(headings.c.number)).where(headings.c.edition_id == editions.c.id)
    own = headings.c
    wanted = (
        select(
            editions.c.id, workspaces.c.name, own.market, own.geography, own.publisher, own.title, own.date
        )
        .join(headings, own.edition_id == editions.c.id)
        .join(workspaces, workspaces.c.id == editions.c.workspace_id)
        .where(editions.c.id.in_(found), own.number == newest.correlate(editions).scalar_subquery())
    )
    hits = {row.id: Hit(*row) for row in connection.execute(wanted)}
    return [hits[edition] for edition in found if edition in hits]
