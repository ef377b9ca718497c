"""One segment in the reports of several sources: found by its names, and only where it is the same piece."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markets.errors import NoFigure, UnknownName
from markets.facts import Dimension
from markets.market import Market
from markets.names import name_key
from markets.segments import SegmentName

_REST = re.compile(r"((all|any) )?(the )?(others?|rest|remaining)\b", re.IGNORECASE)


def counterpart(segment: SegmentName, market: Market, among: Sequence[Market]) -> SegmentName:
    """Return the segment of `market` that is `segment` in one of the markets `among`.

    It has the same name, or one is an alias of the other. It is looked for in the dimension of that name,
    then in all. What is left over ("Others") is the same only if everything else in the dimension is.
    Raises NoFigure if there is none.
    """
    if segment in market.segments and not _is_rest(segment):
        return segment
    homes = [home for home in among if segment in home.segments]
    for name in _spellings(segment, homes):
        for found in _found(market, (f"{segment.dimension}/{name}", name)):
            if not _is_rest(segment) or _same_cut(segment, homes[0], found, market):
                return found
    raise NoFigure(f"{market.source} has no segment of {market.name} that is the same as {segment.name}.")


def _found(market: Market, names: Iterable[str]) -> Iterator[SegmentName]:
    for name in names:
        try:
            yield market.segment(name)
        except UnknownName:
            continue


def _spellings(segment: SegmentName, homes: Iterable[Market]) -> Iterator[str]:
    """The segment's name, then its aliases in each report that has it."""
    yield segment.name
    for home in homes:
        for listed in home.dimension(segment.dimension).segments:
            if listed.name == segment.name:
                yield from listed.aliases


def _is_rest(segment: SegmentName) -> bool:
    return bool(_REST.match(segment.name.strip()))


def _same_cut(one: SegmentName, home: Market, other: SegmentName, market: Market) -> bool:
    """Whether two dimensions list the same segments, so that what they leave over is the same."""
    return _keys(home.dimension(one.dimension)) == _keys(market.dimension(other.dimension))


def _keys(dimension: Dimension) -> set[str]:
    return {name_key(segment.name) for segment in dimension.segments if not _REST.match(segment.name.strip())}
