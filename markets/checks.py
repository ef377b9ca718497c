"""Checks: is a report consistent? A figure is never corrected, only reported.

Every comparison allows for rounding: two figures agree if the numbers behind them could be equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from markets.answers import ImpliedCagr, ShareOfTotal, SizeAnswer, StatedSize
from markets.errors import NoFigure
from markets.facts import Cagr, Dimension, Ranking, Share, Size
from markets.market import Market
from markets.segments import SegmentName
from markets.trajectories import Figured, Trajectory, agreed

Dated = TypeVar("Dated", Size, Share)


class Verdict(StrEnum):
    """What a check found."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CONTRADICTS = "contradicts itself"
    UNDECIDED = "cannot be told"


class Kind(StrEnum):
    """What a check compares."""

    SIZE = "size"
    SHARE = "share"
    GROWTH = "CAGR"
    RANKING = "ranking"


@dataclass(frozen=True)
class Check:
    """One comparison: what is compared, the stated figure, and the figure it is compared with.

    Figures are sizes in the market's unit if `kind` is SIZE, else fractions; `about` is the
    segment, the dimension, or the market itself.
    """

    kind: Kind
    about: str
    what: str
    stated: float
    expected: float
    verdict: Verdict


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
        values = [StatedSize(f.year, f).value if isinstance(f, Size) else f.value.fraction for f in facts]
        yield Check(
            kind, about, f"{about}: {what}, stated twice", min(values), max(values), Verdict.CONTRADICTS
        )


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
            if before is not None and after is not None:
                yield Check(
                    Kind.SIZE,
                    path.name,
                    f"{path.name}: size in {last} plausible after the size in {first}",
                    after.value,
                    before.value,
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
            if growth.cagr in contradicting or first is None or last is None:
                continue
            implied = ImpliedCagr(first, last)
            yield Check(
                Kind.GROWTH,
                path.name,
                f"{path.name}: CAGR {growth.first}-{growth.last} and the sizes in {start} and {growth.last}",
                growth.cagr.value.fraction,
                implied.value,
                _verdict(growth.interval.overlaps(implied.interval)),
            )


def _verdict(agrees: bool) -> Verdict:
    return Verdict.AGREES if agrees else Verdict.DIFFERS


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
            stated, expected = StatedSize(size.year, size), ShareOfTotal(size.year, shares[0], total)
            yield Check(
                Kind.SIZE,
                segment.name,
                f"{segment.name}: size in {size.year} and share of the market",
                stated.value,
                expected.value,
                _verdict(expected.interval.overlaps(stated.interval)),
            )


def _sum_checks(market: Market) -> Iterator[Check]:
    """The shares of one dimension and year: the total is 100 %, or at most 100 % if some are missing."""
    for dimension in map(market.dimension, market.dimensions):
        segments = market.segments_of(dimension.name)
        years = sorted({share.year for segment in segments for share in market.stated_shares(segment)})
        for year in years:
            stated = _stated(market, segments, year)
            low, high = sum(s.interval.low for s in stated), sum(s.interval.high for s in stated)
            whole = dimension.complete and len(stated) == len(segments)
            fits = low <= 100 and (high >= 100 or not whole)
            limit = "100%" if whole else "at most 100%"
            yield Check(
                Kind.SHARE,
                dimension.name,
                f"{dimension.name}: shares stated for {year} total {limit}",
                float(sum(share.value.exact for share in stated) / 100),
                1.0,
                _verdict(fits),
            )


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
    others = [other for other in market.segments_of(dimension.name) if other != segment]
    stated = _stated(market, others, share.year)
    rest = float((100 - share.value.exact - sum(other.value.exact for other in stated)) / 100)
    largest = max((other.value.fraction for other in stated), default=0.0)
    open_ended = len(stated) < len(others) or not dimension.complete
    rival = max(largest, rest) if open_ended else largest
    if share.value.fraction >= rival:
        verdict = Verdict.AGREES
    else:
        verdict = Verdict.DIFFERS if largest > share.value.fraction else Verdict.UNDECIDED
    compared_with = "the most that another can have" if open_ended else "the next largest"
    yield Check(
        Kind.RANKING,
        segment.name,
        f"{segment.name}: largest of {dimension.name} in {share.year}, compared with {compared_with}",
        share.value.fraction,
        rival,
        verdict,
    )


def _fastest(market: Market, segment: SegmentName) -> Iterator[Check]:
    """The fastest compared with every other CAGR stated in its dimension, and with the market's."""
    own = market.trajectory(segment).growths
    others = [other for other in market.segments_of(segment.dimension) if other != segment]
    rivals = [growth for other in (None, *others) for growth in market.trajectory(other).growths[:1]]
    if not own or not rivals:
        return
    rate = own[0].cagr.value.fraction
    fastest = max(growth.cagr.value.fraction for growth in rivals)
    yield Check(
        Kind.RANKING,
        segment.name,
        f"{segment.name}: fastest of {segment.dimension}, compared with the highest other CAGR",
        rate,
        fastest,
        _verdict(rate >= fastest),
    )
