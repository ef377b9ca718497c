"""The catalog in use, in words."""

from collections.abc import Iterator

from markets.catalogs import places
from markets.errors import MarketbookError


def chosen(place: places.Place) -> Iterator[str]:
    """Yield which catalog is in use, whether it can be read, and as of when it answers."""
    yield f"The catalog in use is {described(place)}."
    try:
        catalog = place.open()
    except MarketbookError as error:
        yield str(error)
        return
    count = len(catalog.search())
    yield f"It has {count} market{'' if count == 1 else 's'}."
    if catalog.notice:
        yield catalog.notice


def described(place: places.Place) -> str:
    """Return what a place is, without a password. Raises Unavailable for an address that is none."""
    if isinstance(place, places.FolderPlace):
        return f"the bundled reports and the folder {place.folder}"
    if isinstance(place, places.DatabasePlace):
        return f"the database {place.database().name}"
    return f"the server {place.url}"
