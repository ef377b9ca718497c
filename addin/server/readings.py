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
        self.place = place
        self._database = database
        self._kept: OrderedDict[frozenset[int], Reading] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, person: Person) -> Reading:
        """Return the catalog of what a person may read, as it is now. Raises Unavailable."""
        with self._database.reading() as connection:
            inside = frozenset(each.id for each in places(connection, person))
        version = database_version(self._database, None, inside)
        with self._lock:
            found = self._kept.get(inside)
            if found is not None and found.catalog.version == version:
                self._kept.move_to_end(inside)
                return found
        opened = database_catalog(self._database, None, inside)
        opened.place = self.place
        made = Reading(opened=opened)
        with self._lock:
            self._kept[inside] = made
            self._kept.move_to_end(inside)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made
