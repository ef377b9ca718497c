"""The rules of docs/your-own-reports.md, on the first report and on one with more in it."""

import pytest
from pytest import approx

from markets.answers import Status
from markets.errors import BadArgument, NoFigure, OutOfDomain
from markets.market import Market
from markets.methods import Method
from markets.wording import words


def test_a_stated_year_gives_the_stated_figure(seed: Market) -> None:
    for year, size in ((2023, 8.6), (2033, 13.1)):
        answer = seed.size(year)
        assert (answer.value, answer.status) == (size, Status.REPORTED)


def test_between_stated_years_growth_is_constant(seed: Market) -> None:
    answer = seed.size(2028)
    assert answer.status is Status.INTERPOLATED
    assert answer.value == approx(8.6 * (13.1 / 8.6) ** 0.5, abs=1e-12) == approx(10.6141, abs=5e-5)


def test_compounding_is_from_the_year_before_the_window(seed: Market) -> None:
    assert seed.size(2028, None, Method.COMPOUND).value == approx(8.6 * 1.043**5) == approx(10.6150, abs=5e-5)
    assert seed.size(2033, None, Method.COMPOUND).value == approx(13.1021, abs=5e-5)
    assert seed.size(2023, None, Method.COMPOUND).value == 8.6


@pytest.mark.parametrize("year", [2022, 2034])
def test_outside_of_what_is_stated_there_is_no_number(seed: Market, year: int) -> None:
    with pytest.raises(NoFigure, match=f"{year} is outside .* It states sizes for 2023 and 2033"):
        seed.size(year)


def test_a_share_makes_a_size_in_its_own_year_only(seed: Market) -> None:
    ct = seed.segment("CT")
    assert seed.size(2023, ct).value == approx(5.6158)
    assert seed.size(2023, ct).status is Status.DERIVED
    with pytest.raises(NoFigure, match="No share or size of Computed Tomography is stated for 2028"):
        seed.size(2028, ct)


def test_a_cagr_alone_makes_no_size(seed: Market) -> None:
    mri = seed.segment("MRI")
    with pytest.raises(NoFigure, match=r"only a CAGR of 5\.6%"):
        seed.size(2023, mri)
    with pytest.raises(NoFigure, match="no size or share to compound from"):
        seed.size(2028, mri, Method.COMPOUND)
    assert seed.cagr(mri).value == 0.056


def test_a_segment_that_has_share_and_cagr_compounds(second: Market) -> None:
    automatic = second.segment("Automatic")
    assert second.size(2030, automatic, Method.COMPOUND).value == approx(310 * 1.02**6)


def test_a_stated_segment_size_beats_share_times_total(second: Market) -> None:
    automatic, manual = second.segment("Automatic"), second.segment("Manual")
    assert (second.size(2024, automatic).value, second.size(2024, automatic).status) == (310, Status.REPORTED)
    assert (second.size(2024, manual).value, second.size(2024, manual).status) == (
        approx(150),
        Status.DERIVED,
    )


def test_the_base_year_is_where_the_latest_cagr_starts(seed: Market, second: Market) -> None:
    assert (seed.base_year, second.base_year) == (2023, 2024)


def test_historic_and_forecast_cagr_hold_in_their_own_windows(second: Market) -> None:
    assert second.size(2022, None, Method.COMPOUND).value == approx(400 * 1.057**2)
    assert second.size(2026, None, Method.COMPOUND).value == approx(500 * 0.983**2)
    assert second.cagr().value == approx(-0.017)


def test_the_implied_growth_is_of_the_sizes(seed: Market) -> None:
    assert seed.cagr(None, 2023, 2033).value == approx((13.1 / 8.6) ** 0.1 - 1)
    assert seed.cagr(None, None, 2033).value == seed.cagr(None, 2023, 2033).value
    with pytest.raises(OutOfDomain):
        seed.cagr(None, 2023, 2023)


def test_an_unknown_method_is_refused(seed: Market) -> None:
    with pytest.raises(BadArgument, match="is not a method"):
        Method.parse("guess")
    with pytest.raises(BadArgument, match='method "implied" cannot be used here'):
        seed.size(2028, None, Method.IMPLIED)


def test_regions_come_last_and_answer_to_region(second: Market) -> None:
    assert second.dimensions == ["Type", "Geography"]
    assert [segment.name for segment in second.segments_of("Region")] == ["Germany", "Italy", "Other"]


def test_every_answer_names_its_facts(seed: Market) -> None:
    for year in range(2023, 2034):
        assert all(fact.at for fact in seed.size(year).facts)
        assert words(seed.size(year))
