"""Segments ranked largest or fastest, compared with the figures of the others.

A segment that no dimension lists cannot be ranked: such a report is refused when it is read
(`markets.validation`), and an import keeps such a ranking as unsure.
"""

from collections.abc import Iterator

from markets.answers import Growth, StatedCagr, StatedShare
from markets.checks.figures import are_alike, own_shares
from markets.facts import Dimension, Ranking
from markets.market import Market
from markets.segments import SegmentName
from markets.verdicts import Check, Kind, Verdict, compared, ranked
from markets.wording import stated


def ranking_checks(market: Market) -> Iterator[Check]:
    """Yield a check for each largest and fastest segment with figures, and for the market's own growth."""
    for ranking in market.rankings:
        segment = market.segment(ranking.segment)
        dimension = market.dimension(segment.dimension)
        if ranking.place == 1 and ranking.by == "size":
            yield from _largest(market, ranking, segment, dimension)
        elif ranking.place == 1:
            yield from _fastest(market, segment, dimension)
    for dimension in map(market.dimension, market.dimensions):
        yield from _between(market, dimension)


def _largest(market: Market, ranking: Ranking, segment: SegmentName, dimension: Dimension) -> Iterator[Check]:
    """The largest compared with the next largest, or with the rest of the market if shares are missing."""
    own = [share for share in market.stated_shares(segment) if ranking.year in (None, share.year)]
    if not own:
        return
    share = max(own, key=lambda fact: fact.year)
    first = StatedShare(share)
    names = [other for other in market.segments_of(dimension.name) if other != segment]
    others = own_shares(market, names, share.year)
    next_largest = max(others, key=lambda other: other.value, default=None)
    what = f"{segment.name}: largest of {dimension.name} in {share.year}, compared with"
    is_beaten = next_largest is not None and next_largest.value > first.value
    if next_largest and (is_beaten or (dimension.complete and len(others) == len(names))):
        yield ranked(segment.name, f"{what} the next largest", first, next_largest)
        return
    rest = float(1 - sum(one.fact.value.exact for one in (first, *others)) / 100)
    most = max(rest, next_largest.value if next_largest else 0.0)
    verdict = Verdict.AGREES if first.value >= most else Verdict.INCONCLUSIVE
    what = f"{what} the most that another can have"
    yield Check(Kind.RANKING, segment.name, what, stated(share), first.value, most, None, verdict)


def _fastest(market: Market, segment: SegmentName, dimension: Dimension) -> Iterator[Check]:
    """The fastest compared with every other CAGR for its years, in a complete dimension the market's too."""
    own = market.trajectory(segment).growths[:1]
    others = [other for other in market.segments_of(dimension.name) if other != segment]
    names = [None, *others] if dimension.complete else others
    for growth in own:
        rivals = [rival for name in names if (rival := _alike(market, name, growth))]
        if rivals:
            what = f"{segment.name}: fastest of {dimension.name}, compared with the highest other CAGR"
            highest = max(rivals, key=lambda rival: rival.value)
            yield ranked(segment.name, what, StatedCagr(growth.cagr, growth), highest)


def _between(market: Market, dimension: Dimension) -> Iterator[Check]:
    """The market's CAGR, which lies between the lowest and the highest of a complete dimension."""
    segments = market.segments_of(dimension.name)
    for growth in market.trajectory().growths[:1] if dimension.complete else ():
        found = [rate for segment in segments if (rate := _alike(market, segment, growth))]
        if len(found) < len(segments) or len(found) < 2:
            continue
        own = StatedCagr(growth.cagr, growth)
        lowest, *_, highest = sorted(found, key=lambda rate: rate.value)
        what = f"{market.name}: CAGR {growth.first}-{growth.last}, compared with the"
        if own.value < lowest.value:
            yield compared(Kind.RANKING, market.name, f"{what} lowest of {dimension.name}", own, lowest)
        elif own.value > highest.value:
            yield compared(Kind.RANKING, market.name, f"{what} highest of {dimension.name}", own, highest)


def _alike(market: Market, name: SegmentName | None, growth: Growth) -> StatedCagr | None:
    alike = [other for other in market.trajectory(name).growths if are_alike(other, growth)]
    return StatedCagr(alike[0].cagr, alike[0]) if alike else None
