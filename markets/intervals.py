"""Intervals: all the numbers that a rounded figure may stand for, in exact decimal arithmetic."""

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
            raise ValueError(f"An interval runs from low to high, not from {self.low} to {self.high}.")

    def contains(self, value: Decimal) -> bool:
        """Tell whether `value` lies in the interval."""
        return self.low <= value <= self.high

    def overlaps(self, other: "Interval") -> bool:
        """Tell whether the two have a number in common.

        >>> Interval(Decimal(1), Decimal(2)).overlaps(Interval(Decimal(2), Decimal("Infinity")))
        True
        """
        return self.low <= other.high and other.low <= self.high

    def scaled(self, factor: Decimal) -> "Interval":
        """Return every number of the interval times `factor`, which is not negative; they may be.

        >>> Interval(Decimal(1), Decimal(2)).scaled(Decimal("0.01"))
        Interval(low=Decimal('0.01'), high=Decimal('0.02'))
        """
        if factor < 0:
            raise ValueError("An interval is scaled by a factor that is not negative.")
        return Interval(_product(self.low, factor), _product(self.high, factor))

    def times(self, other: "Interval") -> "Interval":
        """Return every product of a number of this one and a number of the other; none is negative.

        >>> Interval(Decimal(1), Decimal(2)).times(Interval(Decimal(3), Decimal(4)))
        Interval(low=Decimal('3'), high=Decimal('8'))
        """
        _refuse_negative(self, other)
        return Interval(_product(self.low, other.low), _product(self.high, other.high))

    def over(self, other: "Interval") -> "Interval":
        """Return every quotient of a number of this one and a number of the other; none is negative.

        There is no upper bound where the other reaches zero.

        >>> Interval(Decimal(1), Decimal(2)).over(Interval(Decimal(0), Decimal(4)))
        Interval(low=Decimal('0.25'), high=Decimal('Infinity'))
        """
        _refuse_negative(self, other)
        if not other.high:
            raise ValueError("An interval that is zero alone divides nothing.")
        low = self.low / other.high if self.low.is_finite() else Decimal(0)
        high = self.high / other.low if other.low else Decimal("Infinity")
        return Interval(low, high)


def _product(one: Decimal, other: Decimal) -> Decimal:
    """Zero times infinity is zero here: however large the one, nothing of it is taken."""
    return one * other if one and other else Decimal(0)


def _refuse_negative(*intervals: Interval) -> None:
    if any(interval.low < 0 for interval in intervals):
        raise ValueError("Intervals are multiplied and divided only where neither reaches below zero.")
