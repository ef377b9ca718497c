"""Sizes in the wrong unit, and segments larger than their market."""

import pytest

from markets.checks import checks
from markets.verdicts import Kind, Level, Verdict
from tests.markets.made import market

TYPES = {"Type": ("A", "B")}


def told(*figures: object, **more: object) -> list[tuple[str, Level]]:
    found = checks(market(*figures, **more))
    return [(check.what, check.level) for check in found if check.kind is Kind.SIZE]


@pytest.mark.parametrize(
    ("last", "scale", "words"),
    [
        ("13.1", "billion", "about 1,000 times"),
        ("13.1", "", "about 1/1,000,000 times"),
        ("13.1", "thousand", "about 1/1,000 times"),
    ],
)
def test_a_size_in_another_scale_is_a_slip(last: str, scale: str, words: str) -> None:
    found = told([(2023, "8.6"), (2033, last, "", "", scale)])
    assert found == [(f"M: unit of the size in 2033, {words} the size in 2023", Level.WARNING)]


def test_growth_that_a_cagr_explains_is_no_slip() -> None:
    assert told([(2020, "1.00"), (2030, "1,000")], [("99.5", 2020, 2030)]) == []
    assert told([(2020, "1.00"), (2030, "1,000")], [("5.0", 2020, 2030)]) != []


def test_fast_growth_and_a_dip_are_no_slips() -> None:
    assert told([(2020, "1.00"), (2030, "60")]) == []
    assert told([(2019, "100"), (2020, "70"), (2021, "90")]) == []


def test_a_segment_s_sizes_slip_too() -> None:
    found = told([(2023, "8.6", "A"), (2033, "13,100", "A")], dimensions=TYPES)
    assert found == [("A: unit of the size in 2033, about 1,000 times the size in 2023", Level.WARNING)]


@pytest.mark.parametrize(
    ("a", "b", "complete", "verdict"),
    [
        ("60", "40", True, Verdict.AGREES),
        ("60", "41", True, Verdict.WITHIN_ROUNDING),
        ("60", "30", True, Verdict.DIFFERS),
        ("60", "30", False, Verdict.AGREES),
        ("90", "30", False, Verdict.DIFFERS),
    ],
)
def test_the_sizes_of_a_dimension_make_the_market(a: str, b: str, complete: bool, verdict: Verdict) -> None:
    sizes = [(2024, "100"), (2024, a, "A"), (2024, b, "B")]
    (check,) = checks(market(sizes, dimensions=TYPES, complete=complete))
    assert (check.what.startswith("Type: total of the sizes stated for 2024"), check.verdict) == (
        True,
        verdict,
    )
    assert ("at most" in check.what) is not complete


def test_a_segment_alone_is_at_most_the_market() -> None:
    (check,) = checks(market([(2024, "8.6"), (2024, "5,600", "A")], dimensions=TYPES))
    assert (check.printed, check.expected, check.verdict) == ("USD 5,600 million", 8.6, Verdict.DIFFERS)
    assert check.what == "Type: total of the sizes stated for 2024, and the market's size, at most that"
