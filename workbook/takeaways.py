"""An action title and key takeaways as short sentences, made from facts and answers."""

from collections.abc import Iterator, Sequence

from markets.answers import Answer, ImpliedCagr, PooledSize, SizeAnswer, StatedCagr
from markets.assumed import AssumedMarket
from markets.checks import checks
from markets.consensus import Consensus
from markets.errors import NoFigure, OutOfDomain, shortened
from markets.facts import Ranking
from markets.market import Market
from markets.segments import SegmentName
from markets.selection import Pick
from markets.units import Unit
from markets.verdicts import Kind, Level, Verdict
from markets.wording import in_unit
from workbook.spelling import amount, expected, money, multiple, percent, rate

MOST = 6
"""The maximum number of takeaways. The sheets have the rest."""

FEWER = 4
"""The maximum number beside several sources, which are compared below."""

LONGEST = 110
"""The maximum length of one, because they stand in a column beside the figures."""

_VERBS = {
    Verdict.AGREES: "agrees with",
    Verdict.WITHIN_ROUNDING: "is within rounding of",
    Verdict.DIFFERS: "differs from",
}
_PLACES = {1: "", 2: "second-", 3: "third-"}


def headline(market: Market, unit: Unit) -> str:
    """Return a title that says where the market goes. The last size is in `unit`.

    >>> from markets import folder_catalog
    >>> market = folder_catalog().market("Medical Imaging Outsourcing")
    >>> headline(market, market.unit)
    'Market grows 4.3% p.a. to USD 13.1 billion by 2033'
    """
    try:
        start, end = _ends(market)
    except NoFigure:
        return _without_a_size(market)
    reached = money(market, unit, end)
    if start.year == end.year:
        return f"Market size is {reached} in {end.year}"
    if start.value == end.value:
        return f"Market stays at {reached} until {end.year}"
    words = ("Market", "grows" if end.value > start.value else "falls", _pace(market, start, end))
    return f"{' '.join(filter(None, words))} to {reached} by {end.year}"


def takeaways(market: Market, unit: Unit, sources: Sequence[Market] = ()) -> list[str]:
    """Return up to `MOST` sentences of up to `LONGEST` characters, the most general first.

    Sizes are in `unit`. Of several sources, how far they are apart is said, in up to `FEWER` sentences.
    """
    several = len(sources) > 1
    gaps = list(_gaps(market))
    found = [
        *_growth(market, unit),
        *(_spread(market, unit, sources) if several else ()),
        # That of several sources, or an assumed one, agrees with nothing that one of them states.
        *(() if isinstance(market, Consensus | AssumedMarket) else _agreement(market)),
        *(line for dimension in market.dimensions for line in _dimension(market, dimension)),
    ]
    lines = (found + gaps)[:FEWER] if several else found[: MOST - len(gaps)] + gaps
    return [shortened(line, LONGEST) for line in lines]


def _ends(market: Market) -> tuple[SizeAnswer, SizeAnswer]:
    """Return the sizes in the base year (else the first year) and in the last year."""
    first, last = market.span()
    try:
        start = market.size(market.base_year)
    except NoFigure:
        start = market.size(first)
    return start, market.size(last)


def _without_a_size(market: Market) -> str:
    if market.stated_sizes():
        return "Market size is inconclusive"
    try:
        growth = market.cagr()
    except NoFigure:
        return "The source states no market size"
    return f"Market {'falls' if growth.value < 0 else 'grows'} {_unsigned(growth)} p.a."


def _pace(market: Market, start: SizeAnswer, end: SizeAnswer) -> str:
    """Return the growth per year: the CAGR stated for these years, if it has the sizes' direction."""
    grows = end.value > start.value
    try:
        stated = market.cagr()
        if _is_for(market, stated, start, end) and (stated.value > 0) is grows:
            return f"{_unsigned(stated)} p.a."
    except NoFigure:
        pass
    try:
        implied = _unsigned(ImpliedCagr(start, end))
    except OutOfDomain:
        return ""
    return "" if implied == percent(0) else f"{implied} p.a."


def _is_for(market: Market, cagr: Answer, start: SizeAnswer, end: SizeAnswer) -> bool:
    growth = cagr.growth if isinstance(cagr, StatedCagr) else None
    if growth is None:
        return False
    return (market.trajectory().start(growth), growth.last) == (start.year, end.year)


