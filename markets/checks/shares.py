"""The shares of a dimension: their total, as stated for a year and as CAGRs carry them to a later one."""

from collections.abc import Iterator
from decimal import Decimal

from markets.answers import Answer, Compounded, Ratio, ShareOfTotal
from markets.checks.figures import is_together, own_shares
from markets.errors import NoFigure
from markets.facts import Dimension
from markets.intervals import Interval
from markets.market import Market
from markets.methods import Method
from markets.segments import SegmentName
from markets.verdicts import Check, Computed, Kind, added, summed

_WHOLE = Computed(1.0, Interval(Decimal(1), Decimal(1)))


def share_checks(market: Market) -> Iterator[Check]:
    """Yield the checks of each dimension: the total is 100%, or at most 100% if some shares are missing."""
    for dimension in map(market.dimension, market.dimensions):
        segments = market.segments_of(dimension.name)
        stated = {share.year for segment in segments for share in market.stated_shares(segment)}
        for year in sorted(stated):
            yield from _stated_total(market, dimension, year)
        ends = {growth.last for segment in segments for growth in market.trajectory(segment).growths}
        for year in sorted(ends - stated):
            yield from _carried_total(market, dimension, year)


def _stated_total(market: Market, dimension: Dimension, year: int) -> Iterator[Check]:
    segments = market.segments_of(dimension.name)
    shares = own_shares(market, segments, year)
    if not shares:
        return
    is_all = dimension.complete and len(shares) == len(segments)
    what = f"{dimension.name}: total of the shares stated for {year}{'' if is_all else ', at most 100%'}"
    printed = f"{sum(share.fact.value.exact for share in shares)}%"
    yield summed(Kind.SHARE, dimension.name, what, printed, added(shares), _WHOLE, is_all=is_all)


def _carried_total(market: Market, dimension: Dimension, year: int) -> Iterator[Check]:
    """The shares that segments reach if each grows at its own CAGR, and the market as it does."""
    segments = market.segments_of(dimension.name)
    found = [(segment, _carried(market, segment, year)) for segment in segments]
    carried = [(segment, share) for segment, share in found if share is not None]
    if not carried:
        return
    is_all = dimension.complete and len(carried) == len(segments)
    about, subject = dimension.name, "total of the shares that CAGRs give"
    if len(carried) == 1:
        about, subject = carried[0][0].name, "share that its CAGR gives"
    what = f"{about}: {subject} for {year}{'' if is_all else ', at most 100%'}"
    total = added(share for _, share in carried)
    yield summed(Kind.SHARE, about, what, f"{total.value:.1%}", total, _WHOLE, is_all=is_all)


def _carried(market: Market, segment: SegmentName, year: int) -> Answer | None:
    try:
        size, total = market.size(year, segment, Method.COMPOUND), market.size(year)
    except NoFigure:
        return None
    if not isinstance(size, Compounded) or size.start.year == year:
        return None
    is_own = not (isinstance(size.start, ShareOfTotal) and is_together(size.start.share))
    return Ratio(size, total) if is_own and total.value else None
