"""Answers: a number, its derivation, and the facts it is based on.

An answer is also its derivation: an `Interpolated` holds the two answers that it lies between, and so
on, down to the facts that a source states. `markets.wording` puts it into words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import inf, isnan

from markets.errors import OutOfDomain
from markets.facts import AnyFact, Cagr, Share, Size, Source
from markets.intervals import Interval
from markets.projection import compounded, growth_rate, interpolated
from markets.selection import Pick
from markets.units import SCALES, Unit

_WITHOUT_END = Decimal("Infinity")


class Status(StrEnum):
    """How an answer is derived."""

    REPORTED = "reported"
    INTERPOLATED = "interpolated"
    COMPOUNDED = "compounded"
    DERIVED = "derived"
    ESTIMATED = "estimated"
    ASSUMED = "assumed"


class Answer:
    """A value with its provenance: a size in the unit of its market, or a fraction."""

    @property
    def how(self) -> Status:
        """How the answer is derived from its facts."""
        raise NotImplementedError

    @property
    def status(self) -> Status:
        """How the answer is derived; `assumed` if one of its facts is an assumption of the user."""
        return Status.ASSUMED if any(fact.is_assumed for fact in self.facts) else self.how

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The stated or assumed facts that the answer is based on."""
        raise NotImplementedError

    @cached_property
    def value(self) -> float:
        """The number itself."""
        raise NotImplementedError

    @property
    def interval(self) -> Interval:
        """The numbers that the rounding of the printed figures allows."""
        raise NotImplementedError


@dataclass(frozen=True)
class SizeAnswer(Answer):
    """The size in a year."""

    year: int


@dataclass(frozen=True)
class StatedSize(SizeAnswer):
    """Rule 1: a size as its source prints it."""

    fact: Size
    how = Status.REPORTED

    @cached_property
    def value(self) -> float:
        """The stated figure, in the unit of the market."""
        return float(self.fact.value.exact * self.fact.ratio)

    @property
    def interval(self) -> Interval:
        """The numbers that are printed this way after rounding."""
        return self.fact.interval.scaled(self.fact.ratio)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The stated fact."""
        return (self.fact,)


@dataclass(frozen=True)
class Interpolated(SizeAnswer):
    """Rule 2: the constant-growth path between the sizes stated nearest on either side."""

    first: SizeAnswer
    last: SizeAnswer
    how = Status.INTERPOLATED

    @cached_property
    def value(self) -> float:
        """First x (last / first)^fraction."""
        return self._between(self.first.value, self.last.value)

    @property
    def interval(self) -> Interval:
        """From the path through both low ends to the path through both high ends."""
        return _spanned(self._between, _ends(self.first.interval), _ends(self.last.interval))

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of both ends."""
        return self.first.facts + self.last.facts

    def _between(self, first: float, last: float) -> float:
        return interpolated(first, last, (self.year - self.first.year) / (self.last.year - self.first.year))


@dataclass(frozen=True)
class Growth:
    """A stated CAGR and its years: as stated, else from the base year to the year of the last size."""

    cagr: Cagr
    first: int
    last: int

    def is_alike(self, other: "Growth") -> bool:
        """Tell whether two CAGRs are for the same years, and both are dated or both are not."""
        mine, theirs = ((g.first, g.last, g.cagr.is_dated) for g in (self, other))
        return mine == theirs

    @property
    def interval(self) -> Interval:
        """The rates that are printed this way after rounding, as fractions."""
        return self.cagr.interval.scaled(Decimal("0.01"))


@dataclass(frozen=True)
class Compounded(SizeAnswer):
    """Rule 3: a size that grows at a stated CAGR."""

    start: SizeAnswer
    growth: Growth
    how = Status.COMPOUNDED

    @cached_property
    def value(self) -> float:
        """Start x (1 + cagr)^years."""
        return self._grown(self.start.value, self.growth.cagr.value.fraction)

    @property
    def interval(self) -> Interval:
        """From the lowest to the highest size. Before the start, a higher rate gives a lower size."""
        sizes, rates = _ends(self.start.interval), _ends(self.growth.interval)
        return _spanned(self._grown, sizes, rates if self.year >= self.start.year else rates[::-1])

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of the start, and the CAGR."""
        return (*self.start.facts, self.growth.cagr)

    def _grown(self, start: float, rate: float) -> float:
        return compounded(start, rate, float(self.year - self.start.year))


@dataclass(frozen=True)
class ShareOfTotal(SizeAnswer):
    """Rule 5: a stated share times the size of the same year."""

    share: Share
    total: SizeAnswer
    how = Status.DERIVED

    @cached_property
    def value(self) -> float:
        """Share x total."""
        return self.share.value.fraction * self.total.value

    @property
    def interval(self) -> Interval:
        """From the product of the low ends to the product of the high ends."""
        return self.share.interval.scaled(Decimal("0.01")).times(self.total.interval)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The share, and the facts of the total."""
        return (self.share, *self.total.facts)


