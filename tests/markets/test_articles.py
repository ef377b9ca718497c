"""Real reports, with facts that were checked by hand, as catalogs: each figure comes back as stated."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from markets.answers import Status
from markets.checks import checks
from markets.errors import BadArgument, CatalogError, MarketbookError, NoFigure
from markets.market import Market
from markets.reports import parse_report
from markets.units import Unit
from markets.verdicts import Verdict


def test_stated_sizes_come_back_as_stated_and_between_them_growth_is_constant(shared: Path) -> None:
    seen = 0
    for facts, market in _markets(shared):
        stated = {size["year"]: size["value"] for size in facts["sizes"]}
        for year, value in stated.items():
            answer = market.size(year)
            assert (answer.value, answer.status) == (value, Status.REPORTED), facts["id"]
        first, last = min(stated), max(stated)
        for year in set(range(first, last)) - set(stated):
            assert market.size(year).status is Status.INTERPOLATED
            seen += 1
        for year in (first - 1, last + 1):
            if not any(_holds(cagr, year) for cagr in facts["cagr"]):
                with pytest.raises(NoFigure):
                    market.size(year)
    assert seen > 50


def test_a_stated_cagr_is_held_against_the_sizes_that_the_source_states(shared: Path) -> None:
    verdicts: Counter[Verdict] = Counter()
    for facts, market in _markets(shared):
        for check in checks(market):
            if check.what.startswith(f"{market.name}: CAGR"):
                gap = abs(check.stated - check.expected)
                verdicts[check.verdict] += 1
                if gap > 0.02:
                    assert check.verdict is Verdict.DIFFERS, facts["id"]
                if gap < 0.0005:
                    assert check.verdict in (Verdict.AGREES, Verdict.WITHIN_ROUNDING), facts["id"]
    assert verdicts[Verdict.AGREES] > 2 and verdicts[Verdict.DIFFERS] > 0


def _markets(shared: Path) -> Iterator[tuple[dict[str, Any], Market]]:
    found = 0
    for path in sorted((shared / "articles").glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        market = _market(facts)
        if market is not None:
            found += 1
            yield facts, market
    assert found >= 10


def _market(facts: dict[str, Any]) -> Market | None:
    """The facts as a report; None where they name no market or state no size in one unit."""
    units = {size.get("unit") for size in facts["sizes"]}
    years = [size.get("year") for size in facts["sizes"]]
    if len(units) != 1 or len(set(years)) != len(years) or not all(isinstance(y, int) for y in years):
        return None
    try:
        unit = Unit("USD", "billion").parse(units.pop() or "?")
    except BadArgument:
        return None
    lines = [
        *("[source]", 'publisher = "P"', 'title = "T"', "date = 2025-01-01", "[market]"),
        *(f"name = {json.dumps(facts['market'] or 'Market', ensure_ascii=False)}",),
        *(f'currency = "{unit.currency}"', f'scale = "{unit.scale}"'),
    ]
    for size in facts["sizes"]:
        lines += ["[[sizes]]", f"year = {size['year']}", f'value = "{size["value"]}"', 'at = "a"']
    for cagr in facts["cagr"]:
        if cagr["scope"] == "total" and cagr.get("from") and cagr.get("to"):
            lines += ["[[cagrs]]", f'value = "{cagr["rate_pct"]}"', f"from = {cagr['from']}"]
            lines += [f"to = {cagr['to']}", 'at = "a"']
    try:
        return Market(parse_report("\n".join(lines).encode(), f"{facts['id']}.toml"))
    except (CatalogError, MarketbookError):
        return None


def _holds(cagr: dict[str, Any], year: int) -> bool:
    return bool(cagr.get("from") and cagr.get("to") and cagr["from"] - 1 <= year <= cagr["to"])
