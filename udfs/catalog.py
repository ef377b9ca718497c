"""The catalog of the worksheet functions: opened once, and reloaded on request or after a change."""

import datetime
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from typing import Any, Protocol

from markets.catalogs import Catalog
from markets.catalogs.places import Place, place
from markets.errors import CatalogError, Unavailable
from udfs.declaration import Declaration
from udfs.evaluation import answered
from udfs.outcome import Outcome

_REMEMBERED = 16384


class Reading:
    """One version of the catalog, opened at the first question, and the answers from it.

    Editions published after `as_of` (default: what the user's environment says) are hidden. After
    `former`, the catalog is that of the former reading, with none of its answers.

    A call that is running while the catalog changes ends with the version that it started with, and
    is cached only there. Equal arguments of different types have one answer: `normalised` makes the
    same of them. A catalog that is not available is asked for once only, because that can take a while:
    `failure` is then why, until `reload_if_changed` tries again. `opened` is a catalog that is open; default:
    that of the place that the user has chosen.
    """

    def __init__(
        self,
        as_of: datetime.date | None = None,
        former: "Reading | None" = None,
        opened: Catalog | None = None,
    ) -> None:
        self.as_of = as_of
        self.failure: Unavailable | None = None
        self.ask: Callable[..., Outcome] = lru_cache(_REMEMBERED)(self._ask)
        if former is not None:
            self.place, self.catalog = former.place, former.catalog
        elif opened is not None:
            self.catalog = opened

    @cached_property
    def place(self) -> Place:
        """Where the catalog is that the user has chosen."""
        return place()

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog in use. Raises CatalogError if it cannot be opened."""
        if self.failure is not None:
            raise Unavailable(str(self.failure))
        try:
            with _no_search_for_garbage():
                return self.place.open(self.as_of)
        except Unavailable as error:
            self.failure = error
            raise

    @property
    def is_open(self) -> bool:
        """Whether a question was asked yet, and the catalog could be opened."""
        return "catalog" in vars(self)

    def is_current(self) -> bool:
        """Whether the catalog is still the one that is in use, and as it was. Raises CatalogError."""
        return self.place == place() and self.catalog.version == self.place.version(self.as_of)

    def _ask(self, function: Declaration, *arguments: Any) -> Outcome:
        try:
            return answered(function, lambda: self.catalog, arguments)
        except Unavailable as error:
            self.failure = error
            return function.refused(error, "")


class Several:
    """Stands for `reading` in a program that answers several people: each has a catalog of their own.

    Outside of `using`, nobody is asking, and each of these raises LookupError.
    """

    def __init__(self) -> None:
        self._using: ContextVar[Reading] = ContextVar("reading")

    @contextmanager
    def using(self, one: Reading) -> Iterator[None]:
        """Answer from somebody's reading in this thread or task."""
        token = self._using.set(one)
        try:
            yield
        finally:
            self._using.reset(token)

    @property
    def ask(self) -> Callable[..., Outcome]:
        """That of the reading in use."""
        return self._using.get().ask

    @property
    def catalog(self) -> Catalog:
        """That of the reading in use. Raises CatalogError if it cannot be opened."""
        return self._using.get().catalog

    @property
    def is_open(self) -> bool:
        """That of the reading in use."""
        return self._using.get().is_open


class _Reads(Protocol):
    @property
    def ask(self) -> Callable[..., Outcome]: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def is_open(self) -> bool: ...


reading: _Reads = Reading()
"""The current version; `reload` replaces it."""


_several = Several()  # the same for all threads, whichever of them asks first


def answer_several() -> Several:
    """Let `reading` be that of whoever asks, and return it, to say who does."""
    global reading
    reading = _several
    return _several


def catalog() -> Catalog:
    """Return the catalog in use; the first call opens it."""
    return reading.catalog


def problems() -> tuple[CatalogError, ...]:
    """Return why files of the catalog in use could not be read; none if no question was asked yet."""
    return reading.catalog.problems if reading.is_open else ()


def reload(as_of: datetime.date | None = None) -> Catalog:
    """Open the catalog again, and discard all cached answers. Editions published after `as_of` are hidden.

    The copy of a server is updated before; if that fails, the catalog's notice says so.
    """
    global reading
    fresh = Reading(as_of)
    fresh.place.refresh()
    opened = fresh.catalog
    reading = fresh
    return opened


def reload_if_changed() -> bool:
    """Use the catalog as it is now if it or the as-of date changed; return whether one did.

    It is opened at the next question, which then says why if it cannot be. A catalog that is not available
    now is used as it was; what was refused meanwhile is asked again when it is. Who answers several people
    looks for changes of their catalogs itself.
    """
    global reading
    former = reading
    if not isinstance(former, Reading):
        return False
    if former.is_open:
        try:
            if not former.is_current():
                former = Reading(former.as_of)
            elif former.failure is None:
                return False
        except Unavailable:
            return False
        except CatalogError:
            former = Reading(former.as_of)
    reading = Reading(former.as_of, former if former.is_open else None)
    return True


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """The objects of a large catalog would start Python's search for garbage again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
