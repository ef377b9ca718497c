"""A CAGR is read in each way that its window allows, and the check says which one fits."""

import pytest
from pytest import approx

from markets.checks import checks
from markets.market import Market
from markets.verdicts import Check, Kind, Level, Verdict
from tests.markets.made import market

TYPES = {"Type": ("A", "B")}


def growth_check(asked: Market, about: str = "M") -> Check:
    (found,) = [check for check in checks(asked) if (check.kind, check.about) == (Kind.GROWTH, about)]
    return found


@pytest.mark.parametrize(
    ("sizes", "words", "verdict", "level"),
    [
        # ten per cent a year from the window's first year
        ([(2024, "100.0"), (2030, "177.2")], "the sizes in 2024 and 2030", Verdict.AGREES, Level.OK),
        # from the base year before it
        ([(2023, "100.0"), (2030, "194.9")], "the sizes in 2023 and 2030", Verdict.AGREES, Level.OK),
        # from the base year, although the first year is stated too
        (
            [(2023, "100.0"), (2024, "150.0"), (2030, "194.9")],
            *("the sizes in 2023 and 2030", Verdict.AGREES, Level.OK),
        ),
        # the base year's size, grown over the years of the window only
        (
            [(2023, "100.0"), (2030, "177.2")],
            *("the sizes in 2023 and 2030, one year less", Verdict.AGREES, Level.NOTE),
        ),
        ([(2023, "100.0"), (2030, "150.0")], "the sizes in 2023 and 2030", Verdict.DIFFERS, Level.WARNING),
    ],
)
def test_the_reading_that_fits_is_named(
    sizes: list[tuple[int, str]], words: str, verdict: Verdict, level: Level
) -> None:
    found = growth_check(market(sizes, [("10.0", 2024, 2030)]))
    assert (found.what, found.verdict, found.level) == (f"M: CAGR 2024-2030 and {words}", verdict, level)


def test_a_size_of_the_first_year_rules_one_year_less_out() -> None:
    sizes = [(2023, "100.0"), (2024, "120.0"), (2030, "177.2")]
    assert growth_check(market(sizes, [("10.0", 2024, 2030)])).verdict is Verdict.DIFFERS


def test_a_cagr_without_years_may_run_from_the_latest_size_at_publication() -> None:
    sizes = [(2018, "10"), (2023, "100"), (2030, "150")]
    found = growth_check(market(sizes, [("5.96",)], base_year=2018))
    assert (found.what, found.verdict) == (
        "M: CAGR without years and the sizes in 2023 and 2030",
        Verdict.AGREES,
    )
    published = market(sizes[:2], [("58.5",)], base_year=2018)
    assert growth_check(published).what == "M: CAGR without years and the sizes in 2018 and 2023"


@pytest.mark.parametrize(
    ("cagr", "last", "word"), [("5.0", "80", "which fall"), ("-5.0", "130", "which rise")]
)
def test_sizes_that_go_the_other_way_are_said_to(cagr: str, last: str, word: str) -> None:
    found = growth_check(market([(2024, "100"), (2030, last)], [(cagr, 2024, 2030)]))
    assert found.what.endswith(f"2024 and 2030, {word}") and found.level is Level.WARNING


def test_sizes_inside_a_window_are_compared_only_if_they_go_the_other_way() -> None:
    falling = market([(2025, "100"), (2028, "80")], [("5.0", 2024, 2030)])
    assert growth_check(falling).what == "M: CAGR 2024-2030 and the sizes in 2025 and 2028, which fall"
    assert growth_check(falling).expected == approx(0.8 ** (1 / 3) - 1)
    assert checks(market([(2025, "100"), (2028, "180")], [("5.0", 2024, 2030)])) == []
    flat = market([(2025, "1"), (2028, "1")], [("5.0", 2024, 2030)])
    assert checks(flat) == [], "a market of 1 could have grown without showing it"


def test_a_segment_is_measured_by_its_shares_where_it_has_no_sizes() -> None:
    sizes = [(2024, "100.0"), (2030, "200.0")]
    shares = [("A", 2024, "40.0"), ("A", 2030, "30.0")]
    growing = [("6.99", 2024, 2030, "A")]
    found = growth_check(market(sizes, growing, shares, dimensions=TYPES), "A")
    assert found.what == "A: CAGR 2024-2030 and the sizes by share in 2024 and 2030"
    assert found.expected == approx(1.5 ** (1 / 6) - 1)
    assert found.verdict is Verdict.AGREES
    faster = market(sizes, [("12.0", 2024, 2030, "A")], shares, dimensions=TYPES)
    assert growth_check(faster, "A").verdict is Verdict.DIFFERS


def test_a_share_of_several_segments_together_is_nobodys_own() -> None:
    sizes = [(2024, "100.0"), (2030, "200.0")]
    shares = [("A", 2024, "40.0", "combined"), ("A", 2030, "30.0")]
    asked = market(sizes, [("12.0", 2024, 2030, "A")], shares, dimensions=TYPES)
    assert not [check for check in checks(asked) if check.about == "A" and check.kind is Kind.GROWTH]
