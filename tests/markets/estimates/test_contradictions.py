"""Reports that contradict themselves: refused with a smallest set of statements, of whatever kind."""

import json
import random
from pathlib import Path

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
from tests.conftest import own_reports
from tests.markets.estimates import random_reports as reports
from tests.markets.estimates.random_reports import BASE, LAST
from udfs import segment_range, segment_share
from udfs.values import CellError


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


@settings(max_examples=12, deadline=None)
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


@pytest.mark.parametrize("number", range(4))
def test_cells_show_an_error_but_stated_figures(number: int, tmp_path: Path) -> None:
    report = contradictory(number, 3)
    (tmp_path / "report.toml").write_text(_toml(report), encoding="utf-8")
    with own_reports(tmp_path):
        for name in (segment.name for segment in report.dimensions[0].segments):
            for year in (BASE, LAST):
                assert segment_range("M", name, year) is CellError.NUM
            assert segment_share("M", name, 2026, "estimate") is CellError.NUM
        subjects = [(one.segment, one.year) for one in report.shares]
        stated = [one for one in report.shares if subjects.count((one.segment, one.year)) == 1]
        for one in stated:
            if not one.about:
                answer = segment_share("M", one.segment, one.year)
                assert answer == pytest.approx(float(one.value.printed) / 100)


def _toml(report: Report) -> str:
    """The report as a user's file, without what its facts have as default."""
    cut = report.dimensions[0]
    names = ", ".join(f'{{ name = "{segment.name}" }}' for segment in cut.segments)
    lines = ['[source]\npublisher = "P"\ntitle = "T"\ndate = 2024-06-01', "[market]", 'name = "M"']
    lines += ['currency = "USD"', 'scale = "million"', 'geography = "Global"', f"base_year = {BASE}"]
    lines += [f'[[dimensions]]\nname = "Kind"\ncomplete = true\nat = "d"\nsegments = [{names}]']
    for kind in ("sizes", "cagrs", "shares", "rankings"):
        for fact in getattr(report, kind):
            fields = {
                name: getattr(fact, name, None) for name in ("segment", "year", "about", "at", "by", "place")
            }
            fields |= {"from": getattr(fact, "first", None), "to": getattr(fact, "last", None)}
            fields |= {"value": fact.value.printed} if kind != "rankings" else {}
            lines += [f"[[{kind}]]"] + [f"{n} = {json.dumps(v)}" for n, v in fields.items() if v]
    return "\n".join(lines)


def _holds(statements: Statements) -> bool:
    try:
        return shapes.both(statements).holds()
    except Empty:
        return False
