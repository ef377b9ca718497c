"""A market: questions, and their answers from a report's facts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markets import rules
from markets.answers import Answer, SizeAnswer
from markets.errors import BadArgument, NoFigure, OutOfDomain
from markets.estimates import Range, model_of
from markets.estimates.matrix import Margin, Matrix, Seed, margin, matrix
from markets.evidence import Evidence
from markets.facts import (
    AnyFact,
    Dimension,
    Fact,
    Indicator,
    Player,
    Ranking,
    Report,
    Share,
    Size,
    Source,
    Subject,
)
from markets.methods import FILLING, Method, only
from markets.names import Names, name_key
from markets.rules import GrowthQuestion, Question
from markets.segments import Segmentation, SegmentName
from markets.trajectories import Trajectory
from markets.wording import places

Order = Literal["size", "growth"]


@dataclass(frozen=True)
class Place:
    """A segment at a place by size or growth. `answer` is its figure, None if only the place is stated."""

    segment: SegmentName
    answer: Answer | None
    facts: tuple[AnyFact, ...]


def label(subject: Subject) -> str:
    """Return the display name of a market: its name, with the geography if it is needed.

    >>> label(Subject("Espresso Machines", "EUR", "million", "Europe"))
    'Espresso Machines (Europe)'
    >>> label(Subject("Europe Espresso Machines", "EUR", "million", "Europe"))
    'Europe Espresso Machines'
    """
    place = subject.geography.strip()
    if is_global(place) or re.search(rf"\b{re.escape(place)}\b", subject.name, re.IGNORECASE):
        return subject.name
    return f"{subject.name} ({place})"


@lru_cache(1024)
def is_global(geography: str) -> bool:
    """Return whether a geography is the whole world."""
    return name_key(geography) in ("", "global", "world", "worldwide")


def subject_key(name: str, geography: str) -> tuple[str, str]:
    """Return the key that a market's name and geography share with all reports of the same subject.

    >>> subject_key("Espresso machines", "Global") == subject_key("Espresso-Machines", "worldwide")
    True
    """
    return name_key(name), "global" if is_global(geography) else name_key(geography)


class Market:
    """A market as one report sizes it. Sizes are in `unit`; shares and CAGRs are fractions.

    Segments are in the report's order, with those by region (or geography, or country) last.

    A question that the report cannot answer raises NoFigure, and an unknown name UnknownName, both
    with a message for the user.
    """

    def __init__(self, report: Report, sources: Sequence[Source] = ()) -> None:
        self.report = report
        self.subject = report.market
        self.name = label(report.market)
        self.unit = report.market.unit
        self.source = report.source
        self.sources = tuple(sources) or (report.source,)
        self._segmentation = Segmentation(self.name, report.dimensions)
        self.evidence = Evidence(self.name, report, self._segmentation)

    def __repr__(self) -> str:
        return f"<Market {self.name}: {self.source}>"

    @property
    def geography(self) -> str:
        """The place that the market covers."""
        return self.subject.geography

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """Every fact of the market's report, table by table, in the report's order."""
        return self.report.facts

    @property
    def players(self) -> tuple[Player, ...]:
        """The companies that the report names as key players."""
        return self.report.players

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The context figures that the report gives."""
        return self.report.indicators

    @property
    def rankings(self) -> tuple[Ranking, ...]:
        """The rankings that the report states, such as the largest or the fastest segment."""
        return self.report.rankings

    @property
    def dimensions(self) -> list[str]:
        """The names of the dimensions of the market, with the one by region last."""
        return [dimension.name for dimension in self._segmentation.dimensions]

    @property
    def segments(self) -> list[SegmentName]:
        """Every segment, grouped by dimension."""
        return self._segmentation.segments

    def cite(self, *facts: Fact) -> str:
        """Return the market's source for a line about its figures, with the locators of facts."""
        return places(facts) if facts else str(self.source)

    def dimension(self, text: str) -> Dimension:
        """Return the dimension of that name. "Region" also finds the one by geography or country."""
        return self._segmentation.dimension(text)

    def segments_of(self, dimension: str) -> list[SegmentName]:
        """Return a dimension's segments in the report's order."""
        return self._segmentation.segments_of(dimension)

    def segment(self, text: str) -> SegmentName:
        """Return the segment of that name or alias, or of "Dimension/Segment"."""
        return self._segmentation.segment(text)

    @property
    def base_year(self) -> int:
        """The stated base year; else where the CAGR starts; else the latest size at publication."""
        return self.evidence.base_year

    @property
    def _base(self) -> int | None:
        try:
            return self.base_year
        except NoFigure:
            return None

    def span(self, segment: SegmentName | None = None, method: Method = Method.STATED) -> tuple[int, int]:
        """Return the first and last year that the report can answer for.

        Where the method fills in shares, these are the base year and the market's last year.
        """
        if method in FILLING and segment is not None:
            return self.base_year, max(self.base_year, self.span()[1])
        span = rules.with_shares(self.evidence, segment).span()
        if span is None:
            raise NoFigure(f"The source states no size or share of {self.evidence.title(segment)}.")
        return span

    def share_year(self, dimension: str = "") -> int:
        """Return the default year for the shares of a dimension, or of all dimensions.

        This is the base year or, if no share is stated for it, the latest year that has one.
        """
        segments = self.segments_of(dimension) if dimension else self.segments
        years = {share.year for segment in segments for share in self.evidence.shares[segment]}
        return max(years) if years and self._base not in years else self.base_year

    def size(
        self, year: int | None = None, segment: SegmentName | None = None, method: Method = Method.STATED
    ) -> SizeAnswer:
        """Return the size in a year (default: the base year), in `unit`.

        Without a method, the size is stated, derived from a stated share, interpolated, or compounded
        from a stated size, in this order. With `COMPOUND`, it is compounded from the first size of
        the CAGR. With `ESTIMATE` and `HOLD`, a share that nobody states is estimated, or held.
        """
        year = self.base_year if year is None else year
        return rules.size(Question(self.evidence, year, segment, method))

    def share(self, segment: SegmentName, year: int | None = None, method: Method = Method.STATED) -> Answer:
        """Return a segment's share in a year (default: its dimension's `share_year`), as a fraction.

        A stated share, else the segment's own size divided by the market's. With `COMPOUND`, both
        sizes are compounded.
        """
        year = self.share_year(segment.dimension) if year is None else year
        return rules.share(Question(self.evidence, year, segment, method))

    def range(
        self, segment: SegmentName | None = None, year: int | None = None, *, sized: bool = False
    ) -> Range:
        """Return the lowest and highest share of a segment that the statements allow; `sized`: its size.

        Without a segment, it is the size of the market, as far as rounding leaves it open. Sizes are in
        `unit`. Raises Contradiction (an OutOfDomain), with a minimal set of statements that cannot
        hold together, and NoFigure for a year that nothing limits.
        """
        year = self.base_year if year is None else year
        if segment is None:
            return self._size_range(year)
        shares = model_of(self.evidence, segment.dimension).range(segment, year)
        return shares.times(self.size(year)) if sized else shares

    def matrix(self, rows: str, columns: str, year: int | None = None, seed: Seed = ()) -> Matrix:
        """Return the sizes by two dimensions in a year (default: the base year), which agree with both.

        Shares are stated or estimated. `seed` has a number for each cell, which its size should resemble.
        Raises BadArgument if both dimensions are the same one; see `markets.estimates.matrix`.
        """
        year = self.base_year if year is None else year
        cuts = [self.dimension(rows), self.dimension(columns)]
        if cuts[0] == cuts[1]:
            raise BadArgument(f"Rows and columns are both {cuts[0].name}. Use two dimensions.")
        margins = [self._margin(cut, year) for cut in cuts]
        return matrix(self.size(year), margins[0], margins[1], seed)

    def cagr(
        self,
        segment: SegmentName | None = None,
        first: int | None = None,
        last: int | None = None,
        method: Method = Method.STATED,
    ) -> Answer:
        """Return the stated CAGR as a fraction; with years, the CAGR for these years.

        If the source states a CAGR for these years, it is returned as stated, else the sizes imply
        it. With `IMPLIED` or `COMPOUND`, the sizes always imply it. If one year or a method is given,
        `first` defaults to the base year and `last` to the last year with an answer. Raises
        OutOfDomain if both years are the same or the earlier size is zero.
        """
        if first is None and last is None and not method:
            return self._stated_cagr(segment)
        first = self.base_year if first is None else first
        last = self.span(segment, method)[1] if last is None else last
        if first == last:
            raise OutOfDomain(f"Both years are {first}. Growth needs two different years.")
        return rules.growth(GrowthQuestion(self.evidence, first, last, segment, method))

    def growth(
        self, year: int | None = None, segment: SegmentName | None = None, method: Method = Method.STATED
    ) -> Answer:
        """Return the growth of the size over the previous year, as a fraction.

        Default: the year after the base year, the first that a forecast grows to.
        """
        only(method, Method.STATED, Method.COMPOUND, *FILLING)
        year = self.base_year + 1 if year is None else year
        implied = method or Method.IMPLIED
        return self.cagr(segment, year - 1, year, implied)

    def place(self, dimension: str, place: int, by: Order = "size", year: int | None = None) -> Place:
        """Return the segment at a place (1 is the largest or fastest) of a dimension.

        The source's ranking is used if there is one, else its shares or CAGRs, if no missing one could
        change the place. Raises NoFigure if the place cannot be determined, OutOfDomain if it is
        beyond the last.
        """
        segments = self.segments_of(dimension)
        if not 1 <= place <= len(segments):
            count = f"{len(segments)} segment{'s' if len(segments) != 1 else ''}"
            raise OutOfDomain(f"{dimension} has {count}, so there is no place {place}.")
        for ranking in self.rankings:
            segment = self.segment(ranking.segment)
            fits = (ranking.place, ranking.by) == (place, by) and (not year or ranking.year in (None, year))
            if fits and segment in segments:
                return Place(segment, self._figure(segment, by, ranking.year or year), (ranking,))
        return self._computed_place(dimension, place, by, year)

    def indicator(self, name: str, year: int | None = None) -> Indicator:
        """Return a context figure, by default of the latest year."""
        names = [(n, i) for i in self.indicators for n in (i.name, *i.aliases)]
        found = Names(f"indicator of {self.name}", names).find(name)
        dated = [indicator for indicator in found if year is None or indicator.year == year]
        if not dated:
            years = [i.year for i in found if i.year]
            stated = f"for {rules.spelled(years)}" if years else "without a year"
            raise NoFigure(f"{found[0].name} is stated {stated}, not for {year}.")
        return max(dated, key=lambda indicator: indicator.year or 0)

    def trajectory(self, segment: SegmentName | None = None) -> Trajectory:
        """Return the stated sizes of the market or a segment, and the growth stated for it."""
        return self.evidence.trajectory(segment)

    def stated_shares(self, segment: SegmentName) -> tuple[Share, ...]:
        """Return the share facts of a segment."""
        return tuple(self.evidence.shares[segment])

    def stated_sizes(self, segment: SegmentName | None = None) -> tuple[Size, ...]:
        """Return the size facts of the market or of a segment."""
        return tuple(self.evidence.sizes[segment])

    def _margin(self, cut: Dimension, year: int) -> Margin:
        segments = self.segments_of(cut.name)
        found = margin(cut, segments, lambda one: self.share(one, year, Method.ESTIMATE))
        self.range(segments[0], year)  # refuses what rounding cannot explain, so that only that is scaled
        return found

    def _size_range(self, year: int) -> Range:
        answer = self.size(year)
        if not answer.interval.high.is_finite():
            raise NoFigure(f"The source states no upper limit for the size of {self.name} in {year}.")
        return Range(year, float(answer.interval.low), float(answer.interval.high), answer.facts)

    def _stated_cagr(self, segment: SegmentName | None) -> Answer:
        stated = rules.stated_cagr(self.evidence, segment)
        if stated is None:
            raise NoFigure(f"The source states no CAGR of {self.evidence.title(segment)}.")
        return stated

    def _figure(self, segment: SegmentName, by: Order, year: int | None) -> Answer | None:
        try:
            return self.share(segment, year) if by == "size" else self.cagr(segment)
        except NoFigure:
            return None

    def _computed_place(self, dimension: str, place: int, by: Order, year: int | None) -> Place:
        segments = self.segments_of(dimension)
        when = (self.share_year(dimension) if year is None else year) if by == "size" else None
        figures = [(self._figure(segment, by, when), segment) for segment in segments]
        known = sorted(
            ((answer, segment) for answer, segment in figures if answer is not None),
            key=lambda item: -item[0].value,
        )
        whole = len(known) == len(segments) and self.dimension(dimension).complete
        # a segment without a figure could have all of the remaining share, or grow at any rate
        left = 1 - sum(answer.value for answer, _ in known) if by == "size" else float("inf")
        rest = -1.0 if whole else left
        if place > len(known) or known[place - 1][0].value < rest:
            what = "shares" if by == "size" else "CAGRs"
            raise NoFigure(
                f"The source does not state enough {what} to find place {place} of {dimension} by {by}."
            )
        answer, segment = known[place - 1]
        return Place(segment, answer, answer.facts)
