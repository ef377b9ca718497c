"""Reports that contradict themselves: refused with a smallest set of statements, of whatever kind."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.estimates import Contradiction, shapes
from markets.estimates.polytopes import Empty
from markets.estimates.statements import Statements, collected
from markets.facts import Report, Share
from markets.figures import Figure
from markets.market import Market
from markets.methods import Method
from tests.markets.estimates import random_reports as reports
from tests.markets.estimates.random_reports import BASE, LAST


def contradictory(number: int, count: int) -> Report:
    """A report with a share stated where everything else does not allow it."""
    report = reports.Market(number, count).report(often=0.45)
    market, chance = Market(report), random.Random(number)
    wrong = []
    for name in market.segments_of("Kind"):
        for year in (BASE, LAST):
            found = market.range(name, year)
            if found.low > 0.02:
                wrong.append((name.name, year, 100 * found.low - 1))
            if found.high < 0.98:
                wrong.append((name.name, year, 100 * found.high + 1))
    if not wrong:
        return contradictory(number + 1, count)
    name, year, percent = chance.choice(wrong)
    stated = Share(segment=name, year=year, value=Figure(f"{percent:.1f}"), at="wrong")
    return msgspec.structs.replace(report, shares=(*report.shares, stated))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_they_are_refused_with_a_minimal_set(number: int, count: int) -> None:
    market = Market(contradictory(number, count))
    segment = market.segments_of("Kind")[0]
    for year in (BASE, 2026, LAST):
        with pytest.raises(Contradiction) as refusal:
            market.range(segment, year)
    with pytest.raises(Contradiction):
        market.share(segment, 2026, Method.ESTIMATE)
    statements = collected(market.evidence, "Kind")
    chosen = [one for one in statements.items if one.fact in refusal.value.facts]
    assert "wrong" in {one.fact.at for one in chosen}
    assert not _holds(statements.only(chosen))
    for left_out in chosen:
        assert _holds(statements.only([one for one in chosen if one is not left_out]))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_stated_figures_still_answer(number: int, count: int) -> None:
    market = Market(contradictory(number, count))
    wrong = next(share for share in market.evidence.report.shares if share.at == "wrong")
    assert market.share(market.segment(wrong.segment), wrong.year).value > 0


def _holds(statements: Statements) -> bool:
    try:
        return shapes.both(statements).holds()
    except Empty:
        return False
