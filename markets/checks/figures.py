"""The figures that checks compare, where the report states them without contradicting itself."""

from collections.abc import Sequence

from markets.answers import Growth, ShareOfTotal, SizeAnswer, StatedShare
from markets.errors import NoFigure
from markets.market import Market
from markets.segments import SegmentName
from markets.trajectories import Trajectory, agreed


def subjects(market: Market) -> list[SegmentName | None]:
    """Return what a report states figures of: the market (None), and each segment."""
    return [None, *market.segments]


def stated_size(path: Trajectory, year: int) -> SizeAnswer | None:
    """Return the size stated for a year, or None if there is none or the source contradicts itself."""
    try:
        return path.reported(year)
    except NoFigure:
        return None


def own_share(market: Market, segment: SegmentName, year: int) -> StatedShare | None:
    """Return the share stated for a segment alone, or None if there is none or the source contradicts itself.

    A share "combined" or "together" is that of several segments.
    """
    shares = [share for share in market.stated_shares(segment) if share.year == year]
    try:
        share = agreed(shares, "") if shares else None
    except NoFigure:
        return None
    return StatedShare(share) if share is not None else None


def own_shares(market: Market, segments: Sequence[SegmentName], year: int) -> list[StatedShare]:
    """Return the share of each segment that has one for the year."""
    found = (own_share(market, segment, year) for segment in segments)
    return [share for share in found if share is not None]


def size_of(market: Market, segment: SegmentName | None, year: int) -> SizeAnswer | None:
    """Return the size stated for a year, else that of a stated share of the market's stated size."""
    size = stated_size(market.trajectory(segment), year)
    if size is not None or segment is None:
        return size
    total, share = stated_size(market.trajectory(), year), own_share(market, segment, year)
    return ShareOfTotal(year, share.fact, total) if total and share else None


def years_of(market: Market, segment: SegmentName | None) -> list[int]:
    """Return the years for which `size_of` may have an answer, in order."""
    shares = market.stated_shares(segment) if segment else ()
    return sorted({*market.trajectory(segment).years, *(share.year for share in shares)})


def are_alike(one: Growth, other: Growth) -> bool:
    """Return whether two CAGRs can be compared: both end in one year, and start in one or a year apart.

    A forecast "2024-2033" and one from the base year 2023 are for the same years.
    """
    return one.last == other.last and abs(one.first - other.first) <= 1
