"""The headline figures of a market as lines of text, for where there is no sheet to show them."""

from collections.abc import Iterator

from markets.errors import NoFigure
from markets.market import Market
from markets.units import Unit


def headlines(market: Market, unit: Unit) -> Iterator[str]:
    """Give sizes of the base and the last year, in `unit`, the stated CAGR, and the source."""
    try:
        for year in dict.fromkeys((market.base_year, market.span()[1])):
            answer = market.size(year)
            size = market.unit.converted(answer.value, unit)
            yield f"Size {year}: {unit.currency} {size:,.2f} {unit.scale} ({answer.status})"
        yield f"CAGR: {market.cagr().value:.1%}, as stated"
    except NoFigure as error:
        yield str(error)
    source = market.report.source
    yield f"Source: {source.publisher}, {source.date}"
