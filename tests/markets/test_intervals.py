from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.intervals import Interval

numbers = st.decimals(0, 10**6, places=3, allow_nan=False)
intervals = st.lists(numbers, min_size=2, max_size=2).map(lambda ends: Interval(min(ends), max(ends)))
ENDLESS = Interval(Decimal(1), Decimal("Infinity"))


def inside(interval: Interval) -> list[Decimal]:
    return [interval.low, (interval.low + interval.high) / 2, interval.high]


@given(intervals, intervals)
def test_a_product_and_a_quotient_hold_those_of_the_numbers_inside(one: Interval, other: Interval) -> None:
    slack = Decimal("1e-12")  # a quotient is rounded at 28 digits
    product = one.times(other)
    for left in inside(one):
        for right in inside(other):
            assert product.low - slack <= left * right <= product.high + slack
            if right:
                quotient = one.over(other)
                assert quotient.low - slack <= left / right <= quotient.high + slack


@given(intervals, intervals)
def test_overlapping_is_mutual_and_means_a_number_in_both(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    shared = max(one.low, other.low)
    assert one.overlaps(other) == (one.contains(shared) and other.contains(shared))


def test_a_bound_is_exact_where_binary_numbers_are_not() -> None:
    tenth, fifth = Interval(Decimal(0), Decimal("0.1")), Interval(Decimal(0), Decimal("0.2"))
    assert (tenth.high + fifth.high).compare(Decimal("0.3")) == 0
    assert Interval(Decimal("4.25"), Decimal("4.35")).scaled(Decimal("0.01")).high == Decimal("0.0435")


def test_an_interval_may_have_no_upper_bound() -> None:
    assert ENDLESS.contains(Decimal(10) ** 30)
    assert ENDLESS.scaled(Decimal(0)) == Interval(Decimal(0), Decimal(0))
    assert ENDLESS.scaled(Decimal(2)).high.is_infinite()
    assert Interval(Decimal(1), Decimal(2)).over(ENDLESS) == Interval(Decimal(0), Decimal(2))
    assert ENDLESS.over(ENDLESS) == Interval(Decimal(0), Decimal("Infinity"))


def test_what_is_no_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="is above the high end"):
        Interval(Decimal(2), Decimal(1))
    with pytest.raises(ValueError, match="below zero"):
        Interval(Decimal(-1), Decimal(1)).times(Interval(Decimal(1), Decimal(2)))
    with pytest.raises(ValueError, match="must not be negative"):
        Interval(Decimal(-1), Decimal(1)).scaled(Decimal(-2))
    assert Interval(Decimal(-1), Decimal(1)).scaled(Decimal(2)) == Interval(Decimal(-2), Decimal(2))
    with pytest.raises(ValueError, match="cannot be divided by zero"):
        ENDLESS.over(Interval(Decimal(0), Decimal(0)))
