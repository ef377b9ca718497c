"""Ranges: SEGMENT_RANGE and MARKET_RANGE, the limits that a report's statements leave."""

from udfs import measures
from udfs.asked import Asked, required
from udfs.outcome import Outcome
from udfs.registry import table_function


@table_function("market", "segment", "[year]", "[unit]", "[assumptions]", "[source]")
def segment_range(asked: Asked) -> Outcome:
    """Returns the lowest and the highest share of a segment that the source allows, in one row.

    Fractions or, with `unit`, sizes: the shares times the size of the market. The year defaults to the
    base year. #NUM! if the source contradicts itself, #N/A for a year outside the base year and the
    last; other errors as for MARKET_SIZE.

    >>> segment_range("Medical Imaging Outsourcing", "CT", 2033).round(4).tolist()
    [[0.6009, 0.7505]]
    """
    return measures.ranged(asked, required(asked.segment, "segment"))


@table_function("market", "[year]", "[unit]", "[assumptions]", "[source]")
def market_range(asked: Asked) -> Outcome:
    """Returns the lowest and the highest size of a market that rounding allows, in one row.

    In the same unit as for MARKET_SIZE. #N/A if the size has no upper limit; other errors as for
    MARKET_SIZE.

    >>> market_range("Medical Imaging Outsourcing", 2028).round(4).tolist()
    [[10.563, 10.6652]]
    """
    return measures.ranged(asked, None)
