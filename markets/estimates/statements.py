"""Statements: what a report says about the shares of one dimension, each as limits for a share or a rate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from math import inf

from markets.evidence import Evidence
from markets.facts import Cagr, Fact, Printed, Ranking, Share, Size
from markets.segments import SegmentName


class Kind(IntEnum):
    """What a statement limits, in the canonical order of statements."""

    TOTAL = 0
    TOTAL_RATE = 1
    SHARE = 2
    SIZE = 3
    RATE = 4
    LARGEST = 5
    FASTEST = 6
    TOGETHER = 7


@dataclass(frozen=True)
class Statement:
    """One fact as limits: `low` to `high`, and the printed figure if it is not one-sided.

    `segment` is a place in the list of segments, -1 for the market. Sizes are in the market's unit;
    shares and rates are fractions. A ranking has a `place` and no limits. A share that is stated for
    several segments together has `members`, and the fact of the first.
    """

    kind: Kind
    segment: int
    year: int
    low: float
    high: float
    printed: float | None
    place: int
    fact: Fact
    members: tuple[int, ...] = ()

    @property
    def figure(self) -> float:
        """The printed figure even if it is a limit; of a rate, a fraction."""
        return (self.low if self.high == inf else self.high) if self.printed is None else self.printed

    @property
    def order(self) -> tuple[int, int, int, float, float, int, str]:
        """The key of the canonical order. It does not depend on the order of facts in the report."""
        return (self.kind, self.year, self.segment, self.low, self.high, self.place, self.fact.at)


@dataclass(frozen=True)
class Statements:
    """The statements about one dimension.

    `segments` is sorted by name, so that no result depends on the report's order. `last` is the base
    year if the report does not go beyond it.
    """

    segments: tuple[SegmentName, ...]
    complete: bool
    base: int
    last: int
    items: tuple[Statement, ...]

    def of(self, *kinds: Kind, year: int | None = None) -> list[Statement]:
        """Return the statements of some kinds, of one year if it is given."""
        return [s for s in self.items if s.kind in kinds and year in (None, s.year)]

    def only(self, items: Sequence[Statement]) -> "Statements":
        """Return the same question with some of the statements."""
        return Statements(self.segments, self.complete, self.base, self.last, tuple(items))

    @property
    def years(self) -> frozenset[int]:
        """The years for which a share or a size of a segment is stated."""
        return frozenset(s.year for s in self.of(Kind.SHARE, Kind.SIZE, Kind.TOGETHER))


def collected(evidence: Evidence, dimension: str) -> Statements:
    """Return everything that a report states about a dimension; NoFigure if there is no base year."""
    base = evidence.base_year
    span = evidence.trajectory().span()
    last = max(base, span[1]) if span else base
    cut = evidence.segmentation.dimension(dimension)
    segments = tuple(sorted(evidence.segmentation.segments_of(dimension), key=lambda segment: segment.name))
    items = [*_totals(evidence, base, last)]
    for place, segment in enumerate(segments):
        items += _of_segment(evidence, segment, place, base, last)
    items += _together(evidence, segments)
    items.sort(key=lambda statement: statement.order)
    return Statements(segments, cut.complete, base, last, tuple(items))


def _totals(evidence: Evidence, base: int, last: int) -> Iterator[Statement]:
    for size in evidence.sizes[None]:
        yield _sized(Kind.TOTAL, -1, size)
    stated = {size.year for size in evidence.sizes[None]}
    if not {base, last} <= stated:
        yield from _rates(evidence, None, Kind.TOTAL_RATE, -1, base, last)


def _of_segment(
    evidence: Evidence, segment: SegmentName, place: int, base: int, last: int
) -> Iterator[Statement]:
    for share in evidence.shares[segment]:
        yield _percentage(Kind.SHARE, place, share.year, share)
    for size in evidence.sizes[segment]:
        yield _sized(Kind.SIZE, place, size)
    yield from _rates(evidence, segment, Kind.RATE, place, base, last)
    for ranking in evidence.rankings[segment]:
        yield _ranked(ranking, place, base, last)


def _together(evidence: Evidence, segments: Sequence[SegmentName]) -> Iterator[Statement]:
    """The sums: shares "combined" of one place in the source, year and figure are one statement.

    If only one segment has it, the others are not known, and it is a limit for the one.
    """
    found: dict[tuple[str, int, str], list[tuple[int, Share]]] = {}
    for place, segment in enumerate(segments):
        for share in evidence.joint_shares[segment]:
            found.setdefault((share.at, share.year, share.value.printed), []).append((place, share))
    for group in found.values():
        first, members = group[0][1], tuple(place for place, _ in group)
        stated = replace(_percentage(Kind.TOGETHER, members[0], first.year, first), members=members)
        yield stated if len(members) > 1 else replace(stated, low=0.0, printed=None)


def _rates(
    evidence: Evidence, segment: SegmentName | None, kind: Kind, place: int, base: int, last: int
) -> Iterator[Statement]:
    """The rates from the base year to the last: those of other windows say nothing about these years."""
    total = evidence.trajectory()
    for growth in evidence.trajectory(segment).growths:
        if growth.last == last and base in (growth.first, total.start(growth)) and base < last:
            yield _percentage(kind, place, last, growth.cagr)


def _percentage(kind: Kind, place: int, year: int, fact: Share | Cagr) -> Statement:
    low, high = float(fact.interval.low / 100), float(fact.interval.high / 100)
    return Statement(kind, place, year, low, high, _printed(fact, fact.value.fraction), 0, fact)


def _sized(kind: Kind, place: int, fact: Size) -> Statement:
    interval = fact.interval.scaled(fact.ratio)
    printed = _printed(fact, float(fact.value.exact * fact.ratio))
    return Statement(kind, place, fact.year, float(interval.low), float(interval.high), printed, 0, fact)


def _printed(fact: Printed, value: float) -> float | None:
    return None if fact.is_limit else value


def _ranked(ranking: Ranking, place: int, base: int, last: int) -> Statement:
    """A ranking by size without a year is one of the base year; growth is that of the whole window."""
    kind = Kind.LARGEST if ranking.by == "size" else Kind.FASTEST
    year = last if kind is Kind.FASTEST else ranking.year or base
    return Statement(kind, place, year, 0.0, 0.0, None, ranking.place, ranking)
