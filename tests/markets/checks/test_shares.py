"""The totals of shares, as stated and as CAGRs carry them to a later year."""

import pytest
from pytest import approx

from markets.checks import checks
from markets.market import Market
from markets.verdicts import Check, Kind, Verdict
from tests.markets.made import market

SIZES = [(2024, "100.0"), (2034, "200.0")]
TYPES = {"Type": ("A", "B", "C")}


def share_checks(asked: Market) -> dict[str, Check]:
    return {check.what: check for check in checks(asked) if check.kind is Kind.SHARE}


def test_shares_over_half_that_exceed_the_whole_differ() -> None:
    shares = [("A", 2024, "60", "over"), ("B", 2024, "50", "over")]
    found = share_checks(market(SIZES, [], shares, dimensions=TYPES))
    check = found["Type: total of the shares stated for 2024, at most 100%"]
    assert (check.printed, check.verdict) == ("110%", Verdict.DIFFERS)


def test_a_share_together_is_not_added_to_that_of_each() -> None:
    shares = [(name, 2024, "55", "about, combined") for name in "AB"] + [("C", 2024, "30")]
    found = share_checks(market(SIZES, [], shares, dimensions=TYPES))
    check = found["Type: total of the shares stated for 2024, at most 100%"]
    assert (check.printed, check.verdict) == ("30%", Verdict.AGREES)
    nobody = market(SIZES, [], shares[:2], dimensions=TYPES)
    assert share_checks(nobody) == {}


def test_a_segment_that_outgrows_the_market_differs() -> None:
    shares, rates = [("A", 2024, "70.0")], [("12.0", 2024, 2034, "A")]
    (check,) = (
        c for c in share_checks(market(SIZES, rates, shares, dimensions=TYPES)).values() if c.about == "A"
    )
    assert check.what == "A: share that its CAGR gives for 2034, at most 100%"
    assert check.stated == approx(0.7 * 1.12**10 / 2)
    assert check.printed == "108.7%"
    assert check.verdict is Verdict.DIFFERS
    slower = market(SIZES, [("9.0", 2024, 2034, "A")], shares, dimensions=TYPES)
    assert {check.verdict for check in share_checks(slower).values()} == {Verdict.AGREES}


def test_the_market_may_grow_by_its_own_cagr() -> None:
    rates = [("5.0", 2025, 2034), ("12.0", 2025, 2034, "A")]
    asked = market(SIZES[:1], rates, [("A", 2024, "70.0")], dimensions=TYPES)
    (check,) = (c for c in share_checks(asked).values() if c.about == "A")
    assert check.stated == approx(0.7 * (1.12 / 1.05) ** 10)


@pytest.mark.parametrize(
    ("of_c", "verdict"),
    [("7.2", Verdict.WITHIN_ROUNDING), ("3.0", Verdict.DIFFERS), ("12.0", Verdict.DIFFERS)],
)
def test_all_segments_of_a_complete_dimension_make_the_whole_in_the_last_year(
    of_c: str, verdict: Verdict
) -> None:
    shares = [("A", 2024, "50.0"), ("B", 2024, "30.0"), ("C", 2024, "20.0")]
    rates = [("7.2", 2024, 2034, "A"), ("7.2", 2024, 2034, "B"), (of_c, 2024, 2034, "C")]
    found = share_checks(market(SIZES, rates, shares, dimensions=TYPES))
    assert found["Type: total of the shares that CAGRs give for 2034"].verdict is verdict


def test_nothing_is_carried_to_a_year_with_stated_shares_or_from_the_year_itself() -> None:
    shares = [("A", 2024, "50.0"), ("A", 2034, "60.0")]
    asked = market(SIZES, [("7.2", 2024, 2034, "A")], shares, dimensions=TYPES)
    assert not [what for what in share_checks(asked) if "CAGR" in what]
    historic = market(SIZES, [("7.2", 2014, 2024, "A")], [("A", 2024, "50.0")], dimensions=TYPES)
    assert not [what for what in share_checks(historic) if "CAGR" in what]


def test_a_share_is_carried_over_the_years_from_the_size_nearest_to_the_first() -> None:
    def stated(*shares: tuple[str, int, str]) -> float:
        asked = market(SIZES, [("12.0", 2025, 2034, "A")], shares, dimensions=TYPES)
        (check,) = (check for what, check in share_checks(asked).items() if "its CAGR gives" in what)
        return check.stated

    base, later = ("A", 2024, "20.0"), ("A", 2026, "30.0")
    assert stated(base, later) == stated(base) == approx(0.2 * 1.12**10 / 2)
    assert stated(later) == approx(0.3 * 2**0.2 * 1.12**8 / 2), "the market's size of 2026 is interpolated"
    first = ("A", 2025, "25.0")
    assert stated(base, first) == approx(0.25 * 2**0.1 * 1.12**9 / 2)


def test_nothing_is_carried_by_cagrs_that_contradict_each_other_or_to_sizes_that_do() -> None:
    rates = [("12.0", 2024, 2034, "A"), ("15.0", 2024, 2034, "A")]
    shares = [("A", 2024, "70.0")]
    for sizes, growing in ((SIZES, rates), ([*SIZES, (2034, "300.0")], rates[:1])):
        found = share_checks(market(sizes, growing, shares, dimensions=TYPES))
        assert list(found) == ["Type: total of the shares stated for 2024, at most 100%"]
