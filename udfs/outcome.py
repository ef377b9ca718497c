"""What a worksheet function gives: a value, and the reason for it."""

from collections.abc import Callable

from markets.errors import MarketbookError
from udfs.errors import cell_error
from udfs.values import Result


class Outcome:
    """A value for a cell, why it is so, and its unit ("USD billion"; blank where it has none).

    The reason is the figure's provenance, or the sentence by which it was refused. It is made when
    it is asked for: thousands of cells show values only.

    >>> Outcome(8.6, lambda: "stated as 8.6", "USD billion").reason
    'stated as 8.6'
    """

    __slots__ = ("_reason", "unit", "value")

    def __init__(self, value: Result, reason: str | Callable[[], str], unit: str = "") -> None:
        self.value = value
        self.unit = unit
        self._reason = reason

    @property
    def reason(self) -> str:
        """Where the value comes from, or why there is none."""
        if not isinstance(self._reason, str):
            self._reason = self._reason()
        return self._reason


def refused(error: MarketbookError) -> Outcome:
    """Return the outcome of a refused question: its cell error, and its sentence."""
    return Outcome(cell_error(error), str(error))