@dataclass(frozen=True)
class StatedPercentage(Answer):
    """A percentage as its source prints it, as a fraction."""

    fact: Share | Cagr
    how = Status.REPORTED

    @cached_property
    def value(self) -> float:
        """The stated percentage, as a fraction."""
        return self.fact.value.fraction

    @property
    def interval(self) -> Interval:
        """The fractions that are printed this way after rounding."""
        return self.fact.interval.scaled(Decimal("0.01"))

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The stated fact."""
        return (self.fact,)


@dataclass(frozen=True)
class StatedShare(StatedPercentage):
    """A share as its source prints it."""

    fact: Share


@dataclass(frozen=True)
class StatedCagr(StatedPercentage):
    """A CAGR as its source prints it; `growth` has its years if they are known."""

    fact: Cagr
    growth: Growth | None


@dataclass(frozen=True)
class Ratio(Answer):
    """A segment's size divided by the size of the market."""

    part: SizeAnswer
    whole: SizeAnswer
    how: Status = Status.DERIVED

    @cached_property
    def value(self) -> float:
        """Part / whole."""
        return self.part.value / self.whole.value

    @property
    def interval(self) -> Interval:
        """From the low end divided by the high end to the high end divided by the low end."""
        return self.part.interval.over(self.whole.interval)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of both sizes."""
        return self.part.facts + self.whole.facts


@dataclass(frozen=True)
class ImpliedCagr(Answer):
    """The constant growth per year from one size to another.

    `value` raises OutOfDomain if the earlier size is zero.
    """

    first: SizeAnswer
    last: SizeAnswer
    how = Status.DERIVED

    @cached_property
    def value(self) -> float:
        """(last / first)^(1 / years) - 1."""
        earlier, later = self._ends
        if not earlier.value:
            raise OutOfDomain(f"The size in {earlier.year} is zero, so there is no growth rate from it.")
        return self._yearly(earlier.value, later.value)

    @property
    def interval(self) -> Interval:
        """From the lowest to the highest rate that the two sizes allow, whichever is the earlier one."""
        early, late = (_ends(end.interval) for end in self._ends)
        return _spanned(self._yearly, early[::-1], late)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of both ends."""
        return self.first.facts + self.last.facts

    @property
    def _ends(self) -> tuple[SizeAnswer, SizeAnswer]:
        return (self.first, self.last) if self.first.year < self.last.year else (self.last, self.first)

    def _yearly(self, early: float, late: float) -> float:
        years = float(abs(self.last.year - self.first.year))
        return growth_rate(early, late, years) if early else inf


@dataclass(frozen=True)
class Converted(SizeAnswer):
    """A size of one source in the unit of another, which has the same currency."""

    size: SizeAnswer
    unit: Unit
    to: Unit

    @property
    def how(self) -> Status:
        """As the size: another scale is no other figure."""
        return self.size.how

    @cached_property
    def value(self) -> float:
        """The size in the unit `to`."""
        return self.unit.converted(self.size.value, self.to)

    @property
    def interval(self) -> Interval:
        """The interval of the size in the unit `to`."""
        return self.size.interval.scaled(Decimal(SCALES[self.unit.scale]) / Decimal(SCALES[self.to.scale]))

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of the size."""
        return self.size.facts


@dataclass(frozen=True)
class OfSource:
    """The answer of one of several sources."""

    source: Source
    answer: Answer


@dataclass(frozen=True)
class LeftOut:
    """A source without an answer that could be used, and why, in two words."""

    source: Source
    why: str


@dataclass(frozen=True)
class Pooled(Answer):
    """The median, the lowest or the highest of the answers of several sources to one question.

    The median of an even number of answers is the mean of the middle two.
    """

    pick: Pick
    given: tuple[OfSource, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def used(self) -> tuple[OfSource, ...]:
        """The one answer that is the value, or the middle two whose mean it is."""
        given = sorted(self.given, key=lambda one: one.answer.value)
        return tuple(given[self._place])

    @property
    def how(self) -> Status:
        """As the answer that is the value; the mean of two different answers is derived."""
        alike = len({(one.answer.value, one.answer.how) for one in self.used}) == 1
        return self.used[0].answer.how if alike else Status.DERIVED

    @cached_property
    def value(self) -> float:
        """The median, the lowest or the highest value."""
        values = [one.answer.value for one in self.used]
        return sum(values) / len(values)

    @property
    def interval(self) -> Interval:
        """From the median (or lowest, or highest) of the low ends to that of the high ends."""
        intervals = [one.answer.interval for one in self.given]
        return Interval(self._of(one.low for one in intervals), self._of(one.high for one in intervals))

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of every answer, because each has its part in which one is the median."""
        return tuple(fact for one in self.given for fact in one.answer.facts)

    def _of(self, ends: Iterable[Decimal]) -> Decimal:
        middle = sorted(ends)[self._place]
        return sum(middle, Decimal(0)) / len(middle)

    @property
    def _place(self) -> slice:
        count = len(self.given)
        places = {Pick.LOW: (0, 1), Pick.HIGH: (count - 1, count)}
        return slice(*places.get(self.pick, ((count - 1) // 2, count // 2 + 1)))


@dataclass(frozen=True)
class PooledSize(Pooled, SizeAnswer):
    """The median, the lowest or the highest size of several sources, in the unit of the latest."""


def _ends(interval: Interval) -> tuple[float, float]:
    return float(interval.low), float(interval.high)


def _spanned(
    function: Callable[[float, float], float], one: tuple[float, float], other: tuple[float, float]
) -> Interval:
    """Return the interval from the function of the two first ends to the function of the two last ends."""
    low, high = (function(a, b) for a, b in zip(one, other, strict=True))
    return Interval(Decimal(repr(low)), _WITHOUT_END if isnan(high) else Decimal(repr(high)))
