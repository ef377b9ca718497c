"""Key takeaways as sentences, made from facts and answers."""

from collections.abc import Iterator

from markets.checks import Kind, Verdict, checks
from markets.errors import NoFigure
from markets.facts import Ranking
from markets.market import Market
from markets.segments import SegmentName
from markets.units import Unit
from workbook.spelling import amount, money, percent, rate

MOST = 8
"""The maximum number of takeaways. The sheets have the rest."""

_PLACES = {1: "", 2: "second-", 3: "third-"}


def takeaways(market: Market, unit: Unit) -> list[str]:
    """Return up to `MOST` sentences, the most general first. Sizes are in `unit`."""
    gaps = list(_gaps(market))
    found = [
        *_growth(market, unit),
        *_agreement(market),
        *(line for dimension in market.dimensions for line in _dimension(market, dimension, unit)),
    ]
    return found[: MOST - len(gaps)] + gaps


def _growth(market: Market, unit: Unit) -> Iterator[str]:
    try:
        first, last = market.base_year, market.span()[1]
        start, end = market.size(first), market.size(last)
    except NoFigure as error:
        yield str(error)
        return
    opening = f"{market.name} has a size of {money(market, unit, start)} in {first}"
    if last == first:
        yield f"{opening}. The source states no other year."
        return
    added = (
        f"{unit.currency} {amount(market.unit.converted(abs(end.value - start.value), unit))} {unit.scale}"
    )
    word = "an increase" if end.value >= start.value else "a decrease"
    yield (
        f"{opening} and {money(market, unit, end)} in {last}, {word} of {added.strip()} "
        f"({amount(end.value / start.value)} times the size)."
    )


def _agreement(market: Market) -> Iterator[str]:
    """The stated CAGR of the market compared with its stated sizes."""
    about = [c for c in checks(market) if c.kind is Kind.GROWTH and c.about == market.name]
    if not about:
        return
    if about[0].verdict is Verdict.CONTRADICTS:
        yield "The source states two CAGRs for the same years, and rounding does not explain the difference."
        return
    verb = "agrees with" if about[0].verdict is Verdict.AGREES else "does not agree with"
    implied = percent(about[0].expected, 2)
    yield f"The stated CAGR of {rate(market.cagr())} {verb} the stated sizes, which imply {implied}."


def _dimension(market: Market, dimension: str, unit: Unit) -> Iterator[str]:
    """The largest and the fastest segment of a dimension, in one sentence."""
    named = {segment.name: segment for segment in market.segments_of(dimension)}
    parts = []
    for ranking in market.rankings:
        segment = market.segment(ranking.segment)
        if segment.dimension == dimension and segment.name in named:
            parts.append(_ranked(market, segment, ranking, unit))
    if parts:
        yield f"By {dimension.lower()}, {', and '.join(parts)}."


def _ranked(market: Market, segment: SegmentName, ranking: Ranking, unit: Unit) -> str:
    place = _PLACES.get(ranking.place, f"no. {ranking.place} ")
    if ranking.by == "growth":
        return f"{segment.name} is the {place}fastest-growing{_rate(market, segment)}"
    year = ranking.year or market.share_year(segment.dimension)
    try:
        share, size = market.share(segment, year), market.size(year, segment)
        figures = f" with {rate(share)} in {year}, or {money(market, unit, size)}"
    except NoFigure:
        figures = ""
    return f"{segment.name} is the {place}largest{figures}"


def _rate(market: Market, segment: SegmentName) -> str:
    try:
        return f", at {rate(market.cagr(segment))} per year"
    except NoFigure:
        return " (rate not stated)"


def _gaps(market: Market) -> Iterator[str]:
    """Missing figures are a finding too."""
    silent = [segment.name for segment in market.segments if not market.stated_shares(segment)]
    if silent:
        listed = ", ".join(silent[:6]) + (" and others" if len(silent) > 6 else "")
        yield (
            f"The source states no share for {len(silent)} of {len(market.segments)} segments and regions "
            f"({listed}). Their cells are blank."
        )
