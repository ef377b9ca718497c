"""One subject's sizes over the years: what is stated, and what constant growth makes of it.

The rules are those of docs/your-own-reports.md: 1 a stated year, 2 between stated sizes, 3 compounding
inside a CAGR's window, 6 from which year a CAGR compounds.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markets.answers import Answer, Status
from markets.errors import NoFigure
from markets.facts import Cagr, Fact, Share, Size
from markets.projection import compounded, interpolated

Printed = TypeVar("Printed", Size, Share, Cagr)


def agreed(facts: Sequence[Printed], what: str) -> Printed:
    """Return the most precisely printed of several figures for one thing.

    Raises NoFigure, naming two of them, where no one number could have been printed in all ways.
    """
    best = max(facts, key=lambda fact: fact.value.decimals)
    for fact in facts:
        if not fact.value.agrees_with(best.value):
            raise NoFigure(
                f"The source contradicts itself on {what}: {fact.value.printed} ({fact.at}), "
                f"but {best.value.printed} ({best.at})."
            )
    return best


@dataclass(frozen=True)
class Point:
    """A size in a year, with the facts it stands on; `text` is how a derivation writes it."""

    year: int
    value: float
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Growth:
    """A stated CAGR, and the years it holds for: as stated, else those of the market's forecast."""

    cagr: Cagr
    first: int
    last: int

    @property
    def text(self) -> str:
        """The rate and its years, e.g. "4.3% a year over 2024-2033"."""
        stated = self.cagr.first is not None and self.cagr.last is not None
        window = "" if stated else "the forecast period "
        return f"{self.cagr.value.printed}% a year over {window}{self.first}-{self.last}"


class Path:
    """The sizes of a market or of one segment: stated points, and the growth stated for it.

    `points` gives for each year a function, because asking for a year of which the source states
    two contradicting sizes raises NoFigure.
    """

    def __init__(
        self, name: str, points: Mapping[int, Callable[[], Point]], growths: Iterable[Growth]
    ) -> None:
        self.name = name
        self.growths = sorted(growths, key=lambda growth: (-growth.last, growth.first))
        self._points = points
        self.years = sorted(points)

    def start(self, growth: Growth) -> int:
        """Return the year from which a CAGR compounds (rule 6).

        That is the window's first year, unless the size stated nearest to it is that of the year
        before: a CAGR "over 2024-2033" on a base of 2023 is measured from 2023.
        """
        before = growth.first not in self._points and growth.first - 1 in self._points
        return growth.first - 1 if before else growth.first

    def span(self) -> tuple[int, int] | None:
        """Return the first and last year that can be answered, None where none can."""
        years = list(self.years)
        for growth in self.growths:
            if self._nearest(growth.first, growth) is not None:
                years += [self.start(growth), growth.last]
        return (min(years), max(years)) if years else None

    def reported(self, year: int) -> Answer | None:
        """Rule 1: the stated size."""
        if year not in self._points:
            return None
        point = self._points[year]()
        return Answer(point.value, Status.REPORTED, f"stated as {point.text}", point.facts)

    def interpolated(self, year: int) -> Answer | None:
        """Rule 2: the constant-growth path between the nearest stated sizes on either side."""
        before = [known for known in self.years if known < year]
        after = [known for known in self.years if known > year]
        if not before or not after:
            return None
        first, last = self._points[before[-1]](), self._points[after[0]]()
        fraction = (year - first.year) / (last.year - first.year)
        return Answer(
            interpolated(first.value, last.value, fraction),
            Status.INTERPOLATED,
            f"constant growth from {first.text} to {last.text}",
            first.facts + last.facts,
        )

    def extended(self, year: int) -> Answer | None:
        """Rule 3, unasked: the nearest stated size, compounded inside a CAGR's window."""
        for growth in self._holding(year):
            nearest = self._nearest(year, growth)
            if nearest is not None:
                return self._grown(self._points[nearest](), growth, year)
        return None

    def compounded(self, year: int) -> Answer:
        """Rule 3, asked for: from the CAGR's own starting point. Raises NoFigure where it cannot be."""
        if not self.growths:
            raise NoFigure(f"No CAGR of {self.name}, with its years, is stated.")
        for growth in self._holding(year):
            start = self.start(growth)
            anchor = start if start in self._points else self._nearest(start, growth)
            if anchor is not None:
                return self._grown(self._points[anchor](), growth, year)
        if not self.years:
            raise NoFigure(f"A CAGR of {self.name} is stated, but no size or share to compound from.")
        windows = " and ".join(f"{growth.first}-{growth.last}" for growth in self.growths)
        raise NoFigure(f"{year} is outside the years {windows} of the CAGR stated for {self.name}.")

    def _holding(self, year: int) -> list[Growth]:
        holding = [growth for growth in self.growths if self.start(growth) <= year <= growth.last]
        if holding:
            window = (holding[0].first, holding[0].last)
            rivals = [growth.cagr for growth in holding if (growth.first, growth.last) == window]
            best = agreed(rivals, f"the CAGR of {self.name}")
            holding.sort(key=lambda growth: growth.cagr is not best)
        return holding

    def _nearest(self, year: int, growth: Growth) -> int | None:
        inside = [known for known in self.years if self.start(growth) <= known <= growth.last]
        return min(inside, key=lambda known: abs(known - year), default=None)

    @staticmethod
    def _grown(point: Point, growth: Growth, year: int) -> Answer:
        return Answer(
            compounded(point.value, growth.cagr.value.fraction, float(year - point.year)),
            Status.COMPOUNDED,
            f"{point.text} at {growth.text}",
            (*point.facts, growth.cagr),
        )
