"""One dimension of a market: the ranges of its shares, and their estimates."""

from functools import cached_property

import numpy as np

from markets.errors import NoFigure
from markets.estimates import limits, shapes
from markets.estimates.contradicting import allowed
from markets.estimates.even import evenly_grown, most_even, nearest
from markets.estimates.polytopes import Floats, Polytope
from markets.estimates.results import EstimatedShare, Range
from markets.estimates.statements import Kind, Statements, collected
from markets.estimates.yielding import settled
from markets.evidence import Evidence
from markets.facts import AnyFact
from markets.segments import SegmentName

_AS_PRINTED = 1e-9


class DimensionModel:
    """What a report's statements allow for the shares of one dimension.

    Questions raise Contradiction if the statements cannot hold together, NoFigure for a year that
    they say nothing about.
    """

    def __init__(self, dimension: str, statements: Statements) -> None:
        self.dimension = dimension
        self._statements = statements
        self._places = {segment: place for place, segment in enumerate(statements.segments)}
        self._ranges: dict[tuple[int, int], Range] = {}
        self._estimates: dict[int, Floats] = {}

    def range(self, segment: SegmentName, year: int) -> Range:
        """Return the lowest and the highest share of a segment in a year, as fractions."""
        key = (self._places[segment], year)
        if key not in self._ranges:
            self._ranges[key] = self._ranged(*key)
        return self._ranges[key]

    def estimate(self, segment: SegmentName, year: int) -> EstimatedShare | None:
        """Return the estimated share of a segment, or None if the printed one holds as it is."""
        place = self._places[segment]
        self._whole  # noqa: B018 - a contradiction is refused in every year
        if self._is_printed(place, year) and not self._is_open(year):
            return None
        if not self._statements.complete:
            raise NoFigure(f"The source does not list all segments of {self.dimension}, so no split adds up.")
        shares = self._estimated(year)
        printed = self._printed(place, year)
        if self._is_printed(place, year) and abs(shares[place] - printed) <= _AS_PRINTED:
            return None
        share = float(shares[place])
        return EstimatedShare(year, share, self._facts(place), lambda: self.range(segment, year))

    @cached_property
    def _whole(self) -> Polytope:
        """What is allowed for the base year and, if there is one, the last year."""
        statements = self._statements
        if statements.last == statements.base:
            return allowed(lambda some: shapes.yearly(some, some.base), statements)
        return allowed(shapes.both, statements)

    def _is_own(self, year: int) -> bool:
        """Whether a year has statements of its own, and is neither the base year nor the last."""
        ends = (self._statements.base, self._statements.last)
        return year in self._statements.years and year not in ends

    def _ranged(self, place: int, year: int) -> Range:
        whole = self._whole
        if self._is_own(year):
            shape = allowed(lambda some: shapes.yearly(some, year), self._statements)
            cost = np.eye(shape.size)[place]
        else:
            shape, cost = whole, self._cost(whole, place, year)
        low, high = max(shape.low(cost), 0.0), min(-shape.low(-cost), 1.0)
        return Range(year, low, max(low, high), self._facts(place))

    def _cost(self, whole: Polytope, place: int, year: int) -> Floats:
        """The share of a year as a mean of those of the base year and the last, which keeps it linear."""
        weight = self._weight(year)
        cost = np.zeros(whole.size)
        cost[place] = 1.0 - weight
        if weight:
            cost[whole.size // 2 + place] = weight
        return cost

    def _weight(self, year: int) -> float:
        """The weight of the last year: with it, the highest stated rate compounds exactly."""
        base, last = self._statements.base, self._statements.last
        if not base <= year <= last:
            raise NoFigure(
                f"{year} is outside {base}-{last}, the years for which the shares of {self.dimension} "
                "can be limited."
            )
        if year == base:
            return 0.0
        tau = (year - base) / (last - base)
        stated = [one.figure for one in self._statements.of(Kind.RATE)]
        whole = limits.total_growth(self._statements).printed
        if not stated or not whole > 0:
            return tau
        ratio = (1 + max(stated)) ** (last - base) / whole
        if abs(ratio - 1) < 1e-9:
            return tau
        return float((ratio**tau - 1) / (ratio - 1))

    def _estimated(self, year: int) -> Floats:
        if year not in self._estimates:
            weight = self._weight(year)
            first, last = self._ends
            shares = (1 - weight) * first + weight * last
            self._estimates[year] = self._bent(year, shares) if self._is_own(year) else shares
        return self._estimates[year]

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """The estimated shares of the base year and of the last."""
        whole, statements = self._whole, self._statements
        shape = nearest(whole, *shapes.pins(statements))
        count = len(statements.segments)
        first = most_even(shape, count)
        return first, evenly_grown(shape, first) if whole.size > count else first

    def _bent(self, year: int, shares: Floats) -> Floats:
        """The shares on the way from the base year to the last, moved to what is stated for their year."""
        at = Statements(self._statements.segments, True, year, year, self._statements.items)
        shape = allowed(lambda some: shapes.yearly(some, year), at)
        exact = nearest(shape, *shapes.pins(at))
        return evenly_grown(_after(exact, shares), shares)

    def _is_printed(self, place: int, year: int) -> bool:
        stated = self._statements.of(Kind.SHARE, Kind.SIZE, year=year)
        return any(one.segment == place and one.printed is not None for one in stated)

    def _is_open(self, year: int) -> bool:
        """Whether the printed figures leave something to be estimated for a year."""
        places = range(len(self._statements.segments))
        return self._statements.complete and not all(self._is_printed(place, year) for place in places)

    def _printed(self, place: int, year: int) -> float:
        return limits.shares(self._statements, year)[place].printed

    def _facts(self, place: int) -> tuple[AnyFact, ...]:
        """The facts that matter, those of the segment first."""
        items = sorted(self._statements.items, key=lambda one: one.segment != place)
        return tuple(dict.fromkeys(one.fact for one in items))  # type: ignore[misc]


def model_of(evidence: Evidence, dimension: str) -> DimensionModel:
    """Return the model of a dimension, made once from a report's figures."""
    key = f"model of {dimension}"
    if key not in evidence.derived:
        evidence.derived[key] = DimensionModel(dimension, settled(collected(evidence, dimension)))
    model: DimensionModel = evidence.derived[key]
    return model


def _after(shape: Polytope, before: Floats) -> Polytope:
    """The shape with the shares of an earlier year put before its own."""
    none = np.zeros((len(shape.most), len(before)))
    return Polytope(
        np.concatenate([before, shape.lower]),
        np.concatenate([before, shape.upper]),
        np.hstack([none, shape.most]),
        np.hstack([np.zeros((len(shape.exact), len(before))), shape.exact]),
        shape.equals,
    )
