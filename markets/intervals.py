"""Intervals: the numbers that a rounded figure may stand for."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """The numbers from `low` to `high`, exact; `high` may be infinite.

    >>> Interval(Decimal("8.55"), Decimal("8.65")).overlaps(Interval(Decimal("8.6"), Decimal("9")))
    True
    """

    low: Decimal
    high: Decimal

    def overlaps(self, other: "Interval") -> bool:
        """Tell whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def scaled(self, factor: Decimal) -> "Interval":
        """Return the interval times a factor of zero or more."""
        return Interval(self.low * factor, self.high * factor)

    def times(self, other: "Interval") -> "Interval":
        """Return the products of two intervals of numbers of zero or more."""
        return Interval(self.low * other.low, self.high * other.high)

    def over(self, other: "Interval") -> "Interval":
        """Return the quotients of two intervals of numbers above zero."""
        return Interval(self.low / other.high, self.high / other.low)
