"""Ranges of small reports against every corner of what their statements allow, worked out another way.

The inequalities are written down here from docs/ranges.md, without the code under test. Two unknown
shares a year stay after the sums to 1 are used, so each corner is where four inequalities are equalities.
"""

from dataclasses import dataclass, field
from itertools import combinations

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.errors import OutOfDomain
from markets.estimates.polytopes import Floats
from markets.facts import Ranking
from markets.market import Market
from tests.markets.made import made

BASE, LAST, PERIODS = 2023, 2033, 10
NAMES = ("A", "B", "C")
Row = tuple[list[float], float]
"""Factors of the unknowns a1, a2, h1, h2, and what their sum is at most."""


@dataclass
class Case:
    """A report about three pieces. The third is unnamed if the dimension is incomplete."""

    totals: tuple[int, int]
    complete: bool
    shares: list[tuple[int, int, int, str]] = field(default_factory=list)  # piece, year, percent, about
    size: tuple[int, int] | None = None  # piece, size in the base year
    together: int | None = None  # percent of A and B in the base year
    rates: dict[int, int] = field(default_factory=dict)  # percent by piece
    fastest: list[int] = field(default_factory=list)  # pieces by place; -1 is unnamed
    largest: int | None = None

    @property
    def named(self) -> int:
        return 3 if self.complete else 2

    def market(self) -> Market:
        names = NAMES[: self.named]
        joint = [] if self.together is None else [(n, BASE, str(self.together), "combined") for n in "AB"]
        sizes: list[tuple[object, ...]] = [(BASE, str(self.totals[0])), (LAST, str(self.totals[1]))]
        if self.size:
            sizes.append((BASE, str(self.size[1]), NAMES[self.size[0]]))
        report = made(
            sizes,
            [(str(rate), BASE, LAST, NAMES[piece]) for piece, rate in self.rates.items()],
            [(NAMES[piece], year, str(share), about) for piece, year, share, about in self.shares] + joint,
            dimensions={"D": names},
            complete=self.complete,
            base_year=BASE,
        )
        ranked = [
            Ranking(segment=NAMES[piece], by="growth", place=place, at="r")
            for place, piece in enumerate(self.fastest, start=1)
            if piece >= 0
        ]
        if self.largest is not None:
            ranked.append(Ranking(segment=NAMES[self.largest], by="size", year=BASE, at="r"))
        return Market(msgspec.structs.replace(report, rankings=tuple(ranked)))


def piece(at: int, factor: float = 1.0) -> tuple[list[float], float]:
    """A piece's share as factors of the unknowns and a constant. `at` counts a1 to a3, then h1 to h3."""
    block, place = divmod(at, 3)
    factors = [0.0] * 4
    if place < 2:
        factors[2 * block + place] = factor
        return factors, 0.0
    factors[2 * block] = factors[2 * block + 1] = -factor
    return factors, factor


def at_most(high: float, *terms: tuple[int, float]) -> Row:
    """The inequality that the sum of pieces, each times a factor, is at most `high`."""
    factors, constant = np.zeros(4), 0.0
    for at, factor in terms:
        own, more = piece(at, factor)
        factors, constant = factors + own, constant + more
    return factors.tolist(), high - constant


def limits(percent: float, about: str) -> tuple[float, float]:
    return {"over": (percent / 100, 1.0), "less than": (0.0, percent / 100)}.get(
        about, ((percent - 0.5) / 100, (percent + 0.5) / 100)
    )


def within(at: int, low: float, high: float) -> list[Row]:
    return [at_most(high, (at, 1.0)), at_most(-low, (at, -1.0))]


def base_rows(case: Case) -> list[Row]:
    """What is said about the base year alone."""
    rows = [row for at in range(3) for row in within(at, 0.0, 1.0)]
    for own, year, share, about in case.shares:
        rows += within(own, *limits(share, about)) if year == BASE else []
    if case.size:
        own, size = case.size
        rows += within(own, (size - 0.5) / (case.totals[0] + 0.5), (size + 0.5) / (case.totals[0] - 0.5))
    if case.together is not None:
        low, high = limits(case.together, "")
        rows += [at_most(high, (0, 1.0), (1, 1.0)), at_most(-low, (0, -1.0), (1, -1.0))]
    if case.largest is not None:
        rows += [
            at_most(0.0, (at, 1.0), (case.largest, -1.0)) for at in range(case.named) if at != case.largest
        ]
    return rows


