"""Contradictions: two figures for the same thing that rounding cannot explain."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from markets.answers import StatedCagr, StatedShare, StatedSize
from markets.checks.figures import subjects
from markets.errors import NoFigure
from markets.facts import Cagr, Share, Size
from markets.market import Market
from markets.trajectories import Figured, Trajectory, agreed
from markets.verdicts import Check, Kind, Stated, Verdict, tolerance
from markets.wording import stated

_Dated = TypeVar("_Dated", Size, Share)


def contradictions(market: Market) -> Iterator[Check]:
    """Yield a check for each thing that has two figures. There is none for things that have one."""
    for segment in subjects(market):
        path = market.trajectory(segment)
        for year, sizes in _by_year(market.stated_sizes(segment)):
            yield from _stated_twice(Kind.SIZE, path.name, f"size in {year}", sizes)
        for year, shares in _by_year(market.stated_shares(segment) if segment else ()):
            yield from _stated_twice(Kind.SHARE, path.name, f"share in {year}", shares)
        for window, growths in _by_window(path):
            yield from _stated_twice(Kind.GROWTH, path.name, f"CAGR {window}", growths)


def contradicting_cagrs(path: Trajectory) -> list[Cagr]:
    """Return the CAGRs that another one for the same years contradicts."""
    return [cagr for _, cagrs in _by_window(path) if _disagree(cagrs) for cagr in cagrs]


def _by_year(facts: Sequence[_Dated]) -> list[tuple[int, list[_Dated]]]:
    return [(year, [f for f in facts if f.year == year]) for year in sorted({f.year for f in facts})]


def _by_window(path: Trajectory) -> list[tuple[str, list[Cagr]]]:
    """The dated CAGRs by their years. A CAGR without years does not contradict one with years."""
    dated = [growth for growth in path.growths if growth.cagr.is_dated]
    windows = dict.fromkeys((growth.first, growth.last) for growth in dated)
    return [
        (f"{first}-{last}", [g.cagr for g in dated if (g.first, g.last) == (first, last)])
        for first, last in windows
    ]


def _stated_twice(kind: Kind, about: str, what: str, facts: Sequence[Figured]) -> Iterator[Check]:
    if _disagree(facts):
        low, *_, high = sorted(map(_answer, facts), key=lambda answer: answer.value)
        what = f"{about}: {what}, stated twice"
        allowed = tolerance(low, high)
        yield Check(kind, about, what, stated(low.fact), low.value, high.value, allowed, Verdict.CONTRADICTS)


def _answer(fact: Size | Share | Cagr) -> Stated:
    if isinstance(fact, Size):
        return StatedSize(fact.year, fact)
    return StatedShare(fact) if isinstance(fact, Share) else StatedCagr(fact, None)


def _disagree(facts: Sequence[Figured]) -> bool:
    try:
        agreed(facts, "")
    except NoFigure:
        return True
    return False
