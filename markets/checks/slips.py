"""Unit slips: sizes that differ by about the factor between two scales, such as million and billion."""

from markets.units import SCALES

_IN_LAKH_AND_CRORE = ("INR", "PKR", "BDT", "NPR", "LKR")
_ROOM = 1.25
_FALL_A_YEAR, _GROWTH_A_YEAR = 0.85, 1.4
"""A market that falls by more than 15% a year, or grows by more than 40%, is checked for a slip."""


def slip(ratio: float, currency: str) -> int | None:
    """Return the factor of a slip that two sizes for one year suggest, None if they suggest none.

    >>> slip(0.00118, "USD"), slip(30, "USD"), slip(96, "USD"), slip(96, "INR")
    (1000, None, None, 100)
    """
    near = [factor for factor in _factors(currency) if are_close(max(ratio, 1 / ratio), factor)]
    return near[0] if near else None


def are_close(one: float, other: float) -> bool:
    """Return whether two sizes differ by 25% or less.

    >>> are_close(1000, 1240), are_close(1000, 700)
    (True, False)
    """
    return bool(one and other) and max(one / other, other / one) <= _ROOM


def jump(ratio: float, years: int, currency: str) -> int | None:
    """Return the factor of a slip that two sizes some years apart suggest, None if they suggest none.

    The growth is implausible, and would be plausible without the factor.

    >>> jump(1.5 * 1000, 10, "USD"), jump(1.1 / 1000, 1, "USD"), jump(60, 10, "USD"), jump(3, 1, "USD")
    (1000, 1000, None, None)
    """
    if _is_plausible(ratio, years):
        return None
    fitting = [
        factor
        for factor in _factors(currency)
        for rest in (ratio / factor if ratio > 1 else ratio * factor,)
        if _is_plausible(rest, years)
    ]
    return min(fitting, key=lambda factor: abs(max(ratio, 1 / ratio) / factor - 1), default=None)


def _is_plausible(ratio: float, years: int) -> bool:
    return _FALL_A_YEAR**years <= ratio <= _GROWTH_A_YEAR**years


def _factors(currency: str) -> list[int]:
    """The factors between two scales in which sizes of a currency are printed, smallest first."""
    indian = currency in _IN_LAKH_AND_CRORE
    scales = [scale for name, scale in SCALES.items() if indian or not {"lakh", "crore"} & {*name.split()}]
    return sorted({round(high / low) for low in scales for high in scales if high > low})
