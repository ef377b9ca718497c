"""Where markets come from: a catalog answers by name, and hides where its reports lie."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from markets.errors import CatalogError
from markets.market import Market
from markets.selection import LATEST, Selection
from markets.units import Unit


@dataclass(frozen=True)
class Listing:
    """A market as a list shows it: `name` is what `Catalog.market` finds it by."""

    name: str
    aliases: tuple[str, ...]
    geography: str
    unit: Unit


class Catalog(Protocol):
    """Markets by name, built when they are asked for."""

    @property
    def version(self) -> Hashable:
        """What changes whenever an answer may have changed."""

    @property
    def problems(self) -> tuple[CatalogError, ...]:
        """Why reports could not be read, of those read so far."""

    def market(self, name: str, selection: Selection = LATEST) -> Market:
        """Return the market of that name or alias, as the selected edition has it.

        A name that several geographies share is the global one's, where there is one. Raises
        UnknownName, with suggestions, for an unknown or ambiguous name, and NoFigure where no
        edition is selected, or none can be read.
        """

    def validate(self) -> tuple[CatalogError, ...]:
        """Read every report, and return the problems."""

    def search(self, text: str = "") -> list[Listing]:
        """Return the markets whose names hold `text`, or come near it; all for blank text."""
