"""The result of a worksheet function: a value and its reason."""

from collections.abc import Callable

from markets.errors import MarketbookError
from udfs.errors import cell_error
from udfs.values import Result


class Outcome:
    """A value for a cell, its reason, and its unit (such as "USD billion"; blank if it has none).

    The reason is the figure's provenance, or the message of the refusal. It is made on request,
    because most cells show only their values.

    >>> Outcome(8.6, lambda: "stated as 8.6", "USD billion").reason
    'stated as 8.6'
    """

    __slots__ = ("_reason", "unit", "value")

    def __init__(self, value: Result, reason: str | Callable[[], str], unit: str = "") -> None:
        self.value = value
        self.unit = unit
        self._reason = reason

    def __repr__(self) -> str:
        return f"Outcome({self.value!r}, {self.reason!r}, {self.unit!r})"

    @property
    def reason(self) -> str:
        """Where the value comes from, or why there is none."""
        if not isinstance(self._reason, str):
            self._reason = self._reason()
        return self._reason


def refused(error: MarketbookError, notice: str = "") -> Outcome:
    """Return the outcome of a refused question: its cell error, and its message with the catalog's notice."""
    return Outcome(cell_error(error), f"{error} {notice}".strip())
