"""Constant growth: the three formulas that everything else is based on.

All take and return plain numbers or numpy arrays of them. Rates are fractions (0.043 is 4.3 %),
periods are years and can be fractional or negative.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])


def compounded(base: Number, rate: Number, periods: Number) -> Number:
    """Return base x (1 + rate)^periods, in the unit of `base`.

    The future value of a single sum; see any text on compound interest.

    >>> round(compounded(8.6, 0.043, 10.0), 4)
    13.1021
    """
    value: Number = base * (1.0 + rate) ** periods
    return value


def growth_rate(first: Number, last: Number, periods: Number) -> Number:
    """Return the rate at which `first` grows to `last`: (last / first)^(1 / periods) - 1.

    The compound annual growth rate, as a fraction.

    >>> round(growth_rate(8.6, 13.1, 10.0), 5)
    0.04298
    """
    rate: Number = (last / first) ** (1.0 / periods) - 1.0
    return rate


def interpolated(first: Number, last: Number, fraction: Number) -> Number:
    """Return the point at `fraction` (0 to 1) of the constant-growth path from `first` to `last`.

    first x (last / first)^fraction, in the unit of `first`.

    >>> round(interpolated(8.6, 13.1, 0.5), 4)
    10.6141
    """
    value: Number = first * (last / first) ** fraction
    return value
