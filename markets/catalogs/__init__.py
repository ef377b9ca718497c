"""Catalogs: markets by name, wherever their reports are stored."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from markets.errors import CatalogError
from markets.market import Market
from markets.selection import LATEST, Selection
from markets.units import Unit


@dataclass(frozen=True)
class Listing:
    """A market as a list shows it. `Catalog.market` finds it by `name`."""

    name: str
    aliases: tuple[str, ...]
    geography: str
    unit: Unit


class Catalog(Protocol):
    """Markets by name, each built on request. A catalog may hide editions published after a date."""

    @property
    def version(self) -> Hashable:
        """A value that changes whenever an answer may have changed."""

    @property
    def place(self) -> str:
        """What answers, and as of when, in a few words: "Folder", or a server and the age of the copy."""

    @property
    def notice(self) -> str:
        """A sentence for those who rely on an answer: that it comes from an old copy, and why. Else blank."""

    @property
    def problems(self) -> tuple[CatalogError, ...]:
        """Why some of the reports read so far could not be read."""

    def market(self, name: str, selection: Selection = LATEST) -> Market:
        """Return the market of that name or alias, from the selected edition.

        For a median, low or high, its figures are made of those of all selected publishers. If several
        geographies share the name, the global market is returned, if there is one. Raises UnknownName,
        with suggestions, if the name is unknown or ambiguous, and NoFigure if no edition is selected or
        none can be read.
        """

    def sources(self, name: str, selection: Selection = LATEST) -> tuple[Market, ...]:
        """Return the market from the newest selected edition of each publisher, newest first.

        What the selection makes of several sources does not matter. Raises the errors of `market`.
        """

    def editions(self, name: str, selection: Selection = LATEST) -> tuple[Market, ...]:
        """Return the market as each selected edition that can be read sizes it, newest first.

        Raises the errors of `market`.
        """

    def validate(self) -> tuple[CatalogError, ...]:
        """Read every report, and return the problems."""

    def search(self, text: str = "") -> list[Listing]:
        """Return the markets whose names contain or resemble `text`; all markets if it is blank."""
