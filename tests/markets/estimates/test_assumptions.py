"""The user's own figures: what they beat, what rests on them, and which of them cannot be true."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.answers import Status
from markets.assumed import assuming
from markets.catalogs.indexed import report_catalog
from markets.errors import BadArgument, NoFigure, OutOfDomain, UnknownName
from markets.estimates import Contradiction
from markets.estimates.assumptions import Assumption, Measure
from markets.market import Market
from markets.methods import Method
from markets.reports import read_report
from markets.selection import Pick, Selection
from markets.wording import provenance
from tests.markets.made import made, market

SIZE, SHARE, CAGR = Measure.SIZE, Measure.SHARE, Measure.CAGR
SEED = read_report(Path(__file__).parents[3] / "markets" / "data" / "medical-imaging-outsourcing.toml")
CUT = {"Device": ("CT", "MRI", "PET")}


@pytest.fixture
def seed() -> Market:
    return Market(SEED)


def own(
    measure: Measure, value: float, segment: str = "", year: int | None = None, **more: Any
) -> Assumption:
    return Assumption(measure, value, segment, year, **more)


def test_nothing_assumed_is_the_market_itself(seed: Market) -> None:
    assert assuming(seed, ()) is seed
    assert assuming(seed, (own(SIZE, 1.0, market="Another Market"),)) is seed
    assert assuming(seed, (own(CAGR, 0.1, market="medical imaging OUTSOURCING"),)).size(2033).value > 20


def test_a_size_beats_the_stated_one_and_moves_the_path(seed: Market) -> None:
    changed = assuming(seed, (own(SIZE, 14.0, year=2033),))
    assert (changed.size(2033).value, changed.size(2033).status) == (14.0, Status.ASSUMED)
    assert changed.size(2028).value == pytest.approx((8.6 * 14) ** 0.5)
    assert changed.size(2028).status is Status.ASSUMED
    assert changed.size(2023).status is Status.REPORTED
    assert changed.cagr().value == pytest.approx((14 / 8.6) ** 0.1 - 1)
    assert changed.cagr(None, 2023, 2033).status is Status.ASSUMED
    assert changed.cagr(changed.segment("MRI")).value == 0.056


def test_a_size_of_the_base_year_leaves_the_stated_rate_to_compounding(seed: Market) -> None:
    changed = assuming(seed, (own(SIZE, 9.0),))
    assert changed.size().value == 9.0
    assert changed.size(2033).value == 13.1
    assert changed.size(2033, method=Method.COMPOUND).value == pytest.approx(9 * 1.043**10)


def test_a_cagr_beats_the_stated_one_and_later_sizes(seed: Market) -> None:
    changed = assuming(seed, (own(CAGR, 0.06),))
    assert changed.size(2033).value == pytest.approx(8.6 * 1.06**10)
    assert changed.cagr().value == 0.06
    assert changed.span() == (2023, 2033)
    until = assuming(seed, (own(CAGR, 0.06, year=2028),))
    assert until.size(2028).value == pytest.approx(8.6 * 1.06**5)
    assert until.size(2033).value == 13.1
    assert until.size(2030).value == pytest.approx(8.6 * 1.06**5 * (13.1 / 8.6 / 1.06**5) ** (2 / 5))


def test_a_segments_cagr_starts_from_its_share(seed: Market) -> None:
    changed = assuming(seed, (own(CAGR, 0.04, "CT"),))
    ct = changed.segment("CT")
    assert changed.size(2033, ct).value == pytest.approx(0.653 * 8.6 * 1.04**10)
    assert changed.share(ct, 2033).value == pytest.approx(0.653 * 8.6 * 1.04**10 / 13.1)
    assert changed.share(ct, 2033).status is Status.ASSUMED
    with pytest.raises(NoFigure):
        assuming(seed, (own(CAGR, 0.04, "PET"),)).size(2033, ct)


def test_an_assumed_and_a_rated_segment_together(seed: Market) -> None:
    changed = assuming(seed, (own(SHARE, 0.2, "PET", 2033), own(SIZE, 5.0, "CT", 2033)))
    shares = [changed.share(changed.segment(name), 2033, Method.ESTIMATE) for name in ("CT", "MRI", "PET")]
    assert [one.value for one in shares] == pytest.approx([5 / 13.1, 0.8 - 5 / 13.1, 0.2])
    assert {one.status for one in shares} == {Status.ASSUMED}


def test_a_share_and_a_size_of_one_segment_beat_each_other() -> None:
    asked = market([(2023, "10"), (2023, "4", "CT")], (), [("CT", 2023, "40")], dimensions=CUT)
    ct = asked.segment("CT")
    shared, sized = (assuming(asked, (one,)) for one in (own(SHARE, 0.5, "CT"), own(SIZE, 6.0, "CT")))
    assert (shared.size(2023, ct).value, shared.share(ct, 2023).value) == (5.0, 0.5)
    assert (sized.size(2023, ct).value, sized.share(ct, 2023).value) == (6.0, 0.6)


def test_shares_combined_are_beaten_together() -> None:
    joint = [("CT", 2023, "50", "combined"), ("MRI", 2023, "50", "combined")]
    asked = market([(2023, "10")], (), joint, dimensions=CUT)
    assert asked.range(asked.segment("CT"), 2023).high == pytest.approx(0.505)
    changed = assuming(asked, (own(SHARE, 0.7, "CT"),))
    assert changed.range(changed.segment("MRI"), 2023).high == pytest.approx(0.3)


def test_default_years_stay(seed: Market) -> None:
    changed = assuming(seed, (own(SIZE, 9.0, year=2024), own(SHARE, 0.5, "CT", 2030)))
    assert changed.base_year == seed.base_year == 2023
    assert changed.share_year("Device") == 2023
    later = market([(2023, "10")], (), [("CT", 2024, "40")], dimensions=CUT)
    assert assuming(later, (own(SHARE, 0.5, "CT", 2024),)).share_year("Device") == 2024


def test_a_market_without_a_size_gets_one() -> None:
    asked = market((), (), [("CT", 2023, "40")], dimensions=CUT)
    changed = assuming(asked, (own(SIZE, 10.0, year=2023),))
    assert changed.size(segment=changed.segment("CT")).value == 4.0
    with pytest.raises(NoFigure, match="no base year"):
        assuming(asked, (own(SIZE, 10.0),))


def test_units_and_other_currencies(seed: Market) -> None:
    assert assuming(seed, (own(SIZE, 9000.0, unit="USD mn"),)).size().value == 9.0
    assert assuming(seed, (own(SIZE, 9000.0, unit="million"),)).size().interval.low == Decimal(9)
    with pytest.raises(BadArgument, match="EUR"):
        assuming(seed, (own(SIZE, 9.0, unit="EUR bn"),))


def test_provenance_names_the_row_and_the_note_first(seed: Market) -> None:
    changed = assuming(seed, (own(SIZE, 2.5, "MRI", note="from the board;\n in May", row=3),))
    told = provenance(changed.share(changed.segment("MRI"), 2023))
    assert "your assumptions: row 3 (from the board, in May); Market.us Media" in told


@pytest.mark.parametrize(
    ("assumed", "why"),
    [
        ((own(SHARE, 1.2, "CT"),), "from 0% to 100%, not 120%"),
        ((own(SHARE, -0.1, "CT"),), "not -10%"),
        ((own(CAGR, -1.0),), "more than -100%"),
        ((own(SIZE, -5.0, "CT"),), "not negative"),
        ((own(SIZE, 0.0),), "above 0"),
        ((own(SIZE, 1e300),), "not 1e"),
        ((own(CAGR, 1e9),), "that a cell can show, not 1e"),
        ((own(CAGR, -1 + 1e-12),), "that a cell can show"),
        ((own(CAGR, 0.1, year=2023),), "ends in 2023, but starts in 2023"),
        ((own(SHARE, 0.6, "CT"), own(SHARE, 0.5, "MRI", row=2)), "add up to 110%"),
        ((own(SHARE, 0.4, "MRI"),), "add up to 105.2%"),  # CT is 65.3% in the source
        ((own(CAGR, 0.25, "CT"),), "add up to"),
        ((own(CAGR, 0.1), own(CAGR, 0.1, row=2)), "only once"),
        ((own(SHARE, 0.5, "CT"), own(SIZE, 4.0, "Computed Tomography", row=2)), "only once"),
    ],
)
def test_what_cannot_be_true_is_refused(assumed: tuple[Assumption, ...], why: str, seed: Market) -> None:
    with pytest.raises(OutOfDomain, match=why):
        assuming(seed, assumed)


def test_a_market_smaller_than_a_stated_segment_is_refused() -> None:
    sized = market([(2023, "8.6"), (2023, "5.25", "PET")], dimensions=CUT)
    assert assuming(sized, (own(SIZE, 5.3),)).size().value == 5.3
    with pytest.raises(OutOfDomain, match=r"add up to 104\.9%"):
        assuming(sized, (own(SIZE, 5.0),))


def test_names_and_shares_without_one(seed: Market) -> None:
    with pytest.raises(UnknownName, match="CTX"):
        assuming(seed, (own(SHARE, 0.1, "CTX"),))
    with pytest.raises(BadArgument, match="row 1"):
        assuming(seed, (own(SHARE, 0.1),))


def test_rankings_and_rates_give_way_but_shares_do_not(seed: Market) -> None:
    fast = assuming(seed, (own(CAGR, 0.06),))  # the fastest segment is stated at 5.6 %
    shares = [fast.share(fast.segment(name), 2033, Method.ESTIMATE).value for name in ("CT", "MRI", "PET")]
    assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert fast.cagr(fast.segment("MRI")).value == 0.056
    asked = market(
        [(2023, "10"), (2033, "20")], (), [("CT", 2023, "50"), ("CT", 2033, "over 60")][:1], dimensions=CUT
    )
    both = assuming(asked, (own(CAGR, 0.01, "MRI"), own(CAGR, 0.01, "PET"), own(CAGR, 0.01, "CT")))
    with pytest.raises(Contradiction, match=r"Your assumptions contradict the source.*row"):
        both.range(both.segment("CT"), 2033)


def test_each_source_of_a_median_gets_the_assumptions() -> None:
    one = made([(2023, "10")], (), [("CT", 2023, "40")], dimensions=CUT, publisher="A")
    other = made(
        [(2023, "14000")], (), (), dimensions={"Device": ("CT", "MRI", "PET")}, publisher="B", published=2023
    )
    pooled = report_catalog([one, other]).market("M", Selection(pick=Pick.MEDIAN))
    assert assuming(pooled, (own(SIZE, 12.0),)).size(2023).value == 12.0
    shared = assuming(pooled, (own(SHARE, 0.5, "CT"),))
    assert shared.share(shared.segment("CT"), 2023).value == 0.5
    assert shared.size(2023, shared.segment("CT")).status is Status.ASSUMED
    with pytest.raises(UnknownName):
        assuming(pooled, (own(SHARE, 0.5, "Ultrasound"),))


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.02, 0.3), st.floats(0.02, 0.3), st.floats(-0.05, 0.08), st.sampled_from(["CT", "PET", "MRI"])
)
def test_assumed_figures_hold_exactly_and_shares_add_up(
    base: float, last: float, growth: float, segment: str
) -> None:
    plain = market([(2023, "8.6"), (2033, "13.1")], [("4.3", 2024, 2033)], dimensions=CUT)
    other = "MRI" if segment != "MRI" else "CT"
    items = (own(SHARE, base, segment, 2023), own(SHARE, last, segment, 2033), own(CAGR, growth, other, None))
    changed = assuming(plain, items)
    for year, share in ((2023, base), (2033, last)):
        estimates = {
            name: changed.share(changed.segment(name), year, Method.ESTIMATE).value for name in CUT["Device"]
        }
        assert estimates[segment] == pytest.approx(share, abs=1e-9)
        assert sum(estimates.values()) == pytest.approx(1, abs=1e-9)
    first, end = (changed.size(year, changed.segment(other), Method.ESTIMATE).value for year in (2023, 2033))
    assert end / first == pytest.approx((1 + growth) ** 10, rel=1e-6)
