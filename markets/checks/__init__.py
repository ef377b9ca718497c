"""Checks: is a report consistent? A figure is never corrected, only reported.

Every comparison allows for rounding: two figures agree if the numbers behind them could be equal.
"""

from markets.checks.contradictions import contradictions
from markets.checks.growth import growth_checks
from markets.checks.rankings import ranking_checks
from markets.checks.shares import share_checks
from markets.checks.sizes import jump_checks, size_checks
from markets.market import Market
from markets.verdicts import Check

__all__ = ["checks"]


def checks(market: Market) -> list[Check]:
    """Return every check that the facts of the market's report allow, contradictions first."""
    return [
        *contradictions(market),
        *jump_checks(market),
        *growth_checks(market),
        *size_checks(market),
        *share_checks(market),
        *ranking_checks(market),
    ]
