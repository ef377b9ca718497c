"""The catalogs of those who ask from Excel: each person's has the workspaces that the person may read."""

import threading
from collections import OrderedDict
from typing import Final

from markets.catalogs.database import Database, database_catalog, database_version
from markets.catalogs.database.people import Person, places
from udfs.catalog import Reading

_KEPT: Final = 16


class Readings:
    """The catalogs of those who asked last. Who reads the same workspaces shares one, with its answers."""

    def __init__(self, database: Database, place: str) -> None:
        self._place = place
        self._database = database
        self._kept: OrderedDict[frozenset[int], Reading] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, person: Person) -> Reading:
        """Return the catalog of what a person may read, as it is now. Raises Unavailable.

        What was refused because the database did not answer is asked again.
        """
        with self._database.reading() as connection:
            inside = frozenset(each.id for each in places(connection, person))
        version = database_version(self._database, None, inside)
        with self._lock:
            found = self._kept.get(inside)
        if found is None or found.catalog.version != version:
            opened = database_catalog(self._database, None, inside)
            opened.place = self._place
            found = Reading(opened=opened)
        elif found.failure is not None:
            found = Reading(opened=found.catalog)
        with self._lock:
            self._kept[inside] = found
            self._kept.move_to_end(inside)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found
