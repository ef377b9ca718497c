"""Checks: does a report agree with itself? A figure is never repaired, only reported.

Every comparison allows for rounding: two figures agree where numbers that would be printed so
could be equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import TypeVar

from markets.errors import NoFigure
from markets.facts import Cagr, Dimension, Ranking, Share, Size
from markets.figures import Figure
from markets.market import Market, SegmentName
from markets.paths import Path, Printed, agreed
from markets.projection import growth_rate

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
    """One comparison: what was compared, the stated figure, the one it was held against.

    Figures are sizes in the market's unit where `kind` is SIZE, else fractions; `about` is the
    segment or dimension, or the market itself.
    """

    kind: Kind
    about: str
    what: str
    stated: float
    expected: float
    verdict: Verdict


def checks(market: Market) -> list[Check]:
    """Return every check that the market's report allows, contradictions first."""
    return [
        *_contradictions(market),
        *_growth_checks(market),
        *_size_checks(market),
        *_sum_checks(market),
        *_ranking_checks(market),
    ]


def _bounds(figure: Figure) -> tuple[float, float]:
    return float(figure.interval.low), float(figure.interval.high)


def _subjects(market: Market) -> list[SegmentName | None]:
    return [None, *market.segments]


def _contradictions(market: Market) -> Iterator[Check]:
    """Two figures for one thing that no rounding reconciles."""
    for segment in _subjects(market):
        path = market.path(segment)
        for year, sizes in _by_year(market.stated_sizes(segment)):
            yield from _stated_twice(Kind.SIZE, path.name, f"size in {year}", sizes)
        for year, shares in _by_year(market.stated_shares(segment) if segment else ()):
            yield from _stated_twice(Kind.SHARE, path.name, f"share in {year}", shares)
        for window, growths in _by_window(path):
            yield from _stated_twice(Kind.GROWTH, path.name, f"CAGR {window}", growths)


def _by_year(facts: Sequence[Dated]) -> list[tuple[int, list[Dated]]]:
    return [(year, [f for f in facts if f.year == year]) for year in sorted({f.year for f in facts})]


def _by_window(path: Path) -> list[tuple[str, list[Cagr]]]:
    windows = dict.fromkeys((growth.first, growth.last) for growth in path.growths)
    return [
        (f"{first}-{last}", [g.cagr for g in path.growths if (g.first, g.last) == (first, last)])
        for first, last in windows
    ]


def _stated_twice(kind: Kind, about: str, what: str, facts: Sequence[Printed]) -> Iterator[Check]:
    try:
        agreed(facts, what)
    except NoFigure:
        values = [f.value.value if isinstance(f, Size) else f.value.fraction for f in facts]
        yield Check(
            kind, about, f"{about}: {what}, stated twice", min(values), max(values), Verdict.CONTRADICTS
        )


def _growth_checks(market: Market) -> Iterator[Check]:
    """A CAGR against the sizes stated at both ends of its window; not one of two that contradict."""
    for segment in _subjects(market):
        path = market.path(segment)
        contradicting = [cagr for _, cagrs in _by_window(path) if _disagree(cagrs) for cagr in cagrs]
        for growth in path.growths:
            if growth.cagr in contradicting:
                continue
            start = path.start(growth)
            first, last = _stated_size(market, segment, start), _stated_size(market, segment, growth.last)
            if first is None or last is None:
                continue
            periods = float(growth.last - start)
            (first_low, first_high), (last_low, last_high) = _bounds(first), _bounds(last)
            low = growth_rate(first_high, last_low, periods)
            high = growth_rate(first_low, last_high, periods) if first_low > 0 else inf
            stated = growth.cagr.value
            stated_low, stated_high = _bounds(stated)
            fits = low <= stated_high / 100 and high >= stated_low / 100
            yield Check(
                Kind.GROWTH,
                path.name,
                f"{path.name}: CAGR {growth.first}-{growth.last} against the sizes of {start}-{growth.last}",
                stated.fraction,
                growth_rate(first.value, last.value, periods),
                Verdict.AGREES if fits else Verdict.DIFFERS,
            )


def _disagree(facts: Sequence[Cagr]) -> bool:
    try:
        agreed(facts, "")
    except NoFigure:
        return True
    return False


