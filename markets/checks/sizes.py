"""Sizes compared with each other: jumps over the years, shares of the market, and totals of segments."""

from collections.abc import Iterator
from itertools import pairwise

from markets.answers import ShareOfTotal, StatedSize
from markets.checks.figures import own_share, own_shares, stated_size, subjects
from markets.checks.slips import are_close, jump
from markets.facts import Dimension
from markets.market import Market
from markets.projection import compounded
from markets.trajectories import Trajectory
from markets.verdicts import Check, Kind, Verdict, added, compared, summed
from markets.wording import in_unit, stated


def jump_checks(market: Market) -> Iterator[Check]:
    """Yield a check for each two sizes, one after the other, that are probably not of one series or unit.

    They are from two vintages in one text, misread, or printed in the wrong scale.
    """
    for segment in subjects(market):
        path = market.trajectory(segment)
        for before, after in pairwise(_sizes(path)):
            factor = _factor(path, before, after, market.unit.currency)
            if factor is not None or (before.year, after.year) in path.swings:
                yield _jumped(path.name, before, after, factor)


def _sizes(path: Trajectory) -> list[StatedSize]:
    sizes = (stated_size(path, year) for year in path.years)
    return [size for size in sizes if isinstance(size, StatedSize) and size.value]


def _factor(path: Trajectory, before: StatedSize, after: StatedSize, currency: str) -> int | None:
    """The factor of a slip, unless a stated CAGR explains the jump."""
    ratio, years = after.value / before.value, after.year - before.year
    covering = [g for g in path.growths if g.first - 1 <= before.year and after.year <= g.last]
    if any(are_close(ratio, compounded(1.0, g.cagr.value.fraction, float(years))) for g in covering):
        return None
    return jump(ratio, years, currency)


def _jumped(name: str, before: StatedSize, after: StatedSize, factor: int | None) -> Check:
    what = f"{name}: size in {after.year} plausible after the size in {before.year}"
    if factor is not None:
        times = f"{factor:,}" if after.value > before.value else f"1/{factor:,}"
        what = f"{name}: unit of the size in {after.year}, about {times} times the size in {before.year}"
    printed = stated(after.fact)
    return Check(Kind.SIZE, name, what, printed, after.value, before.value, None, Verdict.DIFFERS)


def size_checks(market: Market) -> Iterator[Check]:
    """Yield the checks of segments' sizes: with a share of the market, and their total in a dimension."""
    for segment in market.segments:
        for size in market.stated_sizes(segment):
            total = stated_size(market.trajectory(), size.year)
            share = own_share(market, segment, size.year)
            if total is not None and share is not None:
                derived = ShareOfTotal(size.year, share.fact, total)
                what = f"{segment.name}: size in {size.year} and share of the market"
                yield compared(Kind.SIZE, segment.name, what, StatedSize(size.year, size), derived)
    for dimension in map(market.dimension, market.dimensions):
        for year in market.trajectory().years:
            yield from _total(market, dimension, year)


def _total(market: Market, dimension: Dimension, year: int) -> Iterator[Check]:
    """The sizes of one dimension and year: the total is the market's size, or at most that.

    If each has a share too, it was compared with that, and the shares have a total of their own.
    """
    segments = market.segments_of(dimension.name)
    whole = stated_size(market.trajectory(), year)
    sizes = [size for one in segments if (size := stated_size(market.trajectory(one), year))]
    if whole is None or not sizes or len(own_shares(market, segments, year)) >= len(sizes):
        return
    is_all = dimension.complete and len(sizes) == len(segments)
    most = "" if is_all else ", at most that"
    what = f"{dimension.name}: total of the sizes stated for {year}, and the market's size{most}"
    total = added(sizes)
    printed = in_unit(f"{total.value:,.6g}", str(market.unit))
    yield summed(Kind.SIZE, dimension.name, what, printed, total, whole, is_all=is_all)
