"""The ranges and estimates of the seed's report, as they were worked out before."""

from pathlib import Path

import pytest

from markets.answers import Status
from markets.errors import NoFigure
from markets.market import Market
from markets.methods import Method
from markets.reports import parse_report

SEED = Path(__file__).parents[3] / "markets" / "data" / "medical-imaging-outsourcing.toml"

RANGES = {
    ("CT", 2023): (65.25, 65.35),
    ("CT", 2028): (62.75, 70.05),
    ("CT", 2033): (60.09, 75.05),
    ("MRI", 2033): (0, 39.91),
    ("PET", 2033): (0, 39.91),
    ("Hospitals", 2028): (59.39, 70.30),
    ("Hospitals", 2033): (55.04, 77.84),
    ("Diagnostic Centers", 2033): (0, 44.96),
    ("Others", 2033): (0, 44.96),
    ("North America", 2023): (43.55, 43.65),
    ("North America", 2033): (0, 100),
    ("Asia-Pacific", 2023): (0, 43.65),
}
ESTIMATES = {
    ("CT", 2023): 65.3,
    ("MRI", 2023): 17.35,
    ("PET", 2023): 17.35,
    ("CT", 2033): 63.490,
    ("MRI", 2033): 19.641,
    ("PET", 2033): 16.869,
    ("Hospitals", 2033): 60.427,
    ("Diagnostic Centers", 2033): 22.132,
    ("Others", 2033): 17.442,
}


@pytest.fixture(scope="module")
def seed() -> Market:
    return Market(parse_report(SEED.read_bytes(), SEED.name))


@pytest.mark.parametrize(("segment", "year"), RANGES)
def test_ranges(seed: Market, segment: str, year: int) -> None:
    found = seed.range(seed.segment(segment), year)
    assert (100 * found.low, 100 * found.high) == pytest.approx(RANGES[segment, year], abs=0.0051)
    assert found.status is Status.DERIVED


@pytest.mark.parametrize(
    ("year", "ends"), {2023: (8.55, 8.65), 2028: (10.5630, 10.6652), 2033: (13.05, 13.15)}.items()
)
def test_ranges_of_the_market(seed: Market, year: int, ends: tuple[float, float]) -> None:
    found = seed.range(year=year)
    assert (found.low, found.high) == pytest.approx(ends, abs=0.00005)


def test_a_range_of_sizes_is_that_of_shares_times_the_printed_total(seed: Market) -> None:
    shares, sizes = (seed.range(seed.segment("CT"), 2033, sized=sized) for sized in (False, True))
    assert (sizes.low, sizes.high) == (shares.low * 13.1, shares.high * 13.1)


@pytest.mark.parametrize(("segment", "year"), ESTIMATES)
def test_estimates(seed: Market, segment: str, year: int) -> None:
    found = seed.share(seed.segment(segment), year, Method.ESTIMATE)
    assert 100 * found.value == pytest.approx(ESTIMATES[segment, year], abs=0.0006)
    printed = (segment, year) == ("CT", 2023)
    assert found.status is (Status.REPORTED if printed else Status.ESTIMATED)


@pytest.mark.parametrize("segment", ["CT", "PET"])
def test_what_is_not_stated_grows_at_one_rate(seed: Market, segment: str) -> None:
    rate = seed.cagr(seed.segment(segment), method=Method.ESTIMATE)
    assert rate.value == pytest.approx(0.04006, abs=0.000005)


def test_a_stated_rate_compounds_exactly_in_every_year(seed: Market) -> None:
    mri = seed.segment("MRI")
    first = seed.size(2023, mri, Method.ESTIMATE).value
    for year in range(2024, 2034):
        assert seed.size(year, mri, Method.ESTIMATE).value == pytest.approx(first * 1.056 ** (year - 2023))


def test_sizes_and_tables_of_estimates_say_so(seed: Market) -> None:
    size = seed.size(2033, seed.segment("PET"), Method.ESTIMATE)
    assert size.status is Status.ESTIMATED
    assert size.value == pytest.approx(0.16869 * 13.1, abs=0.0001)
    assert float(size.interval.low) <= size.value <= float(size.interval.high)


@pytest.mark.parametrize(("segment", "year"), [("CT", 2034), ("CT", 2022), ("North America", 2033)])
def test_no_estimate_beyond_the_report(seed: Market, segment: str, year: int) -> None:
    with pytest.raises(NoFigure):
        seed.share(seed.segment(segment), year, Method.ESTIMATE)


def test_a_held_share_is_the_last_stated_one(seed: Market) -> None:
    held = seed.share(seed.segment("CT"), 2030, Method.HOLD)
    assert (held.value, held.status) == (0.653, Status.ESTIMATED)
    assert seed.share(seed.segment("CT"), 2023, Method.HOLD).status is Status.REPORTED
    assert seed.share(seed.segment("CT"), 2020, Method.HOLD).value == 0.653
    with pytest.raises(NoFigure):
        seed.share(seed.segment("PET"), 2030, Method.HOLD)
