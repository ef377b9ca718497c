"""Comparisons of reports: editions of one subject with each other, and markets with equal figures.

Sources may differ, and an edition may revise an earlier one: these are notes. A size that differs by a
factor between two scales, such as a thousand, is a warning, because one of the two is probably in the
wrong unit. Nothing is said of reports that agree.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from markets.answers import StatedSize
from markets.checks import checks
from markets.checks.slips import slip
from markets.errors import NoFigure
from markets.market import Market
from markets.names import name_key
from markets.units import SCALES, Unit
from markets.verdicts import Check, Computed, Kind, Level, Verdict, tolerance
from markets.wording import in_unit, stated

_FAR_APART = 5.0
"""Sizes of two publishers that differ by more than this factor are worth a note."""


def comparisons(editions: Sequence[Market]) -> list[Check]:
    """Return what to know about the editions of one subject, of all publishers, in any order.

    Each edition is compared with the one before it of its publisher, and the latest of each publisher
    with those of the others. Sizes of a check are in the unit of the latest edition of all. Editions in
    another currency than that are left out.
    """
    newest_first = sorted(editions, key=lambda edition: edition.source.date, reverse=True)
    by_publisher: dict[str, list[Market]] = defaultdict(list)
    for edition in newest_first:
        if edition.unit.currency == newest_first[0].unit.currency:
            by_publisher[name_key(edition.source.publisher)].append(edition)
    found: list[Check] = []
    for own in by_publisher.values():
        for newer, older in pairwise(own):
            found += _revisions(newer, older, newest_first[0].unit)
    for one, other in combinations([own[0] for own in by_publisher.values()], 2):
        found += _differences(one, other, newest_first[0].unit)
    return found


def every_check(market: Market, editions: Sequence[Market]) -> list[Check]:
    """Return the checks of a market's report, and then what to know about all editions of its subject."""
    return [*checks(market), *comparisons(editions)]


def same_figures(markets: Sequence[Market]) -> list[Check]:
    """Return a note for each market with the sizes, of two years or more, and the CAGR of an earlier one.

    Both are of one publisher, but not of one name: one of the two was probably printed by mistake. Sizes
    are in the unit of the market that the check is about.
    """
    alike: dict[Hashable, dict[str, Market]] = defaultdict(dict)
    for market in markets:
        if figures := _figures(market):
            alike[figures].setdefault(market.name, market)
    found = []
    for first, *others in (list(group.values()) for group in alike.values()):
        found += [_repeated(other, first) for other in others]
    return found


def _figures(market: Market) -> Hashable:
    """The publisher, sizes and CAGRs by which two markets are alike, None if there are too few."""
    scale = Decimal(SCALES[market.unit.scale])
    sizes = {(size.year, size.value.exact * size.ratio * scale) for size in market.stated_sizes()}
    cagrs = frozenset(growth.cagr.value.exact for growth in market.trajectory().growths)
    if len({year for year, _ in sizes}) < 2 or not cagrs:
        return None
    return name_key(market.source.publisher), market.unit.currency, frozenset(sizes), cagrs


def _repeated(market: Market, first: Market) -> Check:
    size = max(market.stated_sizes(), key=lambda size: size.year)
    value = StatedSize(size.year, size).value
    what = f"{market.name}: sizes and CAGR, which are those of {first.name} too"
    return Check(
        Kind.SIZE, market.name, what, stated(size), value, value, None, Verdict.AGREES, judged=Level.NOTE
    )


@dataclass(frozen=True)
class _Size(Computed):
    """A size in the unit of a comparison, and as it is printed."""

    printed: str


def _revisions(newer: Market, older: Market, unit: Unit) -> Iterator[Check]:
    """The years for which an edition states another size than the one before it."""
    for year in _stated_by_both(newer, older):
        first, second = _size(newer, year, unit), _size(older, year, unit)
        if first and second and not first.interval.overlaps(second.interval):
            what = f"{newer.name}: size in {year} by {newer.source}, revised from {older.source.date}"
            yield _differing(newer, what, first, second)


def _differences(one: Market, other: Market, unit: Unit) -> Iterator[Check]:
    """The years for which the sizes of two publishers are far apart."""
    for year in _stated_by_both(one, other) or _first_answered_by_both(one, other, unit):
        first, second = _size(one, year, unit), _size(other, year, unit)
        if first and second and not 1 / _FAR_APART <= first.value / second.value <= _FAR_APART:
            what = f"{one.name}: size in {year} by {one.source.publisher} and by {other.source.publisher}"
            yield _differing(one, what, first, second)


def _differing(market: Market, what: str, first: _Size, second: _Size) -> Check:
    ratio, level = first.value / second.value, Level.NOTE
    if factor := slip(ratio, market.unit.currency):
        what = f"{what}, about {factor:,} times {'more' if ratio > 1 else 'less'}"
        level = Level.WARNING
    figures = (first.printed, first.value, second.value, tolerance(first, second))
    return Check(Kind.SIZE, market.name, what, *figures, Verdict.DIFFERS, judged=level)


def _stated_by_both(one: Market, other: Market) -> list[int]:
    return sorted({*one.trajectory().years} & {*other.trajectory().years})


def _first_answered_by_both(one: Market, other: Market, unit: Unit) -> list[int]:
    years = sorted({*one.trajectory().years, *other.trajectory().years})
    return [year for year in years if _size(one, year, unit) and _size(other, year, unit)][:1]


def _size(market: Market, year: int, unit: Unit) -> _Size | None:
    """The size in a year, in `unit`; None if there is none, or none above zero."""
    try:
        answer = market.size(year)
    except NoFigure:
        return None
    ratio = Decimal(SCALES[market.unit.scale]) / Decimal(SCALES[unit.scale])
    value = market.unit.converted(answer.value, unit)
    computed = in_unit(f"{value:.6g}", str(unit))
    printed = stated(answer.fact) if isinstance(answer, StatedSize) else computed
    return _Size(value, answer.interval.scaled(ratio), printed) if value else None
