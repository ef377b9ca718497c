"""The figures for cells, each with a line that says where it comes from."""

from collections.abc import Callable, Mapping

from markets.segments import SegmentName
from markets.wording import provenance
from udfs import arguments
from udfs.asked import Asked, Measure, required
from udfs.outcome import Outcome
from udfs.tables import table


def size(asked: Asked) -> Outcome:
    """Return a size in the requested unit. Its line gives the unit of the report."""
    answer = asked.market.size(asked.year, asked.segment, asked.method)
    unit = str(asked.market.unit)
    return Outcome(
        asked.in_unit(answer.value), lambda: provenance(answer, str(answer.year), unit), str(asked.unit)
    )


def share(asked: Asked) -> Outcome:
    """Return a share as a fraction."""
    segment = required(asked.segment, "segment")
    year = asked.market.share_year(segment.dimension) if asked.year is None else asked.year
    answer = asked.market.share(segment, year, asked.method)
    return Outcome(answer.value, lambda: provenance(answer, str(year)))


def cagr(asked: Asked, first: int | None, last: int | None) -> Outcome:
    """Return a CAGR as a fraction. Its line says whether it is stated or implied, and its years."""
    answer = asked.market.cagr(asked.segment, first, last, asked.method)
    return Outcome(answer.value, lambda: provenance(answer))


def ranged(asked: Asked, segment: SegmentName | None) -> Outcome:
    """Return the lowest and highest size of the market or, for a segment, share. With a unit, its size."""
    sized = segment is None or bool(arguments.text(asked.given.get("unit")))
    answer = asked.market.range(segment, asked.year, sized=sized)
    ends = [answer.low, answer.high]
    unit = str(asked.market.unit) if sized else ""
    return Outcome(
        table([[asked.in_unit(end) for end in ends] if sized else ends]),
        lambda: provenance(answer, str(answer.year), unit),
        str(asked.unit) if sized else "",
    )


MEASURES: Mapping[Measure, Callable[[Asked], Outcome]] = {
    "size": size,
    "share": share,
    "CAGR": lambda asked: cagr(asked, asked.year, asked.to_year),
    "range": lambda asked: ranged(asked, asked.segment),
}
"""The measures of MARKET_SOURCE. For a CAGR, `year` is the first year."""
