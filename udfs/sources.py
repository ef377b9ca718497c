"""Sources: SOURCE_TABLE, the figures of each publisher side by side."""

from markets.answers import SizeAnswer
from markets.consensus import newest_known, size_in
from markets.errors import NoFigure, shortened
from markets.market import Market
from markets.wording import LONGEST_LINE
from udfs.asked import Asked
from udfs.outcome import Outcome
from udfs.registry import table_function
from udfs.tables import Cell, answer_or_reason, cell, count_by_status, figures


@table_function("market", "[year]", "[unit]", "[source]", "[headers]")
def source_table(asked: Asked) -> Outcome:
    """Returns the sources of a market, one row each: publisher, date, base year, size, CAGR, status.

    The latest report of each publisher, the newest first. The sizes are for one year, by default the
    base year of the newest report, and in the unit of the newest report, or in `unit`. The CAGR is a
    fraction, the date text, and the status that of the size. A figure that a source does not state, or
    a size in another currency, is #N/A; errors as for MARKET_SIZE.

    >>> source_table("Medical Imaging Outsourcing").tolist()
    [['Market.us Media', '2025-11-13', 2023.0, 8.6, 0.043, 'reported']]
    """
    markets = asked.sources
    year = newest_known(markets, lambda market: market.base_year) if asked.year is None else asked.year

    def size_of(market: Market) -> SizeAnswer:
        return size_in(asked.unit, market, market.size(year))

    sizes = [answer_or_reason(size_of, market) for market in markets]
    rows: list[list[Cell]] = [
        [
            *(market.source.publisher, str(market.source.date), _base_year(market)),
            *(cell(size), cell(answer_or_reason(market.cagr))),
            cell(size, lambda answer: str(answer.status)),
        ]
        for market, size in zip(markets, sizes, strict=True)
    ]
    size_head = f"Size in {year} ({asked.unit})"
    heads = ("Publisher", "Date", "Base year", size_head, "CAGR", "Status") if asked.headers else ()
    listed = "; ".join(str(market.source) for market in markets)
    line = f"Sizes in {year}: {count_by_status(sizes)}. {listed}"
    return figures(rows, heads, shortened(line, LONGEST_LINE), str(asked.unit))


def _base_year(market: Market) -> Cell:
    try:
        return float(market.base_year)
    except NoFigure as refusal:
        return refusal
