"""The latest changes of all workspaces that somebody may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from addin.server.asking import Asking, Asks
from addin.server.operations import me
from addin.server.pages import looking
from addin.server.pages.edition_view import named
from addin.server.pages.rendering import shown
from markets.catalogs.history import Event, history
from markets.catalogs.records import Record
from markets.catalogs.wire import LARGEST_NUMBER

_AT_ONCE = 50
_MOST_EVENTS = 5


@get("/changes")
async def change_list(
    asking: Asks, before: Annotated[int | None, QueryParameter(ge=1, le=LARGEST_NUMBER)] = None
) -> Response[str]:
    """Show the latest changes, a page at a time."""
    return await asking.house.threads.read(_changes, asking, before)


@dataclass(frozen=True)
class _Shown:
    """A change with what it did, of which a long list is cut short."""

    number: int
    edition: Record
    name: str
    events: Sequence[Event]
    surplus: int


def _changes(asking: Asking, before: int | None) -> Response[str]:
    found, has_more = looking.changes(asking, before, _AT_ONCE)
    histories = {each.edition.id: history(each.edition) for each in found}
    lines = []
    for each in found:
        events = [event for event in histories[each.edition.id] if event.change.number == each.number]
        shown_ones = events[:_MOST_EVENTS]
        surplus = len(events) - len(shown_ones)
        lines.append(_Shown(each.number, each.edition, named(each.edition), shown_ones, surplus))
    return shown("changes.html", asking, me(asking), lines=lines, before=before, has_more=has_more)
