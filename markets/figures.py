"""Figures as printed: the last digit shows how a figure was rounded."""

import re
from decimal import Decimal
from functools import cached_property

from markets.intervals import Interval

_WHOLE = (
    r"\d{1,15}",
    r"\d{1,3}(,\d{3})+",  # 2,068
    r"\d{1,2}(,\d{2})+,\d{3}",  # 12,34,567: lakh and crore
)
_PRINTED = re.compile(rf"[-−]?({'|'.join(_WHOLE)})(\.\d{{1,12}})?")


class Figure:
    """One number as its source prints it, e.g. "8.6", "13.0", "2,068" or "12,34,567.5".

    Raises ValueError for any other text.

    >>> figure = Figure("13.0")
    >>> figure.value, figure.interval
    (13.0, Interval(low=Decimal('12.95'), high=Decimal('13.05')))
    >>> Figure("1,24,500").value
    124500.0
    """

    def __init__(self, printed: str) -> None:
        if not (printed.isascii() or "−" in printed) or not _PRINTED.fullmatch(printed):
            raise ValueError(f'"{printed[:40]}" is not a figure as printed, such as "8.6" or "2,068"')
        self.printed = printed

    def __repr__(self) -> str:
        return f'Figure("{self.printed}")'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and self.printed == other.printed

    def __hash__(self) -> int:
        return hash(self.printed)

    @cached_property
    def exact(self) -> Decimal:
        """The printed number, without further rounding."""
        return Decimal(self.printed.replace(",", "").replace("−", "-"))

    @property
    def value(self) -> float:
        """The printed number, in the source's unit."""
        return float(self.exact)

    @cached_property
    def interval(self) -> Interval:
        """The numbers that are printed this way after rounding, exactly."""
        return Interval(self.exact - self._half_step, self.exact + self._half_step)

    @property
    def fraction(self) -> float:
        """The figure read as a percentage: "4.3" is 0.043.

        >>> Figure("65.3").fraction
        0.653
        """
        return float(self.exact / 100)

    def agrees_with(self, other: "Figure") -> bool:
        """Return whether both figures could be roundings of the same number.

        >>> Figure("8.6").agrees_with(Figure("8.57")), Figure("8.6").agrees_with(Figure("8.7"))
        (True, False)
        """
        return abs(self.exact - other.exact) < self._half_step + other._half_step

    @property
    def decimals(self) -> int:
        """The number of printed digits after the decimal point."""
        return len(self.printed.partition(".")[2])

    @property
    def _half_step(self) -> Decimal:
        return Decimal(5).scaleb(-self.decimals - 1)


class ExactFigure(Figure):
    """A number that nobody has rounded, such as the user's assumption.

    >>> figure = ExactFigure(Decimal("0.7") * 100)
    >>> figure.printed, figure.interval
    ('70', Interval(low=Decimal('70.0'), high=Decimal('70.0')))
    """

    _half_step = Decimal(0)

    def __init__(self, value: Decimal) -> None:
        self.printed = f"{value.normalize():f}"
        self.exact = value
