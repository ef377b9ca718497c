"""The lowest and highest shares that a report allows, by trying every vertex: slow, and on its own.

The limits are written down from the definitions, without anything of markets/estimates: the unknowns are
the shares of the base year and of the last year, and those of an incomplete dimension have one more.
"""

from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from markets.facts import Printed, Report

Floats = NDArray[np.float64]
_NEARLY = 1e-8


class Limits:
    """All that a report says about the shares of its one dimension."""

    def __init__(self, report: Report, base: int, last: int) -> None:
        self.report, self.years = report, (base, last)
        cut = report.dimensions[0]
        self.names = [segment.name for segment in cut.segments]
        self.complete = cut.complete
        self.width = len(self.names) + (not cut.complete)
        self.rows: list[Floats] = []
        self.most: list[float] = []
        for block in (0, 1):
            self._shares(block)
        of_base = np.array(self.rows)[:, : self.width], np.array(self.most)
        own = (of_base[0] != 0).any(axis=1)
        self.ends = extremes(of_base[0][own], of_base[1][own], 1)
        self._growth()

    def points(self) -> Floats:
        """Every vertex, or none if the limits contradict each other."""
        return vertices(np.array(self.rows), np.array(self.most), 2)

    def _at_most(self, entries: dict[int, float], most: float) -> None:
        row = np.zeros(2 * self.width)
        for place, value in entries.items():
            row[place] += value
        self.rows.append(row)
        self.most.append(most)

    def _between(self, entries: dict[int, float], low: float, high: float) -> None:
        self._at_most({place: -value for place, value in entries.items()}, -low)
        if high < np.inf:
            self._at_most(entries, high)

    def _shares(self, block: int) -> None:
        year, at = self.years[block], block * self.width
        for place in range(self.width):
            self._between({at + place: 1.0}, 0.0, 1.0)
        together: dict[str, list[int]] = {}
        for share in self.report.shares:
            if share.year == year:
                place = at + self.names.index(share.segment)
                if share.about == "combined":
                    together.setdefault(share.value.printed, []).append(place)
                else:
                    low, high = _ends(share)
                    self._between({place: 1.0}, low / 100, min(high / 100, 1))
        for printed, places in together.items():
            half = float(_half(printed))
            self._between(
                dict.fromkeys(places, 1.0), (float(printed) - half) / 100, (float(printed) + half) / 100
            )
        low_total, high_total = self._total(block)
        for size in self.report.sizes:
            if size.year == year and size.segment:
                low, high = _ends(size)
                self._between({at + self.names.index(size.segment): 1.0}, low / high_total, high / low_total)
        ranks = [one for one in self.report.rankings if one.by == "size" and one.year == year]
        for one, others in self._ranked(ranks):
            for other in others:
                self._at_most({at + other: 1.0, at + one: -1.0}, 0.0)

    def _ranked(self, ranks: list) -> list[tuple[int, list[int]]]:  # type: ignore[type-arg]
        """Each ranked segment with those behind it: none if nobody is named ahead of a second."""
        first = [self.names.index(one.segment) for one in ranks if one.place == 1]
        found = []
        for one in ranks:
            mine = self.names.index(one.segment)
            if one.place == 1 or first:
                ahead = first if one.place == 2 else []
                behind = [place for place in range(len(self.names)) if place not in (mine, *ahead)]
                found.append((mine, behind))
        return found

    def _stated(self, block: int) -> tuple[float, float] | None:
        sizes = [one for one in self.report.sizes if one.year == self.years[block] and not one.segment]
        return _ends(sizes[0]) if sizes else None

    def _periods(self) -> int:
        return self.years[1] - self.years[0]

    def _rate_of_total(self) -> tuple[float, float]:
        low, high = next(_ends(one) for one in self.report.cagrs if not one.segment)
        return (1 + low / 100) ** self._periods(), (1 + high / 100) ** self._periods()

    def _total(self, block: int) -> tuple[float, float]:
        if stated := self._stated(block):
            return stated
        low, high = self._rate_of_total()
        other = self._stated(1 - block)
        assert other
        return (other[0] * low, other[1] * high) if block else (other[0] / high, other[1] / low)

    def _rho(self) -> tuple[float, float]:
        first, last = self._stated(0), self._stated(1)
        if first and last:
            return last[0] / first[1], last[1] / first[0]
        return self._rate_of_total()

    def _growth(self) -> None:
        rates = {self.names.index(one.segment): _ends(one) for one in self.report.cagrs if one.segment}
        low_rho, high_rho = self._rho()
        for place, (low, high) in rates.items():
            self._ratio(place, (1 + low / 100) ** self._periods() / high_rho, None)
            self._ratio(place, None, (1 + high / 100) ** self._periods() / low_rho)
        ranks = [one for one in self.report.rankings if one.by == "growth"]
        firsts = [self.names.index(one.segment) for one in ranks if one.place == 1]
        for mine, behind in self._ranked(ranks):
            if mine in rates:
                cap = (1 + rates[mine][1] / 100) ** self._periods() / low_rho
                for other in behind:
                    if other in rates and rates[other][0] > rates[mine][1]:
                        self._at_most({}, -1.0)
                    self._ratio(other, None, cap)
            else:
                if mine in firsts and self.complete:
                    self._ratio(mine, 1.0, None)
                self._outgrown(mine, behind)

    def _outgrown(self, mine: int, behind: list[int]) -> None:
        if self.ends is not None and self.ends[0][mine] > _NEARLY:
            for other in behind:
                most = self.ends[1][other] / self.ends[0][mine]
                self._at_most({self.width + other: 1.0, self.width + mine: -most}, 0.0)

    def _ratio(self, place: int, low: float | None, high: float | None) -> None:
        if low is not None:
            self._at_most({place: low, self.width + place: -1.0}, 0.0)
        if high is not None:
            self._at_most({place: -high, self.width + place: 1.0}, 0.0)


