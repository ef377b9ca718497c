"""What single statements say, on reports made for them."""

import msgspec
import pytest

from markets.estimates import Contradiction
from markets.facts import Ranking
from markets.market import Market
from markets.methods import Method
from tests.markets.made import made

SIZES = [(2023, "100"), (2030, "150")]
KIND = {"Kind": ("Amber", "Birch", "Cedar")}


def _market(
    *figures: list[tuple[object, ...]], complete: bool = True, rankings: tuple[Ranking, ...] = ()
) -> Market:
    report = made(SIZES, *figures, dimensions=KIND, complete=complete, base_year=2023)
    return Market(msgspec.structs.replace(report, rankings=rankings))


def _range(market: Market, segment: str, year: int) -> tuple[float, float]:
    found = market.range(market.segment(segment), year)
    return found.low, found.high


def test_over_has_only_a_lower_limit() -> None:
    market = _market([], [("Amber", 2023, "50", "over")])
    assert _range(market, "Amber", 2023) == pytest.approx((0.5, 1))
    assert _range(market, "Birch", 2023) == pytest.approx((0, 0.5))


def test_a_stated_size_is_as_wide_as_both_roundings() -> None:
    report = made([*SIZES, (2023, "30", "Amber")], dimensions=KIND, base_year=2023)
    assert _range(Market(report), "Amber", 2023) == pytest.approx((29.5 / 100.5, 30.5 / 99.5))


def test_combined_shares_limit_their_sum() -> None:
    market = _market([], [("Amber", 2023, "45", "combined"), ("Birch", 2023, "45", "combined")])
    assert _range(market, "Amber", 2023) == pytest.approx((0, 0.455))
    assert _range(market, "Cedar", 2023) == pytest.approx((0.545, 0.555))
    shares = [market.share(market.segment(name), 2023, Method.ESTIMATE).value for name in KIND["Kind"]]
    assert shares == pytest.approx([0.225, 0.225, 0.55])


def test_a_combined_share_of_one_listed_segment_is_only_a_limit() -> None:
    market = _market([], [("Amber", 2023, "45", "together")])
    assert _range(market, "Amber", 2023) == pytest.approx((0, 0.455))
    assert _range(market, "Cedar", 2023) == pytest.approx((0, 1))


def test_a_second_fastest_says_nothing_where_the_fastest_is_unnamed() -> None:
    rates, shares = [("3.0", 2023, 2030, "Birch")], [("Amber", 2023, "40")]
    second = Ranking(segment="Birch", by="growth", place=2, at="r")
    first = Ranking(segment="Cedar", by="growth", place=1, at="q")
    assert _range(_market(rates, shares, rankings=(second,)), "Amber", 2030)[1] > 0.5
    assert _range(_market(rates, shares, rankings=(second, first)), "Amber", 2030)[1] == pytest.approx(
        0.405 * 1.0305**7 / (149.5 / 100.5)
    )


def test_a_fastest_segment_without_a_rate_keeps_its_share() -> None:
    fastest = Ranking(segment="Amber", by="growth", at="r")
    market = _market([], [("Amber", 2023, "60.0")], rankings=(fastest,))
    assert _range(market, "Amber", 2030) == pytest.approx((0.5995, 1))
    birch = _range(market, "Birch", 2030)[1]
    assert birch == pytest.approx(min(0.4005 / 0.5995 / (1 + 0.4005 / 0.5995), 0.4005))


def test_an_incomplete_dimension_has_an_unnamed_rest() -> None:
    market = _market([], [("Amber", 2023, "40"), ("Birch", 2023, "30")], complete=False)
    assert _range(market, "Cedar", 2023) == pytest.approx((0, 0.31))


def test_shares_of_a_year_in_between_limit_that_year() -> None:
    market = _market([], [("Amber", 2023, "40"), ("Amber", 2026, "70"), ("Amber", 2030, "40")])
    assert _range(market, "Amber", 2026) == pytest.approx((0.695, 0.705))
    shares = [market.share(market.segment(name), 2026, Method.ESTIMATE).value for name in KIND["Kind"]]
    assert shares == pytest.approx([0.7, 0.15, 0.15])


def test_printed_shares_that_do_not_add_up_are_moved_inside_their_rounding() -> None:
    market = _market([], [("Amber", 2023, "60.0"), ("Birch", 2023, "40.1")])
    shares = [market.share(market.segment(name), 2023, Method.ESTIMATE).value for name in KIND["Kind"]]
    assert shares == pytest.approx([0.5995, 0.4005, 0], abs=1e-6)
    assert sum(shares) == pytest.approx(1, abs=1e-9)


def test_the_names_of_a_contradiction_reach_the_reader() -> None:
    market = _market([], [("Amber", 2023, "60"), ("Birch", 2023, "60"), ("Cedar", 2030, "10")])
    with pytest.raises(Contradiction, match=r"Amber: share 60% in 2023 \(h\); Birch: share 60% in 2023"):
        market.range(market.segment("Cedar"), 2030)
    assert market.share(market.segment("Amber"), 2023).value == 0.6


def test_a_long_contradiction_ends_with_a_whole_statement() -> None:
    names = tuple(f"A segment with quite a long name {place}" for place in range(9))
    report = made(
        SIZES, [], [(name, 2023, "20") for name in names], dimensions={"Kind": names}, base_year=2023
    )
    with pytest.raises(Contradiction) as refusal:
        Market(report).range(Market(report).segment(names[0]), 2023)
    message, facts = str(refusal.value), refusal.value.facts
    shown = message.count("share 20% in 2023 (h)")
    assert len(message) <= 255
    assert 1 < shown < len(facts)
    assert message.endswith(f"(h); and {len(facts) - shown} more.")


def test_a_rate_below_a_limit_can_be_negative() -> None:
    found = _market([("5", 2023, 2030, "Amber", "less than")], [("Amber", 2023, "40")])
    low, high = _range(found, "Amber", 2030)
    assert low == 0
    assert high < 0.405 * 1.05**7
