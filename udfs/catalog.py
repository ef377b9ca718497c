"""The catalog of the worksheet functions: opened once, and reloaded on request or after a change."""

import datetime
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

from markets.catalogs import Catalog
from markets.catalogs.folders import folder_catalog, folder_version
from markets.errors import CatalogError
from udfs.declaration import Declaration
from udfs.evaluation import answered
from udfs.outcome import Outcome

_REMEMBERED = 16384


class Reading:
    """One version of the catalog, opened at the first question, and the answers from it.

    Editions published after `as_of` (default: what the user's environment says) are hidden.

    A call that is running while the catalog changes ends with the version that it started with, and
    is cached only there. Equal arguments of different types have one answer: `normalised` makes the
    same of them.
    """

    def __init__(self, as_of: datetime.date | None = None) -> None:
        self.as_of = as_of
        self.ask: Callable[..., Outcome] = lru_cache(_REMEMBERED)(self._ask)

    @cached_property
    def catalog(self) -> Catalog:
        """The bundled and the user's reports."""
        return folder_catalog(as_of=self.as_of)

    @property
    def is_open(self) -> bool:
        """Whether a question was asked yet."""
        return "catalog" in vars(self)

    def _ask(self, function: Declaration, *arguments: Any) -> Outcome:
        return answered(function, lambda: self.catalog, arguments)


reading = Reading()
"""The current version; `reload` replaces it."""


def catalog() -> Catalog:
    """Return the catalog in use; the first call opens the bundled and the user's reports."""
    return reading.catalog


def problems() -> tuple[CatalogError, ...]:
    """Return why files of the catalog in use could not be read; none if no question was asked yet."""
    return reading.catalog.problems if reading.is_open else ()


def reload(as_of: datetime.date | None = None) -> Catalog:
    """Open the catalog again, and discard all cached answers. Editions published after `as_of` are hidden."""
    global reading
    fresh = Reading(as_of)
    opened = fresh.catalog
    reading = fresh
    return opened


def reload_if_changed() -> bool:
    """Use the catalog as it is now if a file or the as-of date changed; return whether one did.

    It is opened at the next question, which then says why if it cannot be.
    """
    global reading
    if reading.is_open and reading.catalog.version == folder_version(as_of=reading.as_of):
        return False
    reading = Reading(reading.as_of)
    return True
