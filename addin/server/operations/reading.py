"""What a reader does: search, read editions with their history, and take over what has changed."""

import datetime

from addin.server.asking import Asking
from addin.server.operations.permission import place, place_of
from addin.server.operations.texts import checked
from markets.catalogs.database.people import places
from markets.catalogs.database.reading import record
from markets.catalogs.database.updates import updates as updates_of
from markets.catalogs.database.writing import marked as edition_marked
from markets.catalogs.history import Event, history
from markets.catalogs.records import Record
from markets.catalogs.wire import LARGEST_NUMBER, Hit, Updates
from markets.errors import NotFound

MOST_HITS = 500
MOST_RECORDS = 500
_LONGEST_SEARCH = 200


def search(asking: Asking, text: str = "", limit: int = 50) -> list[Hit]:
    """Return editions of markets whose names contain or resemble a text, in all the person's workspaces."""
    text = checked("text to search for", text, _LONGEST_SEARCH)
    with asking.database.reading() as connection:
        inside = [each.id for each in places(connection, asking.person)]
        return asking.house.names.search(connection, inside, text, _from_one(limit, MOST_HITS))


def edition(asking: Asking, number: int) -> Record:
    """Return an edition with its history."""
    with asking.database.reading() as connection:
        place_of(connection, asking, number)
        return record(connection, number)


def events(asking: Asking, number: int) -> list[Event]:
    """Return what happened to an edition, in words, oldest first."""
    return history(edition(asking, number))


def marked(asking: Asking, workspace: str, mark: str) -> int:
    """Return the edition that an import of the same text has made. Raises NotFound if there is none."""
    with asking.database.reading() as connection:
        found = edition_marked(connection, place(connection, asking, workspace).id, checked("mark", mark, 64))
    if found is None:
        raise NotFound("No import of this text is in the workspace.")
    return found


def updates(
    asking: Asking, workspace: str, since: int, stamp: datetime.datetime | None, limit: int = MOST_RECORDS
) -> Updates:
    """Return a page of what has changed in a workspace since a client's last change."""
    since = min(max(since, 0), LARGEST_NUMBER)
    if stamp is not None and stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=datetime.UTC)
    with asking.database.reading() as connection:
        found = place(connection, asking, workspace)
        return updates_of(
            connection, asking.house.recent, found.id, since, stamp, _from_one(limit, MOST_RECORDS)
        )


def _from_one(limit: int, most: int) -> int:
    return min(max(limit, 1), most)
