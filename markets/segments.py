"""The segments of a market: its dimensions, and the names of their segments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markets.errors import AmbiguousName, UnknownName
from markets.facts import Dimension
from markets.names import Names, name_key

_REGION = "Region"
_REGION_KEYS = {"region", "regions", "geography", "geographies", "country", "countries"}


@dataclass(frozen=True)
class SegmentName:
    """A segment, identified by its dimension and its name."""

    dimension: str
    name: str

    @property
    def qualified(self) -> str:
        """The name that is unique in its market, e.g. "Device/Computed Tomography"."""
        return f"{self.dimension}/{self.name}"


class Segmentation:
    """The dimensions of a report's market, with the one by region (or geography, or country) last."""

    def __init__(self, market: str, dimensions: Sequence[Dimension]) -> None:
        self._market = market
        self.dimensions = _regional_last(dimensions)
        self.segments = [segment for dimension in self.dimensions for segment in _segments(dimension)]
        self._names = Names("segment", _segment_names(dimensions))
        self._dimensions = Names("dimension", _dimension_names(dimensions))

    def dimension(self, text: str) -> Dimension:
        """Return the dimension of that name. "Region" also finds the one by geography or country."""
        try:
            return self._dimensions.find(text)[0]
        except UnknownName:
            names = [dimension.name for dimension in self.dimensions]
            raise UnknownName(f"dimension of {self._market}", text, names) from None

    def segments_of(self, dimension: str) -> list[SegmentName]:
        """Return a dimension's segments in the report's order."""
        return _segments(self.dimension(dimension))

    def segment(self, text: str) -> SegmentName:
        """Return the segment of that name or alias, or of "Dimension/Segment"."""
        try:
            found = self._names.find(text)
        except UnknownName as error:
            raise UnknownName(f"segment of {self._market}", text, error.suggestions) from None
        if len(found) > 1:
            raise AmbiguousName("one segment", text, [segment.qualified for segment in found])
        return found[0]


def _segments(dimension: Dimension) -> list[SegmentName]:
    return [SegmentName(dimension.name, segment.name) for segment in dimension.segments]


def _regional(dimensions: Sequence[Dimension]) -> Dimension | None:
    """The dimension by region, geography or country."""
    found = [dimension for dimension in dimensions if name_key(dimension.name) in _REGION_KEYS]
    return min(found, key=lambda dimension: dimension.name != _REGION, default=None)


def _regional_last(dimensions: Sequence[Dimension]) -> list[Dimension]:
    regional = _regional(dimensions)
    return sorted(dimensions, key=lambda dimension: dimension is regional)


def _dimension_names(dimensions: Sequence[Dimension]) -> dict[str, Dimension]:
    """The names of the dimensions. The one by geography or country is also called "Region"."""
    regional = _regional(dimensions)
    aliases = {} if regional is None else {_REGION: regional}
    return aliases | {dimension.name: dimension for dimension in dimensions}


def _segment_names(dimensions: Sequence[Dimension]) -> Iterable[tuple[str, SegmentName]]:
    for dimension in dimensions:
        for segment in dimension.segments:
            reference = SegmentName(dimension.name, segment.name)
            for name in (segment.name, *segment.aliases):
                yield name, reference
                yield f"{dimension.name}/{name}", reference
