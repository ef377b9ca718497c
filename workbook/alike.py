"""Formulas that are the same, however a spreadsheet program writes calls of Marketbook's functions."""

from functools import cache

from udfs.registry import FUNCTIONS
from workbook.package import Calls, Functions


def same_formula(one: str | None, other: str | None) -> bool:
    """Return whether two formulas, or None for no formula, are the same.

    >>> same_formula("MARKET_SIZE(mb_market)", "_xlfn.SINGLE([1]!MARKET_SIZE(mb_market))")
    True
    """
    if one is None or other is None:
        return one is other
    return one == other or _plain().plain(one) == _plain().plain(other)


@cache
def _plain() -> Calls:
    return Calls(Functions(tuple(FUNCTIONS)))
