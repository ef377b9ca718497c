"""What pages show of the catalog, to whom: each function works in a thread, and sees what a person may read.

Raises Hidden for what the person may not see, and Unavailable.
"""

from dataclasses import dataclass

from addin.server.asking import Asking
from addin.server.operations import me
from addin.server.operations.permission import place_of
from addin.server.operations.texts import checked
from markets.catalogs.database import browsing, reading
from markets.catalogs.database.people import Place, places
from markets.catalogs.records import Record
from markets.catalogs.wire import Hit, Me, Role

_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Looked:
    """An edition, all editions of its market that the person may read, newest first, and the person."""

    edition: Record
    editions: tuple[Record, ...]
    me: Me
    may_change: bool


@dataclass(frozen=True)
class Change:
    """A change by its number, and the edition that it changed."""

    number: int
    edition: Record


def market(asking: Asking, edition: int, role: Role = "reader") -> Looked:
    """Return an edition beside the others of its market. Raises NotAllowed for who has not that role."""
    with asking.database.reading() as connection:
        place = place_of(connection, asking, edition, role)
        inside = _inside(places(connection, asking.person))
        subject = reading.record(connection, edition).heading.market
        wanted = browsing.editions_of(connection, subject, inside)
        found = {each.id: each for each in reading.records(connection, {edition, *wanted})}
    order = [each for each in wanted if each != edition and not found[each].heading.is_withdrawn]
    together = sorted({edition, *order}, key=lambda each: found[each].heading.source.date, reverse=True)
    return Looked(found[edition], tuple(found[each] for each in together), me(asking), place.allows("editor"))


def markets(asking: Asking, text: str, page: int, size: int) -> tuple[list[Hit], bool]:
    """Return a page of the editions whose market's name contains or resembles a text; whether more follow."""
    text = checked("text to search for", text, _LONGEST_SEARCH)
    with asking.database.reading() as connection:
        inside = _inside(places(connection, asking.person))
        found = asking.house.names.search(connection, inside, text, size + 1, page * size)
    return found[:size], len(found) > size


def changes(asking: Asking, before: int | None, size: int) -> tuple[list[Change], bool]:
    """Return the latest changes in the person's workspaces, newest first, and whether more follow."""
    with asking.database.reading() as connection:
        inside = _inside(places(connection, asking.person))
        made = browsing.latest_changes(connection, inside, before, size + 1)
        found = {each.id: each for each in reading.records(connection, {edition for _, edition in made})}
    return [Change(number, found[edition]) for number, edition in made[:size]], len(made) > size


def _inside(found: list[Place]) -> list[int]:
    return [each.id for each in found]
