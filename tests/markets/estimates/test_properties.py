"""Ranges and estimates of reports made up at random."""

import random
from dataclasses import replace
from itertools import product
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.answers import Status
from markets.estimates import Contradiction, shapes
from markets.estimates.polytopes import Empty
from markets.estimates.statements import Statements, collected
from markets.facts import Ranking
from markets.market import Market
from markets.methods import Method
from tests.markets.made import made

BASE, LAST = 2023, 2030
PERIODS = LAST - BASE
NAMES = ("Amber", "Birch", "Cedar", "Dune", "Elm", "Fern")


class Truth:
    """A true market: shares of both years that add up to 1, and sizes."""

    def __init__(self, chance: random.Random, count: int) -> None:
        self.names = NAMES[:count]
        self.sizes = (chance.uniform(5, 90), chance.uniform(5, 90))
        self.first, self.last = (self._shares(chance, count) for _ in range(2))

    def _shares(self, chance: random.Random, count: int) -> list[float]:
        parts = [chance.uniform(0.02, 1) for _ in range(count)]
        return [part / sum(parts) for part in parts]

    def rate(self, place: int) -> float:
        ratio = self.last[place] * self.sizes[1] / (self.first[place] * self.sizes[0])
        return float(ratio ** (1 / PERIODS) - 1)

    def statements(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that can be stated, rounded to one digit."""
        rates = [self.rate(place) for place in range(len(self.names))]
        total = (self.sizes[1] / self.sizes[0]) ** (1 / PERIODS) - 1
        return {
            "sizes": [(BASE, f"{self.sizes[0]:.1f}"), (LAST, f"{self.sizes[1]:.1f}")],
            "cagrs": [(f"{100 * total:.1f}", BASE, LAST)]
            + [(f"{100 * rate:.1f}", BASE, LAST, name) for name, rate in zip(self.names, rates, strict=True)],
            "shares": [
                (name, year, f"{100 * share:.1f}")
                for year, shares in ((BASE, self.first), (LAST, self.last))
                for name, share in zip(self.names, shares, strict=True)
            ],
            "rankings": [
                (self.names[int(np.argmax(self.first))], "size"),
                (self.names[int(np.argmax(rates))], "growth"),
            ],
        }

    def report(self, chance: random.Random | None = None) -> Market:
        """The market that states everything or, by chance, a part of it."""
        stated = self.statements()
        if chance:
            for name in ("cagrs", "shares", "rankings"):
                stated[name] = [row for row in stated[name] if chance.random() < 0.4]
        names = list(self.names)
        (chance or random.Random(0)).shuffle(names)
        return Market(made(**stated, dimensions={"Kind": tuple(names)}, base_year=BASE))  # type: ignore[arg-type]


def test_a_true_report_that_states_everything_never_contradicts_itself() -> None:
    for number in range(300):
        truth = Truth(random.Random(number), 2 + number % 5)
        market = truth.report()
        for place, segment in enumerate(truth.names):
            for year, shares in ((BASE, truth.first), (LAST, truth.last)):
                found = market.range(market.segment(segment), year)
                assert found.low - 1e-8 <= shares[place] <= found.high + 1e-8


def test_a_true_report_without_room_for_rounding_always_contradicts_itself() -> None:
    for number in range(300):
        market = Truth(random.Random(number), 2 + number % 5).report()
        exact = [
            one if one.printed is None else replace(one, low=one.printed, high=one.printed)
            for one in collected(market.evidence, "Kind").items
        ]
        assert not _holds(collected(market.evidence, "Kind").only(exact))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_estimates_lie_inside_ranges_and_add_up(number: int, count: int) -> None:
    chance = random.Random(number)
    market = Truth(chance, count).report(chance)
    every = market.segments_of("Kind")
    for year in (BASE, 2026, LAST):
        answers = [market.share(segment, year, Method.ESTIMATE) for segment in every]
        stated = all(str(answer.status) == "reported" for answer in answers)
        if not stated:
            assert sum(answer.value for answer in answers) == pytest.approx(1, abs=1e-9)
        for segment, answer in zip(every, answers, strict=True):
            found, room = market.range(segment, year), 0.0005 if stated else 1e-8
            assert found.low - room <= answer.value <= found.high + room


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_estimates_do_not_depend_on_the_order_of_segments(number: int, count: int) -> None:
    def estimates(order: int) -> dict[str, float]:
        chance = random.Random(number)
        truth = Truth(chance, count)
        stated = truth.statements()
        rows = [row for row in stated["shares"] if chance.random() < 0.4]
        names = list(truth.names)
        random.Random(order).shuffle(names)
        report = made(stated["sizes"], stated["cagrs"][:2], rows, dimensions={"K": tuple(names)})
        market = Market(report)
        return {n: market.share(market.segment(n), LAST, Method.ESTIMATE).value for n in truth.names}

    assert estimates(1) == pytest.approx(estimates(2), abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_rankings_and_limits_hold_in_estimates_too(number: int, count: int) -> None:
    """Rankings of both years and of growth, some second places, and a limit, beside a few figures."""
    chance = random.Random(number)
    truth = Truth(chance, count)
    stated = truth.statements()
    rates = [truth.rate(place) for place in range(count)]
    ranks = [
        Ranking(segment=truth.names[at], by=by, place=place + 1, year=year, at=f"{by} {year} {place}")
        for values, by, year in (
            (truth.first, "size", BASE),
            (truth.last, "size", LAST),
            (rates, "growth", None),
        )
        for place, at in enumerate(np.argsort(values)[::-1][: chance.choice((0, 1, 2))])
    ]
    at = chance.randrange(count)
    limit = (truth.names[at], LAST, str(int(100 * truth.last[at])), "over")
    report = made(
        stated["sizes"],
        [row for row in stated["cagrs"] if chance.random() < 0.3],
        [row for row in stated["shares"] if chance.random() < 0.3] + [limit],
        dimensions={"Kind": truth.names},
        base_year=BASE,
    )
    market = Market(msgspec.structs.replace(report, rankings=tuple(ranks)))
    for year in (BASE, 2026, LAST):
        found = {s.name: market.share(s, year, Method.ESTIMATE) for s in market.segments_of("Kind")}
        rounded = all(answer.status is Status.REPORTED for answer in found.values())
        shares = {name: answer.value for name, answer in found.items()}
        assert rounded or sum(shares.values()) == pytest.approx(1, abs=1e-9)
        for name, share in shares.items():
            ends = market.range(market.segment(name), year)
            room = 0.0005 if rounded else 1e-8
            assert ends.low - room <= share <= ends.high + room
        for rank in ranks:
            if (rank.by, rank.year, rank.place) == ("size", year, 1):
                assert max(shares.values()) <= shares[rank.segment] + (0.001 if rounded else 1e-8)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_largest_stays_the_largest(number: int) -> None:
    chance = random.Random(number)
    truth = Truth(chance, 4)
    market = truth.report(chance)
    for ranking in market.rankings:
        if ranking.by == "size":
            shares = {
                s.name: market.share(s, BASE, Method.ESTIMATE).value for s in market.segments_of("Kind")
            }
            assert max(shares.values()) <= shares[ranking.segment] + 0.001 + 1e-8


@pytest.mark.parametrize("number", range(12))
def test_bounds_agree_with_brute_force(number: int) -> None:
    """Three segments on a grid: every point that meets the statements lies inside, and some at the ends."""
    chance = random.Random(number)
    share, rate = chance.randint(20, 60), chance.randint(-3, 9)
    shares, cagrs = [("Amber", BASE, str(share))], [(str(rate), BASE, LAST, "Birch")]
    rankings = [("Birch", "growth")]
    sizes = [(BASE, "100"), (LAST, "140")]
    report = made(sizes, cagrs, shares, rankings, dimensions={"K": NAMES[:3]}, base_year=BASE)
    market = Market(report)
    low_rho, high_rho = 139.5 / 100.5, 140.5 / 99.5
    low, high = ((1 + (rate + half) / 100) ** PERIODS for half in (-0.5, 0.5))
    least, most = low / high_rho, high / low_rho
    found = []
    for a, b in product(np.linspace(share - 0.5, share + 0.5, 11) / 100, np.linspace(0, 1, 101)):
        c = 1 - a - b
        if c < 0:
            continue
        for h in np.linspace(least * b, most * b, 21):
            for k in np.linspace(0, most * a, 101):
                if 0 <= 1 - h - k <= most * c + 1e-12:
                    found.append((k, h, 1 - h - k))
    if not found:
        with pytest.raises(Contradiction):
            market.range(market.segment("Amber"), LAST)
        return
    grid = np.array(found)
    for place, name in enumerate(NAMES[:3]):
        ends = market.range(market.segment(name), LAST)
        assert ends.low - 1e-9 <= grid[:, place].min() <= ends.low + 0.03
        assert ends.high - 0.03 <= grid[:, place].max() <= ends.high + 1e-9


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_contradictions_are_named_by_a_minimal_set(number: int, count: int) -> None:
    chance = random.Random(number)
    truth = Truth(chance, count)
    stated = truth.statements()
    victim = chance.randrange(count)
    name = truth.names[victim]
    stated["shares"] = [
        row if row[:2] != (name, LAST) else (name, LAST, f"{min(100 * truth.last[victim] + 9, 99):.1f}")
        for row in stated["shares"]
    ]
    if truth.last[victim] > 0.85:
        return
    market = Market(made(**stated, dimensions={"Kind": truth.names}, base_year=BASE))  # type: ignore[arg-type]
    with pytest.raises(Contradiction) as refusal:
        market.range(market.segment(truth.names[0]), BASE)
    _assert_minimal(market, refusal.value)
    assert market.share(market.segment(name), BASE).value  # stated figures still answer


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 6))
def test_a_rate_above_that_of_the_fastest_is_a_contradiction(number: int, count: int) -> None:
    truth = Truth(random.Random(number), count)
    stated = truth.statements()
    slow, fast = random.Random(number).sample(truth.names, 2)
    stated["cagrs"] = [("5.0", BASE, LAST, fast), ("5.2", BASE, LAST, slow)]
    stated["shares"] = []
    stated["rankings"] = [(fast, "growth")]
    market = Market(made(**stated, dimensions={"Kind": truth.names}, base_year=BASE))  # type: ignore[arg-type]
    with pytest.raises(Contradiction) as refusal:
        market.share(market.segment(slow), LAST, Method.ESTIMATE)
    assert len(refusal.value.facts) == 3
    _assert_minimal(market, refusal.value)


def _assert_minimal(market: Market, refusal: Contradiction) -> None:
    statements = collected(market.evidence, "Kind")
    chosen = [one for one in statements.items if one.fact in refusal.facts]
    assert len(chosen) == len(refusal.facts)
    assert not _holds(statements.only(chosen))
    for left_out in chosen:
        assert _holds(statements.only([one for one in chosen if one is not left_out]))


def _holds(statements: Statements) -> bool:
    try:
        return shapes.both(statements).holds()
    except Empty:
        return False
