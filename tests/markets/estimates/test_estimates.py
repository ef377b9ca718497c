"""What estimates promise, on random reports with statements of all kinds."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from markets.answers import Status
from markets.estimates import Contradiction
from markets.estimates.dimensions import DimensionModel
from markets.estimates.statements import Kind, Statement, collected
from markets.facts import Ranking, Report
from markets.market import Market
from markets.methods import Method
from tests.markets.estimates import random_reports as reports
from tests.markets.estimates.random_reports import BASE, LAST
from tests.markets.made import made

NUMBERS, COUNTS = st.integers(0, 10**6), st.integers(2, 6)
YEARS = (BASE, 2026, LAST)


def _estimates(report: Report, year: int) -> dict[str, float]:
    market = Market(report)
    return {one.name: market.share(one, year, Method.ESTIMATE).value for one in market.segments_of("Kind")}


@settings(max_examples=15, deadline=None)
@given(NUMBERS, COUNTS)
def test_estimates_keep_their_promises(number: int, count: int) -> None:
    market = Market(reports.Market(number, count).report())
    for year in YEARS:
        answers = {one: market.share(one, year, Method.ESTIMATE) for one in market.segments_of("Kind")}
        as_printed = all(answer.status is not Status.ESTIMATED for answer in answers.values())
        if as_printed:
            continue  # such figures are not moved, so that they may miss a range by their rounding
        assert sum(answer.value for answer in answers.values()) == pytest.approx(1, abs=1e-9)
        for segment, answer in answers.items():
            found = market.range(segment, year)
            assert found.low - 1e-8 <= answer.value <= found.high + 1e-8


@settings(max_examples=8, deadline=None)
@given(NUMBERS, COUNTS)
def test_order_does_not_matter(number: int, count: int) -> None:
    report = reports.Market(number, count).report()
    cut = report.dimensions[0]
    turned = msgspec.structs.replace(
        report,
        dimensions=(msgspec.structs.replace(cut, segments=cut.segments[::-1]),),
        shares=report.shares[::-1],
        cagrs=report.cagrs[::-1],
        sizes=report.sizes[::-1],
        rankings=report.rankings[::-1],
    )
    for year in YEARS:
        assert _estimates(report, year) == pytest.approx(_estimates(turned, year), abs=1e-8)


@settings(max_examples=8, deadline=None)
@given(NUMBERS, COUNTS)
def test_names_do_not_matter(number: int, count: int) -> None:
    """Segments are sorted by name inside: other names give another order to everything that is solved."""
    report = reports.Market(number, count).report()
    names = [segment.name for segment in report.dimensions[0].segments]
    other = dict(zip(names, reversed([f"Z{place}" for place in range(count)]), strict=True))

    def named(facts: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(
            msgspec.structs.replace(one, segment=other[one.segment]) if one.segment else one for one in facts
        )

    cut = report.dimensions[0]
    segments = tuple(msgspec.structs.replace(one, name=other[one.name]) for one in cut.segments)
    renamed = msgspec.structs.replace(
        report,
        dimensions=(msgspec.structs.replace(cut, segments=segments),),
        **{kind: named(getattr(report, kind)) for kind in ("shares", "cagrs", "sizes", "rankings")},
    )
    for year in YEARS:
        found = _estimates(renamed, year)
        assert _estimates(report, year) == pytest.approx({n: found[other[n]] for n in names}, abs=1e-8)


def test_segments_that_limits_tie_to_each_other_grow_at_one_rate() -> None:
    """Amber has to be as large as Cedar. All others keep the common rate, and both together do."""
    report = made(
        [(BASE, "100"), (LAST, "100")],
        shares=[("Amber", BASE, "12"), ("Birch", BASE, "26"), ("Cedar", BASE, "30"), ("Birch", LAST, "15")],
        dimensions={"Kind": ("Amber", "Birch", "Cedar", "Dune", "Elm")},
        base_year=BASE,
    )
    first = Ranking(segment="Amber", by="size", year=LAST, at="r")
    found = _estimates(msgspec.structs.replace(report, rankings=(first,)), LAST)
    # With a common factor c: Dune = Elm = 0.16 c, Amber = Cedar = c x the geometric mean of 0.12 and 0.30.
    factor = 0.85 / (2 * 0.16 + 2 * (0.12 * 0.30) ** 0.5)
    assert found["Dune"] == pytest.approx(0.16 * factor, abs=1e-8)
    assert found["Amber"] == pytest.approx(found["Cedar"], abs=1e-8)
    assert found["Amber"] == pytest.approx((0.12 * 0.30) ** 0.5 * factor, abs=1e-8)


@settings(max_examples=15, deadline=None)
@given(NUMBERS, COUNTS)
def test_printed_figures_hold_exactly_if_they_can(number: int, count: int) -> None:
    """A few printed shares of both years, which leave something open, and one rate."""
    truth = reports.Market(number, count)
    report = truth.report(often=0.25)
    shares = [one for one in report.shares if not one.about]
    open_years = [year for year in (BASE, LAST) if sum(one.year == year for one in shares) < count - 1]
    report = msgspec.structs.replace(
        report,
        shares=tuple(one for one in shares if one.year in open_years),
        sizes=tuple(one for one in report.sizes if not one.segment),
        cagrs=report.cagrs[:1],
        rankings=(),
    )
    for share in report.shares:
        found = _estimates(report, share.year)[share.segment]
        assert found == pytest.approx(float(share.value.exact) / 100, abs=1e-15)


@settings(max_examples=15, deadline=None)
@given(NUMBERS, COUNTS, st.data())
def test_a_small_change_of_a_figure_is_a_small_change_of_estimates(
    number: int, count: int, data: st.DataObject
) -> None:
    statements = collected(Market(reports.Market(number, count).report()).evidence, "Kind")
    figures = [one for one in statements.items if one.kind not in (Kind.LARGEST, Kind.FASTEST)]
    chosen = data.draw(st.sampled_from(figures))
    moved = [_moved(one, 1e-7) if one is chosen else one for one in statements.items]
    model, other = (DimensionModel("Kind", statements.only(some)) for some in (statements.items, moved))
    for before, after in _both(model, other, statements.segments):
        assert after == pytest.approx(before, abs=1e-4)


def _moved(one: Statement, by: float) -> Statement:
    printed = None if one.printed is None else one.printed + by
    return replace(one, low=one.low + by, high=one.high + by, printed=printed)


def _both(model: DimensionModel, other: DimensionModel, segments: tuple) -> Iterator[tuple[float, float]]:  # type: ignore[type-arg]
    for segment in segments:
        for year in YEARS:
            try:
                one, two = model.estimate(segment, year), other.estimate(segment, year)
            except Contradiction:
                assume(False)
            if one and two:
                yield one.value, two.value
