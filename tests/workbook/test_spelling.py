"""Figures as text and as number formats, as a finance reader would write them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets import Market
from markets.units import Unit
from tests.markets.made import market
from workbook.spelling import (
    amount,
    derived_decimals,
    money,
    multiple,
    percent,
    points,
    rate,
    shares_in_words,
    size_decimals,
    size_format,
)

FIGURES = st.floats(-1e20, 1e20).filter(lambda value: not value or abs(value) > 1e-12)


def read(text: str) -> float:
    return float(text.replace(",", ""))


@given(FIGURES)
def test_an_amount_is_the_figure_with_three_or_four_digits(value: float) -> None:
    text = amount(value)
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?", text)
    assert read(text) == pytest.approx(value, rel=0.005)
    digits = text.replace(",", "").replace(".", "").replace("-", "").strip("0")
    assert len(digits) <= (4 if abs(value) >= 1000 else 3)


@given(st.integers(-999, 999), st.integers(0, 3))
def test_an_amount_has_no_digits_that_the_figure_has_not(digits: int, decimals: int) -> None:
    exact = Decimal(digits).scaleb(-decimals)
    assert amount(float(exact)) == (f"{exact.normalize():f}" if exact else "0")
    assert amount(0.1 + 0.2) == "0.3"


@given(st.integers(-(10**4), 10**4), st.integers(0, 3))
def test_percentages_take_halves_away_from_zero(tenths: int, decimals: int) -> None:
    text = percent(tenths / 10**6, decimals)
    exact = Decimal(tenths) / 10**4
    assert abs(Decimal(text.rstrip("%"))) - abs(exact) <= Decimal(5).scaleb(-decimals - 1)
    assert abs(exact) - abs(Decimal(text.rstrip("%"))) < Decimal(5).scaleb(-decimals - 1)
    assert not re.match(r"-0\.?0*%", text)


# A computed figure has more decimals than a printed one; whole figures have none to lose.
_computed = st.floats(0.001, 1e9).filter(lambda size: size == int(size) or round(size, 2) != size)


@given(st.lists(_computed, min_size=1, max_size=8))
def test_computed_sizes_in_one_column_have_the_decimals_of_the_largest(sizes: list[float]) -> None:
    decimals = size_decimals(sizes)
    assert 0 <= decimals <= 5
    if max(sizes) >= 100:
        assert decimals == 0
    elif max(sizes) >= 10:
        assert decimals <= 1
    assert max(sizes) == pytest.approx(float(f"{max(sizes):.{decimals}f}"), rel=0.006)


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=8))
def test_printed_sizes_keep_their_decimals(sizes: list[Decimal]) -> None:
    decimals = size_decimals(map(float, sizes))
    assert [float(f"{size:.{decimals}f}") for size in sizes] == [float(size) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "format_"),
    [
        ([8.6, 10.6, 13.1], "[>=1000]#,##0_);[>=1]#,##0.0_);0.0####_)"),
        ([5.6158, 8.6], "[>=1000]#,##0_);[>=1]#,##0.00_);0.0####_)"),
        ([8600.0, 13100.0], "[>=100]#,##0_);[>=1]#,##0.0#_);0.0####_)"),
        ([314.3, 323.4818], "[>=1000]#,##0_);[>=1]#,##0.0_);0.0####_)"),
        ([1234.5, 1300.0], "[>=1]#,##0.0_);0.0####_)"),
        ([310.0, 50.0], "[>=10]#,##0_);[>=1]#,##0.0#_);0.0####_)"),
        ([0.3143, 0.5123], "[>=1000]#,##0_);[>=0.1]#,##0.000_);0.0####_)"),
        ([-0.05, 4.5], "#,##0.00_);(#,##0.00);0.00_)"),
    ],
)
def test_a_format_has_the_decimals_of_its_figures(sizes: list[float], format_: str) -> None:
    assert size_format(sizes) == format_


def test_a_size_has_its_currency_before_it_and_its_scale_behind(seed: Market) -> None:
    spelled = [money(seed, seed.unit, seed.size(year)) for year in (2023, 2028)]
    assert spelled == ["USD 8.6 billion", "USD 10.6 billion"]
    assert money(seed, Unit("USD", "million"), seed.size(2028)) == "USD 10,610 million"
    assert money(seed, Unit("USD", "trillion"), seed.size(2023)) == "USD 0.0086 trillion"


def test_a_stated_figure_is_spelled_as_printed_with_its_qualifier() -> None:
    made = market(
        [(2024, "63,350.0", "", "nearly")],
        [("4.30", 2024, 2030, "", "about")],
        [("A", 2024, "50", "over")],
        dimensions={"Type": ("A", "B")},
    )
    assert money(made, made.unit, made.size(2024)) == "nearly USD 63,350.0 million"
    assert rate(made.share(made.segment("A"))) == "over 50%"
    assert rate(made.cagr()) == "about 4.30%"
    assert shares_in_words(made, made.segments, 2024) == (["A over 50%"], ["B"])


def test_differences_and_multiples() -> None:
    assert (points(0.02), points(0.0005), points(0.0123)) == ("2.0 points", "0.05 points", "1.2 points")
    assert (multiple(1.5233), multiple(0.9), multiple(12.34)) == ("1.52x", "0.90x", "12.3x")


def shown(format_: str, value: float) -> str:
    """Return a number as a cell with a format of sections such as "[>=1]0.0_)" shows it."""
    for section in format_.split(";"):
        condition = re.match(r"\[>=([\d.]+)\]", section)
        if condition is None or value >= float(condition[1]):
            break
    decimals = section.removesuffix("_)").rpartition("]")[2].partition(".")[2]
    text = f"{value:,.{len(decimals)}f}"
    for _ in range(decimals.count("#")):
        text = text.removesuffix("0")
    return text


@pytest.mark.parametrize("built_for", [[8.6, 10.6, 13.1], [314.3, 323.5, 333.2], [8600.0, 13100.0]])
def test_sizes_below_one_differ_from_year_to_year_in_a_format_for_others(built_for: list[float]) -> None:
    years = [0.3143, 0.3171, 0.32]
    assert [shown(size_format(built_for), size) for size in years] == ["0.3143", "0.3171", "0.32"]


@given(st.floats(0.2, 900), st.floats(0.002, 0.3))
def test_in_a_series_each_year_looks_different(start: float, rate: float) -> None:
    years = [start * (1 + rate) ** year for year in range(12)]
    texts = [shown(size_format([], series=years), size) for size in years]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("share", "total", "unit", "wanted"),
    [
        ("80", "314.3", "million", "251"),
        ("80", "314.3", "billion", "0.25"),
        ("65.3", "8.6", "million", "5.62"),
        ("80", "8.6", "million", "6.9"),
        ("5", "8.6", "million", "0.4"),
        ("10", "10.0", "million", "1"),
    ],
)
def test_a_derived_size_is_no_more_exact_than_its_share(
    share: str, total: str, unit: str, wanted: str
) -> None:
    made = market([(2024, total)], shares=[("A", 2024, share)], dimensions={"Type": ("A", "B")})
    answer = made.size(2024, made.segment("A"))
    size, in_unit = made.unit.converted(answer.value, Unit("USD", unit)), Unit("USD", unit)
    most = derived_decimals(made, in_unit, answer)
    assert shown(size_format([], computed=[size], most=most), size) == wanted
    assert derived_decimals(made, in_unit, made.size(2024)) is None
