"""Ranges of small reports agree with those found by trying every vertex of what the report allows."""

import pytest

from markets.estimates import Contradiction
from markets.market import Market
from tests.markets.estimates import random_reports as reports
from tests.markets.estimates.random_reports import BASE, LAST
from tests.markets.estimates.vertices import Limits


@pytest.mark.parametrize(("count", "rest"), [(2, False), (2, True), (3, False)])
@pytest.mark.parametrize("start", range(0, 40, 10))
def test_ranges_are_those_of_the_vertices(count: int, rest: bool, start: int) -> None:
    for number in range(start, start + 10):
        report = reports.Market(number, count, rest=rest).report(often=0.2 + 0.02 * (number % 10))
        market, oracle = Market(report), Limits(report, BASE, LAST)
        points = oracle.points()
        if not len(points):
            with pytest.raises(Contradiction):
                market.range(market.segment(oracle.names[0]), LAST)
            continue
        for block, year in enumerate((BASE, LAST)):
            for place, name in enumerate(oracle.names):
                found = market.range(market.segment(name), year)
                column = points[:, block * oracle.width + place]
                assert (found.low, found.high) == pytest.approx((column.min(), column.max()), abs=2e-7), (
                    number,
                    name,
                    year,
                )
