"""A copy in use: answers come from it at once, and it is updated in the background meanwhile."""

import datetime
import hashlib
import logging
import math
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import platformdirs

from markets.catalogs.copies import contents, tokens
from markets.catalogs.copies.catalog import copy_catalog, copy_version
from markets.catalogs.copies.copy import Copy
from markets.catalogs.indexed import IndexedCatalog
from markets.errors import MarketbookError, Unavailable

SECONDS_BETWEEN_UPDATES = 300.0
_SECONDS_AFTER_FAILURE = 60.0
_SECONDS_WITHOUT_COPY = 5.0
_DELAY = 1.0
"""An update waits a moment, so that the cells that are being calculated come first."""

_PATIENCE = 20.0
"""How long a person waits for a refresh before it goes on with the copy as it is."""

_T = TypeVar("_T")
_log = logging.getLogger("marketbook")


def copy_of(server: str) -> "CopyInUse":
    """Return the copy of a server for the user's own token, or for that of MARKETBOOK_TOKEN."""
    named = hashlib.sha256(f"{server}\n{tokens.given()}".encode()).hexdigest()[:32]
    return _in_use(_folder() / f"{named}.sqlite", server)


def copies_of(server: str) -> Iterator[Copy]:
    """Yield every copy of a server on this computer, those of earlier tokens too."""
    for path in sorted(_folder().glob("*.sqlite")):
        copy = Copy(path, server)
        try:
            with copy.reading() as connection:
                is_its = contents.server(connection) == server
        except Unavailable:
            continue  # damaged, and so deleted already, or of a newer Marketbook
        if is_its:
            yield copy


def _folder() -> Path:
    return platformdirs.user_data_path("marketbook", appauthor=False) / "copies"


@lru_cache(4)
def _in_use(path: Path, server: str) -> "CopyInUse":
    return CopyInUse(Copy(path, server))


class CopyInUse:
    """A copy and its updates: at most one at a time, in a thread that ends with the program.

    Only questions start an update, so a program that nobody uses does not ask the server.
    """

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self._lock = threading.Lock()
        self._running: threading.Thread | None = None
        self._started_at = -math.inf
        self._has_failed = False
        self._begin = threading.Event()

    def catalog(self, as_of: datetime.date | None = None) -> IndexedCatalog:
        """Return the catalog of the copy. Raises Unavailable if there is none yet; it is then fetched."""
        return self._answered(copy_catalog, as_of)

    def version(self, as_of: datetime.date | None = None) -> Hashable:
        """Return the version that such a catalog has now; see `catalog`."""
        return self._answered(copy_version, as_of)

    def refresh(self, patience: float | None = _PATIENCE) -> None:
        """Update the copy and wait for it, but not for long: the update then goes on in the background.

        `patience` is in seconds; None: until it has ended.
        """
        with self._lock:
            former = self._running if self._begin.is_set() else None
        if former is not None:
            former.join(patience)  # it may have begun before a change that the person wants to see
        self._update_started(at_once=True).join(patience)

    def _answered(self, question: Callable[..., _T], as_of: datetime.date | None) -> _T:
        """Answer from the copy, and start an update if it is time for one."""
        wait = _SECONDS_AFTER_FAILURE if self._has_failed else SECONDS_BETWEEN_UPDATES
        at_once = False
        try:
            return question(self.copy, as_of, is_stuck=self._has_failed)
        except Unavailable:
            wait, at_once = _SECONDS_WITHOUT_COPY, True
            raise
        finally:
            if time.monotonic() >= self._started_at + wait:
                self._update_started(at_once=at_once)

    def _update_started(self, *, at_once: bool) -> threading.Thread:
        """Return the running update; start one if there is none. One that still waits begins `at_once`."""
        with self._lock:
            if self._running is None or not self._running.is_alive():
                self._started_at = time.monotonic()
                self._begin.clear()
                self._running = threading.Thread(target=self._update, name="marketbook-update", daemon=True)
                self._running.start()
            if at_once:
                self._begin.set()
            return self._running

    def _update(self) -> None:
        from markets.catalogs.copies.updating import update_from_server

        self._begin.wait(_DELAY)
        self._begin.set()
        has_failed = True
        try:
            update_from_server(self.copy)
            has_failed = False
        except MarketbookError as error:
            _log.warning("The copy was not updated: %s", error)
        except Exception:
            _log.exception("The copy was not updated")
        self._has_failed = has_failed
