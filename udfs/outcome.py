"""The result of a worksheet function: a value and its reason, and for some a card."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markets.errors import MarketbookError
from udfs.errors import cell_error
from udfs.values import Result


@dataclass(frozen=True)
class Cited:
    """A source of a size, where it prints its figures, and the size that it alone gives."""

    publisher: str
    date: str
    title: str
    url: str
    at: str
    size: float
    status: str


@dataclass(frozen=True)
class Card:
    """Where a size comes from, item by item, for hosts whose cells show more than a number.

    `text` is the size for a narrow cell: as printed if it is stated, else rounded.
    """

    market: str
    segment: str
    year: int
    size: float
    text: str
    unit: str
    status: str
    derivation: str
    sources: tuple[Cited, ...]


class Outcome:
    """A value for a cell, its reason, and its unit (such as "USD billion"; blank if it has none).

    The reason is the figure's provenance, or the message of the refusal. It is made on request,
    because most cells show only their values. So is the card. For an array, `cells` has the outcomes of its
    cells, if any of them has more than its value.

    >>> Outcome(8.6, lambda: "stated as 8.6", "USD billion").reason
    'stated as 8.6'
    """

    __slots__ = ("_card", "_cells", "_reason", "unit", "value")

    def __init__(
        self,
        value: Result,
        reason: str | Callable[[], str],
        unit: str = "",
        card: Callable[[], Card] | None = None,
        cells: Callable[[], NDArray[np.object_]] | None = None,
    ) -> None:
        self.value = value
        self.unit = unit
        self._reason = reason
        self._card: Card | Callable[[], Card] | None = card
        self._cells = cells

    def __repr__(self) -> str:
        return f"Outcome({self.value!r}, {self.reason!r}, {self.unit!r})"

    @property
    def reason(self) -> str:
        """Where the value comes from, or why there is none."""
        if not isinstance(self._reason, str):
            self._reason = self._reason()
        return self._reason

    @property
    def has_card(self) -> bool:
        """Whether there is a card."""
        return self._card is not None

    @property
    def card(self) -> Card | None:
        """The card, if the function has one."""
        if callable(self._card):
            self._card = self._card()
        return self._card

    @property
    def cells(self) -> NDArray[np.object_] | None:
        """The outcomes of an array's cells, in its shape: a cell's card, or why it has no figure."""
        return None if self._cells is None else self._cells()


def refused(error: MarketbookError, notice: str = "") -> Outcome:
    """Return the outcome of a refused question: its cell error, and its message with the catalog's notice."""
    return Outcome(cell_error(error), f"{error} {notice}".strip())
