from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from markets.projection import compounded, growth_rate, interpolated

sizes = st.floats(1e-3, 1e6)
rates = st.floats(-0.9, 3.0)
periods = st.floats(0.5, 50)


@given(sizes, rates, periods)
def test_the_growth_rate_undoes_compounding(base: float, rate: float, years: float) -> None:
    assert growth_rate(base, compounded(base, rate, years), years) == approx(rate, rel=1e-6, abs=1e-9)


@given(sizes, rates, periods)
def test_negative_periods_go_back(base: float, rate: float, years: float) -> None:
    assert compounded(compounded(base, rate, years), rate, -years) == approx(base, rel=1e-6)


@given(sizes, sizes, st.floats(0, 1))
def test_interpolation_stays_between_and_is_reversible(first: float, last: float, fraction: float) -> None:
    value = interpolated(first, last, fraction)
    assert min(first, last) * (1 - 1e-9) <= value <= max(first, last) * (1 + 1e-9)
    assert interpolated(last, first, 1 - fraction) == approx(value, rel=1e-9)
