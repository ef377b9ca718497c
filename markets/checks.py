"""Checks: is a report consistent? A figure is never corrected, only reported.

Every comparison allows for rounding: two figures agree if the numbers behind them could be equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from markets.answers import ImpliedCagr, ShareOfTotal, SizeAnswer, StatedCagr, StatedShare, StatedSize
from markets.errors import NoFigure
from markets.facts import Cagr, Dimension, Ranking, Share, Size
from markets.intervals import Interval
from markets.market import Market
from markets.segments import SegmentName
from markets.trajectories import Figured, Trajectory, agreed
from markets.verdicts import Check, Kind, Stated, Verdict, compared, ranked, tolerance
from markets.wording import stated

Dated = TypeVar("Dated", Size, Share)


@dataclass(frozen=True)
class _Total:
    """The total of shares in percent, and the percentages that their rounding allows."""

    shares: Sequence[Share]

    @property
    def exact(self) -> Decimal:
        return sum((share.value.exact for share in self.shares), Decimal(0))

    @property
    def interval(self) -> Interval:
        intervals = [share.interval for share in self.shares]
        low, high = sum(one.low for one in intervals), sum(one.high for one in intervals)
        return Interval(Decimal(low), Decimal(high))


def checks(market: Market) -> list[Check]:
    """Return every check that the facts of the market's report allow, contradictions first."""
    return [
        *_contradictions(market),
        *_swing_checks(market),
        *_growth_checks(market),
        *_size_checks(market),
        *_sum_checks(market),
        *_ranking_checks(market),
    ]


def _subjects(market: Market) -> list[SegmentName | None]:
    return [None, *market.segments]


def _contradictions(market: Market) -> Iterator[Check]:
    """Two figures for the same thing that rounding cannot explain."""
    for segment in _subjects(market):
        path = market.trajectory(segment)
        for year, sizes in _by_year(market.stated_sizes(segment)):
            yield from _stated_twice(Kind.SIZE, path.name, f"size in {year}", sizes)
        for year, shares in _by_year(market.stated_shares(segment) if segment else ()):
            yield from _stated_twice(Kind.SHARE, path.name, f"share in {year}", shares)
        for window, growths in _by_window(path):
            yield from _stated_twice(Kind.GROWTH, path.name, f"CAGR {window}", growths)


def _by_year(facts: Sequence[Dated]) -> list[tuple[int, list[Dated]]]:
    return [(year, [f for f in facts if f.year == year]) for year in sorted({f.year for f in facts})]


def _by_window(path: Trajectory) -> list[tuple[str, list[Cagr]]]:
    """The dated CAGRs by their years. A CAGR without years does not contradict one with years."""
    dated = [growth for growth in path.growths if growth.cagr.is_dated]
    windows = dict.fromkeys((growth.first, growth.last) for growth in dated)
    return [
        (f"{first}-{last}", [g.cagr for g in dated if (g.first, g.last) == (first, last)])
        for first, last in windows
    ]


def _stated_twice(kind: Kind, about: str, what: str, facts: Sequence[Figured]) -> Iterator[Check]:
    if _disagree(facts):
        low, *_, high = sorted(map(_answer, facts), key=lambda answer: answer.value)
        what = f"{about}: {what}, stated twice"
        allowed = tolerance(low, high)
        yield Check(kind, about, what, stated(low.fact), low.value, high.value, allowed, Verdict.CONTRADICTS)


def _answer(fact: Size | Share | Cagr) -> Stated:
    if isinstance(fact, Size):
        return StatedSize(fact.year, fact)
    return StatedShare(fact) if isinstance(fact, Share) else StatedCagr(fact, None)


def _disagree(facts: Sequence[Figured]) -> bool:
    try:
        agreed(facts, "")
    except NoFigure:
        return True
    return False


def _swing_checks(market: Market) -> Iterator[Check]:
    """Stated sizes that probably do not belong to one series: from two vintages in one text, or misread."""
    for segment in _subjects(market):
        path = market.trajectory(segment)
        for first, last in sorted(path.swings):
            before, after = _stated_size(path, first), _stated_size(path, last)
            if before is not None and isinstance(after, StatedSize):
                yield Check(
                    Kind.SIZE,
                    path.name,
                    f"{path.name}: size in {last} plausible after the size in {first}",
                    stated(after.fact),
                    after.value,
                    before.value,
                    None,
                    Verdict.DIFFERS,
                )


def _growth_checks(market: Market) -> Iterator[Check]:
    """CAGRs compared with the sizes stated for their first and last years, unless CAGRs contradict."""
    for segment in _subjects(market):
        path = market.trajectory(segment)
        contradicting = [cagr for _, cagrs in _by_window(path) if _disagree(cagrs) for cagr in cagrs]
        for growth in path.growths:
            start = path.start(growth)
            first, last = _stated_size(path, start), _stated_size(path, growth.last)
            if growth.cagr in contradicting or first is None or last is None or not first.value:
                continue
            yield compared(
                Kind.GROWTH,
                path.name,
                f"{path.name}: CAGR {growth.first}-{growth.last} and the sizes in {start} and {growth.last}",
                StatedCagr(growth.cagr, growth),
                ImpliedCagr(first, last),
            )


