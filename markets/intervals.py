"""Intervals: all the numbers that a rounded figure can stand for, in exact decimal arithmetic."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Interval:
    """The numbers from `low` to `high`, both included; `high` may be infinite.

    >>> Interval(Decimal("8.55"), Decimal("8.65")).contains(Decimal("8.6"))
    True
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"The low end of the interval, {self.low}, is above the high end, {self.high}.")

    def contains(self, value: Decimal) -> bool:
        """Return whether `value` is in the interval."""
        return self.low <= value <= self.high

    def overlaps(self, other: "Interval") -> bool:
        """Return whether the two have a number in common.

        >>> Interval(Decimal(1), Decimal(2)).overlaps(Interval(Decimal(2), Decimal("Infinity")))
        True
        """
        return self.low <= other.high and other.low <= self.high

    def scaled(self, factor: Decimal) -> "Interval":
        """Return the interval of all products with `factor`, which must not be negative.

        >>> Interval(Decimal(1), Decimal(2)).scaled(Decimal("0.01"))
        Interval(low=Decimal('0.01'), high=Decimal('0.02'))
        """
        if factor < 0:
            raise ValueError("The factor of an interval must not be negative.")
        return Interval(_product(self.low, factor), _product(self.high, factor))

    def times(self, other: "Interval") -> "Interval":
        """Return the interval of all products of the two. Neither may reach below zero.

        >>> Interval(Decimal(1), Decimal(2)).times(Interval(Decimal(3), Decimal(4)))
        Interval(low=Decimal('3'), high=Decimal('8'))
        """
        _refuse_negative(self, other)
        return Interval(_product(self.low, other.low), _product(self.high, other.high))

    def over(self, other: "Interval") -> "Interval":
        """Return the interval of all quotients of the two. Neither may reach below zero.

        There is no upper bound if the other one reaches zero.

        >>> Interval(Decimal(1), Decimal(2)).over(Interval(Decimal(0), Decimal(4)))
        Interval(low=Decimal('0.25'), high=Decimal('Infinity'))
        """
        _refuse_negative(self, other)
        if not other.high:
            raise ValueError("An interval cannot be divided by zero.")
        low = self.low / other.high if self.low.is_finite() else Decimal(0)
        high = self.high / other.low if other.low else Decimal("Infinity")
        return Interval(low, high)


def _product(one: Decimal, other: Decimal) -> Decimal:
    """Zero times infinity is zero here: a zero share of any number is zero."""
    return one * other if one and other else Decimal(0)


def _refuse_negative(*intervals: Interval) -> None:
    if any(interval.low < 0 for interval in intervals):
        raise ValueError("Intervals that reach below zero cannot be multiplied or divided.")
