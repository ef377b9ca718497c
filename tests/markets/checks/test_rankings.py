"""The fastest segment, and the market's CAGR between those of its segments."""

from markets.checks import checks
from markets.verdicts import Kind, Verdict
from tests.markets.made import market

SIZES = [(2024, "100"), (2030, "150")]
TYPES = {"Type": ("A", "B")}
FASTEST = [("A", "growth")]


def rankings(*figures: object, **more: object) -> list[tuple[float, Verdict]]:
    found = checks(market(SIZES, *figures, dimensions=TYPES, **more))
    return [(check.expected, check.verdict) for check in found if check.kind is Kind.RANKING]


def test_the_fastest_of_a_complete_dimension_is_not_slower_than_the_market() -> None:
    rates = [("7.0", 2024, 2030), ("6.0", 2024, 2030, "A")]
    assert rankings(rates, [], FASTEST) == [(0.07, Verdict.DIFFERS)]
    assert rankings(rates, [], FASTEST, complete=False) == []


def test_the_fastest_is_compared_with_cagrs_for_its_own_years_only() -> None:
    rates = [("6.0", 2024, 2030, "A"), ("9.0", 2018, 2023, "B"), ("5.0", 2025, 2030, "B")]
    assert rankings(rates, [], FASTEST) == [(0.05, Verdict.AGREES)]
    assert rankings(rates[:2], [], FASTEST) == []


def test_the_market_grows_between_its_slowest_and_its_fastest_segment() -> None:
    def found(market: str, *, complete: bool = True) -> list[tuple[float, Verdict]]:
        rates = [(market, 2024, 2030), ("4.0", 2024, 2030, "A"), ("8.0", 2024, 2030, "B")]
        return rankings(rates, complete=complete)

    assert found("7.0") == found("4.0") == []
    assert found("9.0") == [(0.08, Verdict.DIFFERS)]
    assert found("3.0") == [(0.04, Verdict.DIFFERS)]
    assert found("8.05") == [(0.08, Verdict.WITHIN_ROUNDING)]
    assert found("9.0", complete=False) == []


def test_the_largest_has_a_share_of_its_own() -> None:
    shares = [("A", 2024, "55", "combined"), ("B", 2024, "60")]
    assert rankings([], shares, [("A", "size")]) == []
