"""A market as several publishers size it: the median, the lowest or the highest of their answers."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

from markets.answers import Answer, Converted, LeftOut, OfSource, Pooled, PooledSize, SizeAnswer
from markets.errors import AmbiguousName, MarketbookError, NoFigure, NotFound, OutOfDomain
from markets.estimates import Range
from markets.estimates.matrix import Matrix, Seed
from markets.facts import Dimension, Fact
from markets.market import Market, Order, Place
from markets.matching import counterpart
from markets.methods import Method
from markets.segments import SegmentName
from markets.selection import Pick
from markets.units import Unit
from markets.wording import sources_of

Known = TypeVar("Known")
_Refusal: TypeAlias = tuple[Market, MarketbookError]
_Answers: TypeAlias = tuple[tuple[OfSource, ...], tuple[LeftOut, ...]]


class OtherCurrency(NoFigure):
    """A size in another currency, at whose exchange rate nothing is converted."""


def size_in(unit: Unit, market: Market, size: SizeAnswer) -> SizeAnswer:
    """Return a size of a market in another unit; raise OtherCurrency if the currency is another one."""
    if market.unit.currency != unit.currency:
        raise OtherCurrency(
            f"The sizes of {market.source} are in {market.unit.currency}. They cannot be converted to "
            f"{unit.currency} without an exchange rate."
        )
    return size if market.unit == unit else Converted(size.year, size, market.unit, unit)


def newest_known(markets: Sequence[Market], question: Callable[[Market], Known]) -> Known:
    """Return the answer of the first market that has one; raise the first refusal if none has."""
    refusals: list[NotFound] = []
    for market in markets:
        try:
            return question(market)
        except AmbiguousName:
            raise
        except NotFound as refusal:
            refusals.append(refusal)
    raise refusals[0]


class Consensus(Market):
    """A market whose figures are those of several sources, newest first: each is asked the same question.

    Sizes are in the unit of the newest source; those in another currency are left out. Years that are
    not given are the newest source's. A segment is known if one source knows it, and found in the others
    by its name or an alias. All that is no figure (companies, rankings, details, checks) is the newest
    source's.
    """

    def __init__(self, markets: Sequence[Market], pick: Pick) -> None:
        super().__init__(markets[0].report, [market.source for market in markets])
        self.each = tuple(markets)
        self.pick = pick

    @property
    def base_year(self) -> int:
        """The base year of the newest source that has one."""
        return newest_known(self.each, lambda market: market.base_year)

    def share_year(self, dimension: str = "") -> int:
        """Return the default year for shares in the newest source that has the dimension."""
        return newest_known(self.each, lambda market: market.share_year(dimension))

    def dimension(self, text: str) -> Dimension:
        """Return the dimension of that name in the newest source that has it."""
        return newest_known(self.each, lambda market: market.dimension(text))

    def segments_of(self, dimension: str) -> list[SegmentName]:
        """Return a dimension's segments in the newest source that has it."""
        return newest_known(self.each, lambda market: market.segments_of(dimension))

    def segment(self, text: str) -> SegmentName:
        """Return the segment of that name or alias in the newest source that has it."""
        return newest_known(self.each, lambda market: market.segment(text))

    def span(self, segment: SegmentName | None = None, method: Method = Method.STATED) -> tuple[int, int]:
        """Return the first and last year that a source in the market's currency can answer for."""
        same = [market for market in self.each if market.unit.currency == self.unit.currency]
        spans, refused = _each(same, lambda market: market.span(self._own(market, segment), method))
        if not spans:
            raise _nobody(refused)
        firsts, lasts = zip(*spans, strict=True)
        return min(firsts), max(lasts)

    def size(
        self, year: int | None = None, segment: SegmentName | None = None, method: Method = Method.STATED
    ) -> SizeAnswer:
        """Return the median, lowest or highest size in a year (default: the base year), in `unit`."""
        when = self.base_year if year is None else year

        def size(market: Market) -> Answer:
            return size_in(self.unit, market, market.size(when, self._own(market, segment), method))

        return PooledSize(when, self.pick, *self._asked(size))

    def share(self, segment: SegmentName, year: int | None = None, method: Method = Method.STATED) -> Answer:
        """Return the median, lowest or highest share in a year (default: its dimension's `share_year`)."""
        when = self.share_year(segment.dimension) if year is None else year

        def share(market: Market) -> Answer:
            return market.share(counterpart(segment, market, self.each), when, method)

        return Pooled(self.pick, *self._asked(share))

    def range(
        self, segment: SegmentName | None = None, year: int | None = None, *, sized: bool = False
    ) -> Range:
        """Return the range that the newest source allows: limits of several sources have no median."""
        newest = self.each[0]
        return newest.range(self._own(newest, segment), year, sized=sized)

    def matrix(self, rows: str, columns: str, year: int | None = None, seed: Seed = ()) -> Matrix:
        """Return the table of the newest source: tables of several sources have no median."""
        return self.each[0].matrix(rows, columns, year, seed)

    def cagr(
        self,
        segment: SegmentName | None = None,
        first: int | None = None,
        last: int | None = None,
        method: Method = Method.STATED,
    ) -> Answer:
        """Return the median, lowest or highest CAGR: as stated, or between the same two years."""
        if first is not None or last is not None or method:
            first = self.base_year if first is None else first
            last = self._last(segment, method) if last is None else last

        def cagr(market: Market) -> Answer:
            return market.cagr(self._own(market, segment), first, last, method)

        return Pooled(self.pick, *self._asked(cagr))

    def place(self, dimension: str, place: int, by: Order = "size", year: int | None = None) -> Place:
        """Return the segment at a place in the newest source that can tell."""
        return newest_known(self.each, lambda market: market.place(dimension, place, by, year))

    def cite(self, *facts: Fact) -> str:
        """Return the sources, and what is made of their figures."""
        return sources_of(self.pick, self.sources)

    def _own(self, market: Market, segment: SegmentName | None) -> SegmentName | None:
        return None if segment is None else counterpart(segment, market, self.each)

    def _last(self, segment: SegmentName | None, method: Method) -> int:
        return newest_known(self.each, lambda market: market.span(self._own(market, segment), method))[1]

    def _asked(self, question: Callable[[Market], Answer]) -> _Answers:
        """Return the answers of the sources, and the sources left out. Raises NoFigure if all are."""

        def answered(market: Market) -> OfSource:
            answer = question(market)
            answer.value  # noqa: B018 - growth from zero has an answer, but no value
            return OfSource(market.source, answer)

        given, refused = _each(self.each, answered)
        if not given:
            raise _nobody(refused)
        return tuple(given), tuple(map(_left_out, refused))


def _each(
    markets: Iterable[Market], question: Callable[[Market], Known]
) -> tuple[list[Known], list[_Refusal]]:
    """Return the answers of the markets that have one, and the refusals of the others."""
    known: list[Known] = []
    refused: list[_Refusal] = []
    for market in markets:
        try:
            known.append(question(market))
        except (NotFound, OutOfDomain) as error:
            refused.append((market, error))
    return known, refused


def _left_out(refusal: _Refusal) -> LeftOut:
    market, error = refusal
    other = isinstance(error, OtherCurrency)
    return LeftOut(market.source, f"in {market.unit.currency}" if other else "no figure")


def _nobody(refused: Sequence[_Refusal]) -> MarketbookError:
    """The newest source's refusal. What is out of domain is so for every source."""
    market, error = refused[0]
    if len(refused) == 1 or isinstance(error, OutOfDomain):
        return error
    return NoFigure(f"None of {len(refused)} sources has a figure. {market.source}: {error}")
