"""The shares of a dimension: their total, as stated for a year and as CAGRs carry them to a later one."""

from collections.abc import Iterator
from decimal import Decimal

from markets.answers import Compounded, Ratio, ShareOfTotal, SizeAnswer
from markets.checks.contradictions import contradicting_cagrs
from markets.checks.figures import own_share, own_shares, stated_size, years_of
from markets.errors import NoFigure
from markets.facts import Dimension
from markets.intervals import Interval
from markets.market import Market
from markets.segments import SegmentName
from markets.trajectories import Trajectory
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


def _carried(market: Market, segment: SegmentName, year: int) -> Ratio | None:
    """A segment's share in the last year of its CAGR, from the size that is nearest to its first year."""
    path, total = market.trajectory(segment), _answered(market.trajectory(), year)
    growths = [growth for growth in path.growths if growth.last == year]
    if not growths or growths[0].cagr in contradicting_cagrs(path) or total is None or not total.value:
        return None
    first = growths[0].first
    known = [known for known in years_of(market, segment) if first - 1 <= known < year]
    for start in sorted(known, key=lambda known: (abs(known - first), known)):
        size = _own_size(market, segment, start)
        if size is not None:
            return Ratio(Compounded(year, size, growths[0]), total)
    return None


def _own_size(market: Market, segment: SegmentName, year: int) -> SizeAnswer | None:
    """The stated size of a segment, else its share of the market's size, stated or not."""
    share, total = own_share(market, segment, year), _answered(market.trajectory(), year)
    derived = ShareOfTotal(year, share.fact, total) if share and total else None
    return stated_size(market.trajectory(segment), year) or derived


def _answered(path: Trajectory, year: int) -> SizeAnswer | None:
    try:
        return path.reported(year) or path.interpolated(year) or path.extended(year)
    except NoFigure:
        return None
