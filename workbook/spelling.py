"""Figures as text: stated ones as their source prints them, computed ones rounded.

Python's own formatting rounds the binary value of a float: 4.25 % would become 4.2 %.
"""

from decimal import ROUND_HALF_UP, Decimal

from markets.answers import Answer, StatedCagr, StatedShare, StatedSize
from markets.facts import Size
from markets.market import Market
from markets.units import SCALES, Unit


def money(market: Market, unit: Unit, answer: Answer) -> str:
    """Return a size with its unit, as printed if it is stated in that unit.

    >>> from markets import folder_catalog
    >>> market = folder_catalog().market("Medical Imaging Outsourcing")
    >>> money(market, market.unit, market.size(2033)), money(market, Unit("USD", ""), market.size(2028))
    ('USD 13.1 billion', 'USD 10,614,141,510')
    >>> money(market, Unit("USD", "million"), market.size(2033))
    'USD 13,100 million'
    """
    if not isinstance(answer, StatedSize):
        return f"{unit.currency} {amount(market.unit.converted(answer.value, unit))} {unit.scale}".strip()
    fact = answer.fact
    printed = fact.value.printed if unit == fact.unit else _rescaled(fact, unit)
    return f"{fact.about} {unit.currency} {printed} {unit.scale}".strip()


def _rescaled(fact: Size, unit: Unit) -> str:
    """Return a stated size in another scale, with the digits that are printed and no more."""
    ratio = Decimal(SCALES[fact.unit.scale]) / Decimal(SCALES[unit.scale])
    decimals = max(0, fact.value.decimals - ratio.adjusted())
    return f"{_rounded(fact.value.exact * ratio, decimals):,}"


def rate(answer: Answer) -> str:
    """Return a share or a CAGR in percent, as printed if it is stated."""
    if isinstance(answer, StatedShare | StatedCagr):
        return f"{answer.fact.printed}%"
    return percent(answer.value)


def amount(value: float) -> str:
    """Return a size with two decimals, none if it is large, more if it is very small.

    >>> amount(8.6), amount(8600000.4), amount(0.00412), amount(-0.5)
    ('8.60', '8,600,000', '0.00412', '-0.50')
    """
    if abs(value) >= 1_000_000:
        return f"{_rounded(value, 0):,}"
    if abs(value) >= 0.1 or not value:
        return f"{_rounded(value, 2):,}"
    return f"{value:.3g}"


def percent(fraction: float, decimals: int = 1) -> str:
    """Return a fraction in percent, with halves rounded away from zero.

    >>> percent(0.0425), percent(0.653), percent(0.0429831, 2)
    ('4.3%', '65.3%', '4.30%')
    """
    return f"{_rounded(Decimal(repr(fraction)) * 100, decimals)}%"


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
