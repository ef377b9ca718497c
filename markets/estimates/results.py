"""The answers about what a report leaves open: a range, an estimate, a share that is held."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markets.answers import Answer, SizeAnswer, StatedShare, Status
from markets.errors import OutOfDomain, shortened
from markets.facts import AnyFact, Cagr, Fact, Ranking, Share, Size
from markets.intervals import Interval
from markets.wording import LONGEST_LINE, in_unit, words


class Contradiction(OutOfDomain):
    """Statements of one report that cannot hold together; without any one of them, the others can."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = tuple(facts)
        told = [f"{_told(fact)} ({fact.at})" for fact in facts]
        assumed = any(fact.is_assumed for fact in facts)
        who = "Your assumptions contradict the source" if assumed else "The source contradicts itself"
        super().__init__(_listed(f"{who}. Not all of these can be true: ", told))


@dataclass(frozen=True)
class Range(Answer):
    """The lowest and the highest share or size that the statements allow. `value` is the middle."""

    year: int
    low: float
    high: float
    based_on: tuple[AnyFact, ...]
    how = Status.DERIVED

    @cached_property
    def value(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def interval(self) -> Interval:
        """The range itself."""
        return Interval(Decimal(repr(self.low)), Decimal(repr(max(self.low, self.high))))

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The statements that limit it."""
        return self.based_on

    def times(self, total: SizeAnswer) -> "Range":
        """Return the range of sizes: the shares times the printed total."""
        return Range(self.year, self.low * total.value, self.high * total.value, (*self.facts, *total.facts))


@dataclass(frozen=True)
class EstimatedShare(Answer):
    """The share that follows from the statements and the most even split of what they leave open."""

    year: int
    share: float
    based_on: tuple[AnyFact, ...]
    ranged: Callable[[], Range]
    how = Status.ESTIMATED

    @cached_property
    def value(self) -> float:
        """The share, as a fraction."""
        return self.share

    @property
    def interval(self) -> Interval:
        """The range that the statements allow."""
        return self.ranged().interval

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The statements about the dimension, those about the segment first."""
        return self.based_on


@dataclass(frozen=True)
class HeldShare(Answer):
    """The share stated nearest before the year, else the first: it is held, not split."""

    stated: StatedShare
    how = Status.ESTIMATED

    @cached_property
    def value(self) -> float:
        """The share, as a fraction."""
        return self.stated.value

    @property
    def interval(self) -> Interval:
        """The fractions that are printed this way after rounding."""
        return self.stated.interval

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The stated share."""
        return self.stated.facts


@dataclass(frozen=True)
class EstimatedSize(SizeAnswer):
    """An estimated or held share times the size of the same year."""

    share: Answer
    total: SizeAnswer
    how = Status.ESTIMATED

    @cached_property
    def value(self) -> float:
        """Share x total."""
        return self.share.value * self.total.value

    @property
    def interval(self) -> Interval:
        """From the product of the low ends to the product of the high ends."""
        return self.share.interval.times(self.total.interval)

    @property
    def facts(self) -> tuple[AnyFact, ...]:
        """The facts of both."""
        return (*self.share.facts, *self.total.facts)


@words.register
def _(answer: Range) -> str:
    return f"from {answer.low:.6g} to {answer.high:.6g}, the limits that the stated figures leave"


@words.register
def _(answer: EstimatedShare) -> str:
    return f"{answer.value * 100:.4g}%, the most even split that the stated figures allow"


@words.register
def _(answer: HeldShare) -> str:
    return f"{words(answer.stated)} for {answer.stated.fact.year}, held"


@words.register
def _(answer: EstimatedSize) -> str:
    total = f"{answer.total.value:.6g} ({answer.total.year}, {answer.total.status})"
    return f"{words(answer.share)}, of {total}"


def _listed(start: str, told: Sequence[str]) -> str:
    """A line that ends with a whole statement, and says how many are not in it."""
    for shown in range(len(told), 0, -1):
        more = f"; and {len(told) - shown} more" if shown < len(told) else ""
        line = f"{start}{'; '.join(told[:shown])}{more}."
        if len(line) <= LONGEST_LINE:
            return line
    return shortened(f"{start}{'; '.join(told)}.", LONGEST_LINE)


def _told(fact: Fact) -> str:
    """A statement in a few words: "Hospitals: share 63.4% in 2023"."""
    match fact:
        case Ranking():
            kind = "largest" if fact.by == "size" else "fastest"
            return f"{fact.segment}: {kind if fact.place == 1 else f'place {fact.place}, {kind}'}"
        case Share():
            return f"{fact.segment}: share {fact.printed}% in {fact.year}"
        case Cagr():
            return f"{fact.segment or 'market'}: CAGR {fact.printed}%"
        case Size():
            return f"{fact.segment or 'market'}: {in_unit(fact.printed, str(fact.unit))} in {fact.year}"
        case _:
            return fact.at
