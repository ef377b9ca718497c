"""The facts of a market as plain rows for people to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from markets.facts import Cagr, Dimension, Fact, Indicator, Player, Ranking, Report, Share, Size
from markets.market import Market
from markets.wording import stated

_ORDINALS = {1: "", 2: "second ", 3: "third "}
_ORDER = (Size, Cagr, Share, Ranking, Dimension, Indicator, Player)


@dataclass(frozen=True)
class Row:
    """A fact in words: kind, what it is about, years, figure as printed, locator, and the source's words."""

    kind: str
    about: str
    years: str
    stated: str
    at: str
    words: str = ""


def fact_rows(report: Market | Report) -> list[Row]:
    """Return every fact of a report, grouped by kind, in the report's order."""
    facts = sorted(report.facts, key=lambda fact: _ORDER.index(type(fact)))
    return [row for fact in facts for row in _rows(fact)]


def spelled_window(first: int | None, last: int | None) -> str:
    """Return a period in words; blank if no year is stated.

    >>> spelled_window(2024, 2033), spelled_window(None, 2033), spelled_window(2024, None)
    ('2024-2033', 'to 2033', 'from 2024')
    """
    if first and last:
        return f"{first}-{last}"
    return f"to {last}" if last else f"from {first}" if first else ""


@singledispatch
def _rows(fact: Fact) -> Iterator[Row]:
    raise NotImplementedError(type(fact))


@_rows.register
def _(fact: Size) -> Iterator[Row]:
    yield Row("size", fact.segment or fact.subject.name, str(fact.year), stated(fact), fact.at, fact.words)


@_rows.register
def _(fact: Cagr) -> Iterator[Row]:
    years = spelled_window(fact.first, fact.last) or "forecast period"
    yield Row("CAGR", fact.segment or fact.subject.name, years, stated(fact), fact.at, fact.words)


@_rows.register
def _(fact: Share) -> Iterator[Row]:
    yield Row("share", fact.segment, str(fact.year), stated(fact), fact.at, fact.words)


@_rows.register
def _(fact: Ranking) -> Iterator[Row]:
    word = "largest" if fact.by == "size" else "fastest"
    place = _ORDINALS.get(fact.place, f"no. {fact.place} ")
    yield Row("ranking", fact.segment, str(fact.year or ""), f"{place}{word}", fact.at, fact.words)


@_rows.register
def _(fact: Dimension) -> Iterator[Row]:
    listed = "complete list" if fact.complete else "incomplete list"
    for segment in fact.segments:
        yield Row("segment", f"{fact.name}/{segment.name}", "", listed, fact.at, fact.words)


@_rows.register
def _(fact: Indicator) -> Iterator[Row]:
    place = f"{fact.at}, citing {fact.origin}" if fact.origin else fact.at
    yield Row("indicator", fact.name, str(fact.year or ""), stated(fact), place, fact.words)


@_rows.register
def _(fact: Player) -> Iterator[Row]:
    yield Row("player", fact.name, "", "named", fact.at, fact.words)
