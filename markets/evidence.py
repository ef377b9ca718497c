"""The figures of one report by segment and year, from which questions are answered."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar

from markets.answers import Growth, ShareOfTotal, SizeAnswer, StatedCagr, StatedShare, StatedSize
from markets.errors import NoFigure
from markets.facts import Cagr, Ranking, Report, Share, Size
from markets.segments import Segmentation, SegmentName
from markets.trajectories import Trajectory, agreed

OfSegment = TypeVar("OfSegment", Size, Cagr, Share, Ranking)


class Evidence:
    """The figures that a report states for its market (segment None) and for each segment."""

    def __init__(self, name: str, report: Report, segmentation: Segmentation) -> None:
        self.name = name
        self._report = report
        self.segmentation = segmentation
        self.sizes = self._by_segment(report.sizes)
        self.cagrs = self._by_segment(report.cagrs)
        self.shares = self._by_segment([share for share in report.shares if not share.is_together])
        self.joint_shares = self._by_segment([share for share in report.shares if share.is_together])
        self.rankings = self._by_segment(report.rankings)
        self.derived: dict[str, Any] = {}  # what is costly to work out from the figures, kept as long as they
        self._trajectories: dict[SegmentName | None, Trajectory] = {}

    @cached_property
    def base_year(self) -> int:
        """The stated base year; else where a dated forecast starts; else the latest size at publication.

        A CAGR whose years had passed at publication is a historic one, and starts before the base year.
        """
        if self._report.market.base_year is not None:
            return self._report.market.base_year
        path, published_in = self._with_dated_cagrs, self._report.source.date.year
        if path.growths and path.growths[0].last > published_in:
            return path.start(path.growths[0])
        if not path.years:
            raise NoFigure(f"The source states no size of {self.name}, so there is no base year.")
        published = [year for year in path.years if year <= published_in]
        return published[-1] if published else path.years[0]

    def trajectory(self, segment: SegmentName | None = None) -> Trajectory:
        """Return the stated sizes of the market or a segment, and the growth stated for it."""
        if segment not in self._trajectories:
            self._trajectories[segment] = Trajectory(
                self.title(segment), self._points(segment), self._growths(segment)
            )
        return self._trajectories[segment]

    def trajectory_with(
        self, segment: SegmentName, derived: Callable[[int], SizeAnswer | None]
    ) -> Trajectory:
        """Return a segment's trajectory, with the sizes derived from its shares as additional points."""
        points = {
            share.year: partial(lambda answer: answer, answer)
            for share in self.shares[segment]
            if (answer := derived(share.year)) is not None
        }
        return Trajectory(self.title(segment), points | self._points(segment), self._growths(segment))

    def stated_share(self, year: int, segment: SegmentName) -> StatedShare | None:
        """Return the share stated for a year; raise NoFigure if two shares contradict each other."""
        facts = [fact for fact in self.shares[segment] if fact.year == year]
        return StatedShare(agreed(facts, f"the share of {segment.name} in {year}")) if facts else None

    def share_of(self, year: int, segment: SegmentName, total: SizeAnswer) -> ShareOfTotal | None:
        """Rule 5: a stated share times the size of the same year."""
        share = self.stated_share(year, segment)
        return None if share is None else ShareOfTotal(year, share.fact, total)

    def stated_cagr(self, segment: SegmentName | None) -> StatedCagr | None:
        """Return the stated CAGR: a forecast with its years, else without, else the latest historic one."""
        published_in = self._report.source.date.year
        growths = self.trajectory(segment).growths
        forecasts = [growth for growth in growths if growth.last > published_in]
        undated = [cagr for cagr in self.cagrs[segment] if not cagr.is_dated]
        if undated and not forecasts:
            return StatedCagr(agreed(undated, self._cagr_of(segment)), None)
        return self._agreed_cagr(segment, _latest(forecasts or growths))

    def stated_cagr_of(self, segment: SegmentName | None, first: int, last: int) -> StatedCagr | None:
        """Return the CAGR that is stated for exactly these years."""
        return self._agreed_cagr(segment, self.trajectory(segment).of_window(first, last))

    def _agreed_cagr(self, segment: SegmentName | None, growths: Sequence[Growth]) -> StatedCagr | None:
        if not growths:
            return None
        fact = agreed([growth.cagr for growth in growths], self._cagr_of(segment))
        return StatedCagr(fact, next(growth for growth in growths if growth.cagr is fact))

    def _cagr_of(self, segment: SegmentName | None) -> str:
        return f"the CAGR of {self.title(segment)}"

    @cached_property
    def has_assumptions(self) -> bool:
        """Whether the user assumes some of the sizes or shares."""
        return any(fact.is_assumed for fact in (*self._report.sizes, *self._report.shares))

    def segment_of(self, fact: Size | Cagr | Share | Ranking) -> SegmentName | None:
        """Return the segment that a fact is about; None is the market."""
        return self.segmentation.segment(fact.segment) if fact.segment else None

    def title(self, segment: SegmentName | None) -> str:
        """Return the name of the market or of a segment for a message."""
        return self.name if segment is None else segment.name

    @property
    def _with_dated_cagrs(self) -> Trajectory:
        """The market's trajectory with dated CAGRs only, because undated ones depend on the base year."""
        return Trajectory(self.name, self._points(None), self._dated(None))

    def _points(self, segment: SegmentName | None) -> dict[int, Callable[[], SizeAnswer]]:
        return {fact.year: partial(self._point, fact.year, segment) for fact in self.sizes[segment]}

    def _point(self, year: int, segment: SegmentName | None) -> StatedSize:
        facts = [fact for fact in self.sizes[segment] if fact.year == year]
        return StatedSize(year, agreed(facts, f"the size of {self.title(segment)} in {year}"))

    def _growths(self, segment: SegmentName | None) -> list[Growth]:
        """A CAGR without years runs from the base year to the last size."""
        growths = self._dated(segment)
        undated = [cagr for cagr in self.cagrs[segment] if not cagr.is_dated]
        if undated and (window := self._forecast):
            for cagr in undated:
                first = window[0] if cagr.first is None else cagr.first
                last = window[1] if cagr.last is None else cagr.last
                if first < last:
                    growths.append(Growth(cagr, first, last))
        return growths

    def _dated(self, segment: SegmentName | None) -> list[Growth]:
        return [
            Growth(cagr, cagr.first, cagr.last)
            for cagr in self.cagrs[segment]
            if cagr.first is not None and cagr.last is not None
        ]

    @cached_property
    def _forecast(self) -> tuple[int, int] | None:
        """From the base year to the last year that the market's sizes or dated CAGRs reach."""
        path = self._with_dated_cagrs
        ends = [*path.years, *(growth.last for growth in path.growths)]
        try:
            return (self.base_year, max(ends)) if ends else None
        except NoFigure:
            return None

    def _by_segment(self, facts: Iterable[OfSegment]) -> dict[SegmentName | None, list[OfSegment]]:
        grouped: dict[SegmentName | None, list[OfSegment]] = defaultdict(list)
        for fact in facts:
            grouped[self.segment_of(fact)].append(fact)
        return grouped


def _latest(growths: Sequence[Growth]) -> list[Growth]:
    """Return the first of sorted CAGRs, and the others of the same years that are dated like it."""
    return [growth for growth in growths if growth.is_alike(growths[0])]