def _stated_size(path: Trajectory, year: int) -> SizeAnswer | None:
    """Return the size stated for a year, or None if there is none or the source contradicts itself."""
    try:
        return path.reported(year)
    except NoFigure:
        return None


def _size_checks(market: Market) -> Iterator[Check]:
    """A segment's stated size compared with its stated share of the market."""
    for segment in market.segments:
        for size in market.stated_sizes(segment):
            total = _stated_size(market.trajectory(), size.year)
            shares = [share for share in market.stated_shares(segment) if share.year == size.year]
            if total is None or not shares:
                continue
            derived = ShareOfTotal(size.year, shares[0], total)
            what = f"{segment.name}: size in {size.year} and share of the market"
            yield compared(Kind.SIZE, segment.name, what, StatedSize(size.year, size), derived)


def _sum_checks(market: Market) -> Iterator[Check]:
    """The shares of one dimension and year: the total is 100 %, or at most 100 % if some are missing."""
    for dimension in map(market.dimension, market.dimensions):
        segments = market.segments_of(dimension.name)
        years = sorted({share.year for segment in segments for share in market.stated_shares(segment)})
        for year in years:
            shares = _stated(market, segments, year)
            is_whole = dimension.complete and len(shares) == len(segments)
            what = f"{dimension.name}: total of the shares stated for {year}"
            yield _summed(
                dimension.name, what if is_whole else f"{what}, at most 100%", _Total(shares), is_whole
            )


def _summed(about: str, what: str, total: _Total, is_whole: bool) -> Check:
    """A total agrees if it is 100%, or less if shares are missing; the tolerance is the rounding of all."""
    allowed, verdict = None, Verdict.AGREES
    if total.exact > 100 or (is_whole and total.exact < 100):
        end = total.interval.low if total.exact > 100 else total.interval.high
        allowed = float(abs(total.exact - end) / 100)
        verdict = Verdict.WITHIN_ROUNDING if total.interval.contains(Decimal(100)) else Verdict.DIFFERS
    value = float(total.exact / 100)
    return Check(Kind.SHARE, about, what, f"{total.exact}%", value, 1.0, allowed, verdict)


def _stated(market: Market, segments: list[SegmentName], year: int) -> list[Share]:
    """Return one share for each segment that has one for the year."""
    found = [[s for s in market.stated_shares(segment) if s.year == year] for segment in segments]
    return [shares[0] for shares in found if shares]


def _ranking_checks(market: Market) -> Iterator[Check]:
    """A segment ranked largest or fastest compared with the figures of the others."""
    for ranking in market.rankings:
        segment = market.segment(ranking.segment)
        dimension = market.dimension(segment.dimension)
        if ranking.place == 1 and ranking.by == "size":
            yield from _largest(market, ranking, segment, dimension)
        elif ranking.place == 1:
            yield from _fastest(market, segment)


def _largest(market: Market, ranking: Ranking, segment: SegmentName, dimension: Dimension) -> Iterator[Check]:
    """The largest compared with the next largest, or with the rest of the market if shares are missing."""
    own = [share for share in market.stated_shares(segment) if ranking.year in (None, share.year)]
    if not own:
        return
    share = max(own, key=lambda fact: fact.year)
    first = StatedShare(share)
    names = [other for other in market.segments_of(dimension.name) if other != segment]
    others = list(map(StatedShare, _stated(market, names, share.year)))
    next_largest = max(others, key=lambda other: other.value, default=None)
    what = f"{segment.name}: largest of {dimension.name} in {share.year}, compared with"
    is_beaten = next_largest is not None and next_largest.value > first.value
    if next_largest and (is_beaten or (dimension.complete and len(others) == len(names))):
        yield ranked(segment.name, f"{what} the next largest", first, next_largest)
        return
    rest = float(1 - _Total([share, *(other.fact for other in others)]).exact / 100)
    most = max(rest, next_largest.value if next_largest else 0.0)
    verdict = Verdict.AGREES if first.value >= most else Verdict.INCONCLUSIVE
    what = f"{what} the most that another can have"
    yield Check(Kind.RANKING, segment.name, what, stated(share), first.value, most, None, verdict)


def _fastest(market: Market, segment: SegmentName) -> Iterator[Check]:
    """The fastest compared with every other CAGR stated in its dimension, and with the market's."""
    own = market.trajectory(segment).growths
    names = [other for other in market.segments_of(segment.dimension) if other != segment]
    growths = [growth for name in (None, *names) for growth in market.trajectory(name).growths[:1]]
    if not own or not growths:
        return
    first, *rivals = (StatedCagr(growth.cagr, growth) for growth in (own[0], *growths))
    what = f"{segment.name}: fastest of {segment.dimension}, compared with the highest other CAGR"
    yield ranked(segment.name, what, first, max(rivals, key=lambda rival: rival.value))
