"""The interval of an answer: what the rounding of the printed figures allows, and nothing more."""

from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from markets.market import Market
from markets.methods import Method
from markets.projection import compounded, growth_rate, interpolated
from markets.wording import provenance, words
from tests.markets.made import made, market

figures = st.builds(
    lambda whole, decimals: f"{whole}.{decimals}" if decimals else str(whole),
    st.integers(1, 10**6),
    st.text("0123456789", max_size=3),
)


def test_the_first_report_s_sizes_lie_where_rounding_allows(seed: Market) -> None:
    for year, low, high in ((2023, 8.55, 8.65), (2028, 10.5630, 10.6652), (2033, 13.05, 13.15)):
        interval = seed.size(year).interval
        assert (float(interval.low), float(interval.high)) == (approx(low, abs=5e-5), approx(high, abs=5e-5))
    assert seed.size(2023).interval.low == Decimal("8.55")


@given(figures, figures, st.integers(2001, 2029))
def test_an_interpolated_size_reaches_as_far_as_its_ends(first: str, last: str, year: int) -> None:
    asked = market([(2000, first), (2030, last)])
    answer = asked.size(year)
    ends = [asked.size(2000).interval, asked.size(2030).interval]
    corners = [
        interpolated(float(a), float(b), (year - 2000) / 30)
        for a in (ends[0].low, ends[0].high)
        for b in (ends[1].low, ends[1].high)
    ]
    assert isclose(float(answer.interval.low), min(corners), rel_tol=1e-12)
    assert isclose(float(answer.interval.high), max(corners), rel_tol=1e-12)
    assert answer.interval.low <= Decimal(repr(answer.value)) <= answer.interval.high


@given(figures, st.integers(-90, 300), st.integers(2000, 2030))
def test_a_compounded_size_reaches_as_far_as_start_and_rate(size: str, rate: int, year: int) -> None:
    answer = market([(2010, size)], [(str(rate), 2000, 2030)]).size(year, None, Method.COMPOUND)
    start = market([(2010, size)]).size(2010).interval
    corners = [
        compounded(float(a), (rate + step) / 100, float(year - 2010))
        for a in (start.low, start.high)
        for step in (-0.5, 0.5)
    ]
    assert isclose(float(answer.interval.low), min(corners), rel_tol=1e-9)
    assert isclose(float(answer.interval.high), max(corners), rel_tol=1e-9)


@given(figures, figures)
def test_an_implied_cagr_reaches_as_far_as_its_ends_whichever_way_it_is_asked(first: str, last: str) -> None:
    asked = market([(2000, first), (2010, last)])
    for a, b in ((2000, 2010), (2010, 2000)):
        answer = asked.cagr(None, a, b)
        assert answer.value == approx(growth_rate(asked.size(a).value, asked.size(b).value, float(b - a)))
        low, high = float(answer.interval.low), float(answer.interval.high)
        assert low <= answer.value * (1 + 1e-9) + 1e-12
        assert answer.value <= high * (1 + 1e-9) + 1e-12


def test_a_qualifier_is_kept_as_printed_and_opens_the_interval_on_one_side() -> None:
    asked = market([(2023, "900", "", "over")], [], [("A", 2023, "50", "over")], dimensions={"D": ("A", "B")})
    share = asked.share(asked.segment("A"))
    assert (share.value, words(share)) == (0.5, "stated as over 50%")
    assert (share.interval.low, share.interval.high) == (Decimal("0.5"), Decimal(1))
    assert words(asked.size()) == "stated as over 900 (2023)"
    assert asked.size().interval.high == Decimal("Infinity")
    derived = asked.size(2023, asked.segment("A"))
    assert words(derived) == "over 50% of 900 (2023, reported)"
    assert derived.interval.low == 450


@pytest.mark.parametrize(
    ("about", "low", "high"), [("less than", 0, 50), ("about", 49.5, 50.5), ("Up to", 0, 50)]
)
def test_other_qualifiers(about: str, low: float, high: float) -> None:
    asked = market([], [], [("A", 2023, "50", about)], dimensions={"D": ("A",)}, base_year=2023)
    interval = asked.share(asked.segment("A")).interval
    assert (float(interval.low) * 100, float(interval.high) * 100) == (low, high)


def test_a_size_in_another_scale_is_as_printed_and_counts_in_the_report_s_unit() -> None:
    asked = market([(2023, "2.2", "", "", "billion"), (2030, "3,000")])
    answer = asked.size(2023)
    assert answer.value == 2200
    assert (answer.interval.low, answer.interval.high) == (2150, 2250)
    assert provenance(answer, "2023", str(asked.unit)) == (
        "reported for 2023: stated as 2.2 billion (2023), USD million. P, 2024-06-01: s2023"
    )
    assert str(answer.fact.unit) == "USD billion"  # type: ignore[attr-defined]


def test_two_printings_of_one_size_agree_across_scales() -> None:
    asked = market([(2023, "2.2", "", "", "billion"), (2023, "2,214")])
    assert asked.size(2023).value == 2214


def test_a_fact_knows_its_source_its_subject_and_what_it_is() -> None:
    report = made([(2023, "1"), (2024, "1")], name="X")
    first, second = report.sizes
    assert first.source is report.source and first.subject is report.market
    assert first.identity != second.identity
    assert made([(2023, "1")], name="X").sizes[0].identity == first.identity
    assert made([(2023, "1")], name="X", publisher="Q").sizes[0].identity != first.identity
