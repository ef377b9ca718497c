"""The catalogs of those who ask from Excel: each person's has the workspaces that the person may read."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from markets.catalogs.database import Database, database_catalog, database_version
from markets.catalogs.database.people import Person, places
from udfs.catalog import Reading

_KEPT: Final = 16


@dataclass
class _Kept:
    """The catalog of a set of workspaces, and the lock of who opens it: others need not open it too."""

    reading: Reading | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Readings:
    """The catalogs of those who asked last. Who reads the same workspaces shares one, with its answers."""

    def __init__(self, database: Database, place: str) -> None:
        self._place = place
        self._database = database
        self._kept: OrderedDict[frozenset[int], _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, person: Person) -> Reading:
        """Return the catalog of what a person may read, as it is now. Raises Unavailable.

        What was refused because the database did not answer is asked again.
        """
        with self._database.reading() as connection:
            inside = frozenset(each.id for each in places(connection, person))
        kept = self._kept_of(inside)
        with kept.lock:
            kept.reading = found = self._current(kept.reading, inside)
        return found

    def _kept_of(self, inside: frozenset[int]) -> _Kept:
        with self._lock:
            found = self._kept.setdefault(inside, _Kept())
            self._kept.move_to_end(inside)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _current(self, former: Reading | None, inside: frozenset[int]) -> Reading:
        if former is None or former.catalog.version != database_version(self._database, None, inside):
            opened = database_catalog(self._database, None, inside)
            opened.place = self._place
            return Reading(opened=opened)
        return former if former.failure is None else Reading(opened=former.catalog)
