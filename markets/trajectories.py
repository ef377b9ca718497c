"""One subject's sizes over the years: stated sizes, and those that constant growth gives.

The rules are those of docs/your-own-reports.md: 1 a stated year, 2 between stated sizes, 3 compounding
inside a CAGR's window, 6 from which year a CAGR compounds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from itertools import pairwise
from typing import TypeVar

from markets.answers import Compounded, Growth, Interpolated, SizeAnswer
from markets.errors import NoFigure
from markets.facts import Cagr, Share, Size
from markets.intervals import Interval

Figured = TypeVar("Figured", Size, Share, Cagr)

_SWING, _SWING_A_YEAR = 1.5, 2.0


def agreed(facts: Sequence[Figured], what: str) -> Figured:
    """Return the most precisely printed of several figures for the same thing.

    Raises NoFigure, naming two of them, if they cannot all be roundings of one number.
    """
    best = min(facts, key=_imprecision)
    for fact in facts:
        if fact is not best and not _agree(fact, best):
            raise NoFigure(
                f"The source contradicts itself on {what}: {fact.printed} ({fact.at}), "
                f"but {best.printed} ({best.at})."
            )
    return best


def _imprecision(fact: Size | Share | Cagr) -> tuple[bool, Decimal]:
    """A figure with a qualifier is less precise than one without; next, one with fewer digits is."""
    step = Decimal(1).scaleb(-fact.value.decimals)
    return bool(fact.about), step * fact.ratio if isinstance(fact, Size) else step


def _agree(one: Figured, other: Figured) -> bool:
    """Return whether both can be roundings of one number. A common end point is not enough."""
    a, b = _in_one_unit(one), _in_one_unit(other)
    return a.low < b.high and b.low < a.high


def _in_one_unit(fact: Size | Share | Cagr) -> Interval:
    return fact.interval.scaled(fact.ratio) if isinstance(fact, Size) else fact.interval


class Trajectory:
    """The stated sizes of a market or of one segment, and the growth stated for it.

    `points` has a function for each year, because a year with two contradictory sizes raises
    NoFigure, but only when it is asked for.
    """

    def __init__(
        self, name: str, points: Mapping[int, Callable[[], SizeAnswer]], growths: Iterable[Growth]
    ) -> None:
        self.name = name
        self.growths = sorted(
            growths, key=lambda growth: (not growth.cagr.is_dated, -growth.last, growth.first)
        )
        self._points = dict(points)
        for growth in self.growths:
            anchor = self._anchor(growth) if growth.cagr.is_assumed else None
            if anchor is not None:
                self._points.setdefault(growth.last, partial(self._from, anchor, growth.last, growth))
        self.years = sorted(self._points)

    def start(self, growth: Growth) -> int:
        """Return the year from which a CAGR compounds (rule 6).

        This is the first year of its window or, if only the year before has a stated size, that year:
        a CAGR "over 2024-2033" with base year 2023 is measured from 2023.
        """
        before = growth.first not in self._points and growth.first - 1 in self._points
        return growth.first - 1 if before else growth.first

    def span(self) -> tuple[int, int] | None:
        """Return the first and last year that can be answered for, or None if there is none."""
        years = list(self.years)
        for growth in self.growths:
            if self._nearest(growth.first, growth) is not None:
                years += [self.start(growth), growth.last]
        return (min(years), max(years)) if years else None

    def reported(self, year: int) -> SizeAnswer | None:
        """Rule 1: the stated size."""
        return self._points[year]() if year in self._points else None

    def interpolated(self, year: int) -> SizeAnswer | None:
        """Rule 2: the constant-growth path between the nearest stated sizes on either side.

        Raises NoFigure if the two differ too much to belong to one series.
        """
        before = [known for known in self.years if known < year]
        after = [known for known in self.years if known > year]
        if not before or not after:
            return None
        if (before[-1], after[0]) in self.swings:
            raise NoFigure(
                f"The sizes of {self.name} stated for {before[-1]} and {after[0]} differ too much "
                "to interpolate between them. They may not belong to one series."
            )
        return Interpolated(year, self._points[before[-1]](), self._points[after[0]]())

    @cached_property
    def swings(self) -> frozenset[tuple[int, int]]:
        """Pairs of consecutive stated years whose sizes probably do not belong to one series.

        Their sizes differ by more than a factor of two per year, or by more than a factor of 1.5 if
        the sizes of an adjacent pair do so in the opposite direction. This happens if a text also
        states the sizes of an older edition.
        """
        known = [(year, value) for year in self.years if (value := self._value(year))]
        steps = [(a, b, last / first) for (a, first), (b, last) in pairwise(known)]
        wild = {(a, b) for a, b, ratio in steps if max(ratio, 1 / ratio) > _SWING_A_YEAR ** (b - a)}
        for (a, b, one), (_, c, other) in pairwise(steps):
            if min(one, other) < 1 / _SWING and max(one, other) > _SWING:
                wild |= {(a, b), (b, c)}
        return frozenset(wild)

    def extended(self, year: int) -> SizeAnswer | None:
        """Rule 3, by default: the nearest stated size, compounded within a CAGR's window."""
        for growth in self._growths_covering(year):
            nearest = self._nearest(year, growth)
            if nearest is not None:
                return Compounded(year, self._points[nearest](), growth)
        return None

    def assumed(self, year: int) -> SizeAnswer | None:
        """The size that grows at a CAGR of the user's."""
        for growth in self.growths:
            if growth.cagr.is_assumed and self.start(growth) <= year <= growth.last:
                return self._grown(year, growth)
        return None

    def compounded(self, year: int) -> SizeAnswer:
        """Rule 3, by request: compounded from the CAGR's first year. Raises NoFigure if it cannot be."""
        if not self.growths:
            raise NoFigure(f"The source states no CAGR of {self.name} with its years.")
        for growth in self._growths_covering(year):
            grown = self._grown(year, growth)
            if grown is not None:
                return grown
        if not self.years:
            raise NoFigure(f"The source states a CAGR of {self.name}, but no size or share to compound from.")
        windows = " and ".join(f"{growth.first}-{growth.last}" for growth in self.growths)
        raise NoFigure(f"The CAGR of {self.name} is stated for {windows}, which does not include {year}.")

    def of_window(self, first: int, last: int) -> list[Growth]:
        """Return the growths stated for exactly these years."""
        return [g for g in self.growths if g.cagr.is_dated and (g.first, g.last) == (first, last)]

    def _grown(self, year: int, growth: Growth) -> Compounded | None:
        anchor = self._anchor(growth)
        return None if anchor is None else self._from(anchor, year, growth)

    def _from(self, anchor: int, year: int, growth: Growth) -> Compounded:
        return Compounded(year, self._points[anchor](), growth)

    def _anchor(self, growth: Growth) -> int | None:
        """The year in which the CAGR starts or, if its size is not known, the first inside the window."""
        start = self.start(growth)
        return start if start in self._points else self._nearest(start, growth)

    def _growths_covering(self, year: int) -> list[Growth]:
        covering = [growth for growth in self.growths if self.start(growth) <= year <= growth.last]
        if covering:
            rivals = [growth.cagr for growth in covering if growth.is_alike(covering[0])]
            best = agreed(rivals, f"the CAGR of {self.name}")
            covering.sort(key=lambda growth: growth.cagr is not best)
        return covering

    def _nearest(self, year: int, growth: Growth) -> int | None:
        inside = [known for known in self._points if self.start(growth) <= known <= growth.last]
        return min(inside, key=lambda known: abs(known - year), default=None)

    def _value(self, year: int) -> float | None:
        try:
            return self._points[year]().value
        except NoFigure:
            return None
