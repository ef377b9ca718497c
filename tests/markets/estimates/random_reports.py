"""Random markets whose true figures are known, and reports that state a part of them, rounded."""

import random
from typing import Any

import msgspec

from markets.facts import Ranking, Report
from tests.markets.made import made

BASE, LAST = 2023, 2030
PERIODS = LAST - BASE
NAMES = ("Amber", "Birch", "Cedar", "Dune", "Elm", "Fern", "Gorse", "Hazel", "Iris", "Jade", "Kale", "Larch")


class Market:
    """True shares of both years, which add up to 1, and true sizes; the last segment may be unnamed."""

    def __init__(self, number: int, count: int, *, rest: bool = False) -> None:
        self.chance = random.Random(number)
        self.names = NAMES[:count]
        self.complete = not rest
        self.sizes = {year: self.chance.uniform(5, 90) for year in (BASE, LAST)}
        self.shares = {year: self._split(count + rest) for year in (BASE, LAST)}

    def _split(self, count: int) -> list[float]:
        parts = [self.chance.uniform(0.05, 1) for _ in range(count)]
        return [part / sum(parts) for part in parts]

    @property
    def total_rate(self) -> float:
        return 100 * float((self.sizes[LAST] / self.sizes[BASE]) ** (1 / PERIODS) - 1)

    @property
    def rates(self) -> list[float]:
        """The growth rates of the named segments, in percent."""
        pairs = zip(self.shares[BASE], self.shares[LAST], strict=True)
        ratios = [self.sizes[LAST] * h / (self.sizes[BASE] * a) for a, h in pairs]
        return [100 * float(ratio ** (1 / PERIODS) - 1) for ratio in ratios[: len(self.names)]]

    def report(self, often: float = 0.35) -> Report:
        """A report that states each figure with some probability, some of them only as a limit."""
        sizes: list[tuple[Any, ...]] = [(year, f"{self.sizes[year]:.1f}") for year in (BASE, LAST)]
        if self.chance.random() < 0.25:
            sizes.pop(self.chance.randrange(2))
        cagrs: list[tuple[Any, ...]] = [(f"{self.total_rate:.1f}", BASE, LAST)]
        shares: list[tuple[Any, ...]] = []
        for place, name in enumerate(self.names):
            if self.chance.random() < often:
                cagrs.append(self._rate(place))
            for year in (BASE, LAST):
                if self.chance.random() < often:
                    shares.append((name, year, *self._limit(100 * self.shares[year][place])))
                elif self.chance.random() < often / 2:
                    sizes.append((year, f"{self.shares[year][place] * self.sizes[year]:.1f}", name))
        shares += self._combined() if self.chance.random() < often and len(self.names) > 2 else []
        listed = list(self.names)
        self.chance.shuffle(listed)
        report = made(
            sizes, cagrs, shares, dimensions={"Kind": tuple(listed)}, complete=self.complete, base_year=BASE
        )
        return msgspec.structs.replace(report, rankings=tuple(self._rankings()))

    def _rate(self, place: int) -> tuple[Any, ...]:
        return (f"{self.rates[place]:.1f}", BASE, LAST, self.names[place])

    def _limit(self, percent: float) -> tuple[str, str]:
        kind = self.chance.choice(("", "", "", "over", "less than"))
        wide = {"": percent, "over": percent * 0.9 - 0.1, "less than": percent * 1.1 + 0.1}[kind]
        return f"{min(wide, 100):.1f}", kind

    def _combined(self) -> list[tuple[Any, ...]]:
        year = self.chance.choice((BASE, LAST))
        two = self.chance.sample(range(len(self.names)), 2)
        figure = f"{100 * sum(self.shares[year][place] for place in two):.1f}"
        return [(self.names[place], year, figure, "combined") for place in two]

    def _rankings(self) -> list[Ranking]:
        """First and second places. The fastest is so among the listed segments."""
        found = []
        for by, year, values in (
            ("size", BASE, self.shares[BASE]),
            ("size", LAST, self.shares[LAST]),
            ("growth", None, self.rates),
        ):
            order = sorted(range(len(self.names)), key=lambda place, values=values: -values[place])  # type: ignore[misc]
            for place, at in enumerate(order[:2], 1):
                if self.chance.random() < 0.35:
                    name = self.names[at]
                    where = f"{by} {place} {year}"
                    found.append(Ranking(segment=name, by=by, place=place, year=year, at=where))  # type: ignore[arg-type]
        return found
