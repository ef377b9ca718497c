"""A market: the questions that one report's facts can answer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from markets.answers import Answer, Status
from markets.errors import BadArgument, NoFigure, OutOfDomain, UnknownName
from markets.facts import Cagr, Dimension, Indicator, Report, Share, Size
from markets.names import Names, name_key
from markets.paths import Growth, Path, Point, agreed
from markets.projection import growth_rate
from markets.units import Unit

OfSegment = TypeVar("OfSegment", Size, Cagr, Share)

COMPOUND = "compound"
METHODS = ("", COMPOUND)
_REGION = "Region"
_REGION_KEYS = {"region", "regions", "geography", "geographies", "country", "countries"}


@dataclass(frozen=True)
class SegmentName:
    """A segment, told apart by its dimension."""

    dimension: str
    name: str

    @property
    def qualified(self) -> str:
        """The name that is unique in its market, e.g. "Device/Computed Tomography"."""
        return f"{self.dimension}/{self.name}"


class Market:
    """A market as one report sizes it. Sizes are in `unit`, shares and CAGRs are fractions.

    Segments stand in the report's order, but those by region (or geography, or country) last.

    A question that the report cannot answer raises NoFigure, and an unknown name UnknownName, both
    with a sentence for the person who asked.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.name = report.market.name
        self.unit = Unit(report.market.currency, report.market.scale)
        self.segments = [
            SegmentName(dimension.name, segment.name)
            for dimension in _regional_last(report.dimensions)
            for segment in dimension.segments
        ]
        self._names = Names("segment", self._segment_names())
        self._dimensions = Names("dimension", _dimension_names(report.dimensions))
        self._sizes = self._by_segment(report.sizes)
        self._cagrs = self._by_segment(report.cagrs)
        self._shares = self._by_segment(report.shares)
        self._paths: dict[SegmentName | None, Path] = {}

    @property
    def dimensions(self) -> list[str]:
        """The names of the ways in which the report cuts the market, by region last."""
        return [dimension.name for dimension in _regional_last(self.report.dimensions)]

    def segments_of(self, dimension: str) -> list[SegmentName]:
        """Return a dimension's segments in the report's order."""
        try:
            found = self._dimensions.find(dimension)[0]
        except UnknownName:
            raise UnknownName(f"dimension of {self.name}", dimension, self.dimensions) from None
        return [SegmentName(found.name, segment.name) for segment in found.segments]

    def segment(self, text: str) -> SegmentName:
        """Return the segment of that name or alias, or of "Dimension/Segment"."""
        try:
            found = self._names.find(text)
        except UnknownName as error:
            raise UnknownName(f"segment of {self.name}", text, error.suggestions) from None
        if len(found) > 1:
            raise UnknownName("one segment", text, [segment.qualified for segment in found])
        return found[0]

    @cached_property
    def base_year(self) -> int:
        """The stated base year; else where the CAGR starts; else the latest size at publication."""
        if self.report.market.base_year is not None:
            return self.report.market.base_year
        path = self.path()
        if path.growths:
            return path.start(path.growths[0])
        if not path.years:
            raise NoFigure(f"The source states no size of {self.name}, so it has no base year.")
        published = [year for year in path.years if year <= self.report.source.date.year]
        return published[-1] if published else path.years[0]

    def span(self, segment: SegmentName | None = None) -> tuple[int, int]:
        """Return the first and last year for which the report has an answer."""
        span = self._path_with_shares(segment).span()
        if span is None:
            raise NoFigure(f"No size or share of {self._title(segment)} is stated for any year.")
        return span

    def size(self, year: int | None = None, segment: SegmentName | None = None, method: str = "") -> Answer:
        """Return the size in a year (default: the base year), in `unit`.

        Without a method: stated, derived from a stated share, interpolated, or compounded from a
        stated size, in this order. With "compound": from the CAGR's starting point.
        """
        year = self.base_year if year is None else year
        if _known(method) == COMPOUND:
            return self._path_with_shares(segment).compounded(year)
        path = self.path(segment)
        answer = path.reported(year)
        if answer is None and segment is not None:
            answer = self._derived_size(year, segment)
        answer = answer or path.interpolated(year) or path.extended(year)
        if answer is None:
            raise NoFigure(self._silence(year, segment))
        return answer

    def share(self, segment: SegmentName, year: int | None = None, method: str = "") -> Answer:
        """Return a segment's share in a year (default: the base year), as a fraction.

        A stated share, else the segment's own size over the market's. With "compound" both sizes
        are compounded.
        """
        year = self.base_year if year is None else year
        if _known(method) == COMPOUND:
            return self._ratio(
                self.size(year, segment, method), self.size(year, None, method), Status.COMPOUNDED
            )
        stated = self._stated_share(year, segment)
        if stated is not None:
            text = f"stated as {stated.value.printed}%"
            return Answer(stated.value.fraction, Status.REPORTED, text, (stated,))
        path = self.path(segment)
        own = path.reported(year) or path.interpolated(year) or path.extended(year)
        if own is None:
            raise NoFigure(self._silence(year, segment))
        return self._ratio(own, self.size(year), Status.DERIVED)

    def cagr(
        self,
        segment: SegmentName | None = None,
        first: int | None = None,
        last: int | None = None,
        method: str = "",
    ) -> Answer:
        """Return the stated CAGR as a fraction; with years, the one implied by the sizes.

        `first` defaults to the base year, `last` to the last year with an answer, where the other
        is given. Raises OutOfDomain over zero years.
        """
        if first is None and last is None:
            if _known(method):
                raise BadArgument("A method needs years: give from_year and to_year.")
            return self._stated_cagr(segment)
        first = self.base_year if first is None else first
        last = self.span(segment)[1] if last is None else last
        if first == last:
            raise OutOfDomain(f"From {first} to {last} are no years to grow over.")
        start, end = self.size(first, segment, method), self.size(last, segment, method)
        return Answer(
            growth_rate(start.value, end.value, float(last - first)),
            Status.DERIVED,
            f"from {start.value:.6g} ({first}, {start.status}) to {end.value:.6g} ({last}, {end.status})",
            start.facts + end.facts,
        )

    def indicator(self, name: str, year: int | None = None) -> Indicator:
        """Return a context figure; the latest edition of it where no year is given."""
        names = [(n, i) for i in self.report.indicators for n in (i.name, *i.aliases)]
        found = Names(f"indicator of {self.name}", names).find(name)
        dated = [indicator for indicator in found if year is None or indicator.year == year]
        if not dated:
            years = ", ".join(str(i.year) if i.year else "no stated year" for i in found)
            raise NoFigure(f"{found[0].name} is stated for {years}, not for {year}.")
        return max(dated, key=lambda indicator: indicator.year or 0)

    def path(self, segment: SegmentName | None = None) -> Path:
        """Return the stated sizes of the market or a segment, and the growth stated for it."""
        if segment not in self._paths:
            self._paths[segment] = Path(self._title(segment), self._points(segment), self._growths(segment))
        return self._paths[segment]

    def stated_shares(self, segment: SegmentName) -> tuple[Share, ...]:
        """Return the share facts of a segment."""
        return tuple(self._shares[segment])

    def stated_sizes(self, segment: SegmentName | None = None) -> tuple[Size, ...]:
        """Return the size facts of the market or of a segment."""
        return tuple(self._sizes[segment])

    def _path_with_shares(self, segment: SegmentName | None) -> Path:
        """Return the path with sizes derived from shares as further points to measure growth from."""
        if segment is None:
            return self.path()
        derived = {
            fact.year: partial(self._derived_point, fact.year, segment)
            for fact in self._shares[segment]
            if self._has_total(fact.year)
        }
        return Path(self._title(segment), derived | self._points(segment), self._growths(segment))

    def _points(self, segment: SegmentName | None) -> dict[int, Callable[[], Point]]:
        return {fact.year: partial(self._point, fact.year, segment) for fact in self._sizes[segment]}

    def _point(self, year: int, segment: SegmentName | None) -> Point:
        facts = [fact for fact in self._sizes[segment] if fact.year == year]
        fact = agreed(facts, f"the size of {self._title(segment)} in {year}")
        return Point(year, fact.value.value, f"{fact.value.printed} ({year})", (fact,))

    def _derived_point(self, year: int, segment: SegmentName) -> Point:
        answer = self._derived_size(year, segment)
        assert answer is not None  # noqa: S101 - only asked for years with a share and a total
        return Point(year, answer.value, f"{answer.value:.6g} ({year}, derived)", answer.facts)

    def _growths(self, segment: SegmentName | None) -> list[Growth]:
        """A CAGR without years holds for the forecast: the total's latest window, else its sizes."""
        windows = [(c.first, c.last) for c in self._cagrs[None] if c.first and c.last]
        years = sorted(fact.year for fact in self._sizes[None])
        default = max(windows, key=lambda window: window[1], default=None)
        if default is None and len(set(years)) > 1:
            default = (years[0], years[-1])
        growths = []
        for cagr in self._cagrs[segment]:
            first = cagr.first or (default and default[0])
            last = cagr.last or (default and default[1])
            if first and last and first < last:
                growths.append(Growth(cagr, first, last))
        return growths

    def _derived_size(self, year: int, segment: SegmentName) -> Answer | None:
        """Rule 5: a stated share times the size of the same year."""
        share = self._stated_share(year, segment)
        if share is None or not self._has_total(year):
            return None
        total = self.size(year)
        return Answer(
            share.value.fraction * total.value,
            Status.DERIVED,
            f"{share.value.printed}% of {total.value:.6g} ({year}, {total.status})",
            (share, *total.facts),
        )

    def _has_total(self, year: int) -> bool:
        try:
            self.size(year)
        except NoFigure:
            return False
        return True

    def _stated_share(self, year: int, segment: SegmentName) -> Share | None:
        facts = [fact for fact in self._shares[segment] if fact.year == year]
        return agreed(facts, f"the share of {segment.name} in {year}") if facts else None

    def _stated_cagr(self, segment: SegmentName | None) -> Answer:
        facts = self._cagrs[segment]
        if not facts:
            raise NoFigure(f"No CAGR of {self._title(segment)} is stated.")
        growths = self.path(segment).growths
        if not growths:
            fact = agreed(facts, f"the CAGR of {self._title(segment)}")
            return Answer(fact.value.fraction, Status.REPORTED, f"stated as {fact.value.printed}%", (fact,))
        latest = [g for g in growths if (g.first, g.last) == (growths[0].first, growths[0].last)]
        fact = agreed([growth.cagr for growth in latest], f"the CAGR of {self._title(segment)}")
        years = latest[0].text.partition("%")[2]
        return Answer(
            fact.value.fraction, Status.REPORTED, f"stated as {fact.value.printed}%{years}", (fact,)
        )

    @staticmethod
    def _ratio(part: Answer, whole: Answer, status: Status) -> Answer:
        text = f"{part.value:.6g} ({part.status}) of {whole.value:.6g} ({whole.status})"
        return Answer(part.value / whole.value, status, text, part.facts + whole.facts)

    def _silence(self, year: int, segment: SegmentName | None) -> str:
        """Say what the report would have to state for an answer."""
        title = self._title(segment)
        if segment is None:
            years = _spelled(fact.year for fact in self._sizes[None])
            return (
                f"{year} is outside what the source states: sizes for {years}."
                if years
                else (f"The source states no size of {title}.")
            )
        stated = [fact.year for fact in self._shares[segment]] + [fact.year for fact in self._sizes[segment]]
        years = _spelled(stated)
        if years and any(fact.year == year for fact in self._shares[segment]):
            return f"A share of {title} is stated for {year}, but no size of the market."
        if years:
            return f"No share or size of {title} is stated for {year}, only for {years}."
        rates = [f"a CAGR of {fact.value.printed}%" for fact in self._cagrs[segment]]
        return f"No share or size of {title} is stated" + (f", only {rates[0]}." if rates else ".")

    def _title(self, segment: SegmentName | None) -> str:
        return self.name if segment is None else segment.name

    def _segment_names(self) -> Iterable[tuple[str, SegmentName]]:
        for dimension in self.report.dimensions:
            for segment in dimension.segments:
                reference = SegmentName(dimension.name, segment.name)
                for name in (segment.name, *segment.aliases):
                    yield name, reference
                    yield f"{dimension.name}/{name}", reference

    def _by_segment(self, facts: Iterable[OfSegment]) -> dict[SegmentName | None, list[OfSegment]]:
        grouped: dict[SegmentName | None, list[OfSegment]] = defaultdict(list)
        for fact in facts:
            grouped[self.segment(fact.segment) if fact.segment else None].append(fact)
        return grouped


def _regional(dimensions: Sequence[Dimension]) -> Dimension | None:
    """The one dimension that cuts by place, under whatever name the report gives it."""
    found = [dimension for dimension in dimensions if name_key(dimension.name) in _REGION_KEYS]
    return min(found, key=lambda dimension: dimension.name != _REGION, default=None)


def _regional_last(dimensions: Sequence[Dimension]) -> list[Dimension]:
    return sorted(dimensions, key=lambda dimension: dimension is _regional(dimensions))


def _dimension_names(dimensions: Sequence[Dimension]) -> dict[str, Dimension]:
    """A dimension goes by its own name; the one that cuts by place also by "Region"."""
    regional = _regional(dimensions)
    aliases = {} if regional is None else {_REGION: regional}
    return aliases | {dimension.name: dimension for dimension in dimensions}


def _known(method: str) -> str:
    if method not in METHODS:
        raise BadArgument(f'"{method}" is not a method; the method there is: {COMPOUND}.')
    return method


def _spelled(years: Iterable[int]) -> str:
    return " and ".join(map(str, sorted(set(years))))