def _unsigned(answer: Answer) -> str:
    """Return a rate without its sign, because the verb says the direction: "over 4%", "1.7%"."""
    return rate(answer).replace("-", "").replace("−", "")


def _growth(market: Market, unit: Unit) -> Iterator[str]:
    try:
        start, end = _ends(market)
    except NoFigure as error:
        yield str(error)
        return
    if start.year == end.year:
        yield f"Size is {money(market, unit, start)} in {start.year}; the source states no other year."
        return
    ends = [f"{money(market, unit, answer)} ({answer.year})" for answer in (start, end)]
    grows = end.value >= start.value
    change = in_unit(amount(market.unit.converted(abs(end.value - start.value), unit)), str(unit))
    absolute = f"absolute {'growth' if grows else 'decline'} {change}"
    times = f", growth multiple {multiple(end.value / start.value)}" if start.value else ""
    whole = f"{ends[0]} to {ends[1]}: {absolute}{times}."
    if len(whole) <= LONGEST:
        yield whole
    else:
        yield f"{ends[0]} to {ends[1]}{times}."
        yield f"A{absolute[1:]}."


def _spread(market: Market, unit: Unit, sources: Sequence[Market]) -> Iterator[str]:
    """The lowest and the highest size of several sources in the base year."""
    try:
        year = market.base_year
        low, high = (Consensus(sources, pick).size(year) for pick in (Pick.LOW, Pick.HIGH))
    except NoFigure:
        return
    count = len(low.given) if isinstance(low, PooledSize) else 0
    if count > 1:
        ends = [amount(sources[0].unit.converted(size.value, unit)) for size in (low, high)]
        span = in_unit(" to ".join(dict.fromkeys(ends)), str(unit))
        yield f"{count} sources put the size in {year} at {span}."


def _agreement(market: Market) -> Iterator[str]:
    """The stated CAGR of the market compared with its stated sizes."""
    about = [c for c in checks(market) if c.kind is Kind.GROWTH and c.about == market.name]
    if not about:
        return
    check = about[0]
    other = expected(check, market.unit)
    if check.verdict is Verdict.CONTRADICTS:
        yield f"Two CAGRs are stated for the same years, {check.printed} and {other} p.a."
        return
    verb = _VERBS[check.verdict]
    less = " over one year less" if check.level is Level.NOTE else ""
    yield f"The stated CAGR of {check.printed} {verb} the {other} p.a. that the stated sizes imply{less}."


def _dimension(market: Market, dimension: str) -> Iterator[str]:
    """The largest and the fastest segment of a dimension, in one sentence if it is short enough."""
    parts = []
    for ranking in market.rankings:
        segment = market.segment(ranking.segment)
        if segment.dimension == dimension:
            parts.append(_ranked(market, segment, ranking))
    if parts:
        opening = f"By {dimension.lower()}: "
        whole = f"{opening}{', '.join(parts)}."
        yield whole if len(whole) <= LONGEST else f"{opening}{parts[0]}."


def _ranked(market: Market, segment: SegmentName, ranking: Ranking) -> str:
    place = _PLACES.get(ranking.place, f"no. {ranking.place} ")
    if ranking.by == "growth":
        return f"{segment.name} {place}fastest ({_rate(market, segment)})"
    year = ranking.year or market.share_year(segment.dimension)
    try:
        return f"{segment.name} {place}largest ({rate(market.share(segment, year))} in {year})"
    except NoFigure:
        return f"{segment.name} {place}largest"


def _rate(market: Market, segment: SegmentName) -> str:
    try:
        return f"{rate(market.cagr(segment))} p.a."
    except NoFigure:
        return "rate not stated"


def _gaps(market: Market) -> Iterator[str]:
    """Missing figures are a finding too. As many names are listed as there is room for."""
    silent = [segment.name for segment in market.segments if not market.stated_shares(segment)]
    if not silent:
        return
    opening = f"No share is stated for {len(silent)} of {len(market.segments)} segments"
    for listed in range(len(silent), 0, -1):
        more = f" and {len(silent) - listed} more" if listed < len(silent) else ""
        sentence = f"{opening}: {', '.join(silent[:listed])}{more}."
        if len(sentence) <= LONGEST:
            yield sentence
            return
    yield f"{opening}."