def all_rows(case: Case) -> list[Row] | None:
    """Everything; None if rates contradict each other."""
    rows = base_rows(case) + [row for at in range(3, 6) for row in within(at, 0.0, 1.0)]
    for own, year, share, about in case.shares:
        rows += within(3 + own, *limits(share, about)) if year == LAST else []
    caps = [
        (own, set(case.fastest[:place]))
        for place, own in enumerate(case.fastest)
        if own >= 0 and -1 not in case.fastest[:place]
    ]
    rates = capped_rates(case, caps)
    if any(low > high for low, high in rates):
        return None
    first, last = case.totals
    slow, fast = (last - 0.5) / (first + 0.5), (last + 0.5) / (first - 0.5)
    for own, (low, high) in enumerate(rates):
        rows.append(at_most(0.0, (own, (1 + low) ** PERIODS / fast), (3 + own, -1.0)))
        if np.isfinite(high):
            rows.append(at_most(0.0, (3 + own, 1.0), (own, -((1 + high) ** PERIODS) / slow)))
    return rows + unrated_rows(case, caps)


def capped_rates(case: Case, caps: list[tuple[int, set[int]]]) -> list[tuple[float, float]]:
    """The rates of the named pieces, each capped by the fastest one's."""
    stated = [(-1.0, np.inf)] * case.named
    for own, rate in case.rates.items():
        stated[own] = ((rate - 0.5) / 100, (rate + 0.5) / 100)
    rates = list(stated)
    for own, ahead in caps:
        for other in set(range(case.named)) - ahead - {own}:
            rates[other] = (rates[other][0], min(rates[other][1], stated[own][1]))
    return rates


def unrated_rows(case: Case, caps: list[tuple[int, set[int]]]) -> list[Row]:
    """A fastest piece without a rate: h of another is at most its own h x highest a / lowest a."""
    rows = []
    for own, ahead in caps:
        if own in case.rates:
            continue
        found = corners(base_rows(case), unknowns=2)
        if not len(found):
            continue
        if case.complete and not ahead:
            rows.append(at_most(0.0, (own, 1.0), (3 + own, -1.0)))
        least = extreme(found, own)[0]
        for other in range(case.named):
            if other != own and other not in ahead and least > 0:
                rows.append(at_most(0.0, (3 + other, 1.0), (3 + own, -extreme(found, other)[1] / least)))
    return rows


def corners(rows: list[Row], unknowns: int = 4) -> Floats:
    """Every point where as many inequalities as there are unknowns are equalities, and all hold."""
    factors = np.array([row[:unknowns] for row, _ in rows])
    most = np.array([high for _, high in rows])
    some = np.array(list(combinations(range(len(rows)), unknowns)))
    square, right = factors[some], most[some]
    known = np.abs(np.linalg.det(square)) > 1e-9
    points = np.linalg.solve(square[known], right[known][..., np.newaxis])[..., 0]
    kept = points[(points @ factors.T <= most + 1e-9).all(axis=1)]
    return np.hstack([kept, np.zeros((len(kept), 4 - unknowns))])


def extreme(points: Floats, at: int) -> tuple[float, float]:
    factors, constant = piece(at)
    values = points @ np.array(factors) + constant
    return float(values.min()), float(values.max())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    complete = draw(st.booleans())
    named = 3 if complete else 2
    own = st.integers(0, named - 1)
    share = st.tuples(
        own,
        st.sampled_from([BASE, LAST]),
        st.integers(5, 80),
        st.sampled_from(["", "", "over", "less than"]),
    )
    order = draw(st.permutations([*range(named), -1]))
    return Case(
        totals=(draw(st.integers(8, 12)), draw(st.integers(10, 30))),
        complete=complete,
        shares=draw(st.lists(share, max_size=2, unique_by=lambda one: one[:2])),
        size=draw(st.none() | st.tuples(own, st.integers(1, 6))),
        together=draw(st.none() | st.integers(20, 90)),
        rates=draw(st.dictionaries(own, st.integers(-3, 15), max_size=2)),
        fastest=list(order[: draw(st.integers(0, 2))]),
        largest=draw(st.none() | own),
    )


@settings(deadline=None, max_examples=120)
@given(case=cases(), at=st.integers(0, 2), year=st.sampled_from([BASE, LAST]))
def test_ranges_are_those_of_all_corners(case: Case, at: int, year: int) -> None:
    market, rows = case.market(), all_rows(case)
    points = np.zeros((0, 4)) if rows is None else corners(rows)
    segment = market.segment(NAMES[min(at, case.named - 1)])
    place = min(at, case.named - 1) + (3 if year == LAST else 0)
    if not len(points):
        try:
            found = market.range(segment, year)
        except OutOfDomain:
            return
        # what touches in one point only, up to rounding, may be either
        assert rows is not None and len(corners([(row, high + 1e-7) for row, high in rows]))
        assert 0 <= found.low <= found.high <= 1
        return
    low, high = extreme(points, place)
    found = market.range(segment, year)
    assert abs(found.low - max(low, 0)) < 1e-6, (case, found, low, high)
    assert abs(found.high - min(high, 1)) < 1e-6, (case, found, low, high)