def extremes(rows: Floats, most: Floats, blocks: int) -> tuple[Floats, Floats] | None:
    """The lowest and highest value of each unknown, or None if there is no point at all."""
    points = vertices(rows, most, blocks)
    return (points.min(axis=0), points.max(axis=0)) if len(points) else None


def vertices(rows: Floats, most: Floats, blocks: int) -> Floats:
    """Every vertex of rows @ x <= most where the x of each block add up to 1."""
    size = rows.shape[1]
    width = size // blocks
    # The last unknown of a block is 1 minus the others, which leaves few enough to try all vertices.
    into = np.zeros((size, size - blocks))
    start = np.zeros(size)
    for block in range(blocks):
        for place in range(width - 1):
            into[block * width + place, block * (width - 1) + place] = 1.0
            into[block * width + width - 1, block * (width - 1) + place] = -1.0
        start[block * width + width - 1] = 1.0
    less, right = rows @ into, most - rows @ start
    if (right[(less == 0).all(axis=1)] < -_NEARLY).any():
        return np.zeros((0, size))
    keep = (less != 0).any(axis=1)
    less, right = less[keep], right[keep]
    scale = abs(less).max(axis=1)
    both = np.unique(np.column_stack([less / scale[:, None], right / scale]), axis=0)
    less, right = both[:, :-1], both[:, -1]
    picked = np.array(list(combinations(range(len(less)), size - blocks)))
    squares = less[picked]
    solvable = abs(np.linalg.det(squares)) > 1e-10
    found = np.linalg.solve(squares[solvable], right[picked[solvable]][..., None])[..., 0]
    inside = (found @ less.T <= right + _NEARLY).all(axis=1)
    return np.asarray(found[inside] @ into.T + start)


def _half(printed: str) -> Decimal:
    exponent = Decimal(printed).as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)


def _ends(one: Printed) -> tuple[float, float]:
    """Half a last digit on both sides; "over" and "less than" leave one side open."""
    figure = Decimal(one.value.printed)
    if one.about == "over":
        return float(figure), np.inf
    if one.about == "less than":
        return 0.0, float(figure)
    half = _half(one.value.printed)
    return float(max(figure - half, Decimal(-100))), float(figure + half)
