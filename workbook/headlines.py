"""The headline figures of a market as lines of text, for the command line."""

from collections.abc import Iterator

from markets.errors import NoFigure
from markets.market import Market
from markets.units import Unit
from workbook.spelling import money, rate


def headlines(market: Market, unit: Unit) -> Iterator[str]:
    """Yield the sizes in the base year and the last year in `unit`, the stated CAGR, and the source."""
    try:
        for year in dict.fromkeys((market.base_year, market.span()[1])):
            answer = market.size(year)
            yield f"Size {year}: {money(market, unit, answer)} ({answer.status})"
        yield f"CAGR: {rate(market.cagr())} p.a., as stated"
    except NoFigure as error:
        yield str(error)
    yield f"Source: {market.cite()}"