def _stated_size(market: Market, segment: SegmentName | None, year: int) -> Figure | None:
    """Return the size stated for a year, None where there is none or the source contradicts itself."""
    facts = [fact for fact in market.stated_sizes(segment) if fact.year == year]
    try:
        return agreed(facts, "").value if facts else None
    except NoFigure:
        return None


def _size_checks(market: Market) -> Iterator[Check]:
    """A segment's stated size against its stated share of the market."""
    for segment in market.segments:
        for size in market.stated_sizes(segment):
            total = _stated_size(market, None, size.year)
            shares = [share.value for share in market.stated_shares(segment) if share.year == size.year]
            if total is None or not shares:
                continue
            share = shares[0]
            (share_low, share_high), (total_low, total_high) = _bounds(share), _bounds(total)
            low, high = _bounds(size.value)
            fits = share_low / 100 * total_low <= high and share_high / 100 * total_high >= low
            yield Check(
                Kind.SIZE,
                segment.name,
                f"{segment.name}: size in {size.year} against its share of the market",
                size.value.value,
                share.fraction * total.value,
                Verdict.AGREES if fits else Verdict.DIFFERS,
            )


def _sum_checks(market: Market) -> Iterator[Check]:
    """The shares of one dimension and year: together 100 %, or at most that where some are unstated."""
    for dimension in market.report.dimensions:
        segments = market.segments_of(dimension.name)
        years = sorted({share.year for segment in segments for share in market.stated_shares(segment)})
        for year in years:
            figures = [share.value for share in _stated(market, segments, year)]
            low, high = (sum(bounds) / 100 for bounds in zip(*map(_bounds, figures), strict=True))
            whole = dimension.complete and len(figures) == len(segments)
            fits = low <= 1 and (high >= 1 or not whole)
            limit = "100%" if whole else "at most 100%"
            yield Check(
                Kind.SHARE,
                dimension.name,
                f"{dimension.name}: shares stated for {year} are together {limit}",
                float(sum(figure.exact for figure in figures) / 100),
                1.0,
                Verdict.AGREES if fits else Verdict.DIFFERS,
            )


def _stated(market: Market, segments: list[SegmentName], year: int) -> list[Share]:
    """Return one share a segment, where one is stated for the year."""
    found = [[s for s in market.stated_shares(segment) if s.year == year] for segment in segments]
    return [shares[0] for shares in found if shares]


def _ranking_checks(market: Market) -> Iterator[Check]:
    """A segment called largest or fastest against what is stated of the others."""
    for ranking in market.report.rankings:
        segment = market.segment(ranking.segment)
        dimension = next(d for d in market.report.dimensions if d.name == segment.dimension)
        if ranking.place == 1 and ranking.by == "size":
            yield from _largest(market, ranking, segment, dimension)
        elif ranking.place == 1:
            yield from _fastest(market, segment)


def _largest(market: Market, ranking: Ranking, segment: SegmentName, dimension: Dimension) -> Iterator[Check]:
    """The largest against the largest other, or against all that its dimension leaves unstated."""
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
    held_against = "the most that another can hold" if open_ended else "the next largest"
    yield Check(
        Kind.RANKING,
        segment.name,
        f"{segment.name}: largest of {dimension.name} in {share.year}, against {held_against}",
        share.value.fraction,
        rival,
        verdict,
    )


def _fastest(market: Market, segment: SegmentName) -> Iterator[Check]:
    """The fastest against every other CAGR stated in its dimension, and the market's own."""
    own = market.path(segment).growths
    others = [other for other in market.segments_of(segment.dimension) if other != segment]
    rivals = [growth for other in (None, *others) for growth in market.path(other).growths[:1]]
    if not own or not rivals:
        return
    rate = own[0].cagr.value.fraction
    fastest = max(growth.cagr.value.fraction for growth in rivals)
    yield Check(
        Kind.RANKING,
        segment.name,
        f"{segment.name}: fastest of {segment.dimension}, against the fastest other CAGR stated",
        rate,
        fastest,
        Verdict.AGREES if rate >= fastest else Verdict.DIFFERS,
    )
