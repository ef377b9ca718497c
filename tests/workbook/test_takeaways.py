from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets import Market
from tests.markets.made import market
from workbook.headlines import headlines
from workbook.takeaways import LONGEST, MOST, headline, takeaways


def test_takeaways_say_what_is_stated_and_what_is_not(seed: Market) -> None:
    assert takeaways(seed, seed.unit) == [
        "USD 8.6 billion (2023) to USD 13.1 billion (2033): absolute growth USD 4.5 billion, "
        "growth multiple 1.52x.",
        "The stated CAGR of 4.3% agrees with the 4.30% p.a. that the stated sizes imply.",
        "By device: Computed Tomography largest (65.3% in 2023), "
        "Magnetic Resonance Imaging fastest (5.6% p.a.).",
        "By end user: Hospitals largest (63.4% in 2023), Diagnostic Centers fastest (6.3% p.a.).",
        "By region: North America largest (43.6% in 2023), Asia-Pacific second-fastest (rate not stated).",
        "No share is stated for 5 of 8 segments: Positron Emission Tomography, Magnetic Resonance Imaging "
        "and 3 more.",
    ]


def test_a_market_that_shrinks_is_said_to(second: Market) -> None:
    lines = takeaways(second, second.unit.parse("EUR billion"))
    assert lines[:3] == [
        "EUR 0.500 billion (2024) to EUR 0.4500 billion (2030), growth multiple 0.90x.",
        "Absolute decline EUR 0.05 billion.",
        "The stated CAGR of -1.7% agrees with the -1.74% p.a. that the stated sizes imply.",
    ]


def test_a_cagr_over_one_year_less_is_said_to_be() -> None:
    asked = market([(2023, "100.0"), (2030, "177.2")], [("10.0", 2024, 2030)])
    told = (
        "The stated CAGR of 10.0% agrees with the 10.00% p.a. that the stated sizes imply over one year less."
    )
    assert told in takeaways(asked, asked.unit)


@pytest.mark.parametrize(
    ("sizes", "cagrs", "title"),
    [
        (
            [(2023, "8.6"), (2033, "13.1")],
            [("4.3", 2024, 2033)],
            "Market grows 4.3% p.a. to USD 13.1 million by 2033",
        ),
        (
            [(2023, "8.6"), (2033, "13.1", "", "over")],
            [("4", 2023, 2033, "", "over")],
            "Market grows over 4% p.a. to over USD 13.1 million by 2033",
        ),
        (
            [(2023, "13"), (2033, "8.6")],
            [("−4.1", 2023, 2033)],
            "Market falls 4.1% p.a. to USD 8.6 million by 2033",
        ),
        ([(2023, "13"), (2033, "8.6")], [], "Market falls 4.0% p.a. to USD 8.6 million by 2033"),
        # a CAGR of the other direction, or of other years, is not that of the sizes in the title
        (
            [(2023, "13"), (2033, "8.6")],
            [("4.1", 2023, 2033)],
            "Market falls 4.0% p.a. to USD 8.6 million by 2033",
        ),
        (
            [(2020, "400"), (2023, "500"), (2030, "800")],
            [("7.7", 2020, 2023)],
            "Market grows 6.9% p.a. to USD 800 million by 2030",
        ),
        ([(2023, "8.6")], [("5", 2023, 2028)], "Market grows 5% p.a. to USD 11.0 million by 2028"),
        ([(2023, "8.6"), (2033, "8.6")], [], "Market stays at USD 8.6 million until 2033"),
        ([(2023, "0"), (2033, "8.6")], [], "Market grows to USD 8.6 million by 2033"),
        ([(2023, "8.6")], [], "Market size is USD 8.6 million in 2023"),
        ([], [("4.3", 2024, 2033)], "Market grows 4.3% p.a."),
        ([], [("-4.3", 2024, 2033)], "Market falls 4.3% p.a."),
        ([], [], "The source states no market size"),
        ([(2023, "8.6"), (2023, "9.9")], [], "Market size is inconclusive"),
    ],
)
def test_the_headline_is_where_the_market_goes(sizes: Any, cagrs: Any, title: str) -> None:
    made = market(sizes, cagrs)
    assert headline(made, made.unit) == title
    assert all(len(line) <= LONGEST for line in takeaways(made, made.unit))


def test_two_cagrs_for_the_same_years_is_told() -> None:
    made = market([(2020, "100"), (2025, "130")], [("5", 2020, 2025), ("9", 2020, 2025)])
    assert "Two CAGRs are stated for the same years, 5% and 9.00% p.a." in takeaways(made, made.unit)


def test_a_rounding_difference_is_within_rounding() -> None:
    made = market([(2023, "8.6"), (2033, "13.1")], [("4.35", 2023, 2033)])
    assert takeaways(made, made.unit)[1] == (
        "The stated CAGR of 4.35% is within rounding of the 4.30% p.a. that the stated sizes imply."
    )


def test_a_share_keeps_its_qualifier() -> None:
    made = market(
        [(2024, "100")],
        shares=[("A", 2024, "50", "over")],
        rankings=[("A", "size")],
        dimensions={"Type": ("A", "B")},
    )
    assert "By type: A largest (over 50% in 2024)." in takeaways(made, made.unit)


NAMES = st.text("Aé b", min_size=1, max_size=120).filter(lambda name: name.strip() == name)


@given(
    st.lists(NAMES, min_size=1, max_size=12, unique_by=lambda name: name.casefold()),
    st.sampled_from(["", "million", "trillion"]),
)
def test_there_are_at_most_six_short_ones_whatever_the_names(names: list[str], scale: str) -> None:
    segments = {f"By {number}": (f"{name} {number}",) for number, name in enumerate(names)}
    first = [segments[of][0] for of in segments]
    made = market(
        [(2023, "8.6"), (2033, "13.1")],
        shares=[(name, 2023, "33.3") for name in first[::2]],
        rankings=[(name, "size") for name in first],
        dimensions=segments,
        complete=False,
    )
    lines = takeaways(made, made.unit.parse(f"USD {scale}"))
    assert len(lines) <= MOST
    assert all(0 < len(line) <= LONGEST for line in lines)


def test_headlines(seed: Market) -> None:
    assert list(headlines(seed, seed.unit.parse("mn"))) == [
        "Size 2023: USD 8,600 million (reported)",
        "Size 2033: USD 13,100 million (reported)",
        "CAGR: 4.3% p.a., as stated",
        "Source: Market.us Media, 2025-11-13",
    ]
