"""What the task pane shows: the markets that a search finds, and a market's card."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, TypeVar

from msgspec import Struct

from markets.comparisons import every_check
from markets.errors import AmbiguousName, NoFigure
from markets.facts import Source
from markets.market import Market
from markets.segments import SegmentName
from markets.units import Unit
from markets.verdicts import Check, Level, summary
from markets.wording import provenance
from udfs.catalog import catalog
from workbook.spelling import allowed, expected, money, rate

_Found = TypeVar("_Found")
_SCALES_OFFERED: Final = ("trillion", "billion", "million", "thousand", "")
_MOST_SERIOUS: Final = (Level.ERROR, Level.WARNING, Level.NOTE, Level.OK)


class MarketShown(Struct, frozen=True):
    """A market as the list of found ones shows it. `market_card` and the functions find it by `name`."""

    name: str
    aliases: tuple[str, ...]
    geography: str
    unit: str


class Figure(Struct, frozen=True):
    """A figure in words, how it came about, and the line that says where it is from.

    Where there is none, `figure` and `status` are blank, and the line says why.
    """

    about: str
    figure: str
    status: str
    source: str


class SegmentShown(Struct, frozen=True):
    """A segment with its share and its growth. Functions find it by `argument`.

    `portion` is the share as a fraction, None if there is none.
    """

    name: str
    argument: str
    share: Figure
    growth: Figure
    portion: float | None


class Cut(Struct, frozen=True):
    """A dimension with its segments, and the year of their shares. `complete`: the report lists them all."""

    dimension: str
    year: int | None
    complete: bool
    segments: tuple[SegmentShown, ...]


class SourceShown(Struct, frozen=True):
    """An edition of a publisher's report."""

    publisher: str
    date: str
    title: str
    url: str


class CheckShown(Struct, frozen=True):
    """Two figures that were compared: what the report states, what it is compared with, and the verdict."""

    what: str
    stated: str
    expected: str
    allowed: str
    verdict: str
    level: str


class MarketCard(Struct, frozen=True):
    """What the pane shows of a market.

    `base_year` is None if the report has none. `first_year` and `last_year` are those with an answer, None
    if there are none. `units` are those that sizes can be in, the report's own first. `summary` counts the
    checks, the most serious of which are first; it is blank without any. `notice` says that this comes from
    an old copy of the catalog, and why; else it is blank.
    """

    name: str
    aliases: tuple[str, ...]
    geography: str
    unit: str
    base_year: int | None
    first_year: int | None
    last_year: int | None
    figures: tuple[Figure, ...]
    units: tuple[str, ...]
    cuts: tuple[Cut, ...]
    sources: tuple[SourceShown, ...]
    summary: str
    checks: tuple[CheckShown, ...]
    notice: str


def markets(search: str, limit: int) -> list[MarketShown]:
    """Return the markets whose names contain or resemble a text, all if it is blank, at most `limit`.

    >>> [found.name for found in markets("imaging", 10)]
    ['Medical Imaging Outsourcing']
    """
    found = catalog().search(search)[: max(0, limit)]
    return [MarketShown(one.name, one.aliases, one.geography, str(one.unit)) for one in found]


def market_card(name: str) -> MarketCard:
    """Return what the pane shows of a market. Raises UnknownName, and NoFigure if no report can be read."""
    market = catalog().market(name)
    found = every_check(market, catalog().editions(name))
    first, last = _or_none(market.span) or (None, None)
    return MarketCard(
        market.name,
        market.subject.aliases,
        market.geography,
        str(market.unit),
        _or_none(lambda: market.base_year),
        first,
        last,
        tuple(_figures(market)),
        tuple(_units(market.unit)),
        tuple(_cut(market, dimension) for dimension in market.dimensions),
        tuple(map(_source, market.sources)),
        summary(found) if found else "",
        tuple(_check(market, one) for one in _ordered(found)),
        catalog().notice,
    )


def _figures(market: Market) -> Iterator[Figure]:
    """The sizes in the base year and in the last one, and the growth that the report states."""
    base_year, span = _or_none(lambda: market.base_year), _or_none(market.span)
    for year in dict.fromkeys((base_year, span[1] if span else None)):
        if year is not None:
            yield _figure(f"Size in {year}", partial(_size, market, year))
    yield _figure("Growth", partial(_growth, market, None))


def _figure(about: str, said: Callable[[], tuple[str, str, str]]) -> Figure:
    """A figure, or why there is none."""
    try:
        return Figure(about, *said())
    except NoFigure as error:
        return Figure(about, "", "", str(error))


def _size(market: Market, year: int) -> tuple[str, str, str]:
    answer = market.size(year)
    line = provenance(answer, str(year), str(market.unit))
    return money(market, market.unit, answer), str(answer.status), line


def _growth(market: Market, segment: SegmentName | None) -> tuple[str, str, str]:
    answer = market.cagr(segment)
    return f"{rate(answer)} a year", str(answer.status), provenance(answer)


def _cut(market: Market, dimension: str) -> Cut:
    year = _or_none(lambda: market.share_year(dimension))
    segments = tuple(_segment(market, segment, year) for segment in market.segments_of(dimension))
    return Cut(dimension, year, market.dimension(dimension).complete, segments)


def _segment(market: Market, segment: SegmentName, year: int | None) -> SegmentShown:
    """A segment with the share that it has in a year."""
    answer = _or_none(lambda: market.share(segment, year))
    return SegmentShown(
        segment.name,
        _argument(market, segment),
        _figure(f"Share in {year}" if year else "Share", partial(_share, market, segment, year)),
        _figure("Growth", partial(_growth, market, segment)),
        answer.value if answer else None,
    )


def _share(market: Market, segment: SegmentName, year: int | None) -> tuple[str, str, str]:
    answer = market.share(segment, year)
    return rate(answer), str(answer.status), provenance(answer, str(year))


def _argument(market: Market, segment: SegmentName) -> str:
    """The shortest text by which functions find a segment: its name, unless others are called that too."""
    try:
        market.segment(segment.name)
    except AmbiguousName:
        return segment.qualified
    return segment.name


def _units(own: Unit) -> list[str]:
    """The report's unit, and its currency in other scales, the largest first."""
    return [str(Unit(own.currency, scale)) for scale in dict.fromkeys((own.scale, *_SCALES_OFFERED))]


def _source(source: Source) -> SourceShown:
    return SourceShown(source.publisher, str(source.date), source.title, source.url)


def _ordered(found: list[Check]) -> list[Check]:
    return sorted(found, key=lambda one: _MOST_SERIOUS.index(one.level))


def _check(market: Market, one: Check) -> CheckShown:
    return CheckShown(
        one.what,
        one.printed,
        expected(one, market.unit),
        allowed(one, market.unit),
        str(one.verdict),
        str(one.level),
    )


def _or_none(asked: Callable[[], _Found]) -> _Found | None:
    """What a question finds; None if the report states no such figure."""
    try:
        return asked()
    except NoFigure:
        return None
