"""The catalog in use, in words."""

from collections.abc import Iterator
from contextlib import suppress

from markets.catalogs import Catalog, places
from markets.errors import MarketbookError


def bring_up_to_date() -> None:
    """Update the copy of a server that is in use: a command ends before an update in the background would."""
    with suppress(MarketbookError):  # the command says so itself
        places.place().refresh()


def opened(place: places.Place) -> Catalog:
    """Open a catalog, after its copy was brought up to date. Raises CatalogError."""
    place.refresh()
    return place.open()


def chosen(place: places.Place) -> Iterator[str]:
    """Yield which catalog is in use, whether it can be read, and as of when it answers."""
    yield f"The catalog in use is {place.described}."
    try:
        catalog = opened(place)
    except MarketbookError as error:
        yield str(error)
        return
    count = len(catalog.search())
    yield f"It has {count} market{'' if count == 1 else 's'}."
    if catalog.notice:
        yield catalog.notice
